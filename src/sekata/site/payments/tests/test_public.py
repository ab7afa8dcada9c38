"""Anybody adds up a day's receipts, and proves alone that the list is the one the journal sealed."""

import json
from datetime import timedelta

import pytest

from sekata.kernel.journal import actions as journal
from sekata.kernel.payments.models import Settlement
from sekata.kernel.payments.tests.bankfiles import csv_report
from sekata.lib import merkle
from sekata.site.payments.tests.conftest import DAY
from sekata.site.payments.tests.test_desk import bring, day, desk  # noqa: F401
from sekata.site.tests.office import NOW

pytestmark = pytest.mark.django_db
PAGE = f"/bukti-harian/bri/{DAY.isoformat()}/"


def test_the_days_are_listed_and_each_says_whether_it_adds_up(client, day, desk):  # noqa: F811
    assert PAGE in client.get("/bukti-harian/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Rp824.900" in page and "Rp1.237.400" in page and "belum sama" in page
    assert "Nurlela" not in page and "Belum disegel" in page


def test_the_evidence_proves_itself_without_us(client, day, desk):  # noqa: F811
    journal.seal()
    told = client.get(f"{PAGE.rstrip('/')}.json").json()
    receipts, sealed = told["receipts"], told["journal"]
    assert sum(one["rupiah"] for one in receipts) == told["rupiah"] == 824_900
    leaves = [merkle.leaf_hash(f"{one['mark']} {one['rupiah']}".encode()) for one in receipts]
    assert merkle.root(leaves).hex() == told["root"]
    event = json.loads(sealed["event"])
    assert event["after"]["root"] == told["root"] and event["after"]["rupiah"] == told["rupiah"]
    assert event["actor"] is None and merkle.leaf_hash(sealed["event"].encode()).hex() == sealed["leaf"]
    path = [bytes.fromhex(step) for step in sealed["path"]]
    seal = sealed["seal"]
    leaf, root = bytes.fromhex(sealed["leaf"]), bytes.fromhex(seal["root"])
    assert merkle.verify_inclusion(leaf, sealed["position"], seal["size"], path, root)


def test_a_receipt_shows_its_mark_in_the_list(client, day, desk):  # noqa: F811
    payment = Settlement.objects.order_by("pk").first().payment
    receipt = client.get(f"/bukti-bayar/{payment.ntpd}/")
    assert PAGE in receipt.content.decode()
    listed = client.get(PAGE).content.decode()
    assert receipt.context["mark"] in listed and payment.ntpd not in listed


def test_comparing_again_proves_nothing_anew(day, desk, client):  # noqa: F811
    before = client.get(f"{PAGE.rstrip('/')}.json").json()["root"]
    bring(desk, csv_report([("0126000001233", 5, "J77")], NOW + timedelta(minutes=1)))
    assert client.get(f"{PAGE.rstrip('/')}.json").json()["root"] == before


@pytest.mark.parametrize(
    "path", ["bri/2026-11-20/", "bri/kemarin/", "bni/2026-11-24/", "bri/2026-11-20.json"]
)
def test_a_day_that_was_never_compared_is_unknown(client, bank, path):
    assert client.get(f"/bukti-harian/{path}").status_code == 404
