"""Reading persons and accounts: who somebody is, how they sign in, who has looked at their data."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from sekata.kernel.journal.models import Event
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, AssistedSession, Attempt, Identifier, Person
from sekata.lib import clock


def assisted_session(key: int | None, clerk: int) -> AssistedSession | None:
    """The clerk's running session, None once its hour is over."""
    if key is None:
        return None
    return (
        AssistedSession.objects.select_related("citizen")
        .filter(pk=key, clerk=clerk, ends_at__gt=clock.now())
        .first()
    )


def account_for(handle: str) -> Account | None:
    """The account behind a sign-in handle: phone number, NIP, e-mail or NIK."""
    handle = handle.strip()
    found = Account.objects.select_related("person")
    if "@" in handle:
        return found.filter(email__iexact=handle).first()
    direct = found.filter(username=normal_handle(handle)).first()
    if direct or not (handle.isascii() and handle.isdigit() and len(handle) == 16):
        return direct
    return found.filter(
        person__identifiers__lookup=vault.lookup("nik", handle), person__identifiers__live=True
    ).first()


def normal_handle(handle: str) -> str:
    """0812-3456-7890 and +62 812 3456 7890 are one handle; a NIP stays as it is."""
    compact = "".join(c for c in handle if c.isdigit() or c == "+")
    if compact.startswith("08"):
        return "+62" + compact[1:]
    if compact.startswith("628"):
        return "+" + compact
    return compact if compact and compact.lstrip("+").isdigit() and len(compact) >= 9 else handle.lower()


def person_by_nik(nik: str) -> Person | None:
    """The person whose live NIK is exactly these digits, None when there is none."""
    identifier = Identifier.objects.select_related("person").filter(
        kind="nik", lookup=vault.lookup("nik", nik), live=True
    )
    found = identifier.first()
    return resolve(found.person) if found else None


def resolve(person: Person) -> Person:
    """The living record of a human: a merged one leads to the one it was merged into."""
    while person.merged_into_id is not None:
        person = person.merged_into
    return person


def failures(scope: str, handle: str, within: timedelta, at: datetime) -> int:
    """Failed tries of `handle` in the last `within`."""
    return Attempt.objects.filter(scope=scope, handle=vault.lookup(scope, handle), at__gt=at - within).count()


def looks_at(person: int) -> QuerySet[Event]:
    """Who opened data of this person: the access log that the subject may read (R13)."""
    return Event.objects.filter(
        kind="people.identity.read", subject_type="people.person", subject_id=str(person)
    ).order_by("-pk")


def by_usernames(usernames: Iterable[str]) -> dict[str, Person]:
    """username -> the person who signs in by it."""
    rows = Account.objects.select_related("person").filter(username__in=list(usernames), person__isnull=False)
    return {account.username: account.person for account in rows}


def names(persons: Iterable[int]) -> dict[int, str]:
    """id -> full name."""
    return dict(Person.objects.filter(pk__in=list(persons)).values_list("pk", "full_name"))
