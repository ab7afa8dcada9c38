from django.db import migrations

from sekata.kernel.db import immutable


class Migration(migrations.Migration):
    """An answer to a purpose is proof: it is added, never changed or taken away."""

    dependencies = [("people", "0003_own_data")]

    operations = immutable("people_consent")
