"""Work for later, enqueued inside the caller's transaction: a job exists if and only if its act was kept."""

import json
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app

TOGETHER = """
    SELECT procrastinate_defer_jobs_v1(array_agg(
        ROW('default', name, 0, NULL, NULL, arguments, NULL)::procrastinate_job_to_defer_v1
    ))
    FROM unnest(%s::text[], %s::jsonb[]) AS job (name, arguments)
"""


def defer(name: str, *, at: datetime | None = None, lock: str | None = None, **arguments: object) -> None:
    """Enqueue the job `name` of some manifest; arguments must be JSON values.

    at: not before this moment; lock: jobs of one lock run one after another.
    """
    app.configure_task(name=name, allow_unknown=True, schedule_at=at, lock=lock).defer(**arguments)


def defer_many(name: str, arguments: list[dict[str, object]]) -> None:
    """Enqueue one job per dictionary of arguments in a single statement."""
    if arguments:
        app.configure_task(name=name, allow_unknown=True).batch_defer(*arguments)


def defer_together(*jobs: tuple[str, dict[str, object]]) -> None:
    """Enqueue several different jobs, each a name with its arguments, in a single statement that nobody waits for."""
    names, arguments = zip(*jobs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, [list(names), [json.dumps(one) for one in arguments]])
