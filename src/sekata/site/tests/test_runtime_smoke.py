"""The ground of the tests themselves: its own database per worker, whole again after tests that commit."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page


@pytest.mark.django_db
def test_each_run_works_on_its_own_copy_of_the_template():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith("sekata_test_run_")


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_in_the_next(turn):
    assert not Session.objects.exists()
    Session.objects.create(session_key=f"k{turn}", session_data="", expire_date=timezone.now())


def test_a_browser_reads_a_page_of_the_suite(page: Page):
    answer = page.goto("/healthz")
    assert answer.ok and answer.json() == {"status": "ok"}
