"""Seeds: the accounts that tax is booked on (Permendagri 90/2019), and the worth of receivables by age."""

from sekata.lib.manifest import Row, Table
from sekata.pillars.economy.tax.codes import TaxType as T

_PERMENDAGRI = "Permendagri 90/2019"


def _account(tax: T, number: str, liability: str = "", confirmed: bool = False) -> Row:
    value = {
        "revenue": f"4.1.01.{number}",
        "receivable": f"1.1.03.{number}",
        "penalty": f"4.1.04.{number}",
        "liability": liability,
    }
    return Row(tax.value, value, basis=_PERMENDAGRI, confirmed=confirmed)


ACCOUNT = Table(
    "tax.account",
    "Akun pajak daerah",
    {
        "revenue": "Pendapatan",
        "receivable": "Piutang",
        "penalty": "Pendapatan denda",
        "liability": "Utang kepada pihak lain",
    },
    basis=_PERMENDAGRI,
    seeds=(
        _account(T.LAND, "15"),
        _account(T.TRANSFER, "16"),
        _account(T.FOOD, "19"),
        _account(T.POWER, "19"),
        _account(T.HOTEL, "19"),
        _account(T.PARKING, "19"),
        _account(T.ENTERTAINMENT, "19"),
        _account(T.ADVERTISING, "09"),
        _account(T.GROUNDWATER, "12"),
        _account(T.MINERALS, "14"),
        _account(T.SWALLOW_NESTS, "13"),
        _account(T.VEHICLE_SURCHARGE, "20"),
        _account(T.TRANSFER_SURCHARGE, "21"),
        _account(T.MINERALS_SURCHARGE, "22", liability="2.1.01.22"),
    ),
)


def _shared(key: str, code: str, name: str, kind: str) -> Row:
    value = {"code": code, "name": name, "kind": kind}
    return Row(key, value, basis=_PERMENDAGRI, confirmed=False)


SHARED_ACCOUNT = Table(
    "tax.shared_account",
    "Akun bersama buku penerimaan daerah",
    {
        "code": "Kode akun",
        "name": "Nama akun",
        "kind": "Jenis: asset | liability | equity | revenue | expense",
    },
    basis=_PERMENDAGRI,
    seeds=(
        _shared("cash", "1.1.01.01", "Kas di kas daerah (RKUD)", "asset"),
        _shared("in_transit", "1.1.01.04", "Penerimaan bank dalam perjalanan", "asset"),
        _shared("allowance", "1.1.10.01", "Penyisihan piutang pajak", "asset"),
        _shared("suspense", "2.1.06.01", "Penerimaan yang belum teridentifikasi", "liability"),
        _shared("refund", "2.1.06.02", "Utang kelebihan pembayaran pajak", "liability"),
        _shared("refund_interest", "5.1.05.01", "Beban imbalan bunga pajak", "expense"),
    ),
)

QUALITY = Table(
    "tax.quality",
    "Penyisihan piutang menurut umur",
    {"years": "Sampai dengan (tahun); kosong: lebih tua", "percent": "Penyisihan (%)"},
    basis="Kebijakan akuntansi daerah",
    seeds=(
        Row("good", {"years": 1, "percent": "0.5"}, confirmed=False),
        Row("fair", {"years": 2, "percent": "10"}, confirmed=False),
        Row("doubtful", {"years": 5, "percent": "50"}, confirmed=False),
        Row("bad", {"years": None, "percent": "100"}, confirmed=False),
    ),
)
