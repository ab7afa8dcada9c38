"""The register of land: the tax office's own codes of villages, zones and their values, taxpayers, objects, houses."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.pillars.economy.tax.models import Building, LandObject, LandVersion, Taxpayer, ZoneValue
from sekata.pillars.economy.tax.seed import names
from sekata.pillars.economy.tax.seed.office import Office

OBJECTS = 30_000
REGENCY = "1405"
LEAST = 60
TOWN = 9_000
"""Villages with more people than this are towns: smaller plots, higher values."""
ZONES = ("AA", "AB", "AC", "AD", "AE")
TOWN_VALUES = (1_250_000, 640_000, 310_000, 128_000, 64_000)
VILLAGE_VALUES = (128_000, 82_000, 36_000, 20_000, 10_000)
BASIS = "Penilaian ZNT 2023 (peragaan)"
VALUED = datetime(2023, 11, 1, 3, tzinfo=UTC)
SERIAL_FROM = 5_000_000
NEW_SINCE = date(2026, 3, 2)
NEW = 80
"""Objects registered in the present year: they have no letter yet."""
PER_BLOCK = 200
ROWS = 20
STEP = 0.0006
DEPTH, WIDTH = 0.00042, 0.00036
BULK = 5_000


@dataclass(frozen=True)
class Village:
    """A village with its number in the tax office's list and where its houses stand."""

    code: str
    pbb: str
    town: bool
    objects: int
    lat: float
    lon: float


def sow(office: Office, at: datetime, scale: int) -> None:
    """Write the whole register."""
    dice = random.Random(1405)  # noqa: S311 - invented data
    known = list(villages(OBJECTS * scale))
    units.CodeMap.objects.bulk_create(
        [units.CodeMap(system="pbb", foreign=one.pbb, area_id=one.code) for one in known],
        ignore_conflicts=True,
    )
    ZoneValue.objects.bulk_create(list(_zones(known)))
    payers = _taxpayers(dice, known, office, at)
    _objects(dice, known, payers, at)


