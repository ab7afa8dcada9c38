"""Many letters on paper by several processes: the parent hands out values, the children typeset, in order.

Nothing here touches the database, so that a measurement can call it alone.
"""

import multiprocessing
from collections.abc import Iterable, Iterator

from sekata.pillars.economy.tax.documents import sppt
from sekata.pillars.economy.tax.documents.values import LandLetter, Sheet

TOGETHER = 8
"""Letters handed to a process at a time."""
PROCESSES = 2

Job = tuple[Sheet, LandLetter]


def _print(job: Job) -> bytes:
    return sppt(*job)


def rendered(jobs: Iterable[Job], processes: int = PROCESSES) -> Iterator[bytes]:
    """The PDF/A of each SPPT in the order of `jobs`; fresh processes, which inherit no connection and no lock."""
    if processes < 2:
        yield from map(_print, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(_print, jobs, chunksize=TOGETHER)
