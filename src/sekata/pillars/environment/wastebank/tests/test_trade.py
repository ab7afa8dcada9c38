"""Counter, reversal, stock, sales, transfers, counts, months, pickups, figures: the rules in the database."""

from datetime import date, timedelta
from decimal import Decimal as D
from uuid import uuid4

import pytest

from sekata.kernel.ledger.queries import lines as lines_of
from sekata.kernel.ledger.queries import source_entries
from sekata.kernel.people import queries as people
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import (
    counts,
    customers,
    deposits,
    pickups,
    prices,
    registration,
    stocks,
    trade,
    upkeep,
)
from sekata.pillars.environment.wastebank.actions.sync import device_of, sync
from sekata.pillars.environment.wastebank.codes import MoveKind
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    KindThreshold,
    Price,
    Stock,
    StockCountLine,
    StockMove,
)
from sekata.pillars.environment.wastebank.queries import banks, books, impact
from sekata.pillars.environment.wastebank.tests.conftest import (
    BEGIN,
    NOW,
    PRICES,
    application,
    fresh,
    opened,
    person,
    publish,
    registered,
    wib,
)
from sekata.site.registry import REGISTRY


def code_of(refusal) -> str:
    return refusal.value.reasons[0].code


def at_counter(unit, lines=(("KRT-01", "", D("2.345")),), at=NOW, **given):
    usual = {"uid": uuid4(), "customer": unit.customer.number, "scale": unit.scale}
    return deposits.deposit(actor=unit.weigher, bank=unit.bank, lines=lines, at=at, **(usual | given))


def stocked(unit, material="KRT-01", kg="100", value=160_000):
    stocks.put(unit.bank, material, D(kg), value, MoveKind.IN_DEPOSIT, NOW)


def buyer(office):
    return prices.register_collector(actor=office.registrar, code="PGL-01", name="Pengepul Jaya", at=BEGIN)


def held(unit, material="KRT-01") -> tuple[D, int]:
    row = Stock.objects.get(bank=unit.bank, material=material)
    return row.kg, row.value


def test_r1_the_counter_books_once(unit):
    lines = (("KRT-01", "", D("2.345")), ("LOG-02", "", D("0.750")), ("PLS-01", "", D("3.200")))
    uid = uuid4()
    made = at_counter(unit, lines, uid=uid)
    again = at_counter(unit, lines, uid=uid)
    assert made.pk == again.pk and made.gross == 23_537 and Deposit.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        at_counter(unit, (("KRT-01", "", D(9)),), uid=uid)
    assert refusal.value.status == 409
    (entry,) = source_entries("wastebank.deposit", str(made.pk))
    assert entry.key == f"wastebank.deposit:{made.number}"
    assert [line.amount for line in lines_of(entry)] == [23_537, -23_537]


def test_only_the_banks_own_weigher_weighs(unit, central):
    with pytest.raises(Refused) as refusal:
        deposits.deposit(actor=central.weigher, bank=unit.bank, uid=uuid4(), customer=unit.customer.number,
                         lines=(("KRT-01", "", D(1)),), at=NOW)  # fmt: skip
    assert refusal.value.status == 403
    with pytest.raises(Refused) as refusal:
        deposits.deposit(actor=unit.director, bank=unit.bank, uid=uuid4(), customer=unit.customer.number,
                         lines=(("KRT-01", "", D(1)),), at=NOW)  # fmt: skip
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((("KRT-01", "", D("12.3456")),), "quantity_decimals"),
        ((("LOG-04", "", D(1)),), "no_price"),
        ((), "lines"),
    ],
)
def test_what_the_counter_refuses(unit, lines, code):
    with pytest.raises(Refused) as refusal:
        at_counter(unit, lines)
    assert code_of(refusal) == code and not Deposit.objects.exists()


@pytest.mark.parametrize(
    ("days", "who", "allowed"), [(7, "director", True), (8, "director", False), (8, "office", True)]
)
def test_acceptance_13_a_reversal_restores_the_stock_in_time(office, unit, days, who, allowed):
    made = at_counter(unit)
    actor = unit.director if who == "director" else office.registrar
    act = {"actor": actor, "bank": unit.bank, "made": made, "reason": "Nasabah tertukar di buku.",
           "at": NOW + timedelta(days=days)}  # fmt: skip
    if not allowed:
        with pytest.raises(Refused) as refusal:
            deposits.reverse(**act)
        assert code_of(refusal) == "too_late" and held(unit) == (D("2.345"), 3_987)
        assert books.standing(unit.customer).balance == 3_987
        return
    assert books.standing(unit.customer).balance == 3_987
    deposits.reverse(**act)
    assert books.standing(unit.customer).balance == 0 == books.sheet(unit.bank)["1201"]
    assert held(unit) == (0, 0) and Deposit.objects.get().state == "reversed"
    assert impact.intake_kg(date(2026, 3, 1), date(2026, 4, 1)) == {}
    with pytest.raises(Refused) as refusal:
        deposits.reverse(**act)
    assert refusal.value.status == 409


