"""Fixtures of the whole suite. Server and environment come from `sekata.site.runtime.testbed`."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, Page, sync_playwright

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.places import queries as places
from sekata.kernel.reference import queries as reference
from sekata.kernel.search import actions as search
from sekata.kernel.units import queries as units
from sekata.lib.clock import frozen
from sekata.site.caching import KEPT
from sekata.site.runtime import testbed
from sekata.site.runtime.doctor import chromium as chromium_path

hypothesis.register_profile(
    "sekata", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors]
)
hypothesis.load_profile("sekata")


def migration_files() -> Iterator[Path]:
    """Files of all migrations, and the SQL and data files that lie beside them."""
    for app in apps.get_app_configs():
        home = Path(app.path)
        folder = home / "migrations"
        if not folder.exists():
            yield from home.glob("models.py")  # its tables come from `run_syncdb`
        for kind in ("*.py", "*.sql", "*.csv"):
            yield from folder.rglob(kind)


def use_database(name: str) -> None:
    """Let Django work on the database `name`."""
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


def migrated_template(connection, afresh: bool) -> str:
    """The template for this state of the migrations, made when there is none."""
    name = f"{testbed.MARK}template_{testbed.fingerprint(migration_files())}"
    if afresh:
        testbed.drop(connection, name)
    if name not in testbed.databases(connection, name):
        draft = f"{testbed.MARK}draft_{os.getpid()}"
        testbed.drop(connection, draft)
        testbed.create(connection, draft)
        use_database(draft)
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        connections["default"].close()
        connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
        testbed.drop_old_templates(connection)
    return name


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker) -> Iterator[None]:
    """This worker's database, a copy of the migrated template. --create-db renews the template."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{testbed.MARK}run_{os.getpid()}_{worker}"
    patch = pytest.MonkeyPatch()
    afresh = request.config.getvalue("create_db") and worker in ("main", "gw0")
    with testbed.running_server() as url, django_db_blocker.unblock():
        with testbed.only_one(url) as connection:
            testbed.drop_leftovers(connection)
            template = migrated_template(connection, afresh)
            testbed.create(connection, name, template)
        use_database(name)

        def renew(case: TransactionTestCase) -> None:
            """After a test that commits: a new copy, as tables that take no deletion cannot be emptied."""
            connections.close_all()
            with testbed.only_one(url) as connection:
                testbed.drop(connection, name)
                testbed.create(connection, name, template)

        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        try:
            yield
        finally:
            patch.undo()
            connections.close_all()
            with testbed.only_one(url) as connection:
                testbed.drop(connection, name)


@pytest.fixture
def clock() -> Callable[[datetime], AbstractContextManager[None]]:
    """`with clock(at):` holds the suite's one clock at the moment `at`."""
    return frozen


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    """What processes remember for a while must not outlive the test that wrote it."""
    cache.clear()
    places.forget()
    reference.forget()
    units.forget()
    ledger.forget()
    search.forget()


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """No test sees the pages that another has left in memory."""
    KEPT.forget()


CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives a browser is marked so."""
    for item in items:
        if {"browse", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, for one module: while it is open, Playwright's loop runs in this thread, which
    Django must tolerate and `asyncio.run` would not."""
    path = chromium_path()
    if path is None:
        pytest.fail("Chromium is not installed: run `make test`, which says how")
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def browse(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`browse(javascript=False, width=390)` opens a new person's page on the running suite."""
    contexts = []

    def open_page(*, javascript: bool = True, width: int = 1280, height: int = 800, **options) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    """A page of a visitor with JavaScript, on a wide screen."""
    return browse()
