"""Seeds: what taxpayers are told. ${placeholders} are filled in."""

from sekata.lib.manifest import Row, Table


def _words(key: str, language: str, subject: str, body: str) -> Row:
    return Row(f"tax.{key}/{language}", {"subject": subject, "body": body})


MESSAGES = Table(
    "notify.template",
    "Naskah kabar",
    {"subject": "Perihal", "body": "Isi"},
    basis="Standar pelayanan Bapenda",
    seeds=(
        _words(
            "reminder", "id", "SPTPD ${period} belum kami terima",
            "SPTPD ${object} masa ${period} belum kami terima. Kirim sebelum ${day} agar tidak ditegur.",
        ),
        _words(
            "reminder", "en", "Return for ${period} not received",
            "We have not received the return of ${object} for ${period}. Please file before ${day}.",
        ),
        _words(
            "warning", "id", "Surat Teguran SPTPD ${period}",
            "SPTPD ${object} masa ${period} belum kami terima juga. Sesudah ${day} pajaknya ditetapkan secara jabatan.",
        ),
        _words(
            "warning", "en", "Written warning: return for ${period}",
            "The return of ${object} for ${period} is still missing. After ${day} the tax is assessed ex officio.",
        ),
    ),
)  # fmt: skip
