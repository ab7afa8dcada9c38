"""A device hands in what it weighed: R2 to R4, R11 and R12 where they meet the database."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D
from uuid import uuid4

import pytest

from sekata.kernel.ledger import queries as ledger
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import deposits, devices
from sekata.pillars.environment.wastebank.actions.sync import device_of, sync
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    DepositLine,
    Stock,
    StockMove,
    SyncItem,
)
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries.facts import WeighedLine, Weighing
from sekata.pillars.environment.wastebank.tests.conftest import BEGIN, NOW, opened, publish, wib

LATER = wib("2026-03-09 08:00")


def answers(unit, items, at=LATER):
    return sync(device=device_of(unit.key), weighings=items, at=at)


def only(unit, item, at=LATER):
    return answers(unit, [item], at)[0]


def codes(answer) -> list[str]:
    return [reason.code for reason in answer.errors]


def test_r1_three_lines_become_a_receipt_lines_and_stock(unit, weighing):
    answer = only(unit, weighing())
    assert (answer.result, answer.number) == ("created", f"BS-{unit.bank.bank_no}-2026-000001")
    made = Deposit.objects.get()
    assert [line.amount for line in made.lines.order_by("place")] == [3_987, 6_750, 12_800]
    assert (made.gross, made.credited, made.bank_share, made.flags) == (23_537, 23_537, 0, [])
    assert Stock.objects.get(material="KRT-01").kg == D("2.345")
    assert sum(Stock.objects.values_list("value", flat=True)) == 23_537
    assert StockMove.objects.filter(deposit=made).count() == 3
    assert Customer.objects.get(pk=unit.customer.pk).moved_on == NOW.date()


@pytest.mark.parametrize(("device", "offset"), [("2026-03-07 16:20", 0), ("2026-03-08 18:20", 26 * 3600)])
def test_acceptance_2_an_old_weighing_keeps_the_price_of_its_day(unit, weighing, device, offset):
    publish(unit, {"KRT-01": 1500}, wib("2026-03-08 00:00"), wib("2026-03-07 20:00"))
    item = weighing((("KRT-01", "10"),), device_time=wib(device), offset_s=offset)
    assert only(unit, item).result == "created"
    made = Deposit.objects.get()
    assert made.lines.get().unit_price == 1700 and made.corrected_at == wib("2026-03-07 16:20")
    assert "stale_price" not in made.flags and ("clock_suspect" in made.flags) == bool(offset)


def test_r2_a_stale_list_is_flagged_and_a_dearer_price_offered(unit, weighing):
    publish(unit, {"KRT-01": 1500, "LOG-02": 9500}, wib("2026-03-08 00:00"), wib("2026-03-07 20:00"))
    item = weighing((("KRT-01", "10"), ("LOG-02", "2")), at=wib("2026-03-08 09:00"))
    assert only(unit, item).result == "created"
    made = Deposit.objects.get()
    assert made.gross == 35_000 and made.flags == ["stale_price"] and made.top_up == 1_000
    deposits.top_up(actor=unit.director, bank=unit.bank, made=made, at=LATER)
    assert sum(Stock.objects.values_list("value", flat=True)) == 36_000
    with pytest.raises(Refused):
        deposits.top_up(actor=unit.director, bank=unit.bank, made=made, at=LATER)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"synced_at": NOW - timedelta(days=8)}, "sync_old"),
        ({"synced_at": None}, "never_synced"),
        ({"device_time": wib("1970-01-01 08:00")}, "before_sync"),
        ({"device_time": LATER + timedelta(days=1)}, "future"),
    ],
)
def test_r3_what_a_clock_cannot_prove_waits_for_the_director(unit, weighing, change, code):
    good, bad = weighing(), weighing(**change)
    first, second = answers(unit, [bad, good])
    assert (first.result, second.result) == ("conflict", "created") and code in codes(first)
    item = SyncItem.objects.get()
    made = deposits.accept(
        actor=unit.director, bank=unit.bank, item=item, reason="Sudah ditanyakan kepada petugas.",
        weighed_at=NOW, at=LATER,
    )  # fmt: skip
    assert made.provisional_no == bad.provisional_no and made.corrected_at == NOW
    again = only(unit, bad)
    assert (again.result, again.number) == ("replayed", made.number)


def test_acceptance_3_a_batch_cut_and_resent_is_replayed_and_created(unit, weighing):
    items = [weighing() for _ in range(500)]
    first = answers(unit, items[:320])
    whole = answers(unit, items)
    assert [one.result for one in whole] == ["replayed"] * 320 + ["created"] * 180
    assert [one.number for one in whole[:320]] == [one.number for one in first]
    third = answers(unit, items)
    assert [one.number for one in third] == [one.number for one in whole]
    assert {one.result for one in third} == {"replayed"} and Deposit.objects.count() == 500
    assert [one.number[-6:] for one in whole] == [f"{n:06d}" for n in range(1, 501)]
    changed = replace(items[7], lines=(WeighedLine("KRT-01", D("2.350"), 1700),))
    results = [one.result for one in answers(unit, [*items[:7], changed, *items[8:]])]
    assert results.count("replayed") == 499 and results[7] == "conflict"
    assert Deposit.objects.count() == 500 and DepositLine.objects.count() == 1500
    page = ledger.statement(books.book_of(unit.bank), "2101", unit.customer.number, NOW.date(), NOW.date())
    assert len(page.lines) == 500 and page.closing == 500 * 23_537


def test_r4_a_batch_costs_a_constant_number_of_statements(unit, weighing, django_assert_max_num_queries):
    answers(unit, [weighing()])
    with django_assert_max_num_queries(36) as few:
        answers(unit, [weighing() for _ in range(3)])
    with django_assert_max_num_queries(36) as many:
        answers(unit, [weighing() for _ in range(90)])
    assert len(many) == len(few)


def test_r4_changed_content_under_one_uid_is_kept_for_review(unit, weighing):
    item = weighing()
    only(unit, item)
    changed = replace(item, lines=(WeighedLine("KRT-01", D("9"), 1700),))
    answer = only(unit, changed)
    assert answer.result == "conflict" and codes(answer) == ["uid_reused"]
    assert only(unit, changed).result == "conflict" and SyncItem.objects.count() == 1
    made = deposits.accept(
        actor=unit.director, bank=unit.bank, item=SyncItem.objects.get(), reason="Karung kedua, nomor terulang.",
        at=LATER,
    )  # fmt: skip
    assert made.uid != item.uid and Deposit.objects.count() == 2
    assert only(unit, changed).number == made.number


def test_r4_the_order_of_fields_and_zeros_does_not_matter(unit, weighing):
    item = weighing((("KRT-01", "2.500"),))
    only(unit, item)
    same = replace(item, lines=(WeighedLine("KRT-01", D("2.5"), 1700),))
    assert only(unit, same).result == "replayed"
    assert Weighing.of(item.content()).content() == item.content()


def test_r4_a_uid_twice_in_one_batch_is_one_deposit(unit, weighing):
    item = weighing()
    first, second = answers(unit, [item, item])
    assert (first.result, second.result) == ("created", "replayed") and first.number == second.number


def test_r4_one_sack_on_two_devices_is_flagged_and_both_are_kept(unit, weighing):
    only(unit, weighing((("KRT-01", "10"),)))
    device, key = devices.register(actor=unit.director, bank=unit.bank, name="HP kedua", at=BEGIN)
    twin = weighing(
        (("KRT-01", "10.05"),), at=NOW + timedelta(minutes=5), provisional_no=f"{device.prefix}-000001"
    )
    assert sync(device=device_of(key), weighings=[twin], at=LATER)[0].result == "created"
    assert Deposit.objects.get(device=device).flags == ["possible_double"]


def test_r4_a_lost_device_hands_in_for_the_director(unit, weighing):
    devices.revoke(actor=unit.director, bank=unit.bank, device=unit.device, at=BEGIN)
    answer = only(unit, weighing())
    assert answer.result == "conflict" and codes(answer) == ["device_revoked"]
    item = SyncItem.objects.get()
    deposits.decline(
        actor=unit.director, bank=unit.bank, item=item, reason="Perangkat hilang, bukan petugas.", at=LATER
    )
    assert only(unit, Weighing.of(item.payload)).result == "rejected"
    with pytest.raises(Refused) as refusal:
        deposits.accept(
            actor=unit.director, bank=unit.bank, item=item, reason="Ternyata benar juga.", at=LATER
        )
    assert refusal.value.status == 409 and not Deposit.objects.exists()


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((("KRT-01", "0"),), "quantity_size"),
        ((("KRT-01", "-1"),), "quantity_size"),
        ((("KRT-01", "2.3456"),), "quantity_decimals"),
        ((("TLR-01", "2.5"),), "quantity_whole"),
        ((), "lines"),
    ],
)
def test_r1_a_bad_item_is_refused_and_the_others_are_not(unit, weighing, lines, code):
    bad, good = weighing(lines), weighing()
    first, second = answers(unit, [bad, good])
    assert (first.result, second.result) == ("rejected", "created") and codes(first) == [code]
    assert SyncItem.objects.get().provisional_no == bad.provisional_no


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"customer": "00129999999"}, "customer_check"),
        ({"list_version": 99}, "list_unknown"),
        ({"weigher": 10**9}, "weigher_unknown"),
        ({"scale": 10**9}, "scale_unknown"),
        ({"provisional_no": "Z99-000001"}, "provisional_no"),
    ],
)
def test_what_the_bank_does_not_know_is_refused(unit, weighing, given, code):
    answer = only(unit, weighing(**given))
    assert answer.result == "rejected" and code in codes(answer)


def test_r2_a_material_without_a_price_or_an_unlisted_price_is_not_booked(unit, weighing):
    none = replace(weighing(), lines=(WeighedLine("LOG-04", D(1), 50_000),))
    assert codes(only(unit, none)) == ["no_price"]
    other = replace(weighing(), lines=(WeighedLine("KRT-01", D(1), 1800),))
    answer = only(unit, other)
    assert answer.result == "conflict" and codes(answer) == ["price_differs"]
    hazard = replace(weighing(), lines=(WeighedLine("ELK-01", D(1), 100),))
    assert "hazard" in codes(only(unit, hazard))
    unknown = replace(weighing(), lines=(WeighedLine("XXX-01", D(1), 100),))
    assert codes(only(unit, unknown)) == ["material"]


def test_a_provisional_number_used_before_goes_to_the_director(unit, weighing):
    item = weighing()
    only(unit, item)
    other = weighing(provisional_no=item.provisional_no)
    answer = only(unit, other)
    assert answer.result == "conflict" and codes(answer) == ["provisional_used"]
    made = deposits.accept(
        actor=unit.director, bank=unit.bank, item=SyncItem.objects.get(), reason="Ponsel direset, nomor terulang.",
        at=LATER,
    )  # fmt: skip
    assert made.provisional_no == "" and SyncItem.objects.get().provisional_no == item.provisional_no


def test_r7_under_the_split_scheme_stock_comes_in_at_the_customers_part(unit, weighing):
    unit.bank.share_scheme = "split"
    unit.bank.save(update_fields=["share_scheme"])
    only(unit, weighing())
    made = Deposit.objects.get()
    assert (made.gross, made.credited, made.bank_share) == (23_537, 20_006, 3_531)
    assert sum(made.lines.values_list("credited", flat=True)) == 20_006
    assert sum(Stock.objects.values_list("value", flat=True)) == 20_006


def test_acceptance_12_the_own_household_needs_another_weigher(unit, weighing):
    own = opened(unit, "Ibu petugas", family_card="1405020101100003")
    answer = only(unit, weighing(customer=own.number))
    assert answer.result == "rejected" and codes(answer) == ["own_household"]


def test_acceptance_12_a_scale_refuses_what_it_cannot_show_and_an_expired_one_warns(unit, weighing):
    assert codes(only(unit, weighing((("KRT-01", "2.344"),)))) == ["scale_division"]
    assert codes(only(unit, weighing((("KRT-01", "30.005"),)))) == ["scale_capacity"]
    past = NOW.date() - timedelta(1)
    devices.verify_scale(actor=unit.director, bank=unit.bank, scale=unit.scale, verified_until=past, at=BEGIN)
    assert only(unit, weighing((("KRT-01", "25"),))).result == "created"
    assert Deposit.objects.get().flags == ["outlier", "scale_expired"]


def test_r14_pieces_are_paid_by_piece_and_counted_in_kilograms(unit, weighing):
    only(unit, weighing((("TLR-01", "12"), ("MJL-01", "3.5"))))
    amounts = Deposit.objects.get().lines.order_by("place").values_list("amount", "kg")
    assert [*amounts] == [(1_800, D("0.840")), (14_000, D("3.220"))]


@pytest.mark.parametrize(("consent", "result"), [(False, "rejected"), (True, "created")])
def test_r19_a_sleeper_wakes_with_consent(unit, weighing, consent, result):
    Customer.objects.filter(pk=unit.customer.pk).update(status="dormant")
    assert only(unit, weighing(consent=consent)).result == result
    assert (Customer.objects.get(pk=unit.customer.pk).status == "active") == consent


def test_a_guest_of_the_same_central_deposits_with_consent(office, central, unit, weighing):
    guest = opened(central, "Tamu")
    assert codes(only(unit, weighing(customer=guest.number))) == ["guest_consent"]
    assert only(unit, weighing(customer=guest.number, consent=True)).result == "created"
    assert Deposit.objects.get().flags == ["guest"]


def test_a_key_that_nobody_gave_out_opens_nothing(unit):
    for key in ("", "x", str(uuid4())):
        with pytest.raises(Refused) as refusal:
            device_of(key)
        assert refusal.value.status == 403


def test_acceptance_15_receipts_of_a_thousand_deposits_do_not_change_with_the_prices(unit, weighing):
    answers(unit, [weighing() for _ in range(500)])
    answers(unit, [weighing() for _ in range(500)])

    def receipts():
        return [*DepositLine.objects.order_by("pk").values_list("deposit__number", "unit_price", "amount")]

    before = hash(tuple(receipts()))
    publish(unit, {"KRT-01": 1500, "LOG-02": 1}, wib("2026-04-01 00:00"), wib("2026-03-31 20:00"))
    assert hash(tuple(receipts())) == before
