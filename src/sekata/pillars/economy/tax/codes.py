"""Code lists of regional tax: the stored value and the Indonesian word people read."""

from enum import StrEnum


class Coded(StrEnum):
    """A code with the official Indonesian label; `choices()` feeds form fields."""

    label: str

    def __new__(cls, value: str, label: str):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


class TaxType(Coded):
    """The fourteen taxes; the two digits begin every customer number at the bank."""

    LAND = "01", "PBB-P2"
    TRANSFER = "02", "BPHTB"
    FOOD = "03", "PBJT makanan dan/atau minuman"
    POWER = "04", "PBJT tenaga listrik"
    HOTEL = "05", "PBJT jasa perhotelan"
    PARKING = "06", "PBJT jasa parkir"
    ENTERTAINMENT = "07", "PBJT jasa kesenian dan hiburan"
    ADVERTISING = "08", "Pajak reklame"
    GROUNDWATER = "09", "Pajak air tanah"
    MINERALS = "10", "Pajak mineral bukan logam dan batuan"
    SWALLOW_NESTS = "11", "Pajak sarang burung walet"
    VEHICLE_SURCHARGE = "12", "Opsen PKB"
    TRANSFER_SURCHARGE = "13", "Opsen BBNKB"
    MINERALS_SURCHARGE = "14", "Opsen pajak MBLB"


SERVICE_TAXES = frozenset(
    {TaxType.FOOD, TaxType.POWER, TaxType.HOTEL, TaxType.PARKING, TaxType.ENTERTAINMENT}
)
"""Taxes on certain goods and services (PBJT)."""

MONTHLY_RETURNS = SERVICE_TAXES | {TaxType.MINERALS, TaxType.SWALLOW_NESTS}
"""Taxes for which the taxpayer files an SPTPD for each month."""


class TaxpayerKind(Coded):
    PERSON = "1", "Orang pribadi"
    BODY = "2", "Badan"


class Status(Coded):
    """Of a taxpayer or a tax object."""

    ACTIVE = "active", "Aktif"
    SUSPENDED = "suspended", "Nonaktif sementara"
    CLOSED = "closed", "Ditutup"


class Ownership(Coded):
    """What the subject of a land-tax object is to it (status wajib pajak)."""

    OWNER = "1", "Pemilik"
    TENANT = "2", "Penyewa"
    MANAGER = "3", "Pengelola"
    USER = "4", "Pemakai"
    DISPUTED = "5", "Sengketa"


class LandKind(Coded):
    BUILT = "1", "Tanah dan bangunan"
    READY = "2", "Kavling siap bangun"
    VACANT = "3", "Tanah kosong"
    PUBLIC = "4", "Fasilitas umum"


class LandUse(Coded):
    """What decides the tariff of land: food and livestock land pays less than other land."""

    GENERAL = "general", "Umum"
    FOOD = "food", "Lahan produksi pangan dan ternak"


class BuildingUse(Coded):
    """JPB, jenis penggunaan bangunan."""

    HOUSING = "01", "Perumahan"
    OFFICE = "02", "Perkantoran swasta"
    FACTORY = "03", "Pabrik"
    SHOP = "04", "Toko, apotek, pasar, ruko"
    HOSPITAL = "05", "Rumah sakit, klinik"
    SPORT = "06", "Olahraga, rekreasi"
    HOTEL = "07", "Hotel, wisma"
    WORKSHOP = "08", "Bengkel, gudang, pertanian"
    GOVERNMENT = "09", "Gedung pemerintah"
    OTHER = "10", "Lain-lain"
    UNTAXED = "11", "Bangunan tidak kena pajak"
    PARKING = "12", "Bangunan parkir"
    APARTMENT = "13", "Apartemen"
    FUEL = "14", "Pompa bensin"
    TANK = "15", "Tangki minyak"
    SCHOOL = "16", "Gedung sekolah"


class Condition(Coded):
    VERY_GOOD = "1", "Sangat baik"
    GOOD = "2", "Baik"
    FAIR = "3", "Sedang"
    POOR = "4", "Jelek"


