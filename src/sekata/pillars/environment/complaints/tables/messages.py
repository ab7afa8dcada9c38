"""Seeds: what reporters and officers are told. ${placeholders} are filled in; ${code} only at the moment of sending."""

from sekata.lib.manifest import Row, Table


def _words(key: str, language: str, subject: str, body: str) -> Row:
    return Row(f"complaints.{key}/{language}", {"subject": subject, "body": body})


MESSAGES = Table(
    "notify.template",
    "Naskah kabar",
    {"subject": "Perihal", "body": "Isi"},
    basis="Standar pelayanan pengaduan DLH",
    seeds=(
        _words(
            "receipt", "id", "Pengaduan ${number} kami terima",
            "Laporan Anda kami terima dengan nomor ${number}. Kode lacak: ${code}. Simpan kode ini; hanya dengan kode "
            "ini perkembangannya dapat dilihat tanpa akun. Tidak dipungut biaya.",
        ),
        _words(
            "receipt", "en", "Complaint ${number} received",
            "We have received your report, number ${number}. Tracking code: ${code}. Keep it: without an account it is "
            "the only key to follow your report. There is no charge.",
        ),
        _words("moved", "id", "Kabar pengaduan ${number}", "${number}: ${sentence} Lihat dengan kode lacak Anda."),
        _words(
            "moved", "en", "Update on complaint ${number}",
            "${number}: ${sentence} See it with your tracking code.",
        ),
        _words(
            "escalated", "id", "Eskalasi tingkat ${level}: ${number}",
            "Batas ${reason} pengaduan ${number} perlu jawaban Anda (tingkat ${level}).",
        ),
        _words("talk", "id", "Pengaduan lingkungan", "${text}"),
        _words("talk", "en", "Environmental complaint", "${text}"),
        _words(
            "foreign_update", "id", "Kabar dari aplikasi lain: ${number}",
            "${client} menyampaikan kabar tentang pengaduan ${number}. Baca di riwayat pengaduan.",
        ),
        _words(
            "foreign_update", "en", "News from another application: ${number}",
            "${client} says something about complaint ${number}. Read it in the history of the case.",
        ),
    ),
)  # fmt: skip
