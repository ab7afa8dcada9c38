"""Businesses: restaurants, hotels, parking, entertainment, power, billboards, wells, quarries, swallow houses; their
returns and letters of the last months."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from sekata.lib import clock
from sekata.pillars.economy.tax.actions import assessing, enrolling, returns
from sekata.pillars.economy.tax.codes import MONTHLY_RETURNS, SERVICE_TAXES, TaxType
from sekata.pillars.economy.tax.models import TaxObject, Taxpayer
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rules.advertising import Display
from sekata.pillars.economy.tax.rules.dates import month_bounds, previous_period
from sekata.pillars.economy.tax.seed import names
from sekata.pillars.economy.tax.seed.office import Office
from sekata.pillars.economy.tax.seed.register import Village, villages

NAMESPACE = UUID("5b1d2c3e-0000-4000-8000-140514051405")
COUNTS = {
    TaxType.FOOD: 60, TaxType.POWER: 6, TaxType.HOTEL: 24, TaxType.PARKING: 14, TaxType.ENTERTAINMENT: 14,
    TaxType.ADVERTISING: 40, TaxType.GROUNDWATER: 36, TaxType.MINERALS: 22, TaxType.SWALLOW_NESTS: 12,
}  # fmt: skip
MEANS = {
    TaxType.FOOD: 48_000_000, TaxType.POWER: 900_000_000, TaxType.HOTEL: 95_000_000, TaxType.PARKING: 12_000_000,
    TaxType.ENTERTAINMENT: 30_000_000, TaxType.MINERALS: 160, TaxType.SWALLOW_NESTS: 4,
}  # fmt: skip
PRICES = {TaxType.MINERALS: 250_000, TaxType.SWALLOW_NESTS: 9_000_000}
SUB_CLASSES = {(TaxType.ENTERTAINMENT, 3): "karaoke", (TaxType.POWER, 1): "own"}
OPENED = datetime(2023, 6, 5, 3, tzinfo=clock.WIB)
MONTHS = 6
WELL_MONTHS = 3
UNFILED = 0.07
SERIAL_FROM = 8_000_000
SPREAD = 0.02


def sow(office: Office, at: datetime, scale: int) -> None:
    """Register the businesses and let them file."""
    dice = random.Random(2026)  # noqa: S311 - invented data
    places = _places()
    made = [
        _enrol(office, dice, places, (tax, serial), OPENED)
        for tax, count in COUNTS.items()
        for serial in range(count)
    ]
    for tax_object in made:
        if tax_object.tax_type in MONTHLY_RETURNS:
            _file(office, dice, tax_object, at)
        elif tax_object.tax_type == TaxType.ADVERTISING:
            _display(office, dice, tax_object, at)
        else:
            _well(office, dice, tax_object, at)


def _places() -> list[Village]:
    """Where there is business: the towns, then the larger villages."""
    return sorted(villages(10_000), key=lambda one: -one.objects)[:24]


def _enrol(
    office: Office, dice: random.Random, places: list[Village], which: tuple[TaxType, int], at: datetime
) -> TaxObject:
    tax, serial = which
    village = places[min(int(dice.expovariate(0.35)), len(places) - 1)]
    name = names.business(dice, tax.value, serial)
    owner = _owner(office, tax, serial, name, village, at)
    wanted = enrolling.Wanted(
        tax, name, village.code, SUB_CLASSES.get((tax, serial), "general"), _attributes(dice, tax)
    )
    with clock.frozen(at):
        made = enrolling.enrol_object(actor=office.registrar, taxpayer=owner, wanted=wanted, at=at)
    made.lat = round(village.lat + dice.uniform(-SPREAD, SPREAD), 6)
    made.lon = round(village.lon + dice.uniform(-SPREAD, SPREAD), 6)
    made.save(update_fields=["lat", "lon"])
    return made


def _owner(office: Office, tax: TaxType, serial: int, name: str, village: Village, at: datetime) -> Taxpayer:
    """A body for each business; the citizen of the demonstration runs the first restaurant."""
    if tax == TaxType.FOOD and serial == 0:
        return Taxpayer.objects.get(person_id=office.warga.person)
    number = SERIAL_FROM + int(tax.value) * 1_000 + serial
    nib = f"9120{number:09d}"
    return Taxpayer.objects.create(
        npwpd=f"P.2.{number}.{village.code[6:8]}.{village.pbb[-2:]}",
        kind="2",
        name=f"CV {name.upper()}",
        lookup=enrolling.identity_of("2", nib),
        village_code=village.code,
        address=f"Jalan Niaga Nomor {serial + 1}",
        registered_at=at,
    )


def _attributes(dice: random.Random, tax: TaxType) -> dict[str, object]:
    if tax == TaxType.HOTEL:
        return {"rooms": dice.randrange(8, 90)}
    if tax == TaxType.FOOD:
        return {"seats": dice.randrange(12, 160)}
    if tax == TaxType.PARKING:
        return {"bays": dice.randrange(20, 200)}
    if tax == TaxType.GROUNDWATER:
        return {
            "group": dice.choice(("trade", "trade", "industry", "social")),
            "meter": f"M-{dice.randrange(10_000)}",
        }
    if tax == TaxType.MINERALS:
        return {"licence": f"SIPB/{dice.randrange(100, 999)}/2023"}
    return {}


def _periods(at: datetime, count: int) -> Iterator[str]:
    """The last whole months, oldest first."""
    period, found = at.astimezone(clock.WIB).date().isoformat()[:7], []
    for _ in range(count):
        period = previous_period(period)
        found.append(period)
    return reversed(found)


def _file(office: Office, dice: random.Random, tax_object: TaxObject, at: datetime) -> None:
    """Returns of the last months, filed between the third and the twentieth; now and then none."""
    size = dice.uniform(0.3, 2.4)
    for period in _periods(at, MONTHS):
        filed = _moment(month_bounds(period)[1], dice.choices((dice.randrange(3, 14), 24), (92, 8))[0])
        if dice.random() < UNFILED or filed >= at:
            continue
        with clock.frozen(filed):
            begun = returns.begin(
                actor=office.registrar, tax_object=tax_object, period=period, at=filed,
                submission=uuid5(NAMESPACE, f"{tax_object.number}{period}"),
            )  # fmt: skip
            returns.file(actor=office.registrar, filing=begun, lines=_lines(dice, tax_object, size), at=filed)


def _lines(dice: random.Random, tax_object: TaxObject, size: float) -> list[dict[str, object]]:
    tax = TaxType(tax_object.tax_type)
    amount = MEANS[tax] * size * dice.uniform(0.8, 1.2)
    if tax in SERVICE_TAXES:
        received = int(amount / 1000) * 1000
        return [{"label": "Penerimaan", "received": received, "service": received // 20, "vouchers": 0}]
    quantity = Decimal(int(amount * 10)) / 10
    return [{"label": "Penjualan", "quantity": str(quantity), "price": PRICES[tax]}]


def _moment(day: date, later: int) -> datetime:
    on = day + timedelta(days=later)
    return datetime(on.year, on.month, on.day, 9, 30, tzinfo=clock.WIB)


def _display(office: Office, dice: random.Random, tax_object: TaxObject, at: datetime) -> None:
    """A billboard's letter; one in four has run out and is to be looked for."""
    prices = [row["price"] for row in law(at).table("ad_class").values()]
    days = dice.choice((30, 90, 180, 365))
    back = days + dice.randrange(5, 90) if dice.random() < 0.25 else dice.randrange(1, days)
    drafted = at - timedelta(days=back + 6)
    width, height = dice.choice(((4, 6), (5, 10), (2, 4), (1, 3)))
    display = Display(Decimal(width), Decimal(height), dice.choice((1, 2)), days, dice.choice(prices))
    with clock.frozen(drafted):
        letter = assessing.draft_advertising(
            actor=office.assessor, tax_object=tax_object, display=display, at=drafted,
            starts=(at - timedelta(days=back)).astimezone(clock.WIB).date(),
        )  # fmt: skip
        _issue(office, letter, drafted)


def _well(office: Office, dice: random.Random, tax_object: TaxObject, at: datetime) -> None:
    meter = Decimal(dice.randrange(1_000, 40_000))
    for period in _periods(at, WELL_MONTHS):
        read = _moment(month_bounds(period)[1], 3)
        used = Decimal(dice.randrange(40, 1_800))
        with clock.frozen(read):
            letter = assessing.draft_groundwater(
                actor=office.assessor, tax_object=tax_object, period=period, before=meter, now=meter + used,
                at=read,
            )  # fmt: skip
            _issue(office, letter, read)
        meter += used


def _issue(office: Office, letter: object, at: datetime) -> None:
    assessing.approve(actor=office.audit_head, assessment=letter, at=at)
    assessing.issue(actor=office.assessor, assessment=letter, at=at)
