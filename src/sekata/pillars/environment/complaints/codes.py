"""Code lists of environmental complaints: the stored value and the Indonesian word people read.

Also the translation of our states into the two vocabularies that machines ask for (Open311, FixMyStreet).
"""

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


class StateCode(Coded):
    """States of a complaint (the contract's Workflow table)."""

    RECEIVED = "received", "Diterima"
    INCOMPLETE = "incomplete", "Perlu dilengkapi"
    UNDER_REVIEW = "under_review", "Penelaahan"
    NOT_ENVIRONMENTAL = "not_environmental", "Bukan pengaduan lingkungan hidup"
    REFERRED = "referred", "Dilimpahkan"
    VERIFICATION_PLANNED = "verification_planned", "Penugasan verifikasi"
    VERIFYING = "verifying", "Verifikasi lapangan"
    LAB_PENDING = "lab_pending", "Menunggu hasil laboratorium"
    VERIFIED = "verified", "Laporan hasil verifikasi"
    FOLLOW_UP = "follow_up", "Tindak lanjut"
    ANSWERED = "answered", "Selesai dijawab"
    RESOLVED = "resolved", "Selesai ditanggapi"
    CLOSED = "closed", "Ditutup"
    REOPENED = "reopened", "Dibuka kembali"
    MERGED = "merged", "Digabung"
    WITHDRAWN = "withdrawn", "Dicabut"
    CLOSED_INCOMPLETE = "closed_incomplete", "Ditutup tidak lengkap"
    REJECTED = "rejected", "Ditolak"


END_STATES = frozenset(
    {StateCode.CLOSED, StateCode.WITHDRAWN, StateCode.CLOSED_INCOMPLETE, StateCode.REJECTED}
)
"""States in which nobody owes anybody an act any more."""

OPEN_STATES = (
    frozenset(StateCode)
    - END_STATES
    - {
        StateCode.ANSWERED,
        StateCode.RESOLVED,
        StateCode.NOT_ENVIRONMENTAL,
        StateCode.MERGED,
    }
)
"""States in which the matter itself is still being dealt with, here or by the authority it was referred to:
new reports may join it (R10) and first-response samples may be taken (R11)."""


class Channel(Coded):
    """The way a complaint came in."""

    WEB = "web", "Situs"
    WHATSAPP = "whatsapp", "WhatsApp"
    PHONE = "phone", "Telepon"
    WALK_IN = "walk_in", "Datang langsung"
    LETTER = "letter", "Surat"
    EMAIL = "email", "Surel"
    OPEN311 = "open311", "Aplikasi lain (Open311)"
    SP4N_LAPOR = "sp4n_lapor", "SP4N-LAPOR!"
    HOTSPOT = "hotspot", "Titik panas satelit"
    OFFICER_PATROL = "officer_patrol", "Patroli petugas"


class Media(Coded):
    """What is harmed (media lingkungan yang terdampak)."""

    WATER = "water", "Air"
    SOIL = "soil", "Tanah"
    AIR = "air", "Udara"
    SEA = "sea", "Laut"
    FOREST = "forest", "Hutan"
    PEAT = "peat", "Gambut"
    COMMUNITY_HEALTH = "community_health", "Kesehatan warga"


class ReporterMode(Coded):
    """How the reporter wishes to be treated (R2)."""

    NAMED = "named", "Dengan nama"
    CONFIDENTIAL = "confidential", "Nama dirahasiakan"
    ANONYMOUS = "anonymous", "Tanpa nama"


class Priority(Coded):
    """P1 is the most urgent."""

    P1 = "P1", "Darurat"
    P2 = "P2", "Mendesak"
    P3 = "P3", "Biasa"
    P4 = "P4", "Ringan"

    @classmethod
    def of(cls, rank: int) -> "Priority":
        """P1 for 1 to P4 for 4."""
        return cls(f"P{rank}")

    @property
    def rank(self) -> int:
        """1 for P1 to 4 for P4."""
        return int(self.value[1])

    def raised(self, steps: int) -> "Priority":
        """This priority `steps` more urgent (negative: less), never beyond P1 and P4."""
        return Priority(f"P{min(4, max(1, self.rank - steps))}")


class Group(Coded):
    """Groups of service types; duplicates are looked for inside a group (R10)."""

    WATER = "water", "Air"
    AIR = "air", "Udara dan kebisingan"
    FIRE = "fire", "Kebakaran dan gambut"
    WASTE = "waste", "Sampah"
    HAZARDOUS = "hazardous", "Limbah B3"
    LAND = "land", "Lahan"
    FOREST = "forest", "Hutan dan satwa"
    PERMIT = "permit", "Persetujuan lingkungan"
    OTHER = "other", "Lainnya"


