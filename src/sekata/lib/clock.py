"""The one clock. Everything that needs the present asks here, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today(zone: ZoneInfo = WIB) -> date:
    """The calendar day in the regency's zone."""
    return now().astimezone(zone).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """Move the clock forward by `by` inside the block."""
    with frozen(now() + by):
        yield
