"""The offices: the regency's tree down to every village office, and the authorities it refers cases to."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.cache import cache

from sekata.kernel.units.models import CodeMap, Unit
from sekata.site.seeding import sheets
from sekata.site.seeding.areas import REGENCY

SINCE = date(2017, 1, 2)
DECREE = "Perda tentang perangkat daerah (peragaan)"
AUTHORITIES = {
    "dlh": "dlh",
    "dlh_waste": "dlh.waste",
    "bpbd": "bpbd",
    "satpol_pp": "satpol_pp",
    "province_dlhk": "province_dlhk",
    "province_energy": "province_energy",
    "brgm_successor": "brgm_successor",
    "ministry": "ministry",
    "bbksda": "bbksda",
    "tesso_nilo": "tesso_nilo",
    "police": "police",
}
"""Code of an authority in the tables of complaints -> code of its office."""


def seed() -> int:
    """Set out offices, parents before children, and what authorities mean; how many were new."""
    made = 0
    for generation in _generations([*sheets.rows("offices"), *_districts(), *_villages()]):
        ids = dict(Unit.objects.values_list("code", "pk"))
        made += sheets.keep(Unit, (_unit(row, ids) for row in generation), "code")
    ids = dict(Unit.objects.values_list("code", "pk"))
    maps = [
        CodeMap(system="authority", foreign=code, unit_id=ids[unit], confirmed=True)
        for code, unit in AUTHORITIES.items()
    ]
    made += sheets.keep(CodeMap, maps, "system", "foreign")
    cache.delete_many(["areas", *(f"unit:{code}" for code in ids)])
    return made


def _generations(rows: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Rows without a parent, then their children, and so on."""
    waiting, parents = list(rows), {""}
    while waiting:
        ready = [row for row in waiting if row["parent"] in parents]
        yield ready
        parents = {row["code"] for row in ready}
        waiting = [row for row in waiting if row not in ready]


def _unit(row: dict[str, str], ids: dict[str, int]) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        short=row["short"],
        kind=row["kind"],
        parent_id=ids[row["parent"]] if row["parent"] else None,
        area_id=row.get("area") or (None if row["kind"] == "partner" else REGENCY),
        address=row["address"],
        active_from=SINCE,
        decree=DECREE if row["kind"] != "partner" else "",
    )


def _districts() -> Iterator[dict[str, str]]:
    for row in sheets.rows("districts"):
        name = f"Kecamatan {row['name']}"
        yield _local(f"kec.{row['code']}", name, "district", "kab", row, f"Kantor Camat {row['name']}")


def _villages() -> Iterator[dict[str, str]]:
    for row in sheets.rows("villages"):
        kind, word = ("kelurahan", "Kelurahan") if row["code"][9] == "1" else ("village", "Desa")
        code, parent = f"desa.{row['code']}", f"kec.{row['district_code']}"
        yield _local(code, f"{word} {row['name']}", kind, parent, row, f"Kantor {word} {row['name']}")


def _local(code: str, name: str, kind: str, parent: str, row: dict[str, str], address: str) -> dict[str, str]:
    return {
        "code": code,
        "name": name,
        "short": name[:40],
        "kind": kind,
        "parent": parent,
        "area": row["code"],
        "address": address,
    }