def test_r5_what_was_sold_cannot_be_reversed(office, unit):
    made = at_counter(unit)
    stocks.take(unit.bank, "KRT-01", D(2), MoveKind.OUT_SALE, NOW)
    with pytest.raises(Refused) as refusal:
        deposits.reverse(actor=unit.director, bank=unit.bank, made=made, reason="Nasabah tertukar.", at=NOW)
    assert code_of(refusal) == "stock_short"


def test_acceptance_6_a_sale_costs_the_moving_average(office, unit):
    stocked(unit)
    stocks.put(unit.bank, "KRT-01", D(40), 68_000, MoveKind.IN_DEPOSIT, NOW)
    sale = trade.plan_sale(actor=unit.director, bank=unit.bank, collector=buyer(office),
                           goods=[trade.Goods("KRT-01", D(90), 2_300)], at=NOW)  # fmt: skip
    trade.weigh_out(actor=unit.weigher, bank=unit.bank, sale=sale, weights={}, slip="T-1", at=NOW)
    line = sale.lines.get()
    assert line.cost == 146_571 and held(unit) == (50, 81_429)
    trade.accept_sale(actor=unit.director, bank=unit.bank, sale=sale, rejected={}, at=NOW)
    line.refresh_from_db()
    assert line.revenue - line.cost == 60_429
    trade.invoice_sale(actor=unit.treasurer, bank=unit.bank, sale=sale, at=NOW)
    trade.receive_payment(actor=unit.treasurer, bank=unit.bank, sale=sale, into="1101", at=NOW)
    entries = source_entries("wastebank.sale", str(sale.pk))
    assert len(entries) == 3 and books.money_in(unit.bank) == 207_000
    with pytest.raises(Refused) as refusal:
        trade.receive_payment(actor=unit.treasurer, bank=unit.bank, sale=sale, into="1101", at=NOW)
    assert refusal.value.status == 409


def test_r8_more_than_lies_there_is_not_sold(office, unit):
    stocked(unit, kg="5", value=8_000)
    sale = trade.plan_sale(actor=unit.director, bank=unit.bank, collector=buyer(office),
                           goods=[trade.Goods("KRT-01", D(6), 2_300)], at=NOW)  # fmt: skip
    with pytest.raises(Refused) as refusal:
        trade.weigh_out(actor=unit.weigher, bank=unit.bank, sale=sale, weights={}, slip="", at=NOW)
    assert code_of(refusal) == "stock_short"
    sale.refresh_from_db()
    assert sale.state == "planned" and held(unit) == (5, 8_000)
    counts.count_stock(actor=unit.director, bank=unit.bank, counted={"KRT-01": D(6)}, at=NOW)
    trade.weigh_out(actor=unit.weigher, bank=unit.bank, sale=sale, weights={}, slip="", at=NOW)
    assert held(unit) == (0, 0)


def test_acceptance_7_a_count_beyond_the_tolerance_opens_a_case(unit):
    stocked(unit, kg="50", value=81_429)
    counts.count_stock(actor=unit.director, bank=unit.bank, counted={"KRT-01": D("47.800")}, at=NOW)
    line = StockCountLine.objects.get()
    assert (line.counted_kg - line.book_kg, line.percent, line.value, line.beyond) == (
        D("-2.2"),
        D("-4.4"),
        3_583,
        True,
    )
    assert held(unit) == (D("47.8"), 77_846)
    (entry,) = source_entries("wastebank.stockcount", str(line.count_id))
    assert [one.account for one in lines_of(entry)] == ["5209", "1201"]
    with pytest.raises(Refused):
        counts.close_suspense(
            actor=unit.director, bank=unit.bank, line=line, cause="", explanation="", at=NOW
        )
    counts.close_suspense(
        actor=unit.director, bank=unit.bank, line=line, cause="moisture", explanation="Hujan.", at=NOW
    )
    with pytest.raises(Refused) as refusal:
        counts.close_suspense(
            actor=unit.director, bank=unit.bank, line=line, cause="moisture", explanation="", at=NOW
        )
    assert refusal.value.status == 409


