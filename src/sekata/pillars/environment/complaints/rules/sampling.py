"""R11 River sampling: where, how soon, and how long a sample keeps."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import OPEN_STATES, SamplePosition
from sekata.pillars.environment.complaints.rules.terms import Row, Rows, bare, duration

RIVER_POSITIONS = (SamplePosition.OUTFALL, SamplePosition.UPSTREAM, SamplePosition.DOWNSTREAM)
DILUTION_AFTER = timedelta(hours=24)

_LABEL = re.compile(r"[A-Z]{2,5}-[0-9]{8}-[0-9]{2}")
_ACCREDITATION = re.compile(r"LP-[0-9]{3,4}-IDN")
_SAYS_DILUTION = re.compile(r"\b(peng|meng|di|ter)?encer", re.IGNORECASE)


def sampling_reasons(state: str) -> tuple[Reason, ...]:
    """Samples may be taken as first response in any open state, before any task letter (R8)."""
    if state in OPEN_STATES:
        return ()
    return (Reason("sampling_closed", "Contoh hanya diambil selama kasus masih terbuka"),)


def label_reasons(label: str, taken_at: datetime, now: datetime) -> tuple[Reason, ...]:
    """A label reads like SGT-20261119-01: place, day, number; a sample is not taken in the future."""
    checks = (
        (
            bool(_LABEL.fullmatch(label)),
            Reason("label", "Label seperti SGT-20261119-01: 2 sampai 5 huruf, tanggal, nomor", "label"),
        ),
        (
            taken_at <= now,
            Reason("taken_future", "Waktu pengambilan tidak boleh sesudah sekarang", "taken_at"),
        ),
    )
    return tuple(reason for met, reason in checks if not met)


def accreditation_reasons(number: str) -> tuple[Reason, ...]:
    """A laboratory's accreditation by KAN reads LP-123-IDN."""
    if _ACCREDITATION.fullmatch(number):
        return ()
    return (Reason("accreditation", "Nomor akreditasi KAN seperti LP-123-IDN", "accreditation"),)


def position_reasons(positions: Iterable[str], reason: str = "") -> tuple[Reason, ...]:
    """Outfall, upstream and downstream are the least; what is missing needs a reason."""
    missing = [position for position in RIVER_POSITIONS if position not in set(positions)]
    if not missing or bare(reason):
        return ()
    names = ", ".join(position.label.lower() for position in missing)
    return (
        Reason(
            "positions_missing", f"Belum ada contoh dari {names}; ambil, atau tulis alasannya", "position"
        ),
    )


def hours_since(first_seen_at: datetime, taken_at: datetime) -> float:
    """Hours from the moment the trouble was first seen to the sample; negative if taken before."""
    return (taken_at - first_seen_at) / timedelta(hours=1)


def dilution_sentence(first_seen_at: datetime, taken_at: datetime) -> str:
    """What the report must say about a sample taken more than 24 hours after first sight, or ""."""
    waited = taken_at - first_seen_at
    if waited <= DILUTION_AFTER:
        return ""
    return (
        f"Contoh diambil {duration(waited)} sesudah kejadian pertama kali terlihat; "
        "pengenceran oleh aliran air dapat menjelaskan hasil yang memenuhi baku mutu."
    )


def dilution_reasons(
    first_seen_at: datetime, taken_at: Iterable[datetime], report: str
) -> tuple[Reason, ...]:
    """Reasons against a report that keeps silent about dilution although a sample came late."""
    late = [moment for moment in taken_at if dilution_sentence(first_seen_at, moment)]
    if not late or _SAYS_DILUTION.search(report):
        return ()
    sentence = dilution_sentence(first_seen_at, max(late))
    return (Reason("dilution_unsaid", f"Laporan harus memuat: {sentence}", "facts"),)


def holding_flag(parameter: str, taken_at: datetime, at_lab: datetime | None, rules: Rows) -> Reason | None:
    """A doubt about a result whose sample reached the laboratory later than it keeps.

    at_lab None: measured on the spot. The time itself is still good; a parameter without a row is not judged.
    """
    rule = rules.get(parameter)
    if rule is None or at_lab is None or at_lab - taken_at <= timedelta(hours=rule["hours"]):
        return None
    return Reason("holding_time", _held_too_long(rule, at_lab - taken_at), parameter)


def _held_too_long(rule: Row, waited: timedelta) -> str:
    if not rule["hours"]:
        return f"{rule['name']} harus diukur di tempat; hasil laboratorium diragukan"
    allowed = duration(timedelta(hours=rule["hours"]))
    return (
        f"Contoh {rule['name']} sampai di laboratorium sesudah {duration(waited)}; "
        f"paling lama {allowed} ({rule['preservation']}), jadi hasilnya diragukan"
    )
