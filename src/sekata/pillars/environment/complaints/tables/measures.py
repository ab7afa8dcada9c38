"""Seeds: hotspots, haze index and holding times of samples."""

from sekata.lib.manifest import Row, Table

_BMKG = "Klasifikasi titik panas BMKG"


def _class(key: str, letter: str, lowest: int, highest: int, priority: str, **more: object) -> Row:
    value = {
        "letter": letter,
        "lowest": lowest,
        "highest": highest,
        "priority": priority,
        "raised_on_peat": "",
        "raised_by_neighbours": "",
        "neighbours": None,
        "within_m": None,
        "within_hours": None,
    }
    return Row(key, value | more, basis=_BMKG)


HOTSPOT_CLASS = Table(
    "complaints.hotspot_class",
    "Kelas titik panas",
    {
        "letter": "Huruf VIIRS",
        "lowest": "Kepercayaan terendah (%)",
        "highest": "Kepercayaan tertinggi (%)",
        "priority": "Prioritas kejadian (kosong: hanya dipantau)",
        "raised_on_peat": "Prioritas di lahan gambut",
        "raised_by_neighbours": "Prioritas bila ada kelompok lain di dekatnya",
        "neighbours": "Jumlah kelompok yang berdekatan, termasuk ini",
        "within_m": "Dalam jarak (m)",
        "within_hours": "Dalam waktu (jam)",
    },
    basis=_BMKG,
    seeds=(
        _class("low", "l", 0, 29, ""),
        _class(
            "medium",
            "n",
            30,
            79,
            "P2",
            raised_on_peat="P1",
            raised_by_neighbours="P1",
            neighbours=2,
            within_m=1000,
            within_hours=24,
        ),
        _class("high", "h", 80, 100, "P1"),
    ),
)

HOTSPOT_PASS = Table(
    "complaints.hotspot_pass",
    "Titik panas dari lintasan satelit yang sama",
    {"radius_m": "Jarak ke anggota terdekat (m)", "minutes": "Selisih waktu (menit)"},
    basis="Ukuran piksel instrumen; aturan layanan R14",
    help="Kunci baris: instrumen.",
    seeds=(
        Row("VIIRS", {"radius_m": 375, "minutes": 30}),
        Row("MODIS", {"radius_m": 1000, "minutes": 30}),
    ),
)

_ISPU = "Permen LHK P.14/2020"

ISPU_BREAKPOINT = Table(
    "complaints.ispu_breakpoint",
    "Ambang ISPU",
    {"pollutant": "Pencemar", "concentration": "Kadar 24 jam (µg/m³)", "index": "Indeks"},
    basis=_ISPU,
    seeds=tuple(
        Row(
            f"pm25:{index}",
            {"pollutant": "pm25", "concentration": concentration, "index": index},
            valid_from="2020-07-14",
            basis=_ISPU,
            confirmed=False,
        )
        for concentration, index in (
            ("0", 0),
            ("15.5", 50),
            ("55.4", 100),
            ("150.4", 200),
            ("250.4", 300),
            ("500", 500),
        )
    ),
)

ISPU_CLASS = Table(
    "complaints.ispu_class",
    "Kelas ISPU",
    {
        "lowest": "Indeks terendah",
        "priority": "Prioritas yang berlaku",
        "services": "Bagi jenis pengaduan",
    },
    basis=_ISPU,
    seeds=tuple(
        Row(
            key,
            {"lowest": lowest, "priority": priority, "services": ["F02"] if priority else []},
            valid_from="2020-07-14",
            basis=_ISPU,
            confirmed=False,
        )
        for key, lowest, priority in (
            ("good", 0, ""),
            ("moderate", 51, ""),
            ("unhealthy", 101, "P1"),
            ("very_unhealthy", 201, "P1"),
            ("hazardous", 301, "P1"),
        )
    ),
)

_METHODS = "Standard Methods for the Examination of Water and Wastewater"


def _holding(key: str, name: str, hours: int, preservation: str) -> Row:
    value = {"name": name, "hours": hours, "preservation": preservation}
    return Row(key, value, basis=_METHODS, confirmed=False)


HOLDING_TIME = Table(
    "complaints.holding_time",
    "Masa simpan contoh uji",
    {
        "name": "Parameter",
        "hours": "Jam sejak diambil sampai diterima laboratorium (0: diukur di tempat)",
        "preservation": "Pengawetan",
    },
    basis=_METHODS,
    seeds=(
        _holding("PH", "pH", 0, "diukur di tempat"),
        _holding("BOD", "BOD", 48, "didinginkan, paling tinggi 6 °C"),
        _holding("TSS", "TSS", 7 * 24, "didinginkan, paling tinggi 6 °C"),
        _holding("OG", "minyak dan lemak", 28 * 24, "diasamkan"),
    ),
)