def test_acceptance_9_transfers_are_not_new_and_rejects_do_not_count(office, central, unit):
    stocked(unit, kg="300", value=300_000)
    stocked(central, kg="500", value=500_000)
    sent = trade.send(
        actor=unit.weigher, bank=unit.bank, goods=[trade.Goods("KRT-01", D(300), 1_800)], at=NOW
    )
    trade.receive(actor=central.weigher, bank=central.bank, transfer=sent, weights={"KRT-01": D(300)}, at=NOW)
    assert held(central) == (800, 1_040_000) and held(unit) == (0, 0)
    sale = trade.plan_sale(actor=central.director, bank=central.bank, collector=buyer(office),
                           goods=[trade.Goods("KRT-01", D(800), 2_300)], at=NOW)  # fmt: skip
    trade.weigh_out(actor=central.weigher, bank=central.bank, sale=sale, weights={}, slip="T-9", at=NOW)
    trade.accept_sale(actor=central.director, bank=central.bank, sale=sale,
                      rejected={sale.lines.get().pk: trade.Rejected(D(40), D(10))}, at=NOW)  # fmt: skip
    assert held(central) == (10, 13_000)
    at_counter(unit)
    found = impact.reduction(date(2026, 1, 1), date(2027, 1, 1))
    assert found["reduction_t"] == D("0.760") and found["intake_t"] == D("0.002345")
    assert found["generation_t"] == 61_320
    assert impact.emissions(date(2026, 1, 1), date(2027, 1, 1)).total == D("2.63")


def test_r9_more_received_than_sent_waits_for_the_director(central, unit):
    stocked(unit, kg="100", value=100_000)
    sent = trade.send(
        actor=unit.weigher, bank=unit.bank, goods=[trade.Goods("KRT-01", D(100), 1_800)], at=NOW
    )
    trade.receive(
        actor=central.weigher, bank=central.bank, transfer=sent, weights={"KRT-01": D("103.001")}, at=NOW
    )
    assert sent.state == "conflict" and not Stock.objects.filter(bank=central.bank).exists()
    trade.agree(actor=central.director, bank=central.bank, transfer=sent, weights={"KRT-01": D(96)},
                reason="Ditimbang ulang berdua.", at=NOW)  # fmt: skip
    line = sent.lines.get()
    assert held(central) == (96, 172_800) and (line.loss, line.beyond) == (4_000, True)


def test_a_month_closes_when_nothing_waits(unit, weighing, clock):
    at = wib("2026-04-05 08:00")
    with pytest.raises(Refused) as refusal:
        counts.close_month(actor=unit.director, bank=unit.bank, month=date(2026, 3, 1), at=at)
    assert [r.code for r in refusal.value.reasons] == ["stock_count", "cash_count"]
    counts.count_stock(actor=unit.director, bank=unit.bank, counted={"KRT-01": D(0)}, at=at)
    director = banks.officers(unit.bank, at.date()).get(post="director")
    counts.count_cash(actor=unit.treasurer, bank=unit.bank, director=director, counted=500, at=at)
    with pytest.raises(Refused) as refusal:
        counts.close_month(actor=unit.director, bank=unit.bank, month=date(2026, 3, 1), at=at)
    assert code_of(refusal) == "cash_differs"
    counts.count_cash(actor=unit.treasurer, bank=unit.bank, director=director, counted=0, at=at)
    counts.close_month(actor=unit.director, bank=unit.bank, month=date(2026, 3, 1), at=at)
    late = weighing(at=wib("2026-03-31 10:00"))
    sync(device=device_of(unit.key), weighings=[late], at=at)
    made = Deposit.objects.get()
    assert (
        made.posted_on == date(2026, 4, 5)
        and made.corrected_at == wib("2026-03-31 10:00")
        and made.flags == ["late"]
    )
    with pytest.raises(Refused) as refusal:
        counts.close_month(actor=unit.director, bank=unit.bank, month=date(2026, 4, 1), at=at)
    assert code_of(refusal) == "month"


def test_r11_the_treasurer_does_not_count_cash_alone(unit, central):
    for post, bank in (("treasurer", unit), ("director", central)):
        other = banks.officers(bank.bank, NOW.date()).get(post=post)
        with pytest.raises(Refused) as refusal:
            counts.count_cash(actor=unit.treasurer, bank=unit.bank, director=other, counted=0, at=NOW)
        assert code_of(refusal) == "cash_pair"


