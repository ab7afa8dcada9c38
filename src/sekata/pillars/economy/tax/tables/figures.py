"""Seeds: single figures of the law, rounding, due days, what lateness and shortage cost."""

from sekata.lib.manifest import Row, Table

_LAW, _RULE = "UU 1/2022", "PP 35/2023"
_BYLAW = "Perda PDRD, diisi Bapenda"


def _figure(key: str, value: int | str, unit: str, basis: str = _LAW) -> Row:
    return Row(key, {"value": value, "unit": unit}, basis=basis, confirmed=False)


FIGURE = Table(
    "tax.figure",
    "Angka ketentuan pajak daerah",
    {"value": "Nilai", "unit": "Satuan"},
    seeds=(
        _figure("land.exemption", 10_000_000, "rupiah", f"{_LAW} Pasal 40"),
        _figure("land.minimum", 10_000, "rupiah", _BYLAW),
        _figure("land.rise_cap", 100, "percent", _BYLAW),
        _figure("land.revaluation", 3, "years", f"{_LAW} Pasal 40"),
        _figure("land.due_months", 6, "months", _RULE),
        _figure("transfer.first_deduction", 80_000_000, "rupiah", f"{_LAW} Pasal 46"),
        _figure("transfer.inheritance_deduction", 300_000_000, "rupiah", f"{_LAW} Pasal 46"),
        _figure("transfer.deed_fine", 10_000_000, "rupiah", f"{_LAW} Pasal 60"),
        _figure("transfer.report_fine", 1_000_000, "rupiah", f"{_LAW} Pasal 60"),
        _figure("transfer.report_day", 10, "day", f"{_LAW} Pasal 60"),
        _figure("return.fine", 100_000, "rupiah", _BYLAW),
        _figure("return.threshold", 0, "rupiah", _BYLAW),
        _figure("return.reminded_workdays", 7, "workdays", _BYLAW),
        _figure("return.warned_workdays", 15, "workdays", _BYLAW),
        _figure("instalment.rate", "0.6", "percent", _RULE),
        _figure("instalment.months", 24, "months", _RULE),
        _figure("instalment.grace", 30, "days", _BYLAW),
        _figure("objection.months", 3, "months", _RULE),
        _figure("objection.decide_months", 12, "months", _RULE),
        _figure("objection.fine", "30", "percent", _RULE),
        _figure("appeal.months", 3, "months", "UU 14/2002"),
        _figure("appeal.fine", "60", "percent", _RULE),
        _figure("lapse.years", 5, "years", _RULE),
        _figure("village.share", "10", "percent", "PP 43/2014 Pasal 97"),
        _figure("village.equally", "60", "percent", "PP 43/2014 Pasal 97"),
        _figure("search.misses", 10, "per hour", "Pengamanan pencarian NOP"),
    ),
)

ROUNDING = Table(
    "tax.rounding",
    "Pembulatan pajak",
    {"mode": "Cara: down | half_up | up", "unit": "Kelipatan rupiah"},
    seeds=(Row("default", {"mode": "down", "unit": 1}, basis=_BYLAW, confirmed=False),),
)


def _due(key: str, way: str, amount: int, confirmed: bool = False) -> Row:
    return Row(key, {"way": way, "amount": amount}, basis=_RULE, confirmed=confirmed)


DUE = Table(
    "tax.due",
    "Jatuh tempo",
    {"way": "Cara: workdays | months | day_of_next_month", "amount": "Jumlah atau tanggal"},
    help="Kunci return.pay dan return.file dihitung dari akhir masa, yang lain dari penyampaian.",
    seeds=(
        _due("return.pay", "workdays", 10),
        _due("return.file", "workdays", 15),
        _due("sppt", "months", 6),
        _due("skpd", "months", 1),
        _due("skpdkb", "months", 1),
        _due("skpdkbt", "months", 1),
        _due("stpd", "months", 1),
    ),
)

LATE_RATE = Table(
    "tax.late_rate",
    "Bunga terlambat bayar",
    {"rate": "Persen per bulan", "cap": "Paling lama (bulan)"},
    seeds=(
        Row("late", {"rate": "2", "cap": 24}, valid_from="2010-01-01", basis="UU 28/2009"),
        Row("late", {"rate": "1", "cap": 24}, valid_from="2024-01-01", basis=f"{_RULE} Pasal 59 ayat (7)"),
    ),
)


def _shortage(key: str, rate: str, increase: str, confirmed: bool = False, old: bool = False) -> Row:
    value = {"rate": rate, "cap": 24, "increase": increase}
    since, basis = ("2010-01-01", "UU 28/2009") if old else ("2024-01-01", _RULE)
    return Row(key, value, valid_from=since, basis=basis, confirmed=confirmed)


AUDIT_RATE = Table(
    "tax.audit_rate",
    "Sanksi kekurangan pajak",
    {"rate": "Bunga, persen per bulan", "cap": "Paling lama (bulan)", "increase": "Kenaikan, persen"},
    help="Kunci: desk penelitian, audit pemeriksaan, ex_officio jabatan, new_data data baru.",
    seeds=(
        _shortage("desk", "2", "0", old=True),
        _shortage("audit", "2", "0", old=True),
        _shortage("ex_officio", "2", "25", old=True),
        _shortage("new_data", "0", "100", old=True),
        _shortage("desk", "1", "0", confirmed=True),
        _shortage("audit", "1.8", "0"),
        _shortage("ex_officio", "2.2", "50"),
        _shortage("new_data", "0", "100"),
    ),
)
