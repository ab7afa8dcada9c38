"""Land for the tests: objects written straight into the tables, many at a time where many are needed."""

from datetime import date

from django.db import connection

from sekata.pillars.economy.tax.models import Building, LandObject, LandVersion, ZoneValue
from sekata.pillars.economy.tax.tests.conftest import NOW, PBB_VILLAGE, VILLAGE


def zone(code: str = "AA", value: int = 36_000, year: int = 2020) -> ZoneValue:
    """A zone's market value."""
    return ZoneValue.objects.create(
        village=PBB_VILLAGE, zone=code, tax_year=year, market_value=value, basis="test", approved_at=NOW
    )


def land(taxpayer, serial: int = 1, *, area: int = 600, buildings: tuple = (), **more) -> LandVersion:
    """An object with its first version; buildings: (area, market value[, use])."""
    nop = f"{PBB_VILLAGE}001{serial:04d}0"
    made, _ = LandObject.objects.get_or_create(nop=nop, defaults={"village_code": VILLAGE, "created_at": NOW})
    given = {"valid_from": date(2020, 1, 1), "land_kind": "1", "zone": "AA", "number": 1} | more
    version = LandVersion.objects.create(
        land=made, taxpayer=taxpayer, land_area=area, recorded_at=NOW, **given
    )
    for number, (size, value, *use) in enumerate(buildings, 1):
        Building.objects.create(
            version=version,
            number=number,
            area=size,
            market_value=value,
            use=use[0] if use else "01",
            year_built=2000,
        )
    return version


HOUSE = ((120, 595_000),)
"""The building of the contract's two-part object."""

MANY = (
    """
    INSERT INTO tax_taxpayer (npwpd, kind, name, village_code, address, status, registered_at)
    SELECT 'P.1.' || lpad((1000000 + n)::text, 7, '0') || '.02.07', '1', 'WP ' || n, %(village)s, '', 'active', now()
    FROM generate_series(1, %(count)s / 2) AS n
    """,
    """
    INSERT INTO tax_landobject (nop, village_code, status, created_at)
    SELECT %(pbb)s || lpad((n / 9999 + 2)::text, 3, '0') || lpad((n %% 9999 + 1)::text, 4, '0') || '0',
           %(village)s, 'active', now()
    FROM generate_series(1, %(count)s) AS n
    """,
    """
    INSERT INTO tax_landversion (land_id, number, valid_from, ended, taxpayer_id, ownership, land_area, land_kind, use,
                                 zone, address, certificate, recorded_at)
    SELECT o.id, 1, '2020-01-01', false, t.id, '1', 100 + o.id %% 900, '1', 'general', 'AA', '', '', now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM tax_landobject) AS o
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all FROM tax_taxpayer) AS t
      ON t.place = o.place %% t.all + 1
    WHERE NOT EXISTS (SELECT 1 FROM tax_landversion WHERE land_id = o.id)
    """,
    """
    INSERT INTO tax_building (version_id, number, area, market_value, use, floors, year_built, condition, construction,
                              roof, wall, floor, ceiling)
    SELECT id, 1, 30 + id %% 200, 100000 + id %% 900 * 1000, '01', 1, 2000, '3', '', '', '', '', '' FROM tax_landversion
    """,
    "ANALYZE tax_landobject",
    "ANALYZE tax_landversion",
    "ANALYZE tax_building",
)


def many(count: int) -> None:
    """`count` objects with a house each, two to a taxpayer, in a few statements."""
    with connection.cursor() as cursor:
        for statement in MANY:
            cursor.execute(statement, {"village": VILLAGE, "pbb": PBB_VILLAGE, "count": count})
