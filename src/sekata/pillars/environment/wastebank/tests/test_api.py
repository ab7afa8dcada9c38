"""The machines' door: bootstrap without anything personal, a signature anybody can check, answers per item."""

import json
from base64 import urlsafe_b64decode
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from sekata.pillars.environment.wastebank.actions import devices
from sekata.pillars.environment.wastebank.models import Deposit
from sekata.pillars.environment.wastebank.queries import bootstrap
from sekata.pillars.environment.wastebank.rules import pricing
from sekata.pillars.environment.wastebank.standards import price_list
from sekata.pillars.environment.wastebank.tests.conftest import BEGIN, NOW, opened, publish, wib

API = "/api/v1/wastebank/"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def pack(unit, **given):
    return Client().get(f"{API}bootstrap", given, headers={"X-Device-Key": unit.key})


def item(unit, **given):
    usual = {
        "uid": str(uuid4()), "provisional_no": f"{unit.device.prefix}-000001", "customer": unit.customer.number,
        "weigher": unit.officer.pk, "scale": unit.scale.pk, "device_time": "2026-03-07T16:00:00+07:00",
        "clock_offset_s": 0, "synced_at": "2026-03-07T08:00:00+07:00", "price_list_version": 1,
        "lines": [{"material": "KRT-01", "quantity": "2.345", "unit_price": 1700}],
    }  # fmt: skip
    return usual | given


def send(unit, *items, key=None, device=None):
    body = {"device_id": device or unit.device.pk, "items": list(items)}
    headers = {"X-Device-Key": unit.key if key is None else key}
    return Client().post(f"{API}sync", json.dumps(body), content_type="application/json", headers=headers)


def test_a_device_takes_along_nothing_personal_but_names(unit):
    opened(unit, "Siti", kind="person", nik="1405026504930002", phone="081234567890")
    answer = pack(unit)
    told = answer.json()
    assert answer.status_code == 200 and {one["name"] for one in told["customers"]} == {"Nurlela", "Siti"}
    assert "1405026504930002" not in answer.content.decode() and "81234567890" not in answer.content.decode()
    assert not {"balance", "nik", "phone"} & set(told["customers"][0])
    assert told["device"] == {"id": unit.device.pk, "prefix": unit.device.prefix, "next_serial": 1}
    assert pack(unit, since="2026-02-01T00:00:00Z").json()["customers"] == []


def test_r2_the_price_list_is_signed_and_a_changed_one_is_not(unit):
    publish(unit, {"KRT-01": 1500}, wib("2026-03-08 00:00"), BEGIN)
    told = pack(unit).json()
    head, body, signature = told["price_list"].split(".")
    raw = [urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in (told["key"]["x"], signature, body)]
    public = Ed25519PublicKey.from_public_bytes(raw[0])
    public.verify(raw[1], f"{head}.{body}".encode())
    with pytest.raises(InvalidSignature):
        public.verify(raw[1], f"{head}.{body[:-2]}AA".encode())
    rows = price_list.load(json.loads(raw[2]))
    cardboard = [row for row in rows if row.key == pricing.Key("KRT-01")]
    assert [row.price for row in cardboard] == [1700, 1500] and cardboard[1].list_version == 2
    assert price_list.verify(told["price_list"], bootstrap.key())["bank"] == unit.bank.code
    with pytest.raises(ValueError, match="not signed"):
        price_list.verify(told["price_list"], price_list.signing_key(bytes(32)))
    assert Client().get(f"{API}prices/{unit.bank.code}").json()["key"] == told["key"]


def test_r4_items_are_answered_one_by_one_in_their_order(unit):
    good, bad = item(unit), item(unit, provisional_no=f"{unit.device.prefix}-000002", customer="1")
    answer = send(unit, good, bad, good)
    told = answer.json()["items"]
    assert answer.status_code == 200
    assert [one["result"] for one in told] == ["created", "rejected", "replayed"]
    assert told[0]["number"] == told[2]["number"] and told[1]["errors"][0]["code"] == "customer_length"
    assert Deposit.objects.count() == 1 and pack(unit).json()["device"]["next_serial"] == 3


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"key": "x"}, 403),
        ({"key": ""}, 403),
        ({"device": 10**6}, 403),
    ],
)
def test_a_wrong_key_opens_nothing(unit, change, status):
    assert send(unit, item(unit), **change).status_code == status and not Deposit.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"uid": "x"},
        {"device_time": "2026-03-07T16:00:00"},
        {"device_time": "9999-12-31T23:59:59Z"},
        {"lines": [{"material": "KRT-01", "quantity": "NaN", "unit_price": 1700}]},
        {"lines": [{"material": "KRT-01", "quantity": "1", "unit_price": -1}]},
        {"lines": [{"material": "KRT\x00", "quantity": "1", "unit_price": 1}]},
        {"more": 1},
    ],
)
def test_a_malformed_request_is_refused_as_a_whole(unit, broken):
    answer = send(unit, item(unit) | broken)
    assert answer.status_code == 422 and answer.json()["reasons"] and not Deposit.objects.exists()


def test_more_than_five_hundred_items_are_refused(unit):
    assert send(unit, *[item(unit) for _ in range(501)]).status_code == 422


def test_r3_a_device_of_1970_harms_nobody_else(unit):
    old = item(unit, device_time="1970-01-01T00:00:00Z", provisional_no=f"{unit.device.prefix}-000009")
    told = send(unit, old, item(unit)).json()["items"]
    assert [one["result"] for one in told] == ["conflict", "created"]


def test_a_revoked_device_hands_in_but_takes_nothing(unit):
    devices.revoke(actor=unit.director, bank=unit.bank, device=unit.device, at=BEGIN)
    assert pack(unit).status_code == 403
    assert send(unit, item(unit)).json()["items"][0]["result"] == "conflict"