class PointSource(Coded):
    """Where the coordinates came from."""

    GPS = "gps", "GPS ponsel"
    EXIF = "exif", "GPS di dalam foto"
    MAP_PIN = "map_pin", "Ditunjuk di peta"
    ADDRESS = "address", "Dicari dari alamat"
    VILLAGE_CENTROID = "village_centroid", "Titik tengah desa"


class PlacedBy(Coded):
    """Who placed an incident on the map; decides whether its true position may be public (R13)."""

    OFFICER = "officer", "Petugas"
    HOTSPOT = "hotspot", "Titik panas satelit"
    NAMED = "named", "Pelapor bernama"
    CONFIDENTIAL = "confidential", "Pelapor yang dirahasiakan"
    ANONYMOUS = "anonymous", "Pelapor tanpa nama"


class Precision(Coded):
    """How precisely the reporter knows the time of the incident."""

    EXACT = "exact", "Waktu tepat"
    DAY = "day", "Hari"
    PERIOD = "period", "Kurun waktu"


class ApprovalHolder(Coded):
    """Who issued the environmental approval of a facility (R8)."""

    REGENCY = "regency", "bupati"
    GOVERNOR = "governor", "gubernur"
    MINISTER = "minister", "menteri"


class Finding(Coded):
    """The conclusion of a verification report or of a desk answer."""

    NO_VIOLATION = "no_violation", "Tidak ada pelanggaran"
    ADMINISTRATIVE_VIOLATION = "administrative_violation", "Pelanggaran administratif"
    POLLUTION_OR_DAMAGE_PROVEN = "pollution_or_damage_proven", "Pencemaran atau kerusakan terbukti"
    SOURCE_UNKNOWN = "source_unknown", "Sumber tidak diketahui"
    NOT_ENVIRONMENTAL = "not_environmental", "Bukan masalah lingkungan hidup"
    NEEDS_EXPERT = "needs_expert", "Perlu ahli"


PROVEN = frozenset({Finding.ADMINISTRATIVE_VIOLATION, Finding.POLLUTION_OR_DAMAGE_PROVEN})
"""Findings that prove a violation: they open enforcement, count as proven and may name the accused."""


class Ending(Coded):
    """The four ways a complaint ends that the public statistics keep apart."""

    RESOLVED = "resolved", "Ditangani sampai selesai"
    ANSWERED = "answered", "Dijawab"
    SOURCE_UNKNOWN = "source_unknown", "Tidak terselesaikan: sumber tidak diketahui"
    REFERRED = "referred", "Diteruskan ke instansi lain"


class FollowUpKind(Coded):
    """What is done after a verification report."""

    GUIDANCE = "guidance", "Pembinaan"
    WARNING_REQUEST = "warning_request", "Usul teguran tertulis"
    COERCION_REQUEST = "coercion_request", "Usul paksaan pemerintah"
    DISPUTE_SETTLEMENT = "dispute_settlement", "Penyelesaian sengketa"
    CRIMINAL_REFERRAL = "criminal_referral", "Pelimpahan pidana"
    CLEANUP = "cleanup", "Pembersihan"
    ANSWER_ONLY = "answer_only", "Cukup dijawab"


class MinutesKind(Coded):
    """Kinds of minutes (berita acara)."""

    VERIFICATION = "verification", "Berita acara verifikasi"
    REFUSAL_OF_ENTRY = "refusal_of_entry", "Berita acara penolakan verifikasi"
    SAMPLE_HANDOVER = "sample_handover", "Berita acara penyerahan sampel"
    PHOTO_VIDEO = "photo_video", "Berita acara pengambilan foto atau video"
    STATEMENT = "statement", "Berita acara permintaan keterangan"
    REFUSAL_TO_SIGN = "refusal_to_sign", "Berita acara penolakan tanda tangan"


class AttachmentKind(Coded):
    PHOTO = "photo", "Foto"
    VIDEO = "video", "Video"
    AUDIO = "audio", "Rekaman suara"
    DOCUMENT = "document", "Dokumen"


class SampleMatrix(Coded):
    """What a sample consists of."""

    EFFLUENT = "effluent", "Air limbah"
    SURFACE_WATER = "surface_water", "Air permukaan"
    GROUNDWATER = "groundwater", "Air tanah"
    SOIL = "soil", "Tanah"
    ASH = "ash", "Abu"
    AIR = "air", "Udara"


