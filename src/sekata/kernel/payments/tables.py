"""Effective-dated facts of paying."""

from sekata.lib.manifest import Row, Table

LIMIT = Table(
    "payments.limit",
    "Batas jumlah per transaksi menurut kanal",
    {"rupiah": "Paling banyak (rupiah)"},
    (
        Row(
            "qris",
            {"rupiah": 10_000_000},
            basis="Ketentuan QRIS Bank Indonesia, batas per transaksi",
            confirmed=False,
        ),
    ),
    help="Tagihan di atas batas ini tidak menawarkan kanal itu.",
)
TABLES = (LIMIT,)
