"""A taxpayer's own objects and returns."""

from django.db.models import QuerySet

from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.pillars.economy.tax.codes import MONTHLY_RETURNS, Status
from sekata.pillars.economy.tax.models import TaxObject, TaxReturn
from sekata.pillars.economy.tax.rights import MINE, REGISTER


def objects(actor: Actor) -> QuerySet[TaxObject]:
    """Active objects with a monthly return, of oneself or, for the register, of all."""
    rows = TaxObject.objects.select_related("taxpayer").filter(
        tax_type__in=MONTHLY_RETURNS, status=Status.ACTIVE
    )
    return visible(rows, MINE | REGISTER, actor).order_by("number")


def object_of(actor: Actor, number: str) -> TaxObject | None:
    """The object with that number, if it may be filed for."""
    return objects(actor).filter(number=number).first()


def filings(actor: Actor, most: int = 36) -> list[TaxReturn]:
    """The newest returns."""
    rows = TaxReturn.objects.select_related("object", "taxpayer")
    return list(visible(rows, MINE | REGISTER, actor).order_by("-period", "-pk")[:most])
