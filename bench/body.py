"""The complaint that the load generator files: the same for the suite and for the floor."""

import csv
import random
from pathlib import Path

PATH = "/api/v1/complaints/"
KEY_HEADER = "Idempotency-Key"
CREATED = 201
VILLAGES = Path(__file__).resolve().parent.parent / "src/sekata/site/data/villages.csv"
SEEN = (
    "Air sungai berubah hitam dan berbau sejak subuh",
    "Asap pembakaran lahan masuk ke rumah warga",
    "Tumpukan sampah di tepi jalan sudah dua minggu",
    "Ikan mati mengapung dekat tempat pembuangan limbah",
    "Bau menyengat dari kolam limbah pabrik setiap malam",
)


def bodies(number: int) -> list[dict[str, object]]:
    """Complete complaints with a name and a telephone, spread over the regency's villages."""
    dice = random.Random(1405)  # noqa: S311 - the same in every run
    with VILLAGES.open(newline="") as sheet:
        villages = list(csv.DictReader(sheet))
    return [_body(serial, dice, dice.choice(villages)) for serial in range(number)]


def _body(serial: int, dice: random.Random, village: dict[str, str]) -> dict[str, object]:
    return {
        "service_code": "W01",
        "description": f"{dice.choice(SEEN)}, dekat {village['name']}; sudah dilihat {serial} warga sekitar.",
        "point": {
            "lat": round(float(village["lat"]) + dice.uniform(-0.01, 0.01), 6),
            "lon": round(float(village["lon"]) + dice.uniform(-0.01, 0.01), 6),
            "accuracy_m": 12,
        },
        "address_text": f"Jalan lintas {village['name']} km {serial % 40}",
        "media_affected": ["water"],
        "first_seen_at": "2026-01-05T06:00:00+07:00",
        "reporter": {
            "mode": "named",
            "name": f"Warga {village['name']}",
            "phone": f"0812{serial:08}",
        },
    }
