"""Issuing printables: entered in the register of documents under the check code that is printed on them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings

from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import digits
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank import documents as paper
from sekata.pillars.environment.wastebank.models import Customer, Deposit, Paper, Sale, WasteBank
from sekata.pillars.environment.wastebank.queries import papers as reading
from sekata.pillars.environment.wastebank.rights import AT_THE_BANK, CUSTOMER, SEE
from sekata.web import words

LONGEST = timedelta(days=366)


@action(right=SEE, event="wastebank.paper.receipt", on="bank", keeps=("made",))
def print_receipt(*, actor: Actor, bank: WasteBank, made: Deposit, at: datetime) -> Paper:
    """The receipt of a deposit, the same paper each time it is asked for; a reversed one says so."""
    key = f"{made.number}:{made.state}"
    facts = {
        "Setoran": made.number,
        "Masuk tabungan": words.rupiah(made.credited),
        "Keadaan": made.get_state_display(),
    }
    return _once(
        bank,
        made.customer,
        "receipt",
        key,
        "Struk setoran",
        facts,
        at,
        lambda url: reading.receipt(made, url, at),
    )


@action(right=SEE, event="wastebank.paper.sale_slip", on="bank", keeps=("sale",))
def print_sale_slip(*, actor: Actor, bank: WasteBank, sale: Sale, at: datetime) -> Paper:
    """The slip of a sale as it stands."""
    facts = {"Penjualan": sale.number, "Pembeli": sale.collector.name, "Keadaan": sale.get_state_display()}
    key = f"{sale.number}:{sale.version}"
    return _once(
        bank,
        None,
        "sale_slip",
        key,
        "Nota penjualan",
        facts,
        at,
        lambda url: reading.sale_slip(sale, url, at),
    )


@action(right=SEE, event="wastebank.paper.month_report", on="bank", keeps=("month",))
def print_month_report(*, actor: Actor, bank: WasteBank, month: date, at: datetime) -> Paper:
    """The report of a month as the books have it now."""
    key = f"{bank.code}:{month:%Y-%m}:{at.timestamp():.0f}"
    facts = {"Bulan": f"{month:%m-%Y}"}

    def write(url: str) -> bytes:
        return reading.month_report(bank, month.replace(day=1), url, at)

    return _once(bank, None, "month_report", key, "Laporan bulanan", facts, at, write)


@action(right=AT_THE_BANK, event="wastebank.paper.statement", on="bank", keeps=("customer", "since", "until"))
def print_statement(
    *, actor: Actor, bank: WasteBank, customer: Customer, since: date, until: date, at: datetime
) -> Paper:
    """A customer's statement, printed at the desk for the customer who asks for it."""
    if customer.bank_id != bank.pk:
        raise Refused.because("bank", "Nasabah itu milik bank lain.", "customer", status=404)
    return _statement(customer, since, until, at)


@action(right=CUSTOMER, event="wastebank.paper.statement", keeps=("customer", "since", "until"))
def print_my_statement(*, actor: Actor, customer: Customer, since: date, until: date, at: datetime) -> Paper:
    """The customer's own statement."""
    _own(actor, customer)
    return _statement(customer, since, until, at)


@action(right=CUSTOMER, event="wastebank.paper.passbook", keeps=("customer",))
def print_my_passbook(*, actor: Actor, customer: Customer, at: datetime) -> Paper:
    """The latest page of the customer's own passbook."""
    _own(actor, customer)
    return _passbook(customer, at)


@action(right=AT_THE_BANK, event="wastebank.paper.passbook", on="bank", keeps=("customer",))
def print_passbook(*, actor: Actor, bank: WasteBank, customer: Customer, at: datetime) -> Paper:
    """The latest page of a customer's passbook, printed at the desk."""
    if customer.bank_id != bank.pk:
        raise Refused.because("bank", "Nasabah itu milik bank lain.", "customer", status=404)
    return _passbook(customer, at)


def _own(actor: Actor, customer: Customer) -> None:
    if customer.person_id is None or customer.person_id != (actor.acting_for or actor.person):
        raise Refused.because("not_yours", "Rekening ini bukan milik Anda.", status=403)


def _passbook(customer: Customer, at: datetime) -> Paper:
    key = f"{customer.number}:{at.timestamp():.0f}"
    facts = {"Rekening": masked(customer)}

    def write(url: str) -> bytes:
        return reading.passbook(customer, url, at)

    return _once(customer.bank, customer, "passbook", key, "Halaman buku tabungan", facts, at, write)


def _statement(customer: Customer, since: date, until: date, at: datetime) -> Paper:
    today = at.astimezone(clock.WIB).date()
    if not since <= until <= today:
        raise Refused.because("period", "Pilih masa yang sudah lewat, dari tanggal awal ke akhir.", "until")
    if until - since > LONGEST:
        raise Refused.because("period", "Paling panjang setahun.", "until")
    period = paper.Period(since, until)
    key = f"{customer.number}:{since:%Y%m%d}-{until:%Y%m%d}:{at.timestamp():.0f}"
    facts = {"Rekening": masked(customer), "Masa": str(period)}

    def write(url: str) -> bytes:
        return reading.statement(customer, period, url, at)

    return _once(customer.bank, customer, "statement", key, "Rekening koran", facts, at, write)


def masked(customer: Customer) -> str:
    """The number as the public check may show it."""
    return digits.mask(customer.number, 4, 3)


def _once(
    bank: WasteBank,
    customer: Customer | None,
    kind: str,
    key: str,
    title: str,
    facts: dict[str, str],
    at: datetime,
    write: Callable[[str], bytes],
) -> Paper:
    known = Paper.objects.select_related("document").filter(kind=kind, key=key).first()
    if known:
        return known
    code = documents.new_check_code()
    url = f"{settings.SEKATA.public_address.rstrip('/')}/periksa/{code}/"
    issued = documents.issue(
        kind=f"wastebank.{kind}", title=title, unit=bank.case.unit_id, content=write(url), at=at,
        check_code=code, facts=facts,
    )  # fmt: skip
    return Paper.objects.create(bank=bank, customer=customer, kind=kind, key=key, document=issued)
