"""The jobs of the house: each `Job` of the kernel and of a manifest becomes a task of its name."""

import asyncio
import logging
from collections.abc import Callable

from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as current_app
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext

from sekata.lib.manifest import Job
from sekata.site.config import CONFIG
from sekata.site.registry import REGISTRY

log = logging.getLogger(__name__)

HEARTBEAT = 10
STALLED_AFTER = 30
KEEP_HOURS = 72


def on_ready(app: App) -> None:
    """Register all jobs; procrastinate calls this once Django is ready (PROCRASTINATE_ON_APP_READY)."""
    for job in REGISTRY.jobs:
        register(app, job)
    for name, run, cron in (("runtime.rescue", rescue, "* * * * *"), ("runtime.tidy", tidy, "17 3 * * *")):
        task = app.task(name=name, queue="runtime", pass_context=True, queueing_lock=name)(run)
        app.periodic(cron=cron)(task)


def register(app: App, job: Job) -> None:
    """One job as a task: retried after 3, 9, 27 ... seconds; periodic where it says so."""
    task = app.task(
        name=job.name,
        queue=job.queue,
        retry=RetryStrategy(max_attempts=job.retries, exponential_wait=3) if job.retries else False,
        queueing_lock=job.name if job.every else None,
    )(without_timestamp(job.run) if job.every else job.run)
    if job.every:
        app.periodic(cron=job.every)(task)


def without_timestamp(run: Callable[..., object]) -> Callable[..., object]:
    """`run` for the periodic deferrer, which adds the scheduled moment: jobs ask the one clock instead."""

    def periodic(timestamp: int | None = None, **arguments: object) -> object:
        return run(**arguments)

    return periodic


async def rescue(context: JobContext, timestamp: int) -> None:
    """Put jobs back in the queue whose worker died amid them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("job %s (%s) lost its worker and is tried again", job.id, job.task_name)
        await manager.retry_job(job)
    await manager.prune_stalled_workers(STALLED_AFTER * 4)


async def tidy(context: JobContext, timestamp: int) -> None:
    """Forget jobs that succeeded some days ago; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS)


async def work(once: bool = False) -> None:
    """Do jobs until told to stop (SIGINT, SIGTERM); with `once`, until none is left."""
    with current_app.replace_connector(current_app.connector.get_worker_connector()) as app:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=CONFIG.job_threads,
                wait=not once,
                delete_jobs="successful",
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
            )


def run(once: bool = False) -> None:
    """The body of the command `sekata worker`."""
    try:
        asyncio.run(work(once))
    except ConnectorException as error:
        raise SystemExit(f"the database is away: {error.__cause__ or error}") from error
