"""Seeds: the fourteen taxes, the limits that law sets to their tariffs, prices of displays and of water."""

from sekata.lib.manifest import Row, Table
from sekata.pillars.economy.tax.codes import TaxType as T

HKPD, FORMER = "UU 1/2022", "UU 28/2009"
NEW_LAW, OLD_LAW, SURCHARGES = "2024-01-01", "2010-01-01", "2025-01-05"


def _kind(tax: T, method: str, period: str, base: str) -> Row:
    value = {"name": tax.label, "method": method, "period": period, "base": base}
    return Row(tax.value, value, valid_from=OLD_LAW, basis=HKPD)


KIND = Table(
    "tax.kind",
    "Jenis pajak",
    {
        "name": "Nama",
        "method": "Pemungutan: official | self | third_party",
        "period": "Masa: year | month | event",
        "base": "Dasar pengenaan",
    },
    help="Kunci baris: dua angka kode jenis pajak.",
    seeds=(
        _kind(T.LAND, "official", "year", "NJOP bumi dan bangunan"),
        _kind(T.TRANSFER, "self", "event", "Nilai perolehan objek pajak"),
        _kind(T.FOOD, "self", "month", "Jumlah yang diterima penyedia makanan dan minuman"),
        _kind(T.POWER, "self", "month", "Nilai jual tenaga listrik"),
        _kind(T.HOTEL, "self", "month", "Jumlah yang diterima hotel"),
        _kind(T.PARKING, "self", "month", "Jumlah yang diterima penyelenggara parkir"),
        _kind(T.ENTERTAINMENT, "self", "month", "Jumlah yang diterima penyelenggara hiburan"),
        _kind(T.ADVERTISING, "official", "event", "Nilai sewa reklame"),
        _kind(T.GROUNDWATER, "official", "month", "Nilai perolehan air tanah"),
        _kind(T.MINERALS, "self", "month", "Nilai jual hasil pengambilan"),
        _kind(T.SWALLOW_NESTS, "self", "month", "Nilai jual sarang burung walet"),
        _kind(T.VEHICLE_SURCHARGE, "third_party", "event", "PKB terutang"),
        _kind(T.TRANSFER_SURCHARGE, "third_party", "event", "BBNKB terutang"),
        _kind(T.MINERALS_SURCHARGE, "self", "month", "Pajak MBLB terutang"),
    ),
)


def _limit(
    tax: T, low: str, high: str, article: str, sub_class: str = "general", since: str = NEW_LAW
) -> Row:
    value = {"rate_min": low, "rate_max": high, "article": article}
    basis = FORMER if since == OLD_LAW else HKPD
    return Row(f"{tax.value}:{sub_class}", value, valid_from=since, basis=basis, confirmed=False)


NIGHT = ("discotheque", "karaoke", "night_club", "bar", "spa")
"""Entertainment that only luxury pays for: its rate has a floor."""

SERVICES = (T.FOOD, T.POWER, T.HOTEL, T.PARKING, T.ENTERTAINMENT)

CEILING = Table(
    "tax.ceiling",
    "Batas tarif menurut undang-undang",
    {"rate_min": "Tarif terendah (%)", "rate_max": "Tarif tertinggi (%)", "article": "Pasal"},
    help="Kunci baris: kode jenis pajak, titik dua, golongan (general bila untuk semua).",
    seeds=(
        _limit(T.LAND, "0", "0.3", f"{FORMER} Pasal 80", since=OLD_LAW),
        _limit(T.TRANSFER, "0", "5", f"{FORMER} Pasal 88", since=OLD_LAW),
        _limit(T.FOOD, "0", "10", f"{FORMER} Pasal 40", since=OLD_LAW),
        _limit(T.POWER, "0", "10", f"{FORMER} Pasal 55", since=OLD_LAW),
        _limit(T.POWER, "0", "3", f"{FORMER} Pasal 55", "industry", OLD_LAW),
        _limit(T.POWER, "0", "1.5", f"{FORMER} Pasal 55", "own", OLD_LAW),
        _limit(T.HOTEL, "0", "10", f"{FORMER} Pasal 35", since=OLD_LAW),
        _limit(T.PARKING, "0", "30", f"{FORMER} Pasal 65", since=OLD_LAW),
        _limit(T.ENTERTAINMENT, "0", "35", f"{FORMER} Pasal 45", since=OLD_LAW),
        *(_limit(T.ENTERTAINMENT, "0", "75", f"{FORMER} Pasal 45", kind, OLD_LAW) for kind in NIGHT),
        _limit(T.ADVERTISING, "0", "25", f"{FORMER} Pasal 50", since=OLD_LAW),
        _limit(T.GROUNDWATER, "0", "20", f"{FORMER} Pasal 70", since=OLD_LAW),
        _limit(T.MINERALS, "0", "25", f"{FORMER} Pasal 60", since=OLD_LAW),
        _limit(T.SWALLOW_NESTS, "0", "10", f"{FORMER} Pasal 75", since=OLD_LAW),
        _limit(T.LAND, "0", "0.5", f"{HKPD} Pasal 41"),
        _limit(T.TRANSFER, "0", "5", f"{HKPD} Pasal 47"),
        *(_limit(tax, "0", "10", f"{HKPD} Pasal 58 ayat (1)") for tax in SERVICES),
        *(_limit(T.ENTERTAINMENT, "40", "75", f"{HKPD} Pasal 58 ayat (2)", kind) for kind in NIGHT),
        _limit(T.POWER, "0", "3", f"{HKPD} Pasal 58 ayat (3)", "industry"),
        _limit(T.POWER, "0", "1.5", f"{HKPD} Pasal 58 ayat (3)", "own"),
        _limit(T.ADVERTISING, "0", "25", f"{HKPD} Pasal 63"),
        _limit(T.GROUNDWATER, "0", "20", f"{HKPD} Pasal 68"),
        _limit(T.MINERALS, "0", "20", f"{HKPD} Pasal 74"),
        _limit(T.SWALLOW_NESTS, "0", "10", f"{HKPD} Pasal 79"),
        _limit(T.VEHICLE_SURCHARGE, "66", "66", f"{HKPD} Pasal 83", since=SURCHARGES),
        _limit(T.TRANSFER_SURCHARGE, "66", "66", f"{HKPD} Pasal 83", since=SURCHARGES),
        _limit(T.MINERALS_SURCHARGE, "25", "25", f"{HKPD} Pasal 83", since=SURCHARGES),
    ),
)

AD_CLASS = Table(
    "tax.ad_class",
    "Nilai sewa reklame per kelas jalan",
    {"name": "Kelas jalan", "price": "Rupiah per m² per hari"},
    basis="Peraturan Bupati, diisi Bapenda",
    seeds=(
        Row("A", {"name": "Jalan utama", "price": 5_000}, confirmed=False),
        Row("B", {"name": "Jalan kolektor", "price": 3_500}, confirmed=False),
        Row("C", {"name": "Jalan lingkungan", "price": 2_000}, confirmed=False),
    ),
)

WATER_FACTOR = Table(
    "tax.water_factor",
    "Harga air tanah per kelompok pemakai",
    {"name": "Kelompok pemakai", "price": "Rupiah per m³"},
    basis="Peraturan Gubernur, diisi Bapenda",
    seeds=(
        Row("social", {"name": "Sosial", "price": 500}, confirmed=False),
        Row("trade", {"name": "Niaga", "price": 2_500}, confirmed=False),
        Row("industry", {"name": "Industri", "price": 4_000}, confirmed=False),
    ),
)