class SpopKind(Coded):
    """The transaction of a land-object declaration."""

    NEW = "1", "Perekaman baru"
    UPDATE = "2", "Pemutakhiran"
    DELETE = "3", "Penghapusan"
    SPLIT = "4", "Pemecahan"
    MERGE = "5", "Penggabungan"


class AssessmentKind(Coded):
    SPPT = "sppt", "SPPT"
    SKPD = "skpd", "SKPD"
    SKPDKB = "skpdkb", "SKPDKB"
    SKPDKBT = "skpdkbt", "SKPDKBT"
    SKPDLB = "skpdlb", "SKPDLB"
    SKPDN = "skpdn", "SKPDN"
    STPD = "stpd", "STPD"


class Ground(Coded):
    """Why an office assesses what a taxpayer should have paid: it decides interest and increase (R11)."""

    DESK = "desk", "Penelitian SPTPD"
    AUDIT = "audit", "Pemeriksaan"
    EX_OFFICIO = "ex_officio", "Jabatan"
    NEW_DATA = "new_data", "Data baru"


class AssessmentState(Coded):
    DRAFT = "draft", "Konsep"
    APPROVED = "approved", "Disetujui"
    ISSUED = "issued", "Diterbitkan"
    DELIVERED = "delivered", "Disampaikan"
    DUE = "due", "Jatuh tempo"
    PARTLY_PAID = "partly_paid", "Dibayar sebagian"
    PAID = "paid", "Lunas"
    OBJECTED = "objected", "Diajukan keberatan"
    REDUCED = "reduced", "Dikurangkan"
    CANCELLED = "cancelled", "Dibatalkan"
    EXPIRED = "expired", "Kedaluwarsa"
    WRITTEN_OFF = "written_off", "Dihapuskan"


PAYABLE = frozenset(
    {
        AssessmentState.ISSUED,
        AssessmentState.DELIVERED,
        AssessmentState.DUE,
        AssessmentState.PARTLY_PAID,
        AssessmentState.OBJECTED,
        AssessmentState.REDUCED,
    }
)
"""States in which something may be asked for; of an objected one only the undisputed part."""


class BatchState(Coded):
    """States of a year's mass assessment of land tax."""

    SNAPSHOT = "snapshot", "Potret 1 Januari"
    SIMULATED = "simulated", "Simulasi"
    APPROVED = "approved", "Disetujui"
    ISSUED = "issued", "Diterbitkan"
    ABANDONED = "abandoned", "Dibatalkan"


class ReturnState(Coded):
    """States of a taxpayer's monthly return (SPTPD)."""

    DRAFT = "draft", "Konsep"
    FILED = "filed", "Dilaporkan"
    BILLED = "billed", "Ditagihkan"
    PAID = "paid", "Lunas"
    CORRECTED = "corrected", "Dibetulkan"


class NoticeKind(Coded):
    """What is sent about a month that was not filed."""

    REMINDER = "reminder", "Pengingat"
    WARNING = "warning", "Surat Teguran SPTPD"


class RegistrationState(Coded):
    SUBMITTED = "submitted", "Diajukan"
    VERIFIED = "verified", "Terverifikasi"
    ACTIVE = "active", "Terdaftar"
    REJECTED = "rejected", "Ditolak"


class SpopState(Coded):
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Dikembalikan"
    FIELD_CHECK = "field_check", "Pemeriksaan lapangan"
    APPROVED = "approved", "Disetujui"
    REJECTED = "rejected", "Ditolak"


class TransferState(Coded):
    """States of an SSPD-BPHTB."""

    DRAFT = "draft", "Konsep"
    NOP_CHECKED = "nop_checked", "NOP cocok"
    BILLED = "billed", "Ditagihkan"
    PAID = "paid", "Dibayar"
    RESEARCH = "research", "Penelitian"
    FIELD_CHECK = "field_check", "Pemeriksaan lapangan"
    UNDERPAID = "underpaid", "Kurang bayar"
    VALIDATED = "validated", "Tervalidasi"
    USED = "used", "Akta dibuat"
    REGISTERED = "registered", "Terdaftar di kantor pertanahan"
    WITHDRAWN = "withdrawn", "Dibatalkan"


