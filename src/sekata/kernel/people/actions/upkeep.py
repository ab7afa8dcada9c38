"""Failed tries, and what the night clears away."""

from datetime import datetime, timedelta

from sekata.kernel.people import vault
from sekata.kernel.people.actions.codes import sweep_codes
from sekata.kernel.people.actions.matching import match_again
from sekata.kernel.people.models import Attempt
from sekata.lib import clock

ATTEMPTS_KEPT = timedelta(hours=24)


def note_failure(scope: str, handle: str, at: datetime) -> None:
    """Remember a failed try for the lockout; nothing else of it is kept."""
    Attempt.objects.create(scope=scope, handle=vault.lookup(scope, handle), at=at)


def forgive(scope: str, handle: str) -> None:
    """Forget failures after a success."""
    Attempt.objects.filter(scope=scope, handle=vault.lookup(scope, handle)).delete()


def sweep_attempts(**_: object) -> int:
    """Daily job: failed tries older than 24 hours and spent codes go."""
    at = clock.now()
    sweep_codes(at)
    return Attempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()[0]


def retry_matches(**_: object) -> int:
    """Periodic job: ask the population register again about those for whom it was away."""
    return match_again(clock.now())
