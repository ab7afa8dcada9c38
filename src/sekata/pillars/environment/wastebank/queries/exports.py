"""What leaves the house as files: a bank's data package, the national report, open datasets."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection

from sekata.pillars.environment.wastebank.codes import BankKind, Group
from sekata.pillars.environment.wastebank.models import WasteBank
from sekata.pillars.environment.wastebank.queries.impact import day_start
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.standards import data_package
from sekata.pillars.environment.wastebank.standards.data_package import Field, Resource

DEPOSITS = """
    SELECT deposit.number || '/' || line.place, deposit.number, deposit.posted_on, deposit.corrected_at,
           customer.number, deposit.state, line.material, line.grade, line.quantity, line.kg, line.unit_price,
           line.amount, line.credited, deposit.list_version
    FROM wastebank_deposit deposit JOIN wastebank_depositline line ON line.deposit_id = deposit.id
    JOIN wastebank_customer customer ON customer.id = deposit.customer_id
    WHERE deposit.bank_id = %(bank)s AND deposit.posted_on >= %(since)s AND deposit.posted_on < %(until)s
    ORDER BY deposit.id, line.place
"""
SALES = """
    SELECT sale.number || '/' || line.id, sale.number, collector.code, sale.state, sale.accepted_at, line.material,
           line.grade, line.kg, line.rejected_kg, line.returned_kg, line.price, line.revenue, line.cost
    FROM wastebank_sale sale JOIN wastebank_saleline line ON line.sale_id = sale.id
    JOIN wastebank_collector collector ON collector.id = sale.collector_id
    WHERE sale.bank_id = %(bank)s AND sale.planned_at >= %(since)s AND sale.planned_at < %(until)s
    ORDER BY sale.id, line.id
"""
PRICES = """
    SELECT price.id::text, price.list_version, price.material, price.grade, price.channel, price.buy_price,
           price.valid_from
    FROM wastebank_price price WHERE price.bank_id = %(bank)s AND price.valid_from < %(until)s ORDER BY price.id
"""
MOVES = """
    SELECT move.id::text, move.at, move.material, move.kind, move.kg, move.value
    FROM wastebank_stockmove move
    WHERE move.bank_id = %(bank)s AND move.at >= %(since)s AND move.at < %(until)s ORDER BY move.id
"""
INTAKE = """
    SELECT deposit.bank_id, line.material, sum(line.kg)
    FROM wastebank_deposit deposit JOIN wastebank_depositline line ON line.deposit_id = deposit.id
    WHERE deposit.state = 'final' AND deposit.corrected_at >= %(since)s AND deposit.corrected_at < %(until)s
    GROUP BY 1, 2
"""
SOLD = """
    SELECT sale.bank_id, line.material, sum(line.kg - line.rejected_kg), sum(line.revenue)
    FROM wastebank_sale sale JOIN wastebank_saleline line ON line.sale_id = sale.id
    WHERE sale.accepted_at >= %(since)s AND sale.accepted_at < %(until)s GROUP BY 1, 2
"""
PROCESSED = """
    SELECT bank_id, -sum(kg) FROM wastebank_stockmove
    WHERE kind = 'process' AND kg < 0 AND at >= %(since)s AND at < %(until)s GROUP BY 1
"""
CUSTOMERS = """
    SELECT bank_id, count(*) FROM wastebank_customer
    WHERE status IN ('active', 'dormant') AND joined_at < %(until)s GROUP BY 1
"""
MONTHLY = """
    SELECT month, bank.code, bank.name, material, sum(come), sum(gone) FROM (
        SELECT date_trunc('month', deposit.corrected_at AT TIME ZONE 'Asia/Jakarta')::date AS month,
               deposit.bank_id, line.material, line.kg AS come, 0 AS gone
        FROM wastebank_depositline line JOIN wastebank_deposit deposit ON deposit.id = line.deposit_id
        WHERE deposit.state = 'final'
        UNION ALL
        SELECT date_trunc('month', sale.accepted_at AT TIME ZONE 'Asia/Jakarta')::date, sale.bank_id, line.material,
               0, line.kg - line.rejected_kg
        FROM wastebank_saleline line JOIN wastebank_sale sale ON sale.id = line.sale_id
        WHERE sale.accepted_at IS NOT NULL
        UNION ALL
        SELECT date_trunc('month', move.at AT TIME ZONE 'Asia/Jakarta')::date, move.bank_id, move.material, 0, -move.kg
        FROM wastebank_stockmove move WHERE move.kind = 'process' AND move.kg < 0
    ) moved JOIN wastebank_wastebank bank ON bank.case_id = moved.bank_id
    GROUP BY month, bank.code, bank.name, material ORDER BY month, bank.code, material