def test_r2_prices_are_published_forwards_only(unit):
    with pytest.raises(Refused) as refusal:
        publish(unit, {"KRT-01": 1}, BEGIN - timedelta(days=1), BEGIN)
    assert [r.code for r in refusal.value.reasons] == ["past", "order"]
    with pytest.raises(Refused) as refusal:
        prices.publish(actor=unit.director, bank=unit.bank, valid_from=NOW, at=BEGIN,
                       rows=[prices.NewPrice("KRT-01", 1_500), prices.NewPrice("KRT-01", 1_600)])  # fmt: skip
    assert code_of(refusal) == "price_twice" and Price.objects.count() == len(PRICES)
    with pytest.raises(Refused) as refusal:
        publish(unit, {"XXX": 5}, NOW, BEGIN)
    assert code_of(refusal) == "material"


def test_acceptance_13_r17_r18_r20_reversed_deposits_are_out(office, unit):
    family = opened(unit, "Keluarga dua", family_card="1405020101100099", household_size=2)
    Customer.objects.filter(pk=family.pk).update(nickname="Dua", person=person("dua"))
    made = at_counter(unit, (("KRT-01", "", D(6)),), customer=family.number)
    assert [
        (r.nickname, r.kg_per_member) for r in impact.leaderboard(unit.bank, NOW.date(), "households")
    ] == [("Dua", D("3.0"))]
    assert impact.participation(NOW) == D("6.3")
    deposits.reverse(actor=unit.director, bank=unit.bank, made=made, reason="Salah orang.", at=NOW)
    assert impact.leaderboard(unit.bank, NOW.date(), "households") == [] and impact.participation(NOW) == 0


def test_r18_nicknames_are_the_customers_own_choice(unit):
    who = person("nurlela")
    Customer.objects.filter(pk=unit.customer.pk).update(person=who)
    mine, other = people.actor(who, REGISTRY.roles), unit.director
    unit.customer.refresh_from_db()
    customers.join_leaderboard(actor=mine, customer=unit.customer, nickname="Ibu Nur", at=NOW)
    with pytest.raises(Refused) as refusal:
        customers.join_leaderboard(actor=other, customer=unit.customer, nickname="X", at=NOW)
    assert refusal.value.status == 403


def test_r19_accounts_fall_asleep_and_r12_what_is_usual_is_counted(unit, clock, monkeypatch):
    monkeypatch.setattr(upkeep, "LEAST_LINES", 1)
    at_counter(unit)
    with clock(NOW + timedelta(days=1)):
        assert upkeep.put_to_sleep() == 0 and upkeep.count_thresholds() == 1
    assert KindThreshold.objects.get().p99_kg == D("2.345")
    with clock(NOW + timedelta(days=366)):
        assert upkeep.put_to_sleep() == 1
    assert Customer.objects.get(pk=unit.customer.pk).status == "dormant"


def test_one_person_has_one_account_in_a_bank(unit):
    opened(unit, "Siti", kind="person", nik="1405026504930002")
    with pytest.raises(Refused) as refusal:
        opened(unit, "Siti lagi", kind="person", nik="1405026504930002")
    assert code_of(refusal) == "account_exists"
    assert Customer.objects.get(name="Siti").identity is not None


def test_a_bank_is_registered_step_by_step(office, clock):
    founder = people.actor(person("pendiri"), REGISTRY.roles)
    asked = application("Mawar", papers=())
    bank = registration.apply(actor=founder, application=asked, at=BEGIN)
    assert registration.apply(actor=founder, application=asked, at=BEGIN).pk == bank.pk
    assert bank.case.number == "PBS-2026-000001" and bank.code is None
    registration.take_up(actor=office.registrar, bank=bank, at=BEGIN)
    with pytest.raises(Refused) as refusal:
        registration.pass_desk(actor=office.registrar, bank=bank, at=BEGIN)
    assert [r.code for r in refusal.value.reasons] == ["papers", "papers"]
    for paper in ("decision", "charter"):
        registration.check(actor=office.registrar, bank=bank, requirement=paper, met=True, at=BEGIN)
    registration.pass_desk(actor=office.registrar, bank=fresh(bank), at=BEGIN)
    bank = fresh(bank)
    registration.record_visit(
        actor=office.registrar, bank=bank, visited_on=date(2026, 1, 5), note="", at=BEGIN
    )
    with pytest.raises(Refused) as refusal:
        registration.decree(
            actor=office.registrar, bank=bank, decree_no="1", decree_on=date(2026, 1, 5), at=BEGIN
        )
    assert {"requirement", "officer"} == {r.code for r in refusal.value.reasons}
    assert fresh(bank).code is None
    with pytest.raises(Refused) as refusal:
        registration.take_up(actor=founder, bank=bank, at=BEGIN)
    assert refusal.value.status == 403


