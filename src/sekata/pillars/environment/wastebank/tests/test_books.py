"""R6: every event is in the books once, the books balance, and what lies there is what they say."""

import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekata.kernel.ledger import beancount
from sekata.kernel.ledger import queries as ledger
from sekata.kernel.ledger.queries import source_entries
from sekata.kernel.notify.models import Message
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import (
    billing,
    counts,
    deposits,
    prices,
    sharing,
    trade,
    withdrawals,
)
from sekata.pillars.environment.wastebank.actions.sync import device_of, sync
from sekata.pillars.environment.wastebank.models import Deposit, Stock, Transfer, TransferLine, Voucher
from sekata.pillars.environment.wastebank.queries import banks, books, desk
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.tests.conftest import (
    BEGIN,
    NOW,
    booked,
    opened,
    publish,
    vouched,
    wib,
    withdrawn,
)

APRIL = wib("2026-04-05 08:00")


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def code_of(refusal) -> str:
    return refusal.value.reasons[0].code


def sold(unit, office, kg=10, price=2_500, into="1101", at=NOW, material="KRT-01"):
    """A sale from the plan to the money."""
    buyer = prices.register_collector(
        actor=office.registrar, code=f"P{uuid4().hex[:6]}", name="Jaya", at=BEGIN
    )
    goods = [trade.Goods(material, D(kg), price)]
    given = {"bank": unit.bank, "at": at}
    sale = trade.plan_sale(actor=unit.director, collector=buyer, goods=goods, **given)
    trade.weigh_out(actor=unit.weigher, sale=sale, weights={}, slip="T", **given)
    trade.accept_sale(actor=unit.director, sale=sale, rejected={}, **given)
    trade.invoice_sale(actor=unit.treasurer, sale=sale, **given)
    trade.receive_payment(actor=unit.treasurer, sale=sale, into=into, **given)
    return sale


def counted(unit, at, **kg):
    """Stock and cash counted as the books have them."""
    there = {row.material: row.kg for row in Stock.objects.filter(bank=unit.bank)} or {"KRT-01": D(0)}
    counts.count_stock(actor=unit.director, bank=unit.bank, counted=there, at=at)
    director = banks.officers(unit.bank, at.date()).get(post="director")
    money = books.money_in(unit.bank)
    counts.count_cash(actor=unit.treasurer, bank=unit.bank, director=director, counted=money, at=at)


def closed(unit, month=date(2026, 3, 1), at=APRIL):
    counted(unit, at)
    return counts.close_month(actor=unit.director, bank=unit.bank, month=month, at=at)


def stock_value(bank) -> int:
    """What lies there and what is on its way."""
    lying = sum(Stock.objects.filter(bank=bank).values_list("value", flat=True))
    sent = TransferLine.objects.filter(transfer__bank=bank).exclude(transfer__state="received")
    return lying + sum(sent.values_list("cost", flat=True))


def whole(bank) -> dict[str, int]:
    """The sheet of a book, once it has been looked at: it balances, stock and customers are as the records say."""
    sheet = books.sheet(bank)
    assert sum(sheet.values()) == 0
    assert sheet.get("1201", 0) == stock_value(bank)
    assert -sheet.get("2101", 0) == sum(books.balances(bank).values())
    return sheet


