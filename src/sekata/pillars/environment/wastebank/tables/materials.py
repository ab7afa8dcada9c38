"""Seeds: the catalogue of materials, and how much may shrink."""

from sekata.lib.manifest import Row, Table

_GROUPS = "Permen LH 13/2012, kelompok jenis sampah"
_LOCAL = "Katalog DLH, belum dikukuhkan"


def _material(
    code: str,
    name: str,
    group: str,
    *,
    unit: str = "kg",
    kg_per_unit: str | None = None,
    emission: str = "",
    grades: tuple[str, ...] = (),
    hazard: bool = False,
    national: bool = False,
    confirmed: bool = True,
) -> Row:
    value = {
        "name": name,
        "group": group,
        "unit": unit,
        "kg_per_unit": kg_per_unit,
        "emission": emission,
        "grades": list(grades),
        "hazard": hazard,
    }
    return Row(code, value, basis=_GROUPS if national else _LOCAL, confirmed=national and confirmed)


MATERIAL = Table(
    "wastebank.material",
    "Jenis sampah",
    {
        "name": "Nama",
        "group": "Kelompok: paper, plastic, metal, glass, oil, textile, electronic, organic, other",
        "unit": "Satuan: kg, liter, piece",
        "kg_per_unit": "Kilogram per satuan (kosong bila satuannya kg)",
        "emission": "Faktor emisi (kunci tabel faktor emisi)",
        "grades": "Mutu yang dibedakan harganya",
        "hazard": "Mengandung B3: hanya bank yang diizinkan",
    },
    basis=_GROUPS,
    seeds=(
        _material("KRT-01", "Kardus", "paper", emission="cardboard", national=True),
        _material("KRT-02", "Koran", "paper", emission="newspaper", national=True),
        _material("KRT-03", "Buku dan HVS", "paper", emission="office_paper"),
        _material("KRT-04", "Dupleks", "paper", national=True),
        _material("KRT-05", "Majalah", "paper", national=True),
        _material("PLS-01", "Botol PET bersih", "plastic", emission="pet", national=True),
        _material("PLS-02", "Botol PET bertutup dan berlabel", "plastic", emission="pet", national=True),
        _material("PLS-03", "Tutup botol PET", "plastic"),
        _material("PLS-04", "HDPE (jeriken, botol sabun)", "plastic", emission="hdpe", national=True),
        _material("PLS-05", "Gelas PP", "plastic", emission="pp", national=True),
        _material("PLS-06", "Plastik bening PE", "plastic", national=True),
        _material("PLS-07", "Plastik campur", "plastic", emission="mixed_plastic"),
        _material("PLS-08", "Galon", "plastic", unit="piece", kg_per_unit="0.7"),
        _material("PLS-09", "Karung semen", "plastic"),
        _material("LOG-01", "Besi", "metal", emission="steel", national=True),
        _material("LOG-02", "Kaleng aluminium", "metal", emission="aluminium", national=True),
        _material("LOG-03", "Kaleng timah", "metal", emission="steel", national=True),
        _material("LOG-04", "Tembaga", "metal", emission="copper"),
        _material("KAC-01", "Botol kaca", "glass", unit="piece", kg_per_unit="0.35", emission="glass"),
        _material("MJL-01", "Minyak jelantah", "oil", unit="liter", kg_per_unit="0.92"),
        _material("TLR-01", "Rak telur", "paper", unit="piece", kg_per_unit="0.07"),
        _material("ELK-01", "Elektronik kecil", "electronic", hazard=True),
        _material("ORG-01", "Daun dan bahan kompos", "organic"),
        _material("LN-99", "Lainnya", "other"),
    ),
)

SHRINK_TOLERANCE = Table(
    "wastebank.shrink_tolerance",
    "Toleransi susut",
    {"percent": "Persen dari stok buku"},
    basis="Aturan layanan R9, belum dikukuhkan",
    help="Kunci baris: kelompok jenis sampah; “other” untuk yang tidak disebut.",
    seeds=tuple(
        Row(group, {"percent": percent}, confirmed=False)
        for group, percent in (
            ("paper", "3"),
            ("plastic", "1"),
            ("metal", "0.5"),
            ("glass", "1"),
            ("oil", "1"),
            ("other", "1"),
        )
    ),
)
