"""Seeds: what inspectors look at on the spot, by kind of complaint."""

from sekata.lib.manifest import Row, Table

WATER, POINT_SOURCES = ["water"], ["W02", "W03", "A01", "P01"]


def _check(key: str, order: int, text: str, kinds: list[str] | None = None, required: bool = False) -> Row:
    value = {"order": order, "text": text, "kinds": kinds or [], "required": required}
    return Row(key, value, confirmed=False)


VISIT_CHECK = Table(
    "complaints.visit_check",
    "Daftar periksa kunjungan verifikasi",
    {
        "order": "Urutan",
        "text": "Yang diperiksa",
        "kinds": "Kode jenis atau kelompok pengaduan; kosong: semua",
        "required": "Wajib dijawab sebelum kunjungan selesai",
    },
    basis="Permen LHK P.22/2017; rinciannya kebiasaan dinas",
    seeds=(
        _check("shown", 10, "Surat tugas dan tanda pengenal diperlihatkan", required=True),
        _check("witness", 20, "Perangkat desa atau warga setempat mendampingi"),
        _check("as_reported", 30, "Keadaan di lokasi sesuai dengan laporan", required=True),
        _check("photographed", 40, "Sumber, jalannya, dan yang terdampak dipotret", required=True),
        _check("heard", 50, "Keterangan warga atau saksi diminta"),
        _check("approval", 60, "Persetujuan lingkungan usaha diperlihatkan", POINT_SOURCES, required=True),
        _check("outfall", 110, "Titik keluar air limbah ditemukan", WATER, required=True),
        _check("look_of_water", 120, "Air berwarna, berbau, atau berbusa", WATER, required=True),
        _check("dead_fish", 130, "Ikan atau biota lain mati", WATER),
        _check("drawn_water", 140, "Warga di hilir memakai airnya", WATER, required=True),
        _check("bypass", 150, "Kolam dan saluran limbah bebas dari pintasan", ["W02"], required=True),
        _check("stack", 210, "Cerobong atau sumber bau ditemukan", ["A01"], required=True),
        _check("wind", 220, "Arah angin ke permukiman", ["A01", "A03", "F02"]),
        _check("noise", 230, "Kebisingan diukur di batas rumah terdekat", ["A02"], required=True),
        _check("out", 310, "Api sudah padam", ["F01"], required=True),
        _check("peat", 320, "Lahannya gambut", ["fire"], required=True),
        _check("canal", 330, "Sekat kanal utuh", ["F03"], required=True),
        _check("cleared", 340, "Ada bekas pembukaan lahan", ["F01", "land", "forest"]),
        _check("heap", 410, "Banyaknya sampah ditaksir", ["waste"], required=True),
        _check("burnt", 420, "Ada sisa pembakaran", ["waste", "A03"]),
        _check("fenced", 510, "Lokasi diamankan dari warga dan ternak", ["hazardous"], required=True),
        _check("labels", 520, "Wadah, simbol, dan label limbah B3 dicatat", ["hazardous"], required=True),
        _check("machines", 610, "Alat berat ada di lokasi", ["land"]),
        _check("bank", 620, "Jarak ke tepi sungai diukur", ["L01", "L02"], required=True),
        _check("zone", 710, "Letaknya dicocokkan dengan peta kawasan hutan", ["forest"], required=True),
    ),
)
