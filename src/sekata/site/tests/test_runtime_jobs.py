"""Jobs: named by manifests, tried again after a fall, and put back when their worker died."""

import asyncio
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from sekata.kernel.jobs import defer
from sekata.lib.manifest import Job
from sekata.site.registry import REGISTRY
from sekata.site.worker import register, rescue, work

DONE: list[str] = []


def note(word: str) -> None:
    """Remember that the job was done."""
    DONE.append(word)


def note_at_the_second_try(word: str) -> None:
    """Fall once, then remember."""
    DONE.append(word)
    if len(DONE) == 1:
        raise ValueError("not yet")


@pytest.fixture(autouse=True)
def jobs():
    """Two jobs of this test alone."""
    DONE.clear()
    for job in (Job("test.note", note), Job("test.second", note_at_the_second_try)):
        if job.name not in app.tasks:
            register(app, job)
    yield
    for name in ("test.note", "test.second"):
        del app.tasks[name]


def change(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE task_name LIKE 'test.%'")
        return [status for (status,) in cursor.fetchall()]


async def rescued() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as other:
        async with other.open_async():
            await rescue(SimpleNamespace(app=other), 0)


def test_each_job_of_a_manifest_is_a_task_of_its_name():
    assert {job.name for job in REGISTRY.jobs} <= set(app.tasks)
    assert {"runtime.rescue", "runtime.tidy"} <= set(app.tasks)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_done_and_then_forgotten():
    defer("test.note", word="once")
    asyncio.run(work(once=True))
    assert DONE == ["once"] and statuses() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fell_waits_and_is_tried_again():
    defer("test.second", word="again")
    asyncio.run(work(once=True))
    assert statuses() == ["todo"]
    change("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'test.second'")
    asyncio.run(work(once=True))
    assert DONE == ["again", "again"] and statuses() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_put_back_and_done():
    defer("test.note", word="saved")
    change("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes')")
    change("UPDATE procrastinate_jobs SET status = 'doing', worker_id = w.id FROM procrastinate_workers w")
    assert statuses() == ["doing"]
    asyncio.run(rescued())
    assert statuses() == ["todo"]
    asyncio.run(work(once=True))
    assert DONE == ["saved"] and statuses() == []
