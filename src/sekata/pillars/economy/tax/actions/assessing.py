"""Assessments one by one: drafting, approving, issuing, delivering, correcting, lapsing (R8 to R11, R15)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.actions.billing import ready
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import AssessmentKind, AssessmentState, CollectionState, Ground, TaxType
from sekata.pillars.economy.tax.models import (
    Assessment,
    CollectionAct,
    Delivery,
    LandVersion,
    TaxObject,
    Taxpayer,
    TaxReturn,
    Transfer,
)
from sekata.pillars.economy.tax.queries.law import law, law_of, law_of_year
from sekata.pillars.economy.tax.queries.worth import computed, parts_of
from sekata.pillars.economy.tax.rights import APPROVE, ASSESS, AUDIT, DELIVER, REGENT, SYSTEM, VALIDATE
from sekata.pillars.economy.tax.rules import advertising, groundwater, lapse, penalty
from sekata.pillars.economy.tax.rules.dates import add_months, months_late
from sekata.pillars.economy.tax.rules.landtax import object_value
from sekata.pillars.economy.tax.workflow import ASSESSMENT

STATE = ("state",)
RESTARTS = (CollectionState.WARNED, CollectionState.FORCED)


def _today(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def new_number(kind: str, at: datetime) -> str:
    """The next number of a kind of letter: `SKPD-2026-000001`."""
    return f"{kind.upper()}-{_today(at).year}-{documents.next_number(f'tax.{kind}', at):06d}"


@action(right=ASSESS, event="tax.advertising.drafted")
def draft_advertising(
    *, actor: Actor, tax_object: TaxObject, display: advertising.Display, starts: date, at: datetime
) -> Assessment:
    """Draft the SKPD of a display before it goes up (R8): area x sides x days x class price x rate."""
    rulebook = law(at)
    value = rulebook.rounding.settle(display.rental_value)
    rate = rulebook.rate(TaxType.ADVERTISING, value, tax_object.sub_class)
    facts = {
        "width": str(display.width),
        "height": str(display.height),
        "sides": display.sides,
        "days": display.days,
        "class_price": display.class_price,
        "starts": starts.isoformat(),
        "ends": advertising.last_day(starts, display.days).isoformat(),
    }
    tax = advertising.advertising_tax(display.rental_value, rate, rulebook.rounding)
    return _draft_skpd(actor, tax_object, value, rate, tax, facts, starts.isoformat()[:7], at)


@action(right=ASSESS, event="tax.groundwater.drafted", keeps=("period", "before", "now"))
def draft_groundwater(
    *, actor: Actor, tax_object: TaxObject, period: str, before: Decimal, now: Decimal, at: datetime
) -> Assessment:
    """Draft the SKPD of a well's month from two readings of its meter (R8)."""
    insist(groundwater.reading_reasons(before, now))
    rulebook = law_of(int(period[:4]), period)
    price = rulebook.table("water_factor")[tax_object.attributes.get("group", "trade")]["price"]
    volume = groundwater.metered(before, now)
    exact = groundwater.water_value(volume, price)
    rate = rulebook.rate(TaxType.GROUNDWATER, 0, tax_object.sub_class)
    tax = groundwater.groundwater_tax(exact, rate, rulebook.rounding)
    facts = {"before": str(before), "now": str(now), "volume": str(volume), "price": price}
    return _draft_skpd(actor, tax_object, rulebook.rounding.settle(exact), rate, tax, facts, period, at)


def _draft_skpd(
    actor: Actor,
    tax_object: TaxObject,
    base: int,
    rate: Decimal,
    tax: int,
    facts: dict[str, object],
    period: str,
    at: datetime,
) -> Assessment:
    known = Assessment.objects.filter(object=tax_object, period=period, kind=AssessmentKind.SKPD)
    if known.exclude(state=AssessmentState.CANCELLED).exists():
        raise Refused.because("period", "Masa ini sudah ditetapkan.", "period", 409)
    return Assessment.objects.create(
        number=new_number(AssessmentKind.SKPD, at),
        kind=AssessmentKind.SKPD,
        tax_type=tax_object.tax_type,
        taxpayer=tax_object.taxpayer,
        object=tax_object,
        tax_year=int(period[:4]),
        period=period,
        base=base,
        rate=rate,
        principal=tax,
        facts=facts,
        drafted_by=actor.person,
    )


