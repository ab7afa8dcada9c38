"""Three years of land tax by the real mass assessment, and what the council expected of each year."""

from datetime import UTC, date, datetime

from django.db import connection

from sekata.lib import clock
from sekata.pillars.economy.tax.actions import mass, mass_run, tariffs
from sekata.pillars.economy.tax.codes import TargetVersion, TaxType
from sekata.pillars.economy.tax.models import MassBatch
from sekata.pillars.economy.tax.seed.office import Office

YEARS = (2024, 2025, 2026)
REASON = "Kenaikan berasal dari pemutakhiran data bangunan dan penilaian zona baru."
TARGETS = {
    TaxType.LAND: 6_900_000_000,
    TaxType.TRANSFER: 9_000_000_000,
    TaxType.FOOD: 6_500_000_000,
    TaxType.POWER: 21_000_000_000,
    TaxType.HOTEL: 1_900_000_000,
    TaxType.PARKING: 420_000_000,
    TaxType.ENTERTAINMENT: 650_000_000,
    TaxType.ADVERTISING: 1_100_000_000,
    TaxType.GROUNDWATER: 980_000_000,
    TaxType.MINERALS: 3_200_000_000,
    TaxType.SWALLOW_NESTS: 75_000_000,
    TaxType.VEHICLE_SURCHARGE: 14_000_000_000,
    TaxType.TRANSFER_SURCHARGE: 11_000_000_000,
}
TABLES = ("tax_landobject", "tax_landversion", "tax_building", "tax_taxpayer", "tax_zonevalue")


def assess(office: Office, at: datetime, scale: int) -> None:
    """Assess every year as far as the present allows; the newest one may still wait for its approval."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    for year in YEARS:
        moments = [datetime(year, 1, 15, 2, tzinfo=UTC), datetime(year, 2, 20, 2, tzinfo=UTC),
                   datetime(year, 3, 31, 2, tzinfo=UTC)]  # fmt: skip
        if moments[0] < at:
            _targets(office, year, moments[0])
            _year(office, year, [one for one in moments if one < at])


def _targets(office: Office, year: int, at: datetime) -> None:
    amounts = {tax: amount * (90 + 5 * (year - YEARS[0])) // 100 for tax, amount in TARGETS.items()}
    tariffs.set_targets(
        actor=office.assessor, year=year, version=TargetVersion.ORIGINAL, amounts=amounts,
        valid_from=date(year, 1, 1), basis=f"Perda APBD {year} (peragaan)", at=at,
    )  # fmt: skip
    tariffs.approve_targets(actor=office.head, year=year, version=TargetVersion.ORIGINAL, at=at)


def _year(office: Office, year: int, moments: list[datetime]) -> None:
    with clock.frozen(moments[0]):
        batch = mass.begin_year(actor=office.assessor, tax_year=year, due_on=date(year, 9, 30), at=moments[0])
        mass_run.run(batch.pk)
    for act, at in zip((_approve, _issue), moments[1:], strict=False):
        with clock.frozen(at):
            act(office, MassBatch.objects.get(pk=batch.pk), at)


def _approve(office: Office, batch: MassBatch, at: datetime) -> None:
    mass.approve_batch(actor=office.head, batch=batch, reason=REASON, at=at)


def _issue(office: Office, batch: MassBatch, at: datetime) -> None:
    mass.issue_batch(actor=office.assessor, batch=batch, at=at)
    mass_run.run(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
