"""What is owed: of one assessment on any day, of an object found by its number, with nobody's name shown in full."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from sekata.kernel.filters import visible
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib.actor import Actor
from sekata.lib.numbers import nop
from sekata.pillars.economy.tax.codes import PAYABLE, AssessmentKind, AssessmentState
from sekata.pillars.economy.tax.models import Assessment, LandObject, Taxpayer, TaxReturn
from sekata.pillars.economy.tax.queries.law import law, law_of
from sekata.pillars.economy.tax.queries.worth import versions
from sekata.pillars.economy.tax.rights import MINE, OFFICER
from sekata.pillars.economy.tax.rules import penalty
from sekata.pillars.economy.tax.rules.naming import masked
from sekata.pillars.economy.tax.rules.settling import Asked, suspense_reason

MISSES = "nop"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Card:
    """One assessment as anybody may see it: what it is, its due day, what it costs on a day."""

    assessment: Assessment
    owed: penalty.Owed

    @property
    def is_open(self) -> bool:
        """Whether something is still asked for."""
        return self.owed.total > 0


@dataclass(frozen=True)
class Found:
    """A land object as a stranger sees it: number and village in full, its owner's name masked."""

    land: LandObject
    owner: str
    village: str
    cards: tuple[Card, ...]

    @property
    def shown(self) -> str:
        """The NOP as letters show it."""
        return str(nop.Nop(self.land.nop))


def owed(assessment: Assessment, on: date) -> penalty.Owed:
    """What an assessment costs when paid on a day: interest runs on the unpaid principal alone (R10)."""
    if assessment.state not in PAYABLE or assessment.due_on is None:
        return penalty.Owed(0, 0, 0, None)
    whole = assessment.total
    if assessment.state == AssessmentState.OBJECTED and assessment.undisputed is not None:
        whole = assessment.undisputed
    left = max(whole - assessment.paid, 0)
    base = min(left, assessment.principal + assessment.surcharge)
    rulebook = law_of(assessment.tax_year, assessment.period)
    late = penalty.owed(base, assessment.due_on, on, rulebook.late, rulebook.rounding)
    return penalty.Owed(left, late.penalty, late.months, late.true_until)


def suspense(assessment: Assessment | None, paid: int, on: date) -> str:
    """R21: why money paid on a day cannot settle an assessment, empty if it does. `on` is the bank's own moment."""
    if assessment is None:
        return suspense_reason(None, paid, on)
    now = owed(assessment, on)
    return suspense_reason(Asked(now.total, now.true_until, now.total > 0), paid, on)


def found(number: str, on: date) -> Found | None:
    """The land object with exactly that NOP and its ten last years; None where there is none."""
    land = LandObject.objects.filter(nop=number).first()
    version = versions(land).first() if land else None
    if version is None:
        return None
    rows = Assessment.objects.filter(land=land, kind=AssessmentKind.SPPT).exclude(
        state=AssessmentState.CANCELLED
    )
    cards = tuple(Card(row, owed(row, on)) for row in rows.order_by("-tax_year")[:10])
    area = units.areas().get(land.village_code)
    return Found(land, masked(version.taxpayer.name), area.name if area else "", cards)


@dataclass(frozen=True)
class Bill:
    """One letter as anybody who holds its number may see it: what it is, for whom (masked), what it costs."""

    letter: Assessment
    payer: str
    about: str
    owed: penalty.Owed


def bill(number: str, on: date) -> Bill | None:
    """The issued letter with exactly that number; None where there is none."""
    rows = Assessment.objects.select_related("taxpayer", "land", "object").filter(number=number)
    letter = rows.exclude(state__in=(AssessmentState.DRAFT, AssessmentState.APPROVED)).first()
    if letter is None:
        return None
    about = str(nop.Nop(letter.land.nop)) if letter.land else letter.object.name if letter.object else ""
    return Bill(letter, masked(letter.taxpayer.name), about, owed(letter, on))


@dataclass(frozen=True)
class Registered:
    """That a taxpayer exists: number and masked name. What is owed nobody else is told (UU 1/2022)."""

    npwpd: str
    name: str
    status: str


def taxpayer(number: str) -> Registered | None:
    """The taxpayer with exactly that NPWPD; None where there is none."""
    found = Taxpayer.objects.filter(npwpd=number).first()
    return Registered(found.npwpd, masked(found.name), found.get_status_display()) if found else None


def may_look(source: str, at: datetime) -> bool:
    """Whether that address has missed seldom enough in the last hour to look again."""
    return people.failures(MISSES, source, HOUR, at) < law(at).figure("search.misses")


def taxpayer_of(actor: Actor) -> Taxpayer | None:
    """The taxpayer that somebody signs in for."""
    person = actor.acting_for or actor.person
    return Taxpayer.objects.filter(person=person).order_by("pk").first() if person else None


def assessments(actor: Actor) -> QuerySet[Assessment]:
    """Assessments that somebody may see: one's own, or all of the office."""
    rows = Assessment.objects.select_related("taxpayer", "land", "object").order_by("-pk")
    return visible(rows, MINE | OFFICER, actor)


def returns(actor: Actor) -> QuerySet[TaxReturn]:
    """Returns that somebody may see."""
    return visible(
        TaxReturn.objects.select_related("taxpayer", "object").order_by("-pk"), MINE | OFFICER, actor
    )
