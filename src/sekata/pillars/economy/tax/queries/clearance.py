"""Whether somebody owes nothing that is due: what permits and procurement ask before they decide."""

from datetime import date

from django.db.models import F, Q

from sekata.kernel.people import vault
from sekata.pillars.economy.tax.codes import PAYABLE, AssessmentState, InstalmentState, Status
from sekata.pillars.economy.tax.models import Assessment, InstalmentPlan, Taxpayer
from sekata.pillars.economy.tax.queries.unfiled import missing

CLEAR, NOT_CLEAR, UNKNOWN = "clear", "not_clear", "unknown"
NIK_LENGTH = 16
RUNNING = (InstalmentState.APPROVED, InstalmentState.RUNNING)


def taxpayer_by_number(number: str) -> Taxpayer | None:
    """The taxpayer with that NIK (16 digits) or NIB; None for one the register does not know."""
    kind = "nik" if len(number) == NIK_LENGTH else "nib"
    return Taxpayer.objects.filter(lookup=vault.lookup(kind, number)).exclude(status=Status.CLOSED).first()


def verdict(taxpayer: Taxpayer | None, on: date) -> str:
    """clear, not_clear or unknown on a day, and never an amount.

    Clear is who has nothing payable past its day and no return missing; a running instalment counts as clear, and an
    objection whose undisputed part is paid.
    """
    if taxpayer is None:
        return UNKNOWN
    return NOT_CLEAR if _overdue(taxpayer, on) or missing(on, taxpayer.pk) else CLEAR


def _overdue(taxpayer: Taxpayer, on: date) -> bool:
    total = F("principal") + F("surcharge") + F("increase") + F("interest") + F("fine") - F("credit")
    rows = Assessment.objects.filter(taxpayer=taxpayer, state__in=PAYABLE, due_on__lt=on)
    owing = rows.annotate(all=total).filter(all__gt=F("paid"))
    settled = Q(state=AssessmentState.OBJECTED, undisputed__lte=F("paid"))
    running = InstalmentPlan.objects.filter(taxpayer=taxpayer, case__state__in=RUNNING)
    return owing.exclude(settled).exclude(pk__in=running.values("assessment")).exists()