def test_banks_are_numbered_in_the_order_of_registration(office, central):
    made = registered(office, "Melati", parent=central.bank.code)
    assert (central.bank.code, central.bank.bank_no) == ("BSI-1405-001", "0001")
    assert (made.bank.code, made.bank.bank_no) == ("BSU-1405-001", "0002")
    assert made.bank.case.unit.parent_id == office.unit.pk
    registration.suspend(actor=office.registrar, bank=made.bank, reason="Buku tidak disimpan.", at=NOW)
    with pytest.raises(Refused) as refusal:
        opened(made, "Nasabah")
    assert code_of(refusal) == "bank_closed"
    registration.resume(actor=office.registrar, bank=made.bank, reason="Buku sudah lengkap.", at=NOW)
    registration.close(actor=office.registrar, bank=made.bank, reason="Bergabung dengan lain.", at=NOW)
    assert fresh(made.bank).case.state == "closed"


def asked(**given):
    usual = {
        "submission": uuid4(),
        "address": "Jalan Pemda, rumah biru",
        "estimate_kg": D(15),
        "day": date(2026, 3, 9),
    }
    return pickups.PickupRequest(**(usual | given))


@pytest.fixture
def mine(unit):
    who = person("nurlela")
    Customer.objects.filter(pk=unit.customer.pk).update(person=who)
    unit.customer = Customer.objects.select_related("bank__case").get(pk=unit.customer.pk)
    return people.actor(who, REGISTRY.roles)


def test_a_pickup_becomes_a_deposit_at_pickup_prices(unit, mine):
    prices.publish(actor=unit.director, bank=unit.bank, valid_from=NOW, at=BEGIN,
                   rows=[prices.NewPrice("KRT-01", 1_400, "pickup")])  # fmt: skip
    request = asked()
    pickup = pickups.ask(actor=mine, customer=unit.customer, asked=request, at=NOW)
    assert pickups.ask(actor=mine, customer=unit.customer, asked=request, at=NOW).pk == pickup.pk
    driver = banks.officers(unit.bank, NOW.date()).get(post="driver")
    pickups.schedule(actor=unit.driver, pickup=pickup, driver=driver, stop=1, at=NOW)
    pickups.depart(actor=unit.driver, pickup=pickup, at=NOW)
    with pytest.raises(Refused) as refusal:
        pickups.cancel(actor=mine, pickup=pickup, at=NOW)
    assert refusal.value.status == 409
    made = at_counter(unit, (("KRT-01", "", D(10)),), source="pickup", at=NOW + timedelta(hours=1))
    assert made.gross == 14_000
    pickups.weighed(actor=unit.driver, pickup=pickup, made=made, at=NOW)
    assert pickup.case.state == "weighed"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"estimate_kg": D(9)}, "pickup_minimum"),
        ({"day": date(2026, 3, 7)}, "day"),
        ({"address": "x"}, "address"),
    ],
)
def test_a_pickup_that_cannot_be_is_refused(unit, mine, given, code):
    with pytest.raises(Refused) as refusal:
        pickups.ask(actor=mine, customer=unit.customer, asked=asked(**given), at=NOW)
    assert code_of(refusal) == code


def test_a_slot_takes_only_so_many(unit, mine):
    driver = banks.officers(unit.bank, NOW.date()).get(post="driver")
    for number in range(8):
        one = pickups.ask(actor=mine, customer=unit.customer, asked=asked(), at=NOW)
        pickups.schedule(actor=unit.driver, pickup=one, driver=driver, stop=number, at=NOW)
    one = pickups.ask(actor=mine, customer=unit.customer, asked=asked(), at=NOW)
    with pytest.raises(Refused) as refusal:
        pickups.schedule(actor=unit.driver, pickup=one, driver=driver, stop=9, at=NOW)
    assert code_of(refusal) == "slot"
    pickups.cancel(actor=mine, pickup=one, at=NOW)
    with pytest.raises(Refused):
        pickups.ask(actor=unit.director, customer=unit.customer, asked=asked(), at=NOW)


def test_movements_of_the_stock_sum_to_the_stock(office, unit, weighing):
    sync(device=device_of(unit.key), weighings=[weighing() for _ in range(5)], at=wib("2026-03-09 08:00"))
    stocks.take(unit.bank, "KRT-01", D(3), MoveKind.PROCESS, NOW)
    for row in Stock.objects.all():
        moves = StockMove.objects.filter(bank=row.bank, material=row.material).values_list("kg", "value")
        assert (sum(kg for kg, _ in moves), sum(value for _, value in moves)) == (row.kg, row.value)
