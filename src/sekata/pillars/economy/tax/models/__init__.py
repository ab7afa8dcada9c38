"""Tables of regional tax: the law's tariffs, the register, land, assessments and returns, transfers, relief."""

from sekata.pillars.economy.tax.models.assessing import (
    Assessment,
    Delivery,
    FilingNotice,
    MassBatch,
    MassLine,
    TaxReturn,
)
from sekata.pillars.economy.tax.models.enrolment import Proxy, Registration, TaxObject, Taxpayer
from sekata.pillars.economy.tax.models.land import (
    Building,
    LandLink,
    LandObject,
    LandVersion,
    Spop,
    ZoneValue,
)
from sekata.pillars.economy.tax.models.law import RevenueTarget, Tariff, TariffSet
from sekata.pillars.economy.tax.models.papers import Paper
from sekata.pillars.economy.tax.models.partners import Partner
from sekata.pillars.economy.tax.models.receipts import Receipt
from sekata.pillars.economy.tax.models.relief import (
    Collection,
    CollectionAct,
    InstalmentPart,
    InstalmentPlan,
    Objection,
    Refund,
    Relief,
)
from sekata.pillars.economy.tax.models.transfer import PpatReport, Transfer

__all__ = [
    "Assessment",
    "Building",
    "Collection",
    "CollectionAct",
    "Delivery",
    "FilingNotice",
    "InstalmentPart",
    "InstalmentPlan",
    "LandLink",
    "LandObject",
    "LandVersion",
    "MassBatch",
    "MassLine",
    "Objection",
    "Paper",
    "Partner",
    "PpatReport",
    "Proxy",
    "Receipt",
    "Refund",
    "Registration",
    "Relief",
    "RevenueTarget",
    "Spop",
    "Tariff",
    "TariffSet",
    "TaxObject",
    "TaxReturn",
    "Taxpayer",
    "Transfer",
    "ZoneValue",
]