class ObjectionState(Coded):
    FILED = "filed", "Diajukan"
    COMPLETE = "complete", "Lengkap"
    HEARD = "heard", "Didengar"
    DECIDED = "decided", "Diputus"
    APPEALED = "appealed", "Banding"
    INADMISSIBLE = "inadmissible", "Tidak dapat diterima"
    CLOSED = "closed", "Selesai"


class ObjectionResult(Coded):
    GRANTED = "granted", "Dikabulkan seluruhnya"
    PARTLY = "partly", "Dikabulkan sebagian"
    REFUSED = "refused", "Ditolak"
    INCREASED = "increased", "Menambah pajak"


class ReliefState(Coded):
    """States of a request for reduction (pengurangan)."""

    APPLIED = "applied", "Diajukan"
    GRANTED = "granted", "Dikabulkan"
    REFUSED = "refused", "Ditolak"


class InstalmentState(Coded):
    APPLIED = "applied", "Diajukan"
    APPROVED = "approved", "Disetujui"
    RUNNING = "running", "Berjalan"
    COMPLETED = "completed", "Lunas"
    BROKEN = "broken", "Batal"
    REFUSED = "refused", "Ditolak"


class RefundState(Coded):
    APPLIED = "applied", "Diajukan"
    DECIDED = "decided", "Diputus"
    ISSUED = "issued", "SKPDLB terbit"
    PAID = "paid", "Dibayar"
    REFUSED = "refused", "Ditolak"


class CollectionState(Coded):
    """Steps of collecting what is overdue (UU 19/1997 jo. 19/2000)."""

    OPEN = "open", "Dipantau"
    WARNED = "warned", "Surat Teguran"
    FORCED = "forced", "Surat Paksa"
    SEIZED = "seized", "Penyitaan (SPMP)"
    ANNOUNCED = "announced", "Pengumuman lelang"
    AUCTIONED = "auctioned", "Lelang"
    SETTLED = "settled", "Selesai"


class Acquisition(Coded):
    """How land or a building was acquired (kode perolehan)."""

    SALE = "01", "Jual beli"
    EXCHANGE = "02", "Tukar menukar"
    GIFT = "03", "Hibah"
    BEQUEST = "04", "Hibah wasiat"
    INHERITANCE = "05", "Waris"
    CONTRIBUTION = "06", "Pemasukan dalam perseroan"
    SEPARATION = "07", "Pemisahan hak"
    AUCTION = "08", "Penunjukan pembeli lelang"
    COURT = "09", "Putusan hakim"
    MERGER = "10", "Penggabungan usaha"
    CONSOLIDATION = "11", "Peleburan usaha"
    SPLIT = "12", "Pemekaran usaha"
    PRIZE = "13", "Hadiah"
    GRANT_CONTINUED = "21", "Pemberian hak baru, kelanjutan pelepasan hak"
    GRANT_NEW = "22", "Pemberian hak baru lainnya"


class TransferExemption(Coded):
    """Acquisitions that owe no duty (UU 1/2022 art. 44)."""

    NONE = "", "Tidak ada"
    WAQF = "waqf", "Wakaf"
    WORSHIP = "worship", "Kepentingan ibadah"
    DIPLOMATIC = "diplomatic", "Perwakilan diplomatik"
    CONVERSION = "conversion", "Konversi hak tanpa perubahan nama"
    LOW_INCOME = "low_income", "Rumah pertama masyarakat berpenghasilan rendah"


class Kinship(Coded):
    """Heir's relation to whoever left the property."""

    NONE = "", "Bukan keluarga inti"
    SPOUSE = "spouse", "Suami atau istri"
    DIRECT = "direct", "Garis lurus satu derajat ke atas atau ke bawah"


class TargetVersion(Coded):
    """Version of the year's revenue target."""

    ORIGINAL = "murni", "APBD murni"
    REVISED = "perubahan", "APBD perubahan"


class LinkKind(Coded):
    """How one land object came out of another."""

    SPLIT = "split", "Pecahan"
    MERGE = "merge", "Gabungan"
