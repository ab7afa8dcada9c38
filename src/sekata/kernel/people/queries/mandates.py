"""Reading mandates and merges."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Delegation, Identifier, Merge, Person

MOST = 100


def mandate_used(key: int | None, receiver: int, on: date) -> Delegation | None:
    """The mandate by which `receiver` acts now; None when it is over or was revoked. No statement without a key."""
    if key is None:
        return None
    found = Delegation.objects.select_related("giver").filter(pk=key, receiver=receiver).first()
    return found if found and found.in_force(on) else None


def mandates_given(person: int) -> QuerySet[Delegation]:
    """What somebody has let others do, newest first."""
    return Delegation.objects.select_related("receiver").filter(giver=person).order_by("-pk")


def mandates_held(person: int) -> QuerySet[Delegation]:
    """What others have let somebody do, newest first."""
    return Delegation.objects.select_related("giver").filter(receiver=person).order_by("-pk")


def mandates_offered(account: Account, on: date) -> QuerySet[Delegation]:
    """Mandates that wait for this account's proved number to accept them."""
    rows = Delegation.objects.select_related("giver").filter(
        number=vault.lookup("phone", account.username), accepted_at=None, revoked_at=None, ends__gte=on
    )
    return rows.exclude(giver=account.person_id) if account.contact_proved_at else rows.none()


def duplicates() -> list[list[Person]]:
    """Living records of one name and birth date, which may be one human: groups of two and more, at most a hundred."""
    living = Person.objects.filter(merged_into=None, deceased_at=None, birth_date__isnull=False)
    pairs = living.values("full_name", "birth_date").annotate(n=Count("pk")).filter(n__gt=1)
    wanted = Q(pk__in=())
    for pair in pairs.order_by("full_name")[:MOST]:
        wanted |= Q(full_name=pair["full_name"], birth_date=pair["birth_date"])
    groups: dict[tuple, list[Person]] = {}
    rows = living.filter(wanted).select_related("account", "employee").order_by("full_name", "pk")
    for person in rows:
        groups.setdefault((person.full_name, person.birth_date), []).append(person)
    return list(groups.values())


def kinds_of(persons: Iterable[int]) -> dict[int, set[str]]:
    """Which official numbers each of these persons has, by kind; never the numbers themselves."""
    found: dict[int, set[str]] = {}
    rows = Identifier.objects.filter(person__in=list(persons), live=True)
    for person, kind in rows.values_list("person_id", "kind"):
        found.setdefault(person, set()).add(kind)
    return found


def merges() -> QuerySet[Merge]:
    """Proposals and merges, newest first."""
    return Merge.objects.select_related("kept", "dropped").order_by("-pk")
