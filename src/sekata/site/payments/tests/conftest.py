"""A treasurer in the small office, a bank, and a room that is paid."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from sekata.kernel.payments import actions, tables
from sekata.kernel.payments.models import Bill, Partner, Payment
from sekata.kernel.payments.terms import Draft, Notice
from sekata.kernel.payments.tests.conftest import BANK, Room, keys, make_bank, room  # noqa: F401
from sekata.kernel.people.models import Person
from sekata.kernel.reference import actions as reference
from sekata.lib.manifest import Quote
from sekata.site.tests.office import NOW, actor, at_ten, office, person  # noqa: F401

DUE = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)
DAY = date(2026, 11, 24)
ACCOUNT = "1.1.3.01"


def quote(principal: int = 412_500, penalty: int = 0, until: datetime = DUE) -> Quote:
    lines = ((ACCOUNT, principal, ""), ("4.1.1.90", penalty, ""))
    return Quote(principal, penalty, tuple(line for line in lines if line[1]), until)


def open_bill(ref: str, asked: Quote | None = None, payer: Person | None = None) -> Bill:
    draft = Draft("test", ref, f"PBB 2026 {ref}", "Nurlela Siregar", asked or quote(), payer and payer.pk)
    return actions.open_bill(book="regency", draft=draft, at=NOW)


def pay(bank: Partner, to: str, amount: int = 412_500, ref: str = "J1", **more: object) -> Payment:
    told = {"channel": "va", "trx_at": NOW - timedelta(minutes=5), "request_id": f"PR-{ref}"} | more
    call = actions.keep_call(path="/snap", headers={}, body=f'{{"customerNo": "{to}"}}'.encode(), at=NOW)
    notice = Notice(customer_no=to, amount=amount, bank_ref=ref, **told)
    return actions.take(actor=BANK, partner=bank, notice=notice, call=call, at=NOW)


@pytest.fixture
def bank(office, room, keys) -> Partner:  # noqa: F811
    reference.sow(tables.TABLES, datetime(2020, 1, 1, tzinfo=UTC))
    return make_bank(keys[1])


@pytest.fixture
def treasurer(office) -> SimpleNamespace:  # noqa: F811
    return person("Elviana Rambe", ("treasurer", office.home))


@pytest.fixture
def bill(bank) -> Bill:
    return open_bill("A1")