@dataclass(frozen=True)
class Finding:
    """A shortage found: rupiah short, on which ground, since when it was due, about what."""

    taxpayer: Taxpayer
    tax_type: TaxType
    tax_year: int
    shortage: int
    ground: Ground
    due_on: date
    reason: str
    period: str = ""
    base: int = 0
    rate: Decimal = Decimal(0)
    about: dict[str, TaxObject | TaxReturn | Transfer | dict | None] = field(default_factory=dict)


@action(right=AUDIT | ASSESS | VALIDATE | SYSTEM, event="tax.shortage.drafted")
def draft_shortage(*, actor: Actor, finding: Finding, at: datetime) -> Assessment:
    """Propose an SKPDKB, or an SKPDKBT where new data came up, with its interest and increase (R11, R15)."""
    insist(rules.text_reasons(finding.reason, "reason"))
    if finding.shortage <= 0:
        raise Refused.because("shortage", "Kekurangan pajak harus lebih dari nol.", "shortage")
    rulebook, today = law_of(finding.tax_year, finding.period), _today(at)
    if not lapse.may_assess(finding.due_on, today, rulebook.figure("lapse.years")):
        raise Refused.because("lapsed", "Hak menetapkan sudah kedaluwarsa.", status=409)
    added = penalty.shortage(
        finding.shortage,
        months_late(finding.due_on, today),
        finding.ground,
        rulebook.table("audit_rate"),
        rulebook.rounding,
    )
    kind = AssessmentKind.SKPDKBT if finding.ground == Ground.NEW_DATA else AssessmentKind.SKPDKB
    return Assessment.objects.create(
        number=new_number(kind, at),
        kind=kind,
        tax_type=finding.tax_type,
        taxpayer=finding.taxpayer,
        tax_year=finding.tax_year,
        period=finding.period,
        ground=finding.ground,
        base=finding.base,
        rate=finding.rate,
        principal=finding.shortage,
        interest=added.interest,
        increase=added.increase,
        reason=finding.reason.strip(),
        drafted_by=actor.person,
        **finding.about,
    )


@action(right=APPROVE, event="tax.assessment.approved", on="assessment", watches=STATE)
def approve(*, actor: Actor, assessment: Assessment, at: datetime) -> Assessment:
    """Approve what somebody else proposed."""
    given = {"first": assessment.drafted_by, "second": actor.person}
    turn(assessment, ASSESSMENT, "approve", actor=actor, given=given, approved_by=actor.person)
    return assessment


@action(right=ASSESS, event="tax.assessment.issued", on="assessment", watches=STATE)
def issue(*, actor: Actor, assessment: Assessment, at: datetime) -> Assessment:
    """Issue an approved assessment; the day due counts from sending it (R9)."""
    today = _today(at)
    due_on = law_of(assessment.tax_year, assessment.period).due_of(AssessmentKind(assessment.kind), today)
    turn(assessment, ASSESSMENT, "issue", actor=actor, issued_on=today, due_on=due_on)
    books.recognise([assessment], day=today, at=at)
    ready(assessment, actor=actor, amount=assessment.total, due_on=due_on, at=at)
    return assessment


@action(
    right=DELIVER | ASSESS,
    event="tax.assessment.delivered",
    on="assessment",
    watches=STATE,
    keeps=("receiver",),
)
def deliver(
    *,
    actor: Actor,
    assessment: Assessment,
    receiver: str,
    photo: bytes | None = None,
    lat: float | None = None,
    lon: float | None = None,
    at: datetime,
) -> Delivery:
    """Record that a letter reached its taxpayer, with photograph and place."""
    if not receiver.strip():
        raise Refused.because("receiver", "Tulis siapa yang menerima.", "receiver")
    turn(assessment, ASSESSMENT, "deliver", actor=actor, delivered_on=_today(at))
    return Delivery.objects.create(
        assessment=assessment,
        receiver=receiver.strip(),
        delivered_at=at,
        delivered_by=actor.person,
        photo=documents.keep(photo, "image/jpeg", at) if photo else None,
        lat=lat,
        lon=lon,
    )


@action(right=ASSESS, event="tax.assessment.cancelled", on="assessment", watches=STATE, keeps=("reason",))
def cancel(*, actor: Actor, assessment: Assessment, reason: str, at: datetime) -> Assessment:
    """Cancel an assessment with a reason; its entries are reversed. What was paid on it must be refunded first."""
    if assessment.paid:
        raise Refused.because("paid", "Ketetapan ini sudah dibayar sebagian.", status=409)
    turn(assessment, ASSESSMENT, "cancel", actor=actor, given={"reason": reason}, reason=reason.strip())
    books.take_back(assessment, at=at)
    return assessment


