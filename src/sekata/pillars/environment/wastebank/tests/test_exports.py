"""Files that leave the house, judged by outsiders' tools; figures; the import of what was kept in Excel before."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal as D

import pytest
from frictionless import Package, validate
from openpyxl import Workbook, load_workbook

from sekata.kernel.ledger import queries as ledger
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import billing, importing, stocks, trade, withdrawals
from sekata.pillars.environment.wastebank.codes import MoveKind
from sekata.pillars.environment.wastebank.figures import DATASETS, INDICATORS
from sekata.pillars.environment.wastebank.models import Customer
from sekata.pillars.environment.wastebank.queries import books, exports
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.standards import data_package, workbook
from sekata.pillars.environment.wastebank.tests.conftest import (
    NOW,
    VILLAGE,
    booked,
    opened,
    vouched,
    withdrawn,
)
from sekata.pillars.environment.wastebank.tests.test_books import sold, whole

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def judged(content: bytes, folder) -> Package:
    """The package, once frictionless has found nothing against it."""
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    report = validate(str(folder / data_package.DESCRIPTOR))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "code", "message"])
    return Package(str(folder / data_package.DESCRIPTOR))


def test_frictionless_accepts_the_data_package_of_a_bank(saver, office, tmp_path):
    booked(saver, (("KRT-01", "20"),))
    sold(saver, office)
    content = exports.package(saver.bank, 2026, NOW)
    package = judged(content, tmp_path)
    assert package.resource_names == ["deposits", "sales", "prices", "stock"]
    assert len(package.get_resource("deposits").read_rows()) == 4
    row = package.get_resource("deposits").read_rows()[0]
    assert (row["material"], row["quantity"], row["amount"]) == ("KRT-01", D("2.345"), 3_987)
    assert "Nurlela" not in (tmp_path / "deposits.csv").read_text()
    assert exports.package(saver.bank, 2026, NOW) == content


def test_a_package_with_a_wrong_cell_is_not_accepted(saver, tmp_path):
    fields = (data_package.Field("id", "integer", "n", unique=True), data_package.Field("day", "date", "d"))
    wrong = data_package.Resource("r", "R", fields, [(1, "2026-02-30"), (1, "2026-02-28")])
    content = data_package.package(
        name="p", title="P", created=NOW, resources=[wrong], sources={"S": "https://s.id"}
    )
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    assert not validate(str(tmp_path / data_package.DESCRIPTOR)).valid


def test_no_cell_is_run_as_a_formula():
    assert data_package.harmless("=1+1") == "'=1+1" and data_package.harmless(-5) == -5
    assert data_package.harmless("aman") == "aman" and data_package.harmless(None) == ""


def test_the_semester_workbook_counts_each_kilogram_once(office, central, saver):
    booked(saver, (("KRT-01", "30"),))
    sent = trade.send(
        actor=saver.weigher, bank=saver.bank, goods=[trade.Goods("KRT-01", D(30), 1_800)], at=NOW
    )
    trade.receive(actor=central.weigher, bank=central.bank, transfer=sent, weights={"KRT-01": D(30)}, at=NOW)
    sold(central, office, kg=20)
    stocks.take(central.bank, "KRT-01", D(2), MoveKind.PROCESS, NOW)
    content = workbook.write("SIPSN", exports.SIPSN, exports.sipsn(2026, 1), exports.SIPSN_NOTES)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    bsi, bsu = told[central.bank.code], told[saver.bank.code]
    assert bsu["Masuk (t)"] == pytest.approx(0.036295) and bsu["Omzet (Rp)"] == 0 and bsu["Nasabah"] == 1
    assert bsi["Masuk (t)"] == 0 and bsi["Terjual Kertas (t)"] == pytest.approx(0.02)
    assert bsi["Diolah (t)"] == pytest.approx(0.002) and bsi["Omzet (Rp)"] == 50_000
    assert bsu["Kode desa"] == VILLAGE and exports.sipsn(2025, 2) == []
    table = list(csv.reader(io.StringIO(data_package.text(exports.SIPSN, exports.sipsn(2026, 1)))))
    assert len(table) == 3 and table[0] == list(exports.SIPSN)


def test_the_report_costs_the_same_for_any_number_of_banks(central, unit, django_assert_num_queries):
    exports.sipsn(2026, 1)
    with django_assert_num_queries(5):
        exports.sipsn(2026, 1)


def test_open_datasets_have_their_columns_and_nobodys_name(saver, office):
    booked(saver, (("KRT-01", "20"),))
    sold(saver, office)
    for one in DATASETS:
        rows = list(one.rows())
        assert rows and set(rows[0]) == set(one.columns)
        assert "Nurlela" not in str(rows)
    (cardboard,) = [row for row in DATASETS[0].rows() if row["material_code"] == "KRT-01"]
    assert (cardboard["intake_t"], cardboard["sold_or_processed_t"]) == ("0.022345", "0.010000")


def test_the_six_indicators(saver, office):
    booked(saver, (("KRT-01", "20"),))
    sold(saver, office)
    taken = billing.execute(actor=saver.treasurer, taken=found.by_key(withdrawn(saver).pk), at=NOW)
    withdrawals.pay(actor=saver.treasurer, taken=taken, at=NOW)
    told = {one.code.split(".")[1]: one.compute(*MARCH) for one in INDICATORS}
    assert told["sold"] == 0.01 and told["paid"] == 20_000
    assert told["reduction_share"][0] == 0.01 and round(told["reduction_share"][1]) == 5_208
    assert told["avoided"] == 0.03 and told["shrinkage"] == (0.0, pytest.approx(26.295))
    assert told["households"] == 0.0
    opened(saver, "Ani", family_card="1405020101100099")
    booked(saver, customer=Customer.objects.get(name="Ani"))
    assert INDICATORS[2].compute(*MARCH) == 6.3


def sheet(*rows: tuple, columns=importing.COLUMNS) -> bytes:
    book = Workbook()
    book.active.append(list(columns))
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ANI = ("Ani", "rumah tangga", "", "081234567890", "1405020101100011", "", VILLAGE, 4, 125_000)
BUDI = ("Budi", "Perorangan", "1405026504930002", "", "", "RT 02 Budi", VILLAGE, "1", "Rp75.500")


def test_an_import_is_rehearsed_then_taken_whole_and_once(unit):
    given = {"actor": unit.director, "bank": unit.bank, "content": sheet(ANI, BUDI), "total": 200_500}
    planned = importing.rehearse(**given)
    assert (planned.customers, planned.total) == (2, 200_500) and Customer.objects.count() == 1
    done = importing.take(**given)
    assert done == planned == importing.take(**given) and Customer.objects.count() == 3
    assert sorted(books.balances(unit.bank).values()) == [75_500, 125_000]
    assert whole(unit.bank)["3101"] == 200_500
    ani = Customer.objects.get(name="Ani")
    page = ledger.statement(books.book_of(unit.bank), "2101", ani.number, NOW.date(), NOW.date())
    assert [line.memo for line in page.lines] == ["Saldo pindahan"] and ani.household_size == 4
    assert books.coverage(unit.bank) == 0
    vouched(unit, 200_500)
    assert books.coverage(unit.bank) == 1


@pytest.mark.parametrize(
    ("content", "total", "code", "words"),
    [
        (sheet(ANI, BUDI), 200_501, "control_total", "Rp200.501"),
        (sheet((*ANI[:8], "12,5"), BUDI), 0, "money_whole", "Baris 2"),
        (sheet(ANI, (*BUDI[:2], "140502650493000", *BUDI[3:])), 200_500, "nik_length", "Baris 3"),
        (sheet(("", *ANI[1:])), 125_000, "name", "Baris 2"),
        (sheet((*ANI[:1], "siluman", *ANI[2:])), 125_000, "kind", "Baris 2"),
        (sheet(ANI, ANI), 250_000, "twice", "Baris 3"),
        (sheet(BUDI, (*BUDI[:8], "1")), 75_501, "account_exists", "Baris 3"),
        (sheet((*ANI[:7], "banyak", 1)), 1, "members", "Baris 2"),
        (sheet(), 0, "empty", "tidak berisi"),
        (sheet(columns=importing.COLUMNS[:-1]), 0, "columns", "saldo"),
        (b"PK\x03\x04 not a workbook", 0, "file", "Excel"),
        (b"", 0, "file", "Excel"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_its_row_and_nothing_stays(unit, content, total, code, words):
    for act in (importing.rehearse, importing.take):
        with pytest.raises(Refused) as refusal:
            act(actor=unit.director, bank=unit.bank, content=content, total=total)
        assert code in {one.code for one in refusal.value.reasons}
        assert any(words in one.message for one in refusal.value.reasons)
    assert Customer.objects.count() == 1 and books.balances(unit.bank) == {}


def test_only_the_director_imports(unit):
    with pytest.raises(Refused) as refusal:
        importing.take(actor=unit.weigher, bank=unit.bank, content=sheet(ANI), total=125_000)
    assert refusal.value.status == 403
