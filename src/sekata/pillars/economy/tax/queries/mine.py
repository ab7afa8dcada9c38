"""What somebody has with the tax office: taxpayers, parcels, objects, letters, requests, powers of attorney."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sekata.kernel.cases import queries as cases
from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.lib.numbers import nop
from sekata.pillars.economy.tax.codes import AssessmentState
from sekata.pillars.economy.tax.models import Assessment, LandVersion, Proxy, TaxObject, Taxpayer
from sekata.pillars.economy.tax.queries.owing import Card, owed
from sekata.pillars.economy.tax.rights import HOLDER, MINE
from sekata.pillars.economy.tax.workflow import WORKFLOWS

MOST = 40
GONE = (AssessmentState.DRAFT, AssessmentState.APPROVED, AssessmentState.CANCELLED)
OURS = frozenset(flow.code for flow in WORKFLOWS)


@dataclass(frozen=True)
class Parcel:
    """A parcel of one's own: its number as letters show it and its newest state."""

    number: str
    shown: str
    version: LandVersion


def taxpayers(actor: Actor, on: date) -> list[Taxpayer]:
    """For whom somebody may act today: oneself first, then the clients of a power of attorney."""
    person = actor.acting_for or actor.person
    power = Q(
        proxies__person=person, proxies__revoked_at=None, proxies__starts__lte=on, proxies__ends__gte=on
    )
    rows = Taxpayer.objects.filter(Q(person=person) | power).distinct() if person else Taxpayer.objects.none()
    return sorted(rows.order_by("pk")[:MOST], key=lambda one: one.person_id != person)


def parcels(payers: list[Taxpayer]) -> list[Parcel]:
    """The parcels whose newest version names one of these taxpayers."""
    ids = {one.pk for one in payers}
    lands = LandVersion.objects.filter(taxpayer__in=ids).values("land")
    newest = LandVersion.objects.filter(land__in=lands).order_by("land", "-number").distinct("land")
    rows = LandVersion.objects.filter(pk__in=newest.values("pk"), ended=False, taxpayer__in=ids)
    found = rows.select_related("land", "taxpayer").order_by("land__nop")[:MOST]
    return [Parcel(one.land.nop, str(nop.Nop(one.land.nop)), one) for one in found]


def objects(payers: list[Taxpayer]) -> list[TaxObject]:
    """Their other tax objects."""
    return list(TaxObject.objects.filter(taxpayer__in=payers).order_by("number")[:MOST])


def letters(actor: Actor) -> QuerySet[Assessment]:
    """Letters that somebody may ask something about: issued ones of one's own."""
    rows = Assessment.objects.select_related("taxpayer", "land", "object").exclude(state__in=GONE)
    return visible(rows, MINE, actor).order_by("-tax_year", "-pk")


def cards(actor: Actor, on: date) -> list[Card]:
    """The newest letters with what each costs on a day."""
    return [Card(letter, owed(letter, on)) for letter in letters(actor)[:MOST]]


def requests(actor: Actor) -> list[cases.Case]:
    """The newest requests to the tax office."""
    person = actor.acting_for or actor.person
    return list(cases.of_applicant(person).filter(workflow__in=OURS).order_by("-pk")[:MOST]) if person else []


def powers(actor: Actor) -> list[Proxy]:
    """Powers of attorney that stand, given by one's own taxpayers."""
    given = visible(Taxpayer.objects.all(), HOLDER, actor)
    rows = Proxy.objects.select_related("person", "taxpayer").filter(taxpayer__in=given, revoked_at=None)
    return list(rows.order_by("-ends")[:MOST])