@action(right=ASSESS, event="tax.sppt.corrected", on="letter", watches=STATE, keeps=("reason",))
def correct_sppt(
    *, actor: Actor, letter: Assessment, version: LandVersion, reason: str, at: datetime
) -> Assessment:
    """Replace an SPPT by its next issue, made from the right version; both stay, one is valid."""
    if letter.kind != AssessmentKind.SPPT or version.land_id != letter.land_id or version.ended:
        raise Refused.because("version", "Versi ini bukan versi objek SPPT tersebut.", "version")
    cancel(actor=actor, assessment=letter, reason=reason, at=at)
    deducts = _may_deduct(letter, version)
    tax = computed(version, letter.tax_year, deducts=deducts)
    land, buildings = parts_of(version, letter.tax_year)
    issue_no = letter.issue + 1
    made = Assessment.objects.create(
        number=f"{letter.land.nop}{letter.tax_year}{issue_no:02d}",
        kind=AssessmentKind.SPPT,
        tax_type=TaxType.LAND,
        state=AssessmentState.ISSUED,
        taxpayer=version.taxpayer,
        land=letter.land,
        version=version,
        batch=letter.batch,
        tax_year=letter.tax_year,
        issue=issue_no,
        base=tax.value,
        land_value=object_value(land),
        building_value=object_value(buildings),
        deduction=tax.deduction,
        share=tax.share,
        rate=tax.rate,
        principal=tax.tax,
        issued_on=_today(at),
        due_on=max(letter.due_on, law_of_year(letter.tax_year).due("skpd", _today(at))),
        supersedes=letter,
        approved_by=actor.person,
    )
    books.recognise([made], day=made.issued_on, at=at)
    ready(made, actor=actor, amount=made.total, due_on=made.due_on, at=at)
    return made


def _may_deduct(letter: Assessment, version: LandVersion) -> bool:
    """R2: one deduction a taxpayer and year: the letter's own stays, a new owner's only if he has none."""
    if version.taxpayer_id == letter.taxpayer_id:
        return letter.deduction > 0
    theirs = Assessment.objects.filter(
        kind=AssessmentKind.SPPT, tax_year=letter.tax_year, taxpayer=version.taxpayer, deduction__gt=0
    )
    return not theirs.exclude(state=AssessmentState.CANCELLED).exists()


def fall_due(**_: object) -> int:
    """Nightly job: assessments whose day due is over become overdue; returns how many."""
    at = clock.now()
    return _fall_due(actor=system("tax.fall_due"), at=at)


@action(right=SYSTEM, event="tax.assessments.fell_due")
def _fall_due(*, actor: Actor, at: datetime) -> int:
    edge = ASSESSMENT.transition("fall_due")
    rows = Assessment.objects.filter(state__in=edge.source, due_on__lt=_today(at))
    return rows.filter(principal__gt=F("paid")).update(state=edge.target)


def expire_lapsed(**_: object) -> int:
    """Nightly job: what can no longer be collected leaves the payable list (R15); returns how many."""
    at, actor, count = clock.now(), system("tax.expire"), 0
    years = law(at).figure("lapse.years")
    old = Assessment.objects.filter(due_on__lt=add_months(_today(at), -12 * years))
    for assessment in old.filter(state__in=ASSESSMENT.transition("expire").source):
        acts = CollectionAct.objects.filter(collection__assessment=assessment, kind__in=RESTARTS)
        served = list(acts.values_list("served_on", flat=True))
        if lapse.has_lapsed(assessment.due_on, served, _today(at), years):
            expire(actor=actor, assessment=assessment, at=at)
            count += 1
    return count


@action(right=SYSTEM, event="tax.assessment.expired", on="assessment", watches=STATE)
def expire(*, actor: Actor, assessment: Assessment, at: datetime) -> Assessment:
    """The right to collect has run out; the amount stays in the register of write-offs."""
    turn(assessment, ASSESSMENT, "expire", actor=actor)
    return assessment


@action(right=REGENT, event="tax.assessment.written_off", on="assessment", watches=STATE, keeps=("reason",))
def write_off(*, actor: Actor, assessment: Assessment, reason: str, at: datetime) -> Assessment:
    """The Bupati writes off what has lapsed."""
    turn(assessment, ASSESSMENT, "write_off", actor=actor, given={"reason": reason})
    books.write_off(assessment, at=at)
    return assessment
