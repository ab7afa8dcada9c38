"""Code lists of the waste savings bank: the stored value and the Indonesian word people read."""

from enum import StrEnum


class Coded(StrEnum):
    """A code with the official Indonesian label; `Coded.choices()` feeds form fields."""

    label: str

    def __new__(cls, value: str, label: str):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


class BankKind(Coded):
    """BSU is a neighbourhood's bank, BSI the central to which units sell."""

    UNIT = "unit", "Bank sampah unit (BSU)"
    CENTRAL = "central", "Bank sampah induk (BSI)"


class LegalForm(Coded):
    """What a bank is by law."""

    VILLAGE_DECISION = "village_decision", "Keputusan desa atau kelurahan"
    COOPERATIVE = "cooperative", "Koperasi"
    ASSOCIATION = "association", "Perkumpulan atau yayasan"
    BUMDES = "bumdes", "BUM Desa"
    GOVERNMENT_UNIT = "government_unit", "UPT pemerintah"


class ShareScheme(Coded):
    """How a bank earns (R7)."""

    MARGIN = "margin", "Selisih harga jual"
    SPLIT = "split", "Bagi hasil saat setor"


class BankState(Coded):
    """The life of a bank."""

    APPLICATION = "application", "Permohonan"
    DESK_CHECK = "desk_check", "Pemeriksaan berkas"
    SITE_VISIT = "site_visit", "Peninjauan lokasi"
    ACTIVE = "active", "Aktif"
    SUSPENDED = "suspended", "Dibekukan"
    CLOSED = "closed", "Ditutup"
    REJECTED = "rejected", "Tidak dapat didaftarkan"


class Post(Coded):
    """Offices in a bank."""

    DIRECTOR = "director", "Direktur (ketua)"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    WEIGHER = "weigher", "Petugas timbang"
    DRIVER = "driver", "Petugas jemput"


class CustomerKind(Coded):
    """Who saves."""

    PERSON = "person", "Perorangan"
    HOUSEHOLD = "household", "Rumah tangga"
    SCHOOL_CLASS = "school_class", "Kelas sekolah"
    INSTITUTION = "institution", "Lembaga atau kantor"
    BUSINESS = "business", "Usaha"
    DONATION_POOL = "donation_pool", "Kotak sedekah sampah"


class CustomerStatus(Coded):
    """The life of an account."""

    PENDING = "pending", "Menunggu aktivasi"
    ACTIVE = "active", "Aktif"
    DORMANT = "dormant", "Tidur"
    CLOSED = "closed", "Ditutup"


class Group(Coded):
    """Groups of material."""

    PAPER = "paper", "Kertas"
    PLASTIC = "plastic", "Plastik"
    METAL = "metal", "Logam"
    GLASS = "glass", "Kaca"
    OIL = "oil", "Minyak jelantah"
    TEXTILE = "textile", "Tekstil"
    ELECTRONIC = "electronic", "Elektronik"
    ORGANIC = "organic", "Organik"
    OTHER = "other", "Lainnya"


class Unit(Coded):
    """What a quantity counts."""

    KG = "kg", "kg"
    LITER = "liter", "liter"
    PIECE = "piece", "buah"


class Channel(Coded):
    """Prices differ by how the material comes."""

    DROP_OFF = "drop_off", "Diantar"
    PICKUP = "pickup", "Dijemput"


class DepositSource(Coded):
    """Where it was weighed."""

    COUNTER = "counter", "Di bank"
    PICKUP = "pickup", "Penjemputan"
    MOBILE_SERVICE = "mobile_service", "Layanan keliling"
    SCHOOL_DAY = "school_day", "Hari setor sekolah"


class DepositState(Coded):
    """The life of a deposit."""

    DRAFT = "draft", "Konsep"
    CONFLICT = "conflict", "Menunggu keputusan direktur"
    FINAL = "final", "Dibukukan"
    REVERSED = "reversed", "Dibatalkan"
    DECLINED = "declined", "Tidak diterima"


class Result(Coded):
    """What the server answers to one item of a sync (R4)."""

    CREATED = "created", "Dibukukan"
    REPLAYED = "replayed", "Sudah dibukukan sebelumnya"
    CONFLICT = "conflict", "Menunggu keputusan direktur"
    REJECTED = "rejected", "Ditolak"


