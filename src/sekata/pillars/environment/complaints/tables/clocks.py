"""Seeds: time limits, escalation and retention."""

from sekata.lib.manifest import Row, Table

_LOCAL = "Standar lokal dinas, belum dikukuhkan"


def _limit(key: str, label: str, amount: int, unit: str, since: str, basis: str, confirmed: bool) -> Row:
    return Row(
        key,
        {"label": label, "amount": amount, "unit": unit, "since": since},
        basis=basis,
        confirmed=confirmed,
    )


_P22 = "Permen LHK P.22/2017 (nomor pasal belum dipastikan)"

SLA_RULE = Table(
    "complaints.sla_rule",
    "Batas waktu",
    {
        "label": "Nama batas",
        "amount": "Jumlah",
        "unit": "Satuan: minutes, hours, days, workdays",
        "since": "Dihitung sejak: received, start, entered",
    },
    basis=_P22,
    help="Kunci baris: kode jam, atau kode jam dan prioritas dipisah titik dua (pickup:P1).",
    seeds=(
        _limit("acknowledgement", "Tanda terima otomatis", 5, "minutes", "received", _LOCAL, False),
        _limit("pickup", "Diambil petugas", 1, "workdays", "start", _LOCAL, False),
        _limit("pickup:P1", "Diambil petugas", 30, "minutes", "received", _LOCAL, False),
        _limit("completion", "Pelapor melengkapi", 10, "workdays", "entered", _P22, False),
        _limit("review", "Penelaahan", 5, "workdays", "start", _P22, True),
        _limit("passing_on", "Meneruskan ke instansi berwenang", 5, "workdays", "start", _P22, True),
        _limit("referral_silence", "Menagih kabar pelimpahan", 10, "workdays", "entered", _LOCAL, False),
        _limit("arrival:P1", "Petugas tiba di lokasi", 24, "hours", "received", _LOCAL, False),
        _limit("arrival:P2", "Petugas tiba di lokasi", 3, "workdays", "entered", _LOCAL, False),
        _limit("arrival:P3", "Petugas tiba di lokasi", 10, "workdays", "entered", _LOCAL, False),
        _limit("arrival:P4", "Petugas tiba di lokasi", 10, "workdays", "entered", _LOCAL, False),
        _limit("first_sample:W01", "Contoh air pertama", 24, "hours", "received", _LOCAL, False),
        _limit("first_sample:W02", "Contoh air pertama", 24, "hours", "received", _LOCAL, False),
        _limit("first_sample:W05", "Contoh air pertama", 24, "hours", "received", _LOCAL, False),
        _limit("laboratory", "Hasil laboratorium", 14, "days", "entered", _LOCAL, False),
        _limit("report", "Laporan hasil verifikasi", 5, "workdays", "entered", _LOCAL, False),
        _limit(
            "total",
            "Laporan atau jawaban",
            30,
            "workdays",
            "start",
            "Standar pelayanan DLH kabupaten 2019 (bukan bunyi pasal)",
            False,
        ),
        _limit("feedback", "Pelapor menilai jawaban", 14, "days", "entered", _LOCAL, False),
        _limit("reopening", "Minta dibuka kembali", 60, "days", "entered", _LOCAL, False),
        _limit(
            "reopen_decision",
            "Putusan atas kasus yang dibuka kembali",
            3,
            "workdays",
            "entered",
            _LOCAL,
            False,
        ),
        _limit("merge_undo", "Membatalkan penggabungan", 30, "days", "entered", _LOCAL, False),
    ),
)


def _level(key: str, to: str, label: str, basis: str = "", **when: object) -> Row:
    value = {
        "to": to,
        "label": label,
        "share": None,
        "workdays_after": None,
        "reopening": None,
        "silence": None,
    }
    return Row(key, value | when, basis=basis)


ESCALATION_RULE = Table(
    "complaints.escalation_rule",
    "Eskalasi",
    {
        "to": "Kepada",
        "label": "Jabatan",
        "share": "Bagian batas yang telah lewat (%)",
        "workdays_after": "Hari kerja sesudah batas",
        "reopening": "Atau pada pembukaan kembali ke-",
        "silence": "Hari kerja tanpa jawaban dari tingkat sebelumnya",
    },
    basis="Aturan layanan R16; tingkat 5: PP 22/2021 tentang pengawasan lini kedua",
    help="Eskalasi tidak mengganti penanggung jawab. Setiap tingkat wajib menjawab tertulis.",
    seeds=(
        _level("L1", "kabid", "Kepala bidang", share=80),
        _level("L2", "kadis", "Kepala dinas", workdays_after=1),
        _level("L3", "sekda_bupati", "Sekretaris daerah dan bupati", workdays_after=5, reopening=2),
        _level("L4", "province", "Pemerintah provinsi", workdays_after=20),
        _level("L5", "ministry", "Kementerian", "PP 22/2021", silence=20),
    ),
)


def _keep(key: str, label: str, amount: int | None, unit: str, since: str, **more: object) -> Row:
    value = {"label": label, "amount": amount, "unit": unit, "since": since, "blocked": [], "schedule": ""}
    return Row(key, value | more, basis="UU 27/2022; jadwal retensi arsip", confirmed=False)


RETENTION_RULE = Table(
    "complaints.retention_rule",
    "Masa simpan",
    {
        "label": "Yang dihapus",
        "amount": "Jumlah",
        "unit": "Satuan: hours, days, years; kosong bila menurut jadwal arsip",
        "since": "Dihitung sejak: closed, stored, sent",
        "blocked": "Ditahan selama masih ada",
        "schedule": "Kode jadwal retensi arsip",
    },
    basis="UU 27/2022; UU 43/2009 tentang kearsipan",
    seeds=(
        _keep("identity", "Identitas pelapor", 2, "years", "closed", blocked=["enforcement", "court"]),
        _keep("network_address", "Alamat IP di penyimpanan batas percobaan", 24, "hours", "stored"),
        _keep("sender_address", "Alamat pengirim pesan tanpa nama", 0, "hours", "sent"),
        _keep(
            "case",
            "Berkas kasus dan bukti",
            None,
            "",
            "closed",
            blocked=["enforcement", "court"],
            schedule="JRA",
        ),
    ),
)
