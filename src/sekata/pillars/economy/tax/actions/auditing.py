"""The audit worksheet: what was found against what was declared becomes a proposed SKPDKB (R11)."""

from datetime import datetime
from decimal import Decimal

from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions.assessing import Finding, draft_shortage
from sekata.pillars.economy.tax.codes import MONTHLY_RETURNS, AssessmentState, Ground, TaxType
from sekata.pillars.economy.tax.models import Assessment, TaxObject
from sekata.pillars.economy.tax.queries.desk import declared
from sekata.pillars.economy.tax.queries.law import law_of_period
from sekata.pillars.economy.tax.rules.amounts import percent
from sekata.pillars.economy.tax.rules.dates import month_bounds

AUDITED = ("skpdkb", "skpdkbt")


def propose(
    *,
    actor: Actor,
    tax_object: TaxObject,
    period: str,
    ground: Ground,
    found: Decimal,
    reason: str,
    at: datetime | None = None,
) -> Assessment:
    """Propose what is short of a month: rate x what was found, less the tax of the return and of earlier letters.

    A month that was assessed before is assessed again only by new data. The worksheet stays with the letter.
    """
    tax = TaxType(tax_object.tax_type)
    if tax not in MONTHLY_RETURNS:
        raise Refused.because("number", "Pajak objek ini tidak dilaporkan tiap bulan.", "number")
    rulebook, end = law_of_period(period), month_bounds(period)[1]
    earlier = _earlier(tax_object, period)
    if earlier and ground != Ground.NEW_DATA:
        raise Refused.because(
            "audited", "Masa ini sudah diperiksa; hanya data baru menambahnya.", "ground", 409
        )
    filing = declared(tax_object, period)
    rate = rulebook.rate(tax, int(found), tax_object.sub_class)
    due = rulebook.rounding.settle(percent(found, rate))
    known = (filing.tax if filing else 0) + sum(one.principal for one in earlier)
    sheet = {
        "found": int(found),
        "declared": filing.base if filing else 0,
        "rate": str(rate),
        "due": due,
        "known": known,
    }
    finding = Finding(
        taxpayer=tax_object.taxpayer,
        tax_type=tax,
        tax_year=int(period[:4]),
        shortage=due - known,
        ground=ground,
        due_on=rulebook.due("return.pay", end),
        reason=reason,
        period=period,
        base=int(found),
        rate=rate,
        about={"object": tax_object, "filing": filing, "facts": {"worksheet": sheet}},
    )
    return draft_shortage(actor=actor, finding=finding, at=at)


def _earlier(tax_object: TaxObject, period: str) -> list[Assessment]:
    rows = Assessment.objects.filter(object=tax_object, period=period, kind__in=AUDITED)
    return list(rows.exclude(state=AssessmentState.CANCELLED))