def checked(bank, folder: Path, until: date) -> str:
    """The Beancount text of a book that `bean-check` accepts."""
    file = folder / f"{bank.code}.beancount"
    file.write_text("\n".join(beancount.export(books.book_of(bank), until)) + "\n")
    tool = Path(sys.executable).parent / "bean-check"
    told = subprocess.run([tool, file], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return file.read_text()


def test_a_book_is_opened_at_the_decree(unit):
    book = books.book_of(unit.bank)
    assert (book.opened, book.unit_id) == (date(2026, 1, 5), unit.bank.case.unit_id)
    assert books.sheet(unit.bank) == {} and books.coverage(unit.bank) is None


def test_r2_what_is_granted_later_is_entered_and_reversed_with_the_deposit(unit, weighing):
    publish(unit, {"LOG-02": 9500}, wib("2026-03-07 08:00"))
    sync(device=device_of(unit.key), weighings=[weighing((("LOG-02", "2"),))], at=NOW)
    made = Deposit.objects.get()
    deposits.top_up(actor=unit.director, bank=unit.bank, made=made, at=NOW)
    assert books.standing(unit.customer).balance == 19_000 and whole(unit.bank)["1201"] == 19_000
    made.refresh_from_db()
    deposits.reverse(actor=unit.director, bank=unit.bank, made=made, reason="Salah timbang besar.", at=NOW)
    assert books.standing(unit.customer).balance == 0 and whole(unit.bank)["1201"] == 0


def test_r7_under_the_split_scheme_the_book_takes_the_customers_part(unit, weighing):
    unit.bank.share_scheme = "split"
    unit.bank.save()
    sync(device=device_of(unit.key), weighings=[weighing()], at=NOW)
    assert whole(unit.bank)["1201"] == 20_006 == books.standing(unit.customer).balance


def test_a_guests_deposit_is_in_two_books(central, unit, office):
    guest = opened(central, "Tamu")
    made = booked(unit, customer=guest, consent=True)
    assert books.standing(guest).balance == 23_537 and books.balances(unit.bank) == {}
    assert books.held_by(unit.bank, "2201") == {central.bank.code: 23_537}
    assert books.held_by(central.bank, "1301") == {unit.bank.code: 23_537}
    whole(unit.bank)
    vouched(unit, 23_537, account="1102")
    vouched(unit, 23_537, "bank", counterpart=central.bank.code)
    assert books.held_by(unit.bank, "2201") == books.held_by(central.bank, "1301") == {}
    assert books.money_in(central.bank, "1102") == 23_537 and Voucher.objects.count() == 3
    deposits.reverse(actor=unit.director, bank=unit.bank, made=made, reason="Tamu keliru ditimbang.", at=NOW)
    assert books.standing(guest).balance == 0
    whole(unit.bank)


def test_a_guests_unpaid_deposit_of_nothing_moves_nothing(unit, weighing):
    publish(unit, {"KRT-01": 0}, wib("2026-03-07 08:00"))
    booked(unit, (("KRT-01", "1"),))
    assert books.sheet(unit.bank) == {} and Deposit.objects.get().credited == 0


def test_r6_r9_a_leg_that_lost_too_much_is_suspense_until_its_cause_is_found(central, unit):
    booked(unit, (("KRT-01", "30"),))
    sent = trade.send(actor=unit.weigher, bank=unit.bank, goods=[trade.Goods("KRT-01", D(30), 1_800)], at=NOW)
    assert books.sheet(unit.bank)["1201"] == 51_000
    trade.receive(actor=central.weigher, bank=central.bank, transfer=sent, weights={"KRT-01": D(27)}, at=NOW)
    sheet = whole(unit.bank)
    assert (sheet["1301"], sheet["4101"], sheet["5101"], sheet["5209"]) == (48_600, -48_600, 45_900, 5_100)
    assert whole(central.bank) == {"1201": 48_600, "2201": -48_600}
    assert Message.objects.filter(template="wastebank.suspense").exists()
    (line,) = desk.lost_legs(unit.bank)
    given = {"bank": unit.bank, "line": line, "cause": "moisture", "explanation": "Hujan.", "at": NOW}
    with pytest.raises(Refused) as refusal:
        counts.close_leg(actor=unit.director, **(given | {"cause": "x"}))
    assert code_of(refusal) == "cause"
    counts.close_leg(actor=unit.director, **given)
    sheet = whole(unit.bank)
    assert (sheet["5201"], sheet["5209"]) == (5_100, 0) and not desk.lost_legs(unit.bank)
    with pytest.raises(Refused) as refusal:
        counts.close_leg(actor=unit.director, **given)
    assert refusal.value.status == 409


def test_r9_a_leg_within_the_tolerance_is_shrinkage(central, unit):
    booked(unit, (("KRT-01", "30"),))
    sent = trade.send(actor=unit.weigher, bank=unit.bank, goods=[trade.Goods("KRT-01", D(30), 1_800)], at=NOW)
    trade.receive(
        actor=central.weigher, bank=central.bank, transfer=sent, weights={"KRT-01": D("29.1")}, at=NOW
    )
    sheet = whole(unit.bank)
    assert (sheet["5201"], sheet.get("5209", 0), Transfer.objects.get().state) == (1_530, 0, "received")


def test_a_closed_month_takes_nothing_more_and_what_is_late_goes_into_the_open_one(unit, weighing):
    booked(unit)
    closed(unit)
    assert books.book_of(unit.bank).closed_until == date(2026, 3, 31)
    late = weighing(at=wib("2026-03-31 10:00"), synced_at=wib("2026-03-30 10:00"))
    sync(device=device_of(unit.key), weighings=[late], at=APRIL)
    made = Deposit.objects.get(device=unit.device)
    (entry,) = source_entries("wastebank.deposit", str(made.pk))
    assert entry.day == made.posted_on == date(2026, 4, 5) and made.flags == ["late"]
    assert [one.month for one in unit.bank.periods.order_by("month")] == [date(2026, m, 1) for m in (1, 2, 3)]
    deposits.reverse(actor=unit.director, bank=unit.bank, made=Deposit.objects.get(device=None),
                     reason="Salah nasabah Maret.", at=wib("2026-03-10 08:00"))  # fmt: skip
    page = ledger.statement(
        books.book_of(unit.bank), "2101", unit.customer.number, date(2026, 4, 1), date(2026, 4, 30)
    )
    assert [line.amount for line in page.lines] == [-23_537, 23_537] and page.opening == 23_537


def test_r11_cash_is_counted_against_the_book(unit, office):
    booked(unit, (("KRT-01", "10"),))
    sold(unit, office)
    vouched(unit, 5_000, "cost")
    director = banks.officers(unit.bank, NOW.date()).get(post="director")
    made = counts.count_cash(actor=unit.treasurer, bank=unit.bank, director=director, counted=20_000, at=NOW)
    assert made.book == 20_000


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"amount": 1_001, "kind": "cost"}, "no_money"),
        ({"amount": 0, "kind": "cost"}, "amount"),
        ({"amount": 1, "kind": "cost", "account": "1201"}, "account"),
        ({"amount": 1, "kind": "biller", "counterpart": "PPOB"}, "owed"),
        ({"amount": 1, "kind": "bank", "counterpart": "BSI-1405-001"}, "owed"),
        ({"amount": 1, "kind": "pool", "counterpart": "social"}, "owed"),
        ({"amount": 1, "kind": "from_bank", "counterpart": "BSI-1405-001"}, "kind"),
        ({"amount": 1, "kind": "theft"}, "kind"),
    ],
)
def test_a_voucher_for_what_is_not_there_is_refused(unit, given, code):
    vouched(unit, 1_000)
    with pytest.raises(Refused) as refusal:
        vouched(unit, **given)
    assert code_of(refusal) == code and books.money_in(unit.bank) == 1_000


