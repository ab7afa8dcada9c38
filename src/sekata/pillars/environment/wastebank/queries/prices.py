"""Reading prices: the sheet in force, the rows that a batch of weighings needs, offers of collectors."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Max, QuerySet

from sekata.pillars.environment.wastebank.models import Deposit, Offer, PriceList, WasteBank
from sekata.pillars.environment.wastebank.rules import pricing

NEEDED = """
    SELECT * FROM (
        SELECT DISTINCT ON (material, grade, channel) material, grade, channel, buy_price, valid_from, list_version
        FROM wastebank_price WHERE bank_id = %(bank)s AND valid_from <= %(since)s
        ORDER BY material, grade, channel, valid_from DESC
    ) standing
    UNION ALL
    SELECT material, grade, channel, buy_price, valid_from, list_version
    FROM wastebank_price WHERE bank_id = %(bank)s AND valid_from > %(since)s
"""


def rows_since(bank: WasteBank, since: datetime) -> list[pricing.Price]:
    """Prices that stand at `since`, and all that follow: enough for every question about later moments."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, {"bank": bank.pk, "since": since})
        return [
            pricing.Price(pricing.Key(material, grade, channel), price, valid_from, version)
            for material, grade, channel, price, valid_from, version in cursor.fetchall()
        ]


def sheet(bank: WasteBank, at: datetime) -> dict[pricing.Key, pricing.Price]:
    """The price list as it stands at `at`."""
    return pricing.sheet_at(rows_since(bank, at), at)


def lists(bank: WasteBank) -> QuerySet[PriceList]:
    """Published versions, the newest first."""
    return PriceList.objects.filter(bank=bank).order_by("-version")


def version_at(bank: WasteBank, at: datetime) -> PriceList | None:
    """The version in force at `at`."""
    return lists(bank).filter(valid_from__lte=at).first()


def starts_of(bank: WasteBank, versions: Iterable[int]) -> dict[int, datetime]:
    """version -> since when it is valid, for those that exist."""
    return dict(
        PriceList.objects.filter(bank=bank, version__in=set(versions)).values_list("version", "valid_from")
    )


def last_list(bank: WasteBank) -> tuple[int, datetime | None]:
    """The last version and its beginning; (0, None) before the first."""
    last = lists(bank).values_list("version", "valid_from").first()
    return last or (0, None)


def brought_lately(bank: WasteBank, materials: Iterable[str], since: datetime) -> dict[str, tuple[int, int]]:
    """material -> (customers, deposits) since then: who is affected when its price changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT line.material, count(DISTINCT deposit.customer_id), count(DISTINCT deposit.id)
            FROM wastebank_deposit deposit JOIN wastebank_depositline line ON line.deposit_id = deposit.id
            WHERE deposit.bank_id = %s AND deposit.corrected_at >= %s AND deposit.state = 'final'
              AND line.material = ANY(%s) GROUP BY line.material
            """,
            [bank.pk, since, list(materials)],
        )
        return {material: (customers, deposits) for material, customers, deposits in cursor.fetchall()}


def last_movement(bank: WasteBank) -> datetime | None:
    """When somebody last brought something."""
    return Deposit.objects.filter(bank=bank).aggregate(last=Max("corrected_at"))["last"]


def offers(at: datetime) -> list[Offer]:
    """What collectors pay at `at`, the dearest first within a material."""
    rows = (
        Offer.objects.select_related("collector")
        .filter(valid_from__lte=at, collector__active=True)
        .order_by("collector", "material", "grade", "-valid_from")
        .distinct("collector", "material", "grade")
    )
    priced = [row for row in rows if row.sell_price is not None]
    return sorted(priced, key=lambda row: (row.material, row.grade, -row.sell_price))