def villages(objects: int) -> Iterator[Village]:
    """All villages by district, each with its share of the objects."""
    found = sorted(units.villages(), key=lambda area: area.code)
    people = sum(area.population or 1 for area in found)
    spots = {feature.code: feature.properties for feature in places.layer("village")}
    for district, areas in groupby(found, key=lambda area: area.parent_id):
        for serial, area in enumerate(areas, 1):
            spot = spots.get(area.code, {})
            yield Village(
                code=area.code,
                pbb=f"{REGENCY}{int(district[-2:]) * 10:03d}{serial:03d}",
                town=(area.population or 0) > TOWN,
                objects=max(LEAST, objects * (area.population or 1) // people),
                lat=float(spot.get("lat", 0.2)),
                lon=float(spot.get("lon", 102.1)),
            )


def _zones(known: list[Village]) -> Iterator[ZoneValue]:
    for village in known:
        values = TOWN_VALUES if village.town else VILLAGE_VALUES
        for zone, value in zip(ZONES, values, strict=True):
            yield _zone(village, zone, 2010, value)
            if village.town:
                yield _zone(village, zone, 2026, value * 11 // 10)


def _zone(village: Village, zone: str, year: int, value: int) -> ZoneValue:
    return ZoneValue(
        village=village.pbb, zone=zone, tax_year=year, market_value=value, basis=BASIS, approved_at=VALUED
    )


def _taxpayers(
    dice: random.Random, known: list[Village], office: Office, at: datetime
) -> dict[str, list[Taxpayer]]:
    """Four owners to five objects; the two citizens of the demonstration stand first in the largest town."""
    made, serial = [], SERIAL_FROM
    for village in known:
        for _ in range(village.objects * 4 // 5):
            serial += 1
            made.append(_taxpayer(dice, village, serial, at))
    town = max(range(len(known)), key=lambda place: known[place].objects)
    first = sum(village.objects * 4 // 5 for village in known[:town])
    for offset, actor in enumerate((office.warga, office.warga2)):
        made[first + offset].person_id, made[first + offset].name = actor.person, actor.name
    kept, grouped = Taxpayer.objects.bulk_create(made, batch_size=BULK), {}
    for one in kept:
        grouped.setdefault(one.village_code, []).append(one)
    return grouped


def _taxpayer(dice: random.Random, village: Village, serial: int, at: datetime) -> Taxpayer:
    body = dice.random() < 0.03
    name = f"PT {names.person(dice)}" if body else names.person(dice)
    return Taxpayer(
        npwpd=f"P.{2 if body else 1}.{serial:07d}.{village.code[6:8]}.{village.pbb[-2:]}",
        kind="2" if body else "1",
        name=name,
        village_code=village.code,
        address=f"Jalan Peragaan Nomor {dice.randrange(1, 240)}",
        registered_at=datetime(2015, 1, 5, 2, tzinfo=UTC),
    )


def _objects(
    dice: random.Random, known: list[Village], payers: dict[str, list[Taxpayer]], at: datetime
) -> None:
    lands = LandObject.objects.bulk_create(
        [
            LandObject(nop=_nop(village, place), village_code=village.code, created_at=at)
            for village in known
            for place in range(village.objects)
        ],
        batch_size=BULK,
    )
    drawn = zip(lands, _states(dice, known, payers, at), strict=True)
    versions = []
    for land, version in drawn:
        version.land = land
        versions.append(version)
    _start_late(versions)
    kept = LandVersion.objects.bulk_create(versions, batch_size=BULK)
    houses = [house for version in kept for house in _houses(dice, version)]
    Building.objects.bulk_create(houses, batch_size=BULK)
    _changes(dice, kept, payers)


def _nop(village: Village, place: int) -> str:
    return f"{village.pbb}{place // PER_BLOCK + 1:03d}{place % PER_BLOCK + 1:04d}0"


def _start_late(versions: list[LandVersion]) -> None:
    """The newest objects, spread over the regency."""
    for version in versions[:: max(len(versions) // NEW, 1)]:
        version.valid_from = NEW_SINCE


def _states(
    dice: random.Random, known: list[Village], payers: dict[str, list[Taxpayer]], at: datetime
) -> Iterator[LandVersion]:
    for village in known:
        owners = payers[village.code]
        for place in range(village.objects):
            yield _state(dice, village, place, owners[place % len(owners)], at)


def _state(dice: random.Random, village: Village, place: int, owner: Taxpayer, at: datetime) -> LandVersion:
    kind = dice.choices(("1", "2", "3", "4"), (70, 6, 22, 2))[0]
    food = not village.town and kind == "3" and dice.random() < 0.5
    most = 600 if village.town else 20_000 if kind == "3" else 2_500
    return LandVersion(
        number=1,
        valid_from=date(dice.randrange(2012, 2024), 1, 1),
        taxpayer=owner,
        ownership="1",
        land_area=int(dice.triangular(90, most, 90 + most // 6)),
        land_kind=kind,
        use="food" if food else "general",
        zone=dice.choices(ZONES, (1, 2, 4, 5, 3))[0],
        address=owner.address,
        certificate=f"SHM {dice.randrange(100, 9999)}" if dice.random() < 0.6 else "",
        polygon=_plot(village, place),
        recorded_at=at,
    )


def _plot(village: Village, place: int) -> dict[str, object]:
    """A plot of about 40 by 45 metres in a grid around the middle of the village."""
    row, column = divmod(place, ROWS)
    west = round(village.lon + (column - ROWS / 2) * STEP, 6)
    south = round(village.lat + row * STEP / 2 - 0.006, 6)
    east, north = round(west + DEPTH, 6), round(south + WIDTH / 2, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _houses(dice: random.Random, version: LandVersion) -> Iterator[Building]:
    if version.land_kind != "1":
        return
    use = dice.choices(("01", "04", "08", "09", "16"), (86, 8, 3, 2, 1))[0]
    yield Building(
        version=version,
        number=1,
        area=int(dice.triangular(24, 320, 54)),
        market_value=dice.randrange(250, 2_200) * 1_000,
        use=use,
        floors=1 + (dice.random() < 0.08),
        year_built=dice.randrange(1985, 2023),
        condition=dice.choice("1223334"),
    )


def _changes(dice: random.Random, kept: list[LandVersion], payers: dict[str, list[Taxpayer]]) -> None:
    """Sales and corrected areas: every fiftieth object has a second version."""
    made = []
    for version in kept[7::50]:
        owners = payers[version.land.village_code]
        made.append(
            LandVersion(
                land=version.land,
                number=2,
                valid_from=max(date(dice.choice((2024, 2025)), dice.randrange(2, 12), 3), version.valid_from),
                taxpayer=dice.choice(owners),
                ownership="1",
                land_area=version.land_area + dice.randrange(0, 40),
                land_kind="3" if version.land_kind == "1" else version.land_kind,
                use=version.use,
                zone=version.zone,
                address=version.address,
                certificate=version.certificate,
                polygon=version.polygon,
                recorded_at=version.recorded_at,
            )
        )
    LandVersion.objects.bulk_create(made, batch_size=BULK)
