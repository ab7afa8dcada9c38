"""Reading what a transfer is checked against, and the transfers themselves."""

from datetime import date

from django.db.models import F, QuerySet

from sekata.kernel.filters import visible
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.codes import PAYABLE, TransferState
from sekata.pillars.economy.tax.models import Assessment, LandObject, LandVersion, Transfer
from sekata.pillars.economy.tax.queries.worth import parts_of, versions
from sekata.pillars.economy.tax.rights import NOTARY, OWN, PPAT, SEE
from sekata.pillars.economy.tax.rules.landtax import object_value

NEVER_ACQUIRED = (TransferState.DRAFT, TransferState.NOP_CHECKED, TransferState.WITHDRAWN)


def worth_of(nop: str, year: int) -> tuple[LandObject, int]:
    """A land object and its NJOP of a year in rupiah; refused when there is no such object or no value."""
    land = LandObject.objects.filter(nop=nop).first()
    version = versions(land).first() if land else None
    if version is None or version.ended:
        raise Refused.because("nop_unknown", "NOP tidak ditemukan.", "nop", 404)
    try:
        return land, object_value(*parts_of(version, year))
    except LookupError:
        raise Refused.because("no_value", "NJOP objek ini belum ditetapkan.", "nop") from None


def ppats(on: date) -> dict[int, str]:
    """The land-deed officials of a day: person -> name."""
    found = people.holders("tax_ppat", units.by_code("bapenda").pk, on)
    return dict(sorted(people.names(found).items(), key=lambda item: item[1]))


def earlier_acquisition(lookup: str) -> bool:
    """R5: whether the holder of that NIK has acquired in the regency before, in whatever way."""
    rows = Transfer.objects.filter(buyer_lookup=lookup).exclude(case__state__in=NEVER_ACQUIRED)
    return rows.exists()


def arrears_of(land: LandObject) -> bool:
    """Whether land tax of the object is still owed."""
    owing = Assessment.objects.filter(land=land, state__in=PAYABLE)
    return owing.filter(principal__gt=F("paid")).exists()


def mismatches(transfer: Transfer) -> tuple[str, ...]:
    """What a draft says otherwise than the register: owner, area of land."""
    version: LandVersion = versions(transfer.land).first()
    found = []
    if version.taxpayer.name.upper() != transfer.seller_name:
        found.append("nama pemilik")
    if version.land_area < transfer.land_area:
        found.append("luas tanah")
    return tuple(found)


def mine(actor: Actor) -> QuerySet[Transfer]:
    """The transfers that somebody may see: one's own drafts, or all of the office."""
    rows = Transfer.objects.select_related("case__unit", "land").order_by("-case_id")
    return visible(rows, OWN | NOTARY | SEE, actor)


def transfer_of(number: str) -> Transfer | None:
    """The transfer with that number."""
    return (
        Transfer.objects.select_related("case__unit", "land", "taxpayer").filter(case__number=number).first()
    )


def board(actor: Actor) -> dict[str, list[Transfer]]:
    """A PPAT's pipeline: state -> transfers, newest first."""
    rows = Transfer.objects.select_related("case__unit", "land").filter(ppat=actor.person)
    columns: dict[str, list[Transfer]] = {state: [] for state in TransferState}
    for transfer in rows.order_by("-case_id")[:200] if PPAT.opens(actor) else ():
        columns[transfer.case.state].append(transfer)
    return columns


def is_validated(number: str) -> bool | None:
    """What the land office asks: whether a duty is validated and still unused; None for an unknown number."""
    transfer = transfer_of(number)
    return None if transfer is None else transfer.case.state == TransferState.VALIDATED
