"""A bank, the regency's book, and a room that must be paid and remembers what it was told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger.models import Book
from sekata.kernel.payments import actions, payables
from sekata.kernel.payments.actions.partners import CONNECT
from sekata.kernel.payments.models import Bill, Partner
from sekata.kernel.payments.terms import Draft, Notice
from sekata.lib.actor import PERSON, Actor, Holding, system
from sekata.lib.manifest import Payable, Quote

AT = datetime(2026, 9, 29, 3, 0, tzinfo=UTC)
DUE = datetime(2026, 9, 30, 16, 59, 59, tzinfo=UTC)
BANK = system("test")
SECRET = "pelalawan-sandbox-secret"
CHART = (
    ("1.1.1.01", "Kas di RKUD", "asset", False),
    ("1.1.1.09", "Kas dalam perjalanan", "asset", False),
    ("1.1.3.01", "Piutang pajak", "asset", False),
    ("2.1.9.01", "Penerimaan belum teridentifikasi", "liability", False),
    ("4.1.1.90", "Pendapatan denda", "revenue", False),
)


def quote(principal: int = 412_500, penalty: int = 0, until: datetime = DUE) -> Quote:
    lines = (("1.1.3.01", principal, ""), ("4.1.1.90", penalty, ""))
    return Quote(principal, penalty, tuple(line for line in lines if line[1]), until)


@dataclass
class Room:
    """A room that is paid: refs of what was paid and taken back, and what it asks now."""

    told: list[tuple[str, str]] = field(default_factory=list)
    now: Callable[[str, datetime], Quote | None] = lambda ref, at: None

    def paid(self, *, bill: Bill, payment, at: datetime) -> None:
        self.told.append(("paid", bill.ref))

    def unpaid(self, *, bill: Bill, payment, at: datetime) -> None:
        self.told.append(("unpaid", bill.ref))


@pytest.fixture
def room() -> Room:
    before, made = dict(payables._known), Room()
    payables.know([Payable("test", "01", "Uji", lambda ref, at: made.now(ref, at), made.paid, made.unpaid)])
    yield made
    payables._known.clear()
    payables._known.update(before)


@pytest.fixture
def treasurer() -> Actor:
    return officer("payments.reconcile", 7)


def officer(permission: str, person: int = 1) -> Actor:
    return Actor(
        kind=PERSON,
        person=person,
        holdings=(Holding("r", 0, frozenset({0}), permissions=frozenset({permission})),),
    )


@pytest.fixture(scope="session")
def keys() -> tuple[str, str]:
    """Private and public key of the bank."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def make_book() -> Book:
    chart = ledger.keep_chart(code="regency", name="Bagan akun standar", accounts=CHART)
    return ledger.open_book(
        code="regency", name="Kabupaten Pelalawan", chart=chart, unit=None, opened=date(2026, 1, 1)
    )


def make_bank(public: str, mode: str = "hmac", code: str = "bri") -> Partner:
    facts = {
        "code": code,
        "name": "Bank BRI",
        "client_id": f"{code}-client",
        "public_key": public,
        "mode": mode,
        "our_id": "bapenda",
        "corporate": "12345",
        "in_transit": "1.1.1.09",
        "suspense": "2.1.9.01",
        "bank": "1.1.1.01",
    }
    connector = officer(CONNECT.code)
    return actions.connect(actor=connector, facts=facts, secret=SECRET, our_key="", book=make_book(), at=AT)


@pytest.fixture
def bank(db, keys) -> Partner:
    return make_bank(keys[1])


@pytest.fixture
def bill(bank, room) -> Bill:
    return open_bill("A1")


def open_bill(ref: str, asked: Quote | None = None) -> Bill:
    draft = Draft("test", ref, "PBB 2026", "N** S******", asked or quote())
    return actions.open_bill(book="regency", draft=draft, at=AT)


def notice(to: str, amount: int = 412_500, ref: str = "J1", **more) -> Notice:
    given = {"channel": "va", "trx_at": AT + timedelta(minutes=1), "request_id": f"PR-{ref}"} | more
    return Notice(customer_no=to, amount=amount, bank_ref=ref, **given)
