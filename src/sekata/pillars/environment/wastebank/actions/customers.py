"""Customers: opening an account, leaderboards, closing it."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock, money
from sekata.lib.actor import Actor
from sekata.lib.numbers import kk, nik, phone
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.registration import household_hash
from sekata.pillars.environment.wastebank.actions.steps import take_numbers
from sekata.pillars.environment.wastebank.codes import BankState, CustomerKind, CustomerStatus
from sekata.pillars.environment.wastebank.models import Customer, WasteBank
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.rights import CUSTOMER, DIRECT, WEIGH
from sekata.pillars.environment.wastebank.rules import numbers

CONSENT = "2026-1"
NICKNAME = re.compile(r"[\w .'-]{2,40}")


@dataclass(frozen=True)
class NewCustomer:
    """What is told when an account is opened. family_card: 16 digits; household: a name where there is no card."""

    request: UUID
    name: str
    kind: str = CustomerKind.HOUSEHOLD
    nik: str = ""
    phone: str = ""
    family_card: str = ""
    household: str = ""
    village_code: str = ""
    household_size: int = 1
    person: int | None = None
    consent: bool = False


@action(right=WEIGH | DIRECT, event="wastebank.customer.opened", on="bank")
def open_account(*, actor: Actor, bank: WasteBank, new: NewCustomer, at: datetime) -> Customer:
    """Open an account at the counter; the same request again is the same account."""
    return open_in(bank, new, CustomerStatus.ACTIVE, at)


@action(right=CUSTOMER, event="wastebank.customer.asked", on="bank")
def ask_account(*, actor: Actor, bank: WasteBank, new: NewCustomer, at: datetime) -> Customer:
    """Ask for an account by phone; it waits until somebody at the bank has seen the person."""
    mine = actor.acting_for or actor.person
    own = Customer.objects.filter(bank=bank, person=mine).exclude(status=CustomerStatus.CLOSED)
    if own.exclude(request=new.request).exists():
        raise Refused.because("account_exists", "Anda sudah menjadi nasabah bank ini.", status=409)
    return open_in(bank, NewCustomer(**(vars(new) | {"person": mine})), CustomerStatus.PENDING, at)


def open_in(bank: WasteBank, new: NewCustomer, status: CustomerStatus, at: datetime) -> Customer:
    """Open an account inside an act of this room; the same request again is the same account."""
    known = Customer.objects.filter(request=new.request).first()
    if known:
        return known
    if bank.case.state != BankState.ACTIVE:
        raise Refused.because("bank_closed", "Bank sampah ini sedang tidak melayani.", status=409)
    if not new.consent:
        raise Refused.because("consent", "Nasabah harus menyetujui ketentuan.", "consent")
    if len(new.name.strip()) < 2:
        raise Refused.because("name", "Tulis nama nasabah.", "name")
    return _insert(bank, new, _secrets(new, at), status, at)


def _secrets(new: NewCustomer, at: datetime) -> dict[str, str]:
    """NIK and phone as they go into the vault; refused where they cannot be right."""
    today = at.astimezone(clock.WIB).date()
    if new.family_card.strip():
        kk.parse(new.family_card, today, "family_card")
    return {
        "nik": nik.parse(new.nik, today).value if new.nik.strip() else "",
        "phone": phone.parse(new.phone) if new.phone.strip() else "",
    }


def _insert(
    bank: WasteBank, new: NewCustomer, secret: dict[str, str], status: CustomerStatus, at: datetime
) -> Customer:
    (serial,) = take_numbers(bank, "customer", 0, 1)
    customer = Customer(
        request=new.request,
        bank=bank,
        number=numbers.customer_number(bank.bank_no, serial),
        kind=new.kind,
        name=new.name.strip(),
        person_id=new.person,
        nik_hash=vault.lookup("nik", secret["nik"]) if secret["nik"] else "",
        kk_hash=_household(bank, new),
        village_code=new.village_code,
        household_size=max(1, new.household_size),
        card_token=secrets.token_urlsafe(18),
        consent_version=CONSENT,
        status=status,
        joined_at=at,
        moved_on=at.astimezone(clock.WIB).date(),
    )
    if any(secret.values()):
        customer.identity = vault.put(secret, at)
    try:
        with transaction.atomic():
            customer.save(force_insert=True)
    except IntegrityError as clash:
        message = "Orang ini sudah mempunyai rekening perorangan di bank ini."
        raise Refused.because("account_exists", message, "nik", status=409) from clash
    return customer


def _household(bank: WasteBank, new: NewCustomer) -> str:
    """Of the family card; else of the household chosen by name within the bank."""
    if new.family_card.strip():
        return household_hash(new.family_card)
    name = " ".join(new.household.upper().split())
    return vault.lookup("household", f"{bank.pk}:{name}") if name else ""


@action(right=WEIGH | DIRECT, event="wastebank.customer.activated", on="bank", keeps=("customer",))
def activate(*, actor: Actor, bank: WasteBank, customer: Customer, at: datetime) -> Customer:
    """The person was seen: an account asked for by phone counts from now on."""
    return _set_status(bank, customer, CustomerStatus.PENDING, CustomerStatus.ACTIVE)


@action(right=DIRECT, event="wastebank.customer.closed", on="bank", keeps=("customer", "reason"))
def close_account(
    *, actor: Actor, bank: WasteBank, customer: Customer, reason: str, at: datetime
) -> Customer:
    """End an account; its history stays."""
    if len(reason.strip()) < 10:
        raise Refused.because("reason", "Tulis alasannya, paling sedikit 10 huruf.", "reason")
    books.lock(customer)
    left, owing = reading.standing(customer).balance, reading.debt(customer)
    if left or owing:
        message = f"Saldo {money.shown(left)} dan piutang {money.shown(owing)} diselesaikan lebih dulu."
        raise Refused.because("balance", message, status=409)
    return _set_status(bank, customer, customer.status, CustomerStatus.CLOSED)


def _set_status(bank: WasteBank, customer: Customer, source: str, target: CustomerStatus) -> Customer:
    found = Customer.objects.filter(pk=customer.pk, bank=bank, status=source)
    if source == target or found.update(status=target) != 1:
        raise Refused.because("state", "Keadaan rekening ini sudah berubah.", status=409)
    customer.status = target
    return customer


@action(right=CUSTOMER, event="wastebank.customer.joined", keeps=("nickname",))
def join_leaderboard(*, actor: Actor, customer: Customer, nickname: str, at: datetime) -> Customer:
    """Take part in leaderboards under a nickname (R18); an empty one leaves them again."""
    if customer.person_id is None or customer.person_id != (actor.acting_for or actor.person):
        raise Refused.because("not_yours", "Rekening ini bukan milik Anda.", status=403)
    if nickname.strip() and not NICKNAME.fullmatch(nickname.strip()):
        raise Refused.because("nickname", "Nama panggilan 2 sampai 40 huruf, tanpa tanda khusus.", "nickname")
    customer.nickname = nickname.strip()
    customer.save(update_fields=["nickname"])
    return customer
