"""The areas: Indonesia's provinces and regencies, our kecamatan and villages, and the codes of BPS."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sekata.kernel.units.models import Area, CodeMap
from sekata.site.seeding import sheets

REGENCY = "14.05"
COUNTED_FROM = date(2000, 1, 1)
BASIS = "Kode wilayah Kementerian Dalam Negeri (himpunan idn-area-data 4.0.1, ODbL)"


def seed() -> int:
    """Set out the areas and the map to BPS codes; how many rows were new."""
    made = sheets.keep(Area, _areas(), "code")
    return made + sheets.keep(CodeMap, _bps(), "system", "foreign")


def _areas() -> Iterator[Area]:
    people = _people()
    for row in sheets.rows("provinces"):
        yield _area(row["code"], "province", row["name"])
    for row in sheets.rows("regencies"):
        yield _area(row["code"], "regency", row["name"], row["province_code"], people.get(row["code"]))
    for row in sheets.rows("districts"):
        yield _area(row["code"], "district", row["name"], REGENCY, people[row["code"]])
    for row in sheets.rows("villages"):
        yield _area(row["code"], "village", row["name"], row["district_code"], people[row["code"]])


def _people() -> Counter[str]:
    """Invented inhabitants of every village, and what they sum up to in its kecamatan and in the regency."""
    found: Counter[str] = Counter()
    for row in sheets.rows("villages"):
        for code in (row["code"], row["district_code"], REGENCY):
            found[code] += int(row["population"])
    return found


def _area(code: str, level: str, name: str, parent: str | None = None, population: int | None = None) -> Area:
    return Area(
        code=code,
        level=level,
        name=name,
        parent_id=parent,
        urban=level == "village" and code[9] == "1",
        population=population,
        valid_from=COUNTED_FROM,
        basis=BASIS,
    )


def _bps() -> Iterator[CodeMap]:
    for row in sheets.rows("bps"):
        yield CodeMap(system="bps", foreign=row["bps"], area_id=row["area"], confirmed=False)
