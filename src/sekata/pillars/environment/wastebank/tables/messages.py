"""Seeds: what officers are told. ${placeholders} are filled in."""

from sekata.lib.manifest import Row, Table


def _words(key: str, language: str, subject: str, body: str) -> Row:
    return Row(f"wastebank.{key}/{language}", {"subject": subject, "body": body})


MESSAGES = Table(
    "notify.template",
    "Naskah kabar",
    {"subject": "Perihal", "body": "Isi"},
    basis="Standar pelayanan bank sampah DLH",
    seeds=(
        _words(
            "suspense", "id", "Selisih stok ${bank} melewati toleransi",
            "Opname ${bank} menemukan selisih di luar toleransi: ${materials}. Tutup selisih itu dengan penyebabnya.",
        ),
        _words(
            "uncertain", "id", "Penarikan ${number} belum pasti",
            "Penyedia tidak memastikan penarikan ${number} (${amount}) di ${bank} selama satu jam. Putuskan.",
        ),
        _words(
            "uncertain", "en", "Withdrawal ${number} is uncertain",
            "For an hour the biller has not confirmed withdrawal ${number} (${amount}) at ${bank}. Ask, then decide.",
        ),
        _words(
            "deposited", "id", "Setoran ${number}",
            "${bank}: setoran ${number} ${amount} sudah masuk. Saldo ${balance}, dapat ditarik ${free}.",
        ),
        _words(
            "deposited", "en", "Deposit ${number}",
            "${bank}: deposit ${number} of ${amount} is booked. Balance ${balance}, available ${free}.",
        ),
        _words(
            "sleeping", "id", "Rekening ${number} lama tidak bergerak",
            "${bank}: rekening ${number} setahun tidak bergerak. Uang Anda tetap ada; setor atau tarik lagi.",
        ),
        _words(
            "sleeping", "en", "Account ${number} has not moved",
            "${bank}: account ${number} has not moved for a year. Your money is safe; deposit or withdraw to wake it.",
        ),
        _words(
            "suspense", "en", "Stock of ${bank} differs beyond its tolerance",
            "The count at ${bank} found a difference beyond the tolerance: ${materials}. Close it with its cause.",
        ),
    ),
)  # fmt: skip
