"""Opening a case by its tracking code, slowed down for whoever guesses (R1)."""

from datetime import datetime, timedelta

from sekata.kernel.people import actions as people
from sekata.kernel.people import queries as people_read
from sekata.lib import codes
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions.intake import tracking_hash
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.machine import by_code

SCOPE = "tracking"
TRIES = 10
WITHIN = timedelta(hours=1)


def open_by_code(*, number: str, code: str, sender: str, at: datetime) -> Complaint:
    """The complaint with that number and code, its own or a supporter's.

    A mistyped code is told so before anything is looked up; for all others there is one wording, whether the
    case exists or not. After ten wrong tries of one address within an hour everything is refused (429).
    """
    if people_read.failures(SCOPE, sender, WITHIN, at) >= TRIES:
        message = "Terlalu banyak kode yang salah. Coba lagi satu jam lagi."
        raise Refused.because("too_many_tries", message, "code", status=429)
    if not codes.is_valid(code):
        people.note_failure(SCOPE, sender, at)
        raise Refused.because(
            "code_mistyped", "Kode lacak salah ketik. Periksa lagi 10 hurufnya.", "code", status=422
        )
    found = by_code(number, tracking_hash(code))
    if found is None:
        people.note_failure(SCOPE, sender, at)
        message = "Tidak ada pengaduan dengan nomor dan kode itu."
        raise Refused.because("unknown", message, "code", status=404)
    return found
