"""Work for later, enqueued inside the caller's transaction: a job exists if and only if its act was kept."""

from datetime import datetime

from procrastinate.contrib.django import app


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
    """Enqueue several different jobs, each a name with its arguments, in a single statement."""
    deferrers = [app.configure_task(name=name, allow_unknown=True) for name, _ in jobs]
    rows = [
        deferrer.job.evolve(task_kwargs=arguments)
        for deferrer, (_, arguments) in zip(deferrers, jobs, strict=True)
    ]
    app.job_manager.batch_defer_jobs(rows)
