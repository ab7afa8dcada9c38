"""A central and a unit with their people, one scale, a price list: a bank that weighs."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Thread
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.reference import actions as reference
from sekata.kernel.reference import queries as reference_read
from sekata.kernel.units.models import Area, Unit
from sekata.lib.actor import Actor
from sekata.lib.manifest import Row, Table
from sekata.pillars.environment.wastebank.actions import (
    customers,
    deposits,
    devices,
    prices,
    registration,
    vouchers,
    withdrawals,
)
from sekata.pillars.environment.wastebank.models import Customer, Deposit, Voucher, WasteBank, Withdrawal
from sekata.pillars.environment.wastebank.queries import banks
from sekata.pillars.environment.wastebank.queries.facts import WeighedLine, Weighing
from sekata.pillars.environment.wastebank.queries.withdrawals import biller_key
from sekata.pillars.environment.wastebank.standards.biller_simulator import Simulator
from sekata.pillars.environment.wastebank.standards.biller_simulator import server as biller_server
from sekata.site.registry import REGISTRY

VILLAGE = "14.05.02.1008"
PRICES = {"KRT-01": 1700, "LOG-02": 9000, "PLS-01": 4000, "TLR-01": 150, "MJL-01": 4000}
R1 = (("KRT-01", "2.345"), ("LOG-02", "0.750"), ("PLS-01", "3.200"))
CARD = "1405020101100003"


def wib(text: str) -> datetime:
    """A moment in the regency's time."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


BEGIN = wib("2026-01-05 08:00")
NOW = wib("2026-03-07 16:20")


def person(name: str) -> Person:
    return Person.objects.create(full_name=name.upper(), created_at=BEGIN)


def holder(who: Person, role: str, unit: Unit) -> Actor:
    day, last = date(2020, 1, 1), date(2030, 1, 1)
    RoleGrant.objects.create(person=who, role=role, unit=unit, starts=day, ends=last, reason="test")
    return people.actor(who, REGISTRY.roles)


@pytest.fixture
def office(db) -> SimpleNamespace:
    """The environment office, its registrar, one village."""
    reference.sow(REGISTRY.tables.values(), BEGIN)
    reference_read.forget()
    day = date(2020, 1, 1)
    Area.objects.create(code=VILLAGE, level="village", name="Pangkalan Kerinci Kota", valid_from=day)
    unit = Unit.objects.create(code="dlh", name="Dinas Lingkungan Hidup", kind="office", active_from=day)
    registrar = person("registrar")
    return SimpleNamespace(
        unit=unit, registrar=holder(registrar, "wastebank_registrar", unit), registrar_person=registrar
    )


def application(name: str, **given: object) -> registration.Application:
    usual = {"submission": uuid4(), "name": name, "villages": (VILLAGE,), "households": 8,
             "papers": ("decision", "charter"), "lat": 0.394, "lon": 101.843}  # fmt: skip
    return registration.Application(**(usual | given))


def registered(office: SimpleNamespace, name: str, **given: object) -> SimpleNamespace:
    """A bank taken to its decree, and its people as actors."""
    founder = people.actor(person("pendiri"), REGISTRY.roles)
    bank = registration.apply(actor=founder, application=application(name, **given), at=BEGIN)
    registration.take_up(actor=office.registrar, bank=bank, at=BEGIN)
    registration.pass_desk(actor=office.registrar, bank=bank, at=BEGIN)
    staff = {post: person(f"{post} {name}") for post in ("director", "treasurer", "weigher", "driver")}
    for number, (post, who) in enumerate(staff.items()):
        registration.add_officer(
            actor=office.registrar, bank=bank, person=who.pk, post=post, since=date(2026, 1, 1),
            family_card=f"140502010110{number + 1:04d}", at=BEGIN,
        )  # fmt: skip
    for requirement in ("decision", "charter", "officers", "storage", "scale", "area", "safety", "sorting_line",
                        "vehicle", "buyers"):  # fmt: skip
        registration.check(actor=office.registrar, bank=bank, requirement=requirement, met=True, at=BEGIN)
    registration.record_visit(
        actor=office.registrar, bank=bank, visited_on=date(2026, 1, 5), note="Baik.", at=BEGIN
    )
    registration.decree(
        actor=office.registrar, bank=bank, decree_no="660/1/2026", decree_on=date(2026, 1, 5), at=BEGIN
    )
    bank = banks.by_key(bank.pk)
    office.registrar = people.actor(office.registrar_person, REGISTRY.roles)
    actors = {post: holder(who, f"wastebank_{post}", bank.case.unit) for post, who in staff.items()}
    return SimpleNamespace(bank=bank, founder=founder, staff=staff, **actors)


@pytest.fixture
def central(office) -> SimpleNamespace:
    return registered(office, "Induk Kerinci", kind="central")


