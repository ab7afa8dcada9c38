"""The small office of the house's own tests, with the tables of people."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from sekata.kernel.people import tables
from sekata.kernel.reference import actions as reference
from sekata.site.tests.office import at_ten, office  # noqa: F401

PHONE = "0812 3456 7890"
FACTS = {"full_name": "Nurlela", "nik": "1405025208900003", "birth_date": "1990-08-12"}


@pytest.fixture
def house(office):  # noqa: F811
    reference.sow(tables.TABLES, datetime(2020, 1, 1, tzinfo=UTC))
    return office


@pytest.fixture
def digits(monkeypatch) -> Callable[[], str]:
    """The code that was sent last: what the receiver reads on the phone."""
    seen: list[str] = []
    monkeypatch.setattr("secrets.randbelow", lambda top: seen.append("x") or 123_400 + len(seen))
    return lambda: f"{123_400 + len(seen):06}"


def enter(client: Client, digits: Callable[[], str], door: str = "daftar", phone: str = PHONE):
    """Type the number and the code; the answer to the code."""
    client.post(f"/akun-saya/{door}/", {"phone": phone, "channel": "sms"})
    return client.post("/akun-saya/kode/", {"digits": digits()})


def sign_up(client: Client, digits: Callable[[], str], phone: str = PHONE, **facts: str):
    """All steps of signing up; the answer to the facts."""
    enter(client, digits, phone=phone)
    return client.post("/akun-saya/daftar/diri/", FACTS | facts)
