"""Seeds of land tax: value classes, share of the value that is taxed, books."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sekata.lib.manifest import Row, Table

_PMK = "PMK 150/PMK.03/2010"
SEEN = {"land:083", "land:085", "land:087", "building:025"}
"""Classes seen in a published regency list; the others are from general knowledge."""


def _classes() -> Iterator[Row]:
    """The table as it stands beside this file: kind, code, lower, upper, value."""
    with (Path(__file__).parent / "njop_classes.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            key = f"{row['kind']}:{row['code']}"
            value = {name: int(row[name]) for name in ("lower", "upper", "value")}
            yield Row(key, value, valid_from="2010-01-01", basis=_PMK, confirmed=key in SEEN)


NJOP_CLASS = Table(
    "tax.njop_class",
    "Kelas NJOP",
    {"lower": "Lebih dari (Rp/m²)", "upper": "Sampai dengan (Rp/m²)", "value": "NJOP (Rp/m²)"},
    basis=_PMK,
    help="Kunci baris: land atau building, titik dua, kode kelas. Di atas kelas tertinggi nilai itu sendiri berlaku.",
    seeds=tuple(_classes()),
)

BUILDING_PRICE = Table(
    "tax.building_price",
    "Nilai pasar bangunan untuk penilaian awal",
    {"price": "Rupiah per m²"},
    basis="Penilaian Bapenda, sampai dinilai dengan DBKB",
    help="Kunci baris: kode penggunaan bangunan (JPB). Dipakai sampai petugas menilai bangunannya.",
    seeds=tuple(
        Row(use, {"price": price}, valid_from="2010-01-01", confirmed=False)
        for use, price in (
            ("01", 1_200_000), ("02", 2_600_000), ("03", 1_800_000), ("04", 1_900_000), ("05", 2_900_000),
            ("06", 1_500_000), ("07", 2_800_000), ("08", 1_100_000), ("09", 2_200_000), ("10", 1_000_000),
            ("11", 1), ("12", 1_200_000), ("13", 3_000_000), ("14", 2_000_000), ("15", 1_500_000),
            ("16", 1_700_000),
        )
    ),
)  # fmt: skip

LAND_SHARE = Table(
    "tax.land_share",
    "Persentase NJOP yang dikenai PBB-P2",
    {"use": "Penggunaan: general | food", "low": "NJOP dari", "high": "NJOP sampai", "share": "Persen"},
    basis="UU 1/2022 Pasal 40; Perkada, diisi Bapenda",
    seeds=(
        Row(
            "general:1",
            {"use": "general", "low": 0, "high": None, "share": "100"},
            valid_from="2010-01-01",
            confirmed=False,
        ),
    ),
)

BOOK = Table(
    "tax.book",
    "Buku ketetapan PBB-P2",
    {"up_to": "Sampai dengan (Rp)"},
    basis="PER-12/PJ/2010",
    help="Di atas buku IV: buku V.",
    seeds=(
        Row("I", {"up_to": 100_000}),
        Row("II", {"up_to": 500_000}),
        Row("III", {"up_to": 2_000_000}),
        Row("IV", {"up_to": 5_000_000}),
    ),
)
