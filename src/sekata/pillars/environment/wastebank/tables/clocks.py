"""Seeds: limits of the clocks that run while somebody waits."""

from sekata.lib.manifest import Row, Table

_LOCAL = "Standar pelayanan DLH, belum dikukuhkan"

DUTY_LIMIT = Table(
    "wastebank.duty_limit",
    "Batas waktu layanan bank sampah",
    {"amount": "Jumlah", "unit": "Satuan: minutes, hours, days, workdays", "since": "Dihitung sejak"},
    basis=_LOCAL,
    seeds=(
        Row("registration", {"amount": 14, "unit": "workdays", "since": "start"}, confirmed=False),
        Row("pickup", {"amount": 7, "unit": "days", "since": "start"}, confirmed=False),
        Row("withdrawal", {"amount": 3, "unit": "workdays", "since": "start"}, confirmed=False),
    ),
)