@pytest.fixture
def unit(office, central) -> SimpleNamespace:
    """A unit that weighs: list 1 from the start, a scale of 30 kg/5 g, a device, a customer."""
    made = registered(office, "Melati", parent=central.bank.code)
    publish(made, PRICES, BEGIN)
    made.scale = devices.enter_scale(
        actor=made.director, bank=made.bank, serial="TB-30", capacity_kg=Decimal(30), division_g=Decimal(5),
        verified_until=date(2026, 12, 31), at=BEGIN,
    )  # fmt: skip
    made.device, made.key = devices.register(actor=made.director, bank=made.bank, name="HP Bu Nur", at=BEGIN)
    made.customer = opened(made, "Nurlela")
    made.officer = banks.officers(made.bank, date(2026, 3, 7)).get(post="weigher")
    return made


def publish(bank: SimpleNamespace, rows: dict[str, int | None], since: datetime, at: datetime = BEGIN):
    new = [prices.NewPrice(material, price) for material, price in rows.items()]
    return prices.publish(actor=bank.director, bank=bank.bank, valid_from=since, rows=new, at=at)


def opened(bank: SimpleNamespace, name: str, **given: object) -> Customer:
    usual = {"request": uuid4(), "name": name, "consent": True, "village_code": VILLAGE}
    new = customers.NewCustomer(**(usual | given))
    return customers.open_account(actor=bank.weigher, bank=bank.bank, new=new, at=BEGIN)


@pytest.fixture
def weighing(unit) -> Callable[..., Weighing]:
    """A deposit of the three lines of R1, weighed a day after the last contact; say what differs."""
    serial = iter(range(1, 10_000))

    def make(lines=R1, at: datetime = NOW, **given: object) -> Weighing:
        usual: dict[str, object] = {
            "uid": UUID(int=uuid4().int),
            "customer": unit.customer.number,
            "weigher": unit.officer.pk,
            "lines": tuple(WeighedLine(code, Decimal(kg), PRICES[code]) for code, kg in lines),
            "device_time": at,
            "offset_s": 0,
            "synced_at": at - timedelta(days=1),
            "list_version": 1,
            "provisional_no": f"{unit.device.prefix}-{next(serial):06d}",
            "scale": unit.scale.pk,
        }
        return Weighing(**(usual | given))

    return make


def fresh(bank: WasteBank) -> WasteBank:
    return banks.by_key(bank.pk)


def ruled(table: str, key: str, value: dict[str, object], since: date = date(2026, 1, 1)) -> None:
    """A row of a reference table that counts from a day on."""
    row = Row(key, value, valid_from=since.isoformat(), basis="test")
    reference.sow([Table(f"wastebank.{table}", table, {}, (row,))], BEGIN)
    reference_read.forget()


def withdrawn(unit: SimpleNamespace, **given: object) -> Withdrawal:
    """The customer's person asks for a withdrawal; say what differs."""
    usual = {"submission": uuid4(), "kind": "cash", "amount": 20_000}
    inquired, at = given.pop("inquired", None), given.pop("at", NOW)
    asked = withdrawals.Asked(**(usual | given))
    return withdrawals.ask(actor=unit.saver, customer=unit.customer, asked=asked, inquired=inquired, at=at)


def vouched(
    unit: SimpleNamespace, amount: int = 1_000_000, kind: str = "capital", **given: object
) -> Voucher:
    """The treasurer's voucher."""
    new = vouchers.NewVoucher(uuid4(), kind, amount, "Bukti kas", **given)
    return vouchers.enter(actor=unit.treasurer, bank=unit.bank, new=new, at=NOW)


def booked(
    unit: SimpleNamespace, lines=R1, customer: Customer | None = None, at: datetime = NOW, **given
) -> Deposit:
    """A deposit at the counter."""
    weighed = tuple((code, "", Decimal(kg)) for code, kg in lines)
    usual = {"uid": uuid4(), "scale": unit.scale, "customer": (customer or unit.customer).number}
    return deposits.deposit(actor=unit.weigher, bank=unit.bank, lines=weighed, at=at, **(usual | given))


@pytest.fixture
def saver(unit) -> SimpleNamespace:
    """The unit whose customer is a person with an account of this house, and has the 23,537 of R1."""
    who = person("nurlela")
    Customer.objects.filter(pk=unit.customer.pk).update(person=who)
    unit.customer.refresh_from_db()
    unit.saver = people.actor(who, REGISTRY.roles)
    booked(unit)
    return unit


@pytest.fixture
def biller() -> Iterator[Simulator]:
    """A biller over HTTP."""
    simulator = Simulator()
    server = biller_server(simulator, biller_key())
    Thread(target=server.serve_forever, daemon=True).start()
    simulator.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield simulator
    server.shutdown()
    server.server_close()


@pytest.fixture
def connected(saver, biller) -> SimpleNamespace:
    """The saver's unit, with the table of billers naming that one."""
    for kind in ("power_token", "pbb_tax", "bpjs_premium", "gold"):
        ruled("biller", kind, {"code": "PPOB", "name": "Penyedia", "url": biller.url})
    return saver