def test_billers_are_settled_from_the_bank_account(connected, biller):
    told = found.biller("power_token", NOW).inquiry("power_token", "12345678901", 17_500)
    taken = withdrawn(connected, kind="power_token", target="12345678901", amount=17_500, inquired=told)
    billing.execute(actor=connected.treasurer, taken=found.by_key(taken.pk), at=NOW)
    billing.pay_out(taken.pk)
    vouched(connected, 50_000, account="1102")
    vouched(connected, 20_000, "biller", counterpart="PPOB")
    sheet = whole(connected.bank)
    assert (sheet["2102"], sheet["1102"]) == (0, 30_000)


def test_acceptance_8_the_surplus_of_800_000_is_shared(unit, office):
    """Three customers brought 23,537, 41,000 and 15,463; the month earned 800,000."""
    first, second, third = (opened(unit, name) for name in ("Ani", "Budi", "Citra"))
    publish(unit, {"KRT-02": 1}, BEGIN + timedelta(minutes=1))
    booked(unit, customer=first)
    for kg in (30_000, 11_000):
        booked(unit, (("KRT-02", kg),), customer=second, scale=None)
    booked(unit, (("KRT-02", 15_463),), customer=third, scale=None)
    sold(unit, office, kg=56_463, price=16, material="KRT-02")
    earned = 56_463 * 15
    vouched(unit, earned - 800_000, "cost")
    with pytest.raises(Refused) as refusal:
        sharing.share(actor=unit.director, bank=unit.bank, month=NOW.date(), at=APRIL)
    assert code_of(refusal) == "month"
    closed(unit)
    made = sharing.share(actor=unit.director, bank=unit.bank, month=NOW.date(), at=APRIL)
    assert made.net == 800_000 and made.pools["customers"] == 120_000
    shares = [books.standing(one).balance for one in (first, second, third)]
    assert shares == [23_537 + 35_306, 41_000 + 61_500, 15_463 + 23_194]
    assert books.held_by(unit.bank, "2301") == {"operators": 400_000, "social": 80_000}
    assert whole(unit.bank)["3201"] == 600_000
    with pytest.raises(Refused) as refusal:
        sharing.share(actor=unit.director, bank=unit.bank, month=NOW.date(), at=APRIL)
    assert refusal.value.status == 409
    vouched(unit, 80_000, "pool", counterpart="social")
    assert books.held_by(unit.bank, "2301") == {"operators": 400_000}