class SamplePosition(Coded):
    """Where a sample was taken, seen from the suspected source."""

    OUTFALL = "outfall", "Titik keluar"
    UPSTREAM = "upstream", "Hulu"
    DOWNSTREAM = "downstream", "Hilir"
    WELL = "well", "Sumur"
    OTHER = "other", "Lainnya"


class CheckAnswer(Coded):
    """The answer to an item of a visit's checklist."""

    YES = "yes", "Ya"
    NO = "no", "Tidak"
    NOT_APPLICABLE = "na", "Tidak berlaku"


class MonthlyKind(Coded):
    """What the office gives out every month."""

    REGISTER = "register", "Buku register"
    BULLETIN = "bulletin", "Buletin"


class Instrument(Coded):
    """Satellite instruments that see hotspots; the pixel is 375 m (VIIRS) or 1000 m (MODIS)."""

    VIIRS = "VIIRS", "VIIRS (375 m)"
    MODIS = "MODIS", "MODIS (1000 m)"


class Confidence(Coded):
    """Confidence class of a hotspot (R14)."""

    LOW = "low", "Rendah"
    MEDIUM = "medium", "Sedang"
    HIGH = "high", "Tinggi"

    @property
    def rank(self) -> int:
        """0 low, 1 medium, 2 high."""
        return list(Confidence).index(self)


class GroundResult(Coded):
    """What the fire responder found at a hotspot."""

    FIRE = "fire", "Ada api"
    NO_FIRE = "no_fire", "Tidak ada api"
    OLD_BURN = "old_burn", "Bekas terbakar"
    UNREACHABLE = "unreachable", "Tidak terjangkau"


class HazeClass(Coded):
    """Classes of the air pollution index (ISPU), Permen LHK P.14/2020."""

    GOOD = "good", "Baik"
    MODERATE = "moderate", "Sedang"
    UNHEALTHY = "unhealthy", "Tidak sehat"
    VERY_UNHEALTHY = "very_unhealthy", "Sangat tidak sehat"
    HAZARDOUS = "hazardous", "Berbahaya"


class RejectReason(Coded):
    """The only reasons for rejecting a complaint."""

    ABUSIVE = "abusive", "Isi kasar atau menghina"
    DUPLICATE_SAME_PERSON = "duplicate_same_person", "Laporan yang sama dari orang yang sama"
    OUTSIDE_COUNTRY = "outside_country", "Di luar wilayah Indonesia"


OPEN311_CLOSED = frozenset(
    {StateCode.ANSWERED, StateCode.RESOLVED, StateCode.REFERRED, StateCode.NOT_ENVIRONMENTAL} | END_STATES
)

_FIXMYSTREET = {
    StateCode.RECEIVED: "OPEN",
    StateCode.INCOMPLETE: "OPEN",
    StateCode.REOPENED: "OPEN",
    StateCode.UNDER_REVIEW: "FOR_TRIAGE",
    StateCode.VERIFICATION_PLANNED: "ACTION_SCHEDULED",
    StateCode.VERIFYING: "INVESTIGATING",
    StateCode.LAB_PENDING: "INVESTIGATING",
    StateCode.VERIFIED: "IN_PROGRESS",
    StateCode.FOLLOW_UP: "IN_PROGRESS",
    StateCode.RESOLVED: "FIXED",
    StateCode.ANSWERED: "NO_FURTHER_ACTION",
    StateCode.REJECTED: "NO_FURTHER_ACTION",
    StateCode.WITHDRAWN: "NO_FURTHER_ACTION",
    StateCode.CLOSED_INCOMPLETE: "NO_FURTHER_ACTION",
    StateCode.REFERRED: "NOT_COUNCILS_RESPONSIBILITY",
    StateCode.NOT_ENVIRONMENTAL: "NOT_COUNCILS_RESPONSIBILITY",
    StateCode.MERGED: "DUPLICATE",
}


def open311_status(state: str, incident_state: str = "") -> str:
    """GeoReport v2 status "open" or "closed"; a merged complaint follows `incident_state`, its incident's."""
    shown = incident_state or state if state == StateCode.MERGED else state
    return "closed" if shown in OPEN311_CLOSED else "open"


def fixmystreet_status(state: str, finding: str = "") -> str | None:
    """Status word of a FixMyStreet request_update, None where nothing is to be sent (`closed`).

    Never CLOSED (plain clients show it as fixed) nor REOPEN (unknown to them). A case that ends as
    `resolved` without a known source was not fixed and says so.
    """
    if state == StateCode.RESOLVED and finding == Finding.SOURCE_UNKNOWN:
        return "NO_FURTHER_ACTION"
    return _FIXMYSTREET.get(StateCode(state))