class MoveKind(Coded):
    """Why stock moved."""

    IN_DEPOSIT = "in_deposit", "Setoran"
    IN_TRANSFER = "in_transfer", "Kiriman masuk"
    OUT_SALE = "out_sale", "Penjualan"
    OUT_TRANSFER = "out_transfer", "Kiriman ke induk"
    ADJUST = "adjust", "Penyesuaian"
    PROCESS = "process", "Pengolahan"


class WithdrawalKind(Coded):
    """What a customer takes."""

    CASH = "cash", "Tunai"
    BANK_TRANSFER = "bank_transfer", "Transfer bank"
    GOLD = "gold", "Emas"
    POWER_TOKEN = "power_token", "Token listrik"
    PBB_TAX = "pbb_tax", "PBB"
    BPJS_PREMIUM = "bpjs_premium", "Iuran BPJS Kesehatan"
    GROCERIES = "groceries", "Sembako"
    TRANSFER_TO_CUSTOMER = "transfer_to_customer", "Pindah ke nasabah lain"


class WithdrawalState(Coded):
    """The life of a withdrawal."""

    REQUESTED = "requested", "Diajukan"
    APPROVED = "approved", "Disetujui"
    EXECUTING = "executing", "Sedang dibayarkan"
    UNCERTAIN = "uncertain", "Menunggu kepastian penyedia"
    PAID = "paid", "Dibayar"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"
    EXPIRED = "expired", "Kedaluwarsa"


class VoucherKind(Coded):
    """Why money of the bank moved without a withdrawal or a sale."""

    COST = "cost", "Biaya operasional"
    CAPITAL = "capital", "Setoran modal atau hibah"
    TO_ACCOUNT = "to_account", "Setor kas ke rekening"
    TO_CASH = "to_cash", "Ambil kas dari rekening"
    BILLER = "biller", "Bayar penyedia"
    BANK = "bank", "Bayar bank sampah lain"
    FROM_BANK = "from_bank", "Terima dari bank sampah lain"
    DEBT = "debt", "Pelunasan piutang nasabah"
    POOL = "pool", "Penyerahan bagian SHU"


class PickupState(Coded):
    """The life of a pickup."""

    REQUESTED = "requested", "Diminta"
    SCHEDULED = "scheduled", "Dijadwalkan"
    ON_THE_WAY = "on_the_way", "Petugas di jalan"
    WEIGHED = "weighed", "Ditimbang"
    NO_SHOW = "no_show", "Tidak ada orang"
    CANCELLED = "cancelled", "Dibatalkan"


class SaleState(Coded):
    """The life of a sale."""

    PLANNED = "planned", "Direncanakan"
    WEIGHED_OUT = "weighed_out", "Keluar ditimbang"
    ACCEPTED = "accepted", "Diterima pembeli"
    INVOICED = "invoiced", "Ditagihkan"
    PAID = "paid", "Lunas"
    CANCELLED = "cancelled", "Dibatalkan"


class TransferState(Coded):
    """The life of a transfer from unit to central."""

    SENT = "sent", "Dikirim"
    CONFLICT = "conflict", "Selisih belum selesai"
    RECEIVED = "received", "Diterima"


class PeriodState(Coded):
    """A month of a bank's books."""

    OPEN = "open", "Terbuka"
    CLOSED = "closed", "Ditutup"


class Cause(Coded):
    """Why a stock differed (R9)."""

    MOISTURE = "moisture", "Kadar air"
    SORTING_RESIDUE = "sorting_residue", "Sisa pilah"
    SCALE_ERROR = "scale_error", "Salah timbang"
    MISSING = "missing", "Hilang"


FLAGS = {
    "stale_price": "Daftar harga lama",
    "clock_suspect": "Jam perangkat diragukan",
    "scale_expired": "Tera timbangan lewat",
    "outlier": "Berat tidak biasa",
    "possible_double": "Mungkin tertimbang dua kali",
    "guest": "Nasabah bank lain",
    "late": "Bulannya sudah ditutup",
}
"""What is printed on receipts and listed for the director and the office."""