def test_acceptance_11_the_export_passes_bean_check_and_customers_sum_to_the_liability(
    unit, office, central, weighing, tmp_path
):
    items = [weighing() for _ in range(20)] + [weighing(customer=opened(unit, "Siti").number)]
    sync(device=device_of(unit.key), weighings=items, at=NOW)
    booked(unit, customer=opened(central, "Tamu"), consent=True)
    sold(unit, office)
    sent = trade.send(actor=unit.weigher, bank=unit.bank, goods=[trade.Goods("LOG-02", D(3), 9_500)], at=NOW)
    trade.receive(actor=central.weigher, bank=central.bank, transfer=sent, weights={"LOG-02": D(2)}, at=NOW)
    closed(unit)
    for bank in (unit.bank, central.bank):
        text = checked(bank, tmp_path, date(2026, 12, 31))
        whole(bank)
        liability = -books.sheet(bank)["2101"]
        statements = 0
        for number, balance in books.balances(bank).items():
            page = ledger.statement(books.book_of(bank), "2101", number, date(2026, 1, 1), date(2026, 12, 31))
            assert page.closing == balance
            assert f"balance Liabilities:2101:{number}  {-balance} IDR" in text
            statements += page.closing
        assert statements == liability > 0


def _reverse_last(unit, office, size: int) -> None:
    made = Deposit.objects.filter(bank=unit.bank, state="final").order_by("-pk").first()
    if made:
        given = {"made": made, "reason": "Salah nasabah lagi.", "at": NOW}
        deposits.reverse(actor=unit.director, bank=unit.bank, **given)


def _pay_all(unit, office, size: int) -> None:
    for taken in found.waiting(unit.bank):
        taken = billing.execute(actor=unit.treasurer, taken=taken, at=NOW)
        withdrawals.pay(actor=unit.treasurer, taken=taken, at=NOW)


def _count(unit, office, size: int) -> None:
    counts.count_stock(actor=unit.director, bank=unit.bank, counted={"KRT-01": D(size)}, at=NOW)


DEEDS = {
    "deposit": lambda unit, office, size: booked(unit, (("KRT-01", str(size)),)),
    "sell": lambda unit, office, size: sold(unit, office, kg=size),
    "reverse": _reverse_last,
    "count": _count,
    "withdraw": lambda unit, office, size: withdrawn(unit, amount=size * 1_000),
    "cost": lambda unit, office, size: vouched(unit, size * 100, "cost"),
    "pay": _pay_all,
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 25)), min_size=4, max_size=14)


@given(steps=STEPS)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_r6_whatever_happens_the_books_balance_and_say_what_lies_there(saver, office, steps):
    with transaction.atomic():
        for step, size in steps:
            with suppress(Refused):
                DEEDS[step](saver, office, size)
        sheet = whole(saver.bank)
        one = books.standing(saver.customer)
        assert one.holds >= 0 and one.available >= 0 and sheet.get("1101", 0) >= 0
        transaction.set_rollback(True)
