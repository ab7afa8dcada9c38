"""Seeds: emission and generation factors, population, national targets, classes of the leaderboard."""

from sekata.lib.manifest import Row, Table

_WARM = "US EPA WARM v15 per short ton ÷ 0,907185, didaur ulang alih-alih ditimbun"

EMISSION_FACTOR = Table(
    "wastebank.emission_factor",
    "Faktor emisi terhindar",
    {"factor": "tCO2e per ton", "source": "Sumber", "version": "Versi"},
    basis=_WARM,
    help="Perkiraan, bukan kredit karbon. Ganti bila kementerian menerbitkan faktor nasional.",
    seeds=tuple(
        Row(key, {"factor": factor, "source": "US EPA WARM", "version": "v15"}, basis=_WARM, confirmed=False)
        for key, factor in (
            ("cardboard", "3.461"),
            ("newspaper", "2.987"),
            ("office_paper", "3.153"),
            ("pet", "1.146"),
            ("hdpe", "0.838"),
            ("pp", "0.871"),
            ("mixed_plastic", "1.025"),
            ("aluminium", "10.064"),
            ("steel", "2.017"),
            ("copper", "4.949"),
            ("glass", "0.309"),
        )
    ),
)

_SNI = "SNI 19-3983-1995"

GENERATION_FACTOR = Table(
    "wastebank.generation_factor",
    "Faktor timbulan sampah",
    {"factor": "kg per orang per hari", "low": "Terendah", "high": "Tertinggi", "source": "Sumber"},
    basis=_SNI,
    help="Kunci baris: kelas wilayah. “used” adalah yang dipakai kabupaten ini.",
    seeds=(
        Row("used", {"factor": "0.40", "low": "0.40", "high": "0.40", "source": "Kebiasaan SIPSN"},
            basis="Kebiasaan pelaporan SIPSN untuk kabupaten kecil dan perdesaan", confirmed=False),
        Row("small_town", {"factor": "0.625", "low": "0.625", "high": "0.70", "source": _SNI}, basis=_SNI),
        Row("medium_town", {"factor": "0.70", "low": "0.70", "high": "0.80", "source": _SNI}, basis=_SNI),
    ),
)  # fmt: skip

POPULATION = Table(
    "wastebank.population",
    "Penduduk untuk hitungan timbulan",
    {"residents": "Jiwa", "source": "Sumber"},
    basis="Data kependudukan, belum dikukuhkan",
    help="Kunci baris: regency.",
    seeds=(Row("regency", {"residents": 420_000, "source": "Contoh perhitungan R16"}, confirmed=False),),
)

_PERPRES, _RPJMN = "Perpres 97/2017", "RPJMN 2025-2029 (Perpres 12/2025)"

TARGET = Table(
    "wastebank.target",
    "Sasaran nasional",
    {"year": "Tahun", "percent": "Persen", "measure": "Ukuran: reduction, handling, managed"},
    basis=_PERPRES,
    seeds=(
        Row("reduction:2025", {"year": 2025, "percent": "30", "measure": "reduction"}, basis=_PERPRES),
        Row("handling:2025", {"year": 2025, "percent": "70", "measure": "handling"}, basis=_PERPRES),
        Row("managed:2024", {"year": 2024, "percent": "39.01", "measure": "managed"}, basis=_RPJMN),
        Row("managed:2025", {"year": 2025, "percent": "51.21", "measure": "managed"}, basis=_RPJMN),
        Row("managed:2029", {"year": 2029, "percent": "100", "measure": "managed"}, basis=_RPJMN),
    ),
)

LEADERBOARD = Table(
    "wastebank.leaderboard",
    "Kelas papan peringkat",
    {"name": "Nama", "kinds": "Jenis nasabah yang ikut"},
    basis="Aturan layanan R18",
    seeds=(
        Row("households", {"name": "RT/RW", "kinds": ["person", "household"]}, confirmed=False),
        Row("schools", {"name": "Sekolah", "kinds": ["school_class"]}, confirmed=False),
        Row("offices", {"name": "Kantor", "kinds": ["institution"]}, confirmed=False),
    ),
)
