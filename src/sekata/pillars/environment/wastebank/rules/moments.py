"""R3: when was it weighed? A device's clock is corrected by the offset measured at its last contact."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.lib.result import Reason

CLOCK_SUSPECT = "clock_suspect"


@dataclass(frozen=True)
class ClockReading:
    """What the device says. offset_s: its clock minus the server's at the last contact, seconds, None if unknown;
    restarted: the monotonic counter that carried it is lost. synced_at: that contact by the server's clock."""

    device_time: datetime
    offset_s: int | None
    synced_at: datetime | None
    restarted: bool = False


@dataclass(frozen=True)
class ClockLimits:
    """The limits in force: an offset beyond `suspect` raises the flag, a contact older than `contact` a director."""

    suspect: timedelta = timedelta(minutes=10)
    contact: timedelta = timedelta(days=7)


@dataclass(frozen=True)
class Moment:
    """When it was weighed as far as can be known; doubts: reasons for which a director must accept it.

    likely: the nearest moment that is possible at all, by whose law it is judged.
    """

    at: datetime
    likely: datetime
    flags: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()


def corrected(reading: ClockReading, received_at: datetime, limits: ClockLimits = ClockLimits()) -> Moment:
    """R3: device time minus offset, with what speaks against believing it. received_at: the server's own clock."""
    at = _minus(reading.device_time, reading.offset_s or 0)
    unknown = reading.offset_s is None or reading.restarted
    wrong = unknown or abs(reading.offset_s) > limits.suspect.total_seconds()
    doubts = tuple(_doubts(at, reading.synced_at, received_at, limits))
    flagged = (CLOCK_SUSPECT,) if wrong or _impossible(doubts) else ()
    return Moment(at, _likely(at, reading.synced_at, received_at, doubts), flagged, doubts)


def _likely(
    at: datetime, synced_at: datetime | None, received_at: datetime, doubts: tuple[Reason, ...]
) -> datetime:
    if synced_at is None:
        return received_at
    return min(max(at, synced_at), received_at) if _impossible(doubts) else at


def _minus(at: datetime, seconds: int) -> datetime:
    """`at` earlier by `seconds`; at the edges of the calendar the time stays as it is, and is then impossible."""
    try:
        return at - timedelta(seconds=seconds)
    except OverflowError:
        return at


def _doubts(at: datetime, synced_at: datetime | None, received_at: datetime, limits: ClockLimits):
    if at - received_at > limits.suspect:
        yield Reason("future", "Waktu timbang lebih lambat daripada waktu kirim", "weighed_at")
    if synced_at is None:
        yield Reason("never_synced", "Perangkat belum pernah tersambung sebelum menimbang", "weighed_at")
        return
    if synced_at - at > limits.suspect:
        yield Reason("before_sync", "Waktu timbang lebih dulu daripada sambungan terakhir", "weighed_at")
    elif at - synced_at > limits.contact:
        days = limits.contact.days
        yield Reason("sync_old", f"Sambungan terakhir lebih dari {days} hari sebelum menimbang", "weighed_at")


def _impossible(doubts: tuple[Reason, ...]) -> bool:
    return any(doubt.code in ("future", "before_sync") for doubt in doubts)
