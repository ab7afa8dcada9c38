"""Seeds: limits of the workflows' clocks, days between acts of collection, limits of a refund."""

from sekata.lib.manifest import Row, Table


def _limit(key: str, amount: int, unit: str, basis: str) -> Row:
    return Row(key, {"amount": amount, "unit": unit, "since": "start"}, basis=basis, confirmed=False)


LIMIT = Table(
    "tax.limit",
    "Batas waktu layanan pajak daerah",
    {"amount": "Jumlah", "unit": "Satuan: minutes, hours, days, workdays", "since": "Dihitung sejak"},
    seeds=(
        _limit("registration", 1, "workdays", "Standar pelayanan Bapenda"),
        _limit("registration_field", 3, "workdays", "Standar pelayanan Bapenda"),
        _limit("spop", 3, "workdays", "Standar pelayanan Bapenda"),
        _limit("spop_field", 10, "workdays", "Standar pelayanan Bapenda"),
        _limit("research", 1, "workdays", "PP 35/2023"),
        _limit("research_field", 3, "workdays", "PP 35/2023"),
        _limit("objection", 365, "days", "PP 35/2023"),
        _limit("relief", 90, "days", "Perda PDRD, diisi Bapenda"),
        _limit("instalment", 10, "workdays", "Perda PDRD, diisi Bapenda"),
        _limit("refund", 365, "days", "PP 35/2023"),
    ),
)


def _wait(key: str, days: int | None = None, hours: int | None = None) -> Row:
    return Row(key, {"days": days, "hours": hours}, basis="UU 19/1997 jo. UU 19/2000", confirmed=False)


COLLECTION_WAIT = Table(
    "tax.collection_wait",
    "Jarak tindakan penagihan",
    {
        "days": "Hari sesudah tindakan sebelumnya (teguran: sesudah jatuh tempo)",
        "hours": "Jam, bila undang-undang menghitung jam",
    },
    seeds=(
        _wait("warned", 7),
        _wait("forced", 21),
        _wait("seized", hours=48),
        _wait("announced", 14),
        _wait("auctioned", 14),
    ),
)

REFUND_LIMIT = Table(
    "tax.refund_limit",
    "Batas pengembalian kelebihan pajak",
    {
        "decide_months": "Memutus (bulan)",
        "issue_months": "Menerbitkan SKPDLB (bulan)",
        "pay_months": "Membayar (bulan)",
        "rate": "Imbalan bunga (% per bulan)",
        "cap": "Paling lama (bulan)",
    },
    seeds=(
        Row(
            "refund",
            {"decide_months": 12, "issue_months": 1, "pay_months": 2, "rate": "0.6", "cap": 24},
            basis="PP 35/2023",
            confirmed=False,
        ),
    ),
)
