import pytest
from django.db import connection
@pytest.mark.django_db
def test_a():
    with connection.cursor() as c:
        c.execute("select current_database()"); assert c.fetchone()[0].startswith("sekata_test_run")
