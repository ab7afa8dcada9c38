"""Months nobody filed: a reminder, a written warning, a proposal by estimate; and the bill for paying late (R9 to R12).

Every step is a nightly job that does what is due and nothing twice.
"""

from datetime import date, datetime

from sekata.kernel.journal.actions import action
from sekata.kernel.notify import actions as notify
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions.assessing import Finding, draft_shortage, new_number
from sekata.pillars.economy.tax.codes import (
    AssessmentKind,
    AssessmentState,
    Ground,
    NoticeKind,
    ReturnState,
    TaxType,
)
from sekata.pillars.economy.tax.models import Assessment, FilingNotice, TaxObject, TaxReturn
from sekata.pillars.economy.tax.queries import unfiled
from sekata.pillars.economy.tax.queries.law import law, law_of_period
from sekata.pillars.economy.tax.rights import ASSESS, SYSTEM
from sekata.pillars.economy.tax.rules import penalty
from sekata.pillars.economy.tax.rules.dates import month_bounds

REASON = "Ditetapkan secara jabatan: SPTPD masa {period} tidak disampaikan sesudah ditegur {day:%d-%m-%Y}."
LATE = "Bunga keterlambatan pembayaran SPTPD {number}."
TEMPLATES = {NoticeKind.REMINDER: "tax.reminder", NoticeKind.WARNING: "tax.warning"}
UNPAID = (ReturnState.FILED, ReturnState.BILLED)


def _day(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def remind(**_: object) -> int:
    """Nightly job: from the working day after the last day of filing on, a reminder; how many."""
    at, sent = clock.now(), 0
    today, calendar, known = _day(at), law(at).calendar, unfiled.notices(NoticeKind.REMINDER)
    for one in unfiled.missing(today):
        if (one.object, one.period) not in known and today >= calendar.add(one.file_by, 1):
            _notice(actor=system("tax.remind"), missing=one, kind=NoticeKind.REMINDER, at=at)
            sent += 1
    return sent


def warn(**_: object) -> int:
    """Nightly job: some working days after the reminder, a written warning; how many."""
    at, sent = clock.now(), 0
    today = _day(at)
    reminded, warned = unfiled.notices(NoticeKind.REMINDER), unfiled.notices(NoticeKind.WARNING)
    for one in unfiled.missing(today):
        key = one.object, one.period
        if key in reminded and key not in warned and today > reminded[key].due_on:
            _notice(actor=system("tax.warn"), missing=one, kind=NoticeKind.WARNING, at=at)
            sent += 1
    return sent


WAITS = {NoticeKind.REMINDER: "return.reminded_workdays", NoticeKind.WARNING: "return.warned_workdays"}


@action(right=SYSTEM, event="tax.return.reminded")
def _notice(*, actor: Actor, missing: unfiled.Missing, kind: NoticeKind, at: datetime) -> FilingNotice:
    rulebook, today = law(at), _day(at)
    made = FilingNotice.objects.create(
        object_id=missing.object,
        period=missing.period,
        kind=kind,
        number=new_number(kind, at),
        sent_on=today,
        due_on=rulebook.calendar.add(today, rulebook.figure(WAITS[kind])),
    )
    _tell(made, at)
    return made


def _tell(made: FilingNotice, at: datetime) -> None:
    """Into the taxpayer's box, where the taxpayer has an account."""
    tax_object = TaxObject.objects.select_related("taxpayer").get(pk=made.object_id)
    person = tax_object.taxpayer.person_id
    if person:
        facts = {"object": tax_object.name, "period": made.period, "day": f"{made.due_on:%d-%m-%Y}"}
        notify.send(
            template=TEMPLATES[NoticeKind(made.kind)], facts=facts, at=at, channel="box", person=person
        )


def estimate(**_: object) -> int:
    """Nightly job: once a warning has run out, an SKPDKB by office is proposed; somebody else approves it; how many.

    It begins with the largest of the object's last twelve returns; an object that never filed waits for an auditor.
    """
    at, made = clock.now(), 0
    today, warned = _day(at), unfiled.notices(NoticeKind.WARNING)
    for one in unfiled.missing(today):
        notice = warned.get((one.object, one.period))
        if notice is not None and today > notice.due_on and _estimate(notice, at) is not None:
            made += 1
    return made


def _estimate(notice: FilingNotice, at: datetime) -> Assessment | None:
    tax_object = TaxObject.objects.select_related("taxpayer").get(pk=notice.object_id)
    usual = unfiled.usual_tax(tax_object)
    if usual is None or not usual[1]:
        return None
    base, tax = usual
    rulebook = law_of_period(notice.period)
    finding = Finding(
        taxpayer=tax_object.taxpayer,
        tax_type=TaxType(tax_object.tax_type),
        tax_year=int(notice.period[:4]),
        shortage=tax,
        ground=Ground.EX_OFFICIO,
        due_on=rulebook.due("return.pay", month_bounds(notice.period)[1]),
        reason=REASON.format(period=notice.period, day=notice.sent_on),
        period=notice.period,
        base=base,
        rate=rulebook.rate(TaxType(tax_object.tax_type), base, tax_object.sub_class),
        about={"object": tax_object, "facts": {"warning": notice.number}},
    )
    return draft_shortage(actor=system("tax.estimate"), finding=finding, at=at)


def bill_late(**_: object) -> int:
    """Nightly job: returns paid after their day, or a month overdue, get an STPD for the interest; how many (R10)."""
    at, made = clock.now(), 0
    today = _day(at)
    rows = TaxReturn.objects.select_related("object", "taxpayer").filter(assessments=None, pay_by__lt=today)
    for filing in rows.filter(state__in=(*UNPAID, ReturnState.PAID), corrects=None):
        try:
            draft_stpd(actor=system("tax.stpd"), filing=filing, at=at)
        except Refused:
            continue
        made += 1
    return made


@action(right=SYSTEM | ASSESS, event="tax.stpd.drafted", on="filing")
def draft_stpd(*, actor: Actor, filing: TaxReturn, at: datetime) -> Assessment:
    """Draft an STPD: of a return paid late its interest, of one unpaid its tax with interest up to today (R10).

    What was paid in time, or is overdue by less than a month, gets none.
    """
    today, rulebook = _day(at), law_of_period(filing.period)
    settled = filing.state == ReturnState.PAID
    if not settled and filing.state not in UNPAID:
        raise Refused.because("state", "SPTPD ini belum dikirim atau sudah dibetulkan.", status=409)
    until = filing.paid_on if settled else today
    principal = filing.tax + filing.surcharge
    owed = penalty.owed(principal, filing.pay_by, until or filing.pay_by, rulebook.late, rulebook.rounding)
    if owed.penalty <= 0 or (not settled and owed.months < 2):
        raise Refused.because("in_time", "SPTPD ini tidak terlambat dibayar.", status=409)
    return Assessment.objects.create(
        number=new_number(AssessmentKind.STPD, at),
        kind=AssessmentKind.STPD,
        tax_type=filing.object.tax_type,
        state=AssessmentState.DRAFT,
        taxpayer=filing.taxpayer,
        object=filing.object,
        filing=filing,
        tax_year=int(filing.period[:4]),
        period=filing.period,
        base=principal,
        rate=rulebook.late.rate,
        principal=0 if settled else filing.tax,
        surcharge=0 if settled else filing.surcharge,
        fine=0 if settled else filing.fine,
        interest=owed.penalty,
        reason=LATE.format(number=filing.number),
        facts={"months": owed.months, "until": until.isoformat()},
        drafted_by=actor.person,
    )
