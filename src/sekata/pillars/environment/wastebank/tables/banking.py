"""Seeds: limits and fees, what a bank must have, shares, the chart of accounts, kinds of withdrawal."""

from sekata.lib.manifest import Row, Table

_LOCAL = "Aturan layanan, belum dikukuhkan"
_P14 = "Permen LHK 14/2021"

BANK_LIMIT = Table(
    "wastebank.limit",
    "Batas dan biaya bank sampah",
    {"value": "Nilai", "unit": "Satuan"},
    basis=_LOCAL,
    seeds=tuple(
        Row(key, {"value": value, "unit": unit}, confirmed=False)
        for key, value, unit in (
            ("withdrawal_minimum", 10_000, "rupiah"),
            ("withdrawal_fee", 0, "rupiah"),
            ("approval_limit", 500_000, "rupiah"),
            ("withdrawal_expiry", 7, "hari"),
            ("pickup_minimum", 10, "kg"),
            ("drop_off_minimum", 0, "kg"),
            ("reversal_days", 7, "hari"),
            ("clock_suspect", 10, "menit"),
            ("sync_contact", 7, "hari"),
            ("outlier_floor", 20, "kg"),
            ("stock_count", 31, "hari"),
            ("dormant_months", 12, "bulan"),
            ("unclaimed_years", 5, "tahun"),
            ("inactive_bank", 60, "hari"),
            ("gold_quote", 60, "detik"),
            ("inquiry_every", 5, "menit"),
            ("inquiry_human", 60, "menit"),
            ("pickups_a_slot", 8, "jemputan"),
        )
    ),
)


def _must(key: str, order: int, name: str, kinds: tuple[str, ...] = ("unit", "central")) -> Row:
    return Row(key, {"order": order, "name": name, "kinds": list(kinds)}, basis=_P14, confirmed=False)


BANK_REQUIREMENT = Table(
    "wastebank.bank_requirement",
    "Persyaratan bank sampah",
    {"order": "Urutan", "name": "Persyaratan", "kinds": "Untuk: unit, central"},
    basis=_P14,
    help="Jumlah minimum menurut peraturan belum dipastikan; daftar ini diperiksa saat tinjau lokasi.",
    seeds=(
        _must("decision", 1, "Keputusan pembentukan atau akta"),
        _must("charter", 2, "Anggaran rumah tangga dengan pembagian SHU"),
        _must("officers", 3, "Susunan pengelola: direktur, sekretaris, bendahara, petugas timbang"),
        _must("storage", 4, "Tempat penyimpanan terpisah, kering, dan terlindung"),
        _must("scale", 5, "Timbangan bertanda tera sah"),
        _must("area", 6, "Wilayah pelayanan: desa, kelurahan, atau RW"),
        _must("safety", 7, "Alat pelindung diri dan pemadam api ringan"),
        _must("sorting_line", 8, "Jalur pemilahan dan pencacahan atau pemadatan", ("central",)),
        _must("vehicle", 9, "Kendaraan angkut", ("central",)),
        _must("buyers", 10, "Perjanjian dengan pembeli atau industri daur ulang", ("central",)),
    ),
)

SHARE_PERCENT = Table(
    "wastebank.share_percent",
    "Bagi hasil saat setor",
    {"customer": "Bagian nasabah (%)"},
    basis="Pedoman 2012: 85/15, belum dikukuhkan",
    help="Kunci baris: kode bank; “default” untuk bank tanpa baris sendiri.",
    seeds=(Row("default", {"customer": 85}, confirmed=False),),
)

CHARTER = Table(
    "wastebank.charter",
    "Pembagian SHU",
    {
        "operators": "Pengelola (%)",
        "capital": "Modal (%)",
        "customers": "Nasabah (%)",
        "social": "Sosial (%)",
    },
    basis="Contoh anggaran rumah tangga, belum dikukuhkan",
    help="Kunci baris: kode bank; “default” untuk bank tanpa baris sendiri.",
    seeds=(Row("default", {"operators": 50, "capital": 25, "customers": 15, "social": 10}, confirmed=False),),
)

CHART = Table(
    "wastebank.account",
    "Bagan akun bank sampah",
    {
        "name": "Nama",
        "kind": "Jenis: asset, liability, equity, revenue, expense",
        "holders": "Punya rincian pemilik",
    },
    basis=_LOCAL,
    seeds=tuple(
        Row(code, {"name": name, "kind": kind, "holders": holders}, confirmed=False)
        for code, name, kind, holders in (
            ("1101", "Kas", "asset", False),
            ("1102", "Rekening bank", "asset", False),
            ("1201", "Persediaan sampah terpilah", "asset", False),
            ("1301", "Piutang pembeli", "asset", True),
            ("1302", "Piutang nasabah", "asset", True),
            ("2101", "Tabungan nasabah", "liability", True),
            ("2102", "Titipan ke penyedia", "liability", True),
            ("2201", "Utang ke bank sampah unit", "liability", True),
            ("2301", "Bagian SHU yang belum diserahkan", "liability", True),
            ("3101", "Modal dan saldo awal", "equity", False),
            ("3201", "Sisa hasil usaha", "equity", False),
            ("4101", "Penjualan", "revenue", False),
            ("4102", "Pendapatan biaya penarikan", "revenue", False),
            ("5101", "Harga pokok penjualan", "expense", False),
            ("5201", "Susut dan penyesuaian stok", "expense", False),
            ("5209", "Selisih stok yang belum jelas", "expense", False),
            ("5301", "Biaya operasional", "expense", False),
        )
    ),
)


BILLER = Table(
    "wastebank.biller",
    "Penyedia token, emas, pajak, dan iuran",
    {"code": "Kode akun titipan", "name": "Nama", "url": "Alamat layanan; kosong bila belum tersambung"},
    basis="Belum ada perjanjian dengan penyedia",
    help="Kunci baris: jenis penarikan.",
    seeds=tuple(
        Row(key, {"code": code, "name": name, "url": ""}, confirmed=False)
        for key, code, name in (
            ("power_token", "PPOB", "Penyedia pembayaran"),
            ("pbb_tax", "PPOB", "Penyedia pembayaran"),
            ("bpjs_premium", "PPOB", "Penyedia pembayaran"),
            ("gold", "EMAS", "Penyedia emas"),
        )
    ),
)


def _kind(key: str, name: str, lengths: tuple[int, ...] = (), pattern: str = "", biller: bool = False) -> Row:
    return Row(
        key, {"name": name, "lengths": list(lengths), "pattern": pattern, "biller": biller}, confirmed=False
    )


WITHDRAWAL_KIND = Table(
    "wastebank.withdrawal_kind",
    "Jenis penarikan",
    {
        "name": "Nama nomor tujuan",
        "lengths": "Panjang yang sah",
        "pattern": "Bentuk",
        "biller": "Lewat penyedia",
    },
    basis="Pengetahuan umum tentang nomor penyedia, belum dikukuhkan",
    seeds=(
        _kind("cash", ""),
        _kind("groceries", ""),
        _kind("gold", "", biller=True),
        _kind("bank_transfer", "Nomor rekening", tuple(range(10, 17))),
        _kind("power_token", "Nomor meter atau IDPEL", (11, 12), biller=True),
        _kind("pbb_tax", "NOP", (18,), biller=True),
        _kind(
            "bpjs_premium",
            "Nomor kartu BPJS atau akun virtual keluarga",
            (13, 16),
            r"\d{13}|88888\d{11}",
            True,
        ),
        _kind("transfer_to_customer", "Nomor nasabah", (11,)),
    ),
)