"""
LISTED = """
    SELECT bank.code, bank.name, price.material, price.grade, price.channel, price.buy_price, price.valid_from,
           price.list_version
    FROM wastebank_price price JOIN wastebank_wastebank bank ON bank.case_id = price.bank_id
    ORDER BY bank.code, price.material, price.channel, price.valid_from
"""
_MATERIAL = Field("material", "string", "Kode jenis sampah")
_GRADE = Field("grade", "string", "Mutu; kosong bila tidak dibedakan")
COLUMNS = {
    "deposits": (
        Field("line", "string", "Nomor setoran dan baris", unique=True),
        Field("deposit", "string", "Nomor setoran"),
        Field("posted_on", "date", "Tanggal dalam buku"),
        Field("weighed_at", "datetime", "Waktu timbang sesudah koreksi jam perangkat"),
        Field("customer", "string", "Nomor nasabah"),
        Field("state", "string", "final atau reversed"),
        _MATERIAL,
        _GRADE,
        Field("quantity", "number", "Jumlah dalam satuan jenisnya"),
        Field("kg", "number", "Kilogram"),
        Field("unit_price", "integer", "Rupiah per satuan"),
        Field("amount", "integer", "Rupiah"),
        Field("credited", "integer", "Rupiah bagian nasabah"),
        Field("list_version", "integer", "Nomor daftar harga"),
    ),
    "sales": (
        Field("line", "string", "Nomor penjualan dan baris", unique=True),
        Field("sale", "string", "Nomor penjualan"),
        Field("collector", "string", "Kode pembeli"),
        Field("state", "string", "Keadaan penjualan"),
        Field("accepted_at", "datetime", "Waktu diterima pembeli"),
        _MATERIAL,
        _GRADE,
        Field("kg", "number", "Kilogram keluar"),
        Field("rejected_kg", "number", "Kilogram ditolak"),
        Field("returned_kg", "number", "Kilogram kembali"),
        Field("price", "integer", "Rupiah per kg"),
        Field("revenue", "integer", "Rupiah"),
        Field("cost", "integer", "Harga pokok, rupiah"),
    ),
    "prices": (
        Field("id", "string", "Nomor baris", unique=True),
        Field("list_version", "integer", "Nomor daftar harga"),
        _MATERIAL,
        _GRADE,
        Field("channel", "string", "drop_off (diantar) atau pickup (dijemput)"),
        Field("buy_price", "integer", "Rupiah per satuan; kosong: tidak dibeli"),
        Field("valid_from", "datetime", "Berlaku sejak"),
    ),
    "stock": (
        Field("id", "string", "Nomor pergerakan", unique=True),
        Field("at", "datetime", "Waktu"),
        _MATERIAL,
        Field("kind", "string", "Sebab"),
        Field("kg", "number", "Kilogram, keluar di bawah nol"),
        Field("value", "integer", "Rupiah, keluar di bawah nol"),
    ),
}
TITLES = {
    "deposits": ("Setoran per baris", DEPOSITS),
    "sales": ("Penjualan per baris", SALES),
    "prices": ("Harga beli", PRICES),
    "stock": ("Pergerakan stok", MOVES),
}
SIPSN = (
    "Kode", "Nama", "Jenis", "Kode desa", "Lintang", "Bujur", "Nasabah", "Masuk (t)",
    *(f"Terjual {group.label} (t)" for group in Group), "Diolah (t)", "Omzet (Rp)",
)  # fmt: skip
SIPSN_NOTES = (
    "Rekap semester bank sampah untuk SIPSN dan Jakstrada.",
    "Susunan kolom belum dikukuhkan terhadap format nasional; kode jenis dipetakan lewat kelompok katalog.",
    "Terjual adalah yang diterima pembeli di luar bank sampah kabupaten; kiriman BSU ke BSI tidak dihitung lagi.",
)


def _ask(sql: str, given: dict[str, object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def package(bank: WasteBank, year: int, at: datetime) -> bytes:
    """A year of one bank as a data package: deposits, sales, prices and stock. Customers are numbers, never names."""
    given = {"bank": bank.pk, "since": day_start(date(year, 1, 1)), "until": day_start(date(year + 1, 1, 1))}
    resources = [
        Resource(name, title, COLUMNS[name], _ask(sql, given)) for name, (title, sql) in TITLES.items()
    ]
    return data_package.package(
        name=f"wastebank-{bank.code.lower()}-{year}",
        title=f"{bank.name} {year}",
        created=at,
        resources=resources,
        sources={"Sekata": f"{settings.SEKATA.public_address.rstrip('/')}/bank-sampah/"},
    )


def semester(year: int, half: int) -> tuple[date, date]:
    """The first day of a half year (1 or 2), and the first one after it."""
    return (date(year, 1, 1), date(year, 7, 1)) if half == 1 else (date(year, 7, 1), date(year + 1, 1, 1))


def sipsn(year: int, half: int) -> list[tuple]:
    """One row for each registered bank, in the order of `SIPSN`; five statements whatever the number of banks."""
    since, until = semester(year, half)
    given = {"since": day_start(since), "until": day_start(until)}
    groups = _groups(until)
    intake: dict[int, Decimal] = {}
    for bank, _, kg in _ask(INTAKE, given):
        intake[bank] = intake.get(bank, Decimal(0)) + kg
    sold: dict[tuple[int, str], Decimal] = {}
    turnover: dict[int, int] = {}
    for bank, material, kg, revenue in _ask(SOLD, given):
        key = bank, groups.get(material, "other")
        sold[key] = sold.get(key, Decimal(0)) + kg
        turnover[bank] = turnover.get(bank, 0) + int(revenue)
    processed, customers = dict(_ask(PROCESSED, given)), dict(_ask(CUSTOMERS, given))
    banks = WasteBank.objects.filter(code__isnull=False, decree_on__lt=until).order_by("code")
    return [
        (
            bank.code, bank.name, BankKind(bank.kind).label, bank.villages[0] if bank.villages else "",
            _point(bank.lat), _point(bank.lon), customers.get(bank.pk, 0), _tonnes(intake.get(bank.pk)),
            *(_tonnes(sold.get((bank.pk, group))) for group in Group), _tonnes(processed.get(bank.pk)),
            turnover.get(bank.pk, 0),
        )
        for bank in banks
    ]  # fmt: skip


def _point(value: float | None) -> Decimal | str:
    return "" if value is None else Decimal(f"{value:.5f}")


def _tonnes(kg: Decimal | None) -> Decimal:
    return ((kg or Decimal(0)) / 1000).quantize(Decimal("0.000001"))


def _groups(until: date) -> dict[str, str]:
    materials = law(day_start(until - timedelta(days=1))).materials
    return {code: row["group"] for code, row in materials.items()}


def monthly_rows() -> Iterator[dict[str, object]]:
    """Open data: tonnes in and out by month, bank and material."""
    names = law(day_start(date.max.replace(year=2999))).materials
    for month, code, bank, material, come, gone in _ask(MONTHLY, {}):
        row = names.get(material)
        yield {
            "month": f"{month:%Y-%m}",
            "bank_code": code,
            "bank": bank,
            "material_code": material,
            "material": row["name"] if row else material,
            "intake_t": f"{_tonnes(come):f}",
            "sold_or_processed_t": f"{_tonnes(gone):f}",
        }


def price_rows() -> Iterator[dict[str, object]]:
    """Open data: every price that a bank has published."""
    names = law(day_start(date.max.replace(year=2999))).materials
    for code, bank, material, grade, channel, price, since, version in _ask(LISTED, {}):
        row = names.get(material)
        yield {
            "bank_code": code,
            "bank": bank,
            "material_code": material,
            "material": row["name"] if row else material,
            "grade": grade,
            "channel": channel,
            "price": "" if price is None else price,
            "unit": row["unit"] if row else "kg",
            "valid_from": since.isoformat(),
            "list_version": version,
        }
