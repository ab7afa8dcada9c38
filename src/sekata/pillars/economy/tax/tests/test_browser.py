"""Every page of the room in a browser: axe finds nothing, nothing is wider than a small phone, no script is needed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connections
from django.test import Client

from sekata.kernel.people.models import Account, Person
from sekata.lib import clock
from sekata.pillars.economy.tax.actions import billing, enrolling, relief, returns, tariffs
from sekata.pillars.economy.tax.codes import TargetVersion, TaxType
from sekata.pillars.economy.tax.models import Assessment, TaxObject
from sekata.pillars.economy.tax.tests.conftest import NOW, PBB_VILLAGE, VILLAGE
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter, shortage, tax_object
from sekata.pillars.economy.tax.tests.test_books import SYSTEM
from sekata.pillars.economy.tax.tests.test_enrolling import applicant
from sekata.pillars.economy.tax.tests.test_mass import issued

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDTHS = (320, 1280)
DESK = "/kerja/pajak/"
RING = [[101.9, 0.4], [101.901, 0.4], [101.901, 0.401], [101.9, 0.401], [101.9, 0.4]]


@pytest.fixture(scope="module", autouse=True)
def no_stale_connection() -> Iterator[None]:
    """The loop of the browser hides this thread's own connection, whose database the tests here renew."""
    yield
    connections.close_all()


def signed_in(page, live_server, actor):
    """The page of somebody who has signed in."""
    person = Person.objects.get(pk=actor.person)
    account, _ = Account.objects.get_or_create(person=person, defaults={"username": f"u{person.pk}"})
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(account, backend="sekata.kernel.people.signin.Backend")
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


@pytest.fixture
def town(office) -> SimpleNamespace:
    """Something of everything: a parcel with its letter, objects, requests, arrears, values and targets that wait."""
    at = datetime(2026, 11, 2, 3, tzinfo=UTC)
    zone()
    land(office.taxpayer, buildings=HOUSE, polygon={"type": "Polygon", "coordinates": [RING]})
    issued(office)
    sppt = Assessment.objects.select_related("land").get()
    board, well, shop = (
        tax_object(office, tax) for tax in (TaxType.ADVERTISING, TaxType.GROUNDWATER, TaxType.FOOD)
    )
    TaxObject.objects.update(lat=0.4, lon=101.9)
    begun = returns.begin(actor=office.payer, tax_object=shop, period="2026-01", submission=uuid4(), at=NOW)
    returns.file(actor=office.payer, filing=begun, lines=[{"label": "Makan", "received": 48_500_000}], at=NOW)
    due, waiting = open_letter(office), shortage(office)
    Assessment.objects.filter(pk=due.pk).update(state="due")
    objected = open_letter(office, 30_000_000)
    objection = relief.object_to(
        actor=office.payer, assessment=objected, submission=uuid4(), undisputed=0, at=NOW,
        grounds="Omzet kami tidak sebesar itu.",
    )  # fmt: skip
    registration = enrolling.apply(actor=office.payer, applicant=applicant(), at=NOW)
    tariffs.value_zone(
        actor=office.assessor, village=PBB_VILLAGE, zone="AB", tax_year=2027, market_value=82_000,
        basis="Penilaian lapangan", at=NOW,
    )  # fmt: skip
    tariffs.set_targets(
        actor=office.assessor, year=2026, version=TargetVersion.ORIGINAL, amounts={TaxType.LAND: 1_000_000},
        valid_from=date(2026, 1, 1), basis="Perda APBD", at=NOW,
    )  # fmt: skip
    billing.settle_assessment(actor=SYSTEM, assessment=sppt, amount=83_000, on=date(2026, 3, 2), at=at)
    return SimpleNamespace(
        sppt=sppt, board=board, well=well, shop=shop, due=due, waiting=waiting, at=at,
        requests=(objection.case.number, registration.case.number),
    )  # fmt: skip


def said(violation: dict) -> str:
    """A fault in one line."""
    node = violation["nodes"][0]
    return f"{violation['id']} {node['html'][:90]} {node['failureSummary'][:160]}"


def look(page, addresses) -> list[str]:
    """What axe says, and what is wider than the screen."""
    wrong = []
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        page.evaluate(
            "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
        )
        page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
            wrong += [f"{address} {width}: {said(one)}" for one in found]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{address} is {wide} wide at {width}")
    return wrong


def test_citizens_pages_are_for_everybody(browse, live_server, office, town):
    with clock.frozen(town.at):
        anybody = look(browse(), (f"/pajak/?nop={town.sppt.land.nop}", f"/pajak/?nop={town.due.number}",
                                  "/pajak/?nop=P.1.9000001.02.07", "/pajak/bphtb/"))  # fmt: skip
        page = signed_in(browse(), live_server, office.payer)
        letter = f"/pajak/ketetapan/{town.due.number}/"
        own = look(page, (
            "/pajak/saya/", "/pajak/daftar/", "/pajak/spop/", "/pajak/bphtb/baru/", "/pajak/kuasa/", letter,
            f"{letter}keberatan/", f"{letter}angsuran/", "/pajak/sptpd/", f"/pajak/sptpd/{town.shop.number}/2026-01/",
            *(f"/pajak/urusan/{number}/" for number in town.requests),
        ))  # fmt: skip
    assert anybody + own == []


def test_officers_pages_are_for_everybody(browse, live_server, office, town):
    with clock.frozen(town.at):
        pages = {
            office.assessor: (
                f"{DESK}penetapan/", f"{DESK}penetapan/2026/", f"{DESK}objek/{town.sppt.land.nop}/",
                f"{DESK}dhkp/2026/{VILLAGE}/", f"{DESK}piutang/", f"{DESK}zona/?desa={PBB_VILLAGE}", f"{DESK}target/",
                f"{DESK}reklame/", f"{DESK}air-tanah/", f"{DESK}usaha/{town.board.number}/",
                f"{DESK}usaha/{town.well.number}/", f"{DESK}usaha/{town.shop.number}/", f"{DESK}tarif/",
            ),
            office.auditor: (f"{DESK}pemeriksaan/", f"{DESK}ketetapan/{town.waiting.number}/"),
            office.bailiff: (f"{DESK}penagihan/", f"{DESK}penagihan/{town.due.number}/"),
            office.ppat: (f"{DESK}akta/", f"{DESK}bphtb/"),
            office.head: (
                f"{DESK}penerimaan/", f"{DESK}kepatuhan/", f"{DESK}zona/", f"/pajak/urusan/{town.requests[0]}/",
            ),
        }  # fmt: skip
        wrong = [
            found
            for actor, ones in pages.items()
            for found in look(signed_in(browse(), live_server, actor), ones)
        ]
    assert wrong == []


def test_a_request_is_made_without_a_script(browse, live_server, office, town):
    with clock.frozen(town.at):
        page = signed_in(browse(javascript=False, width=320), live_server, office.payer)
        page.goto("/pajak/saya/")
        page.get_by_role("link", name=town.due.number).click()
        page.get_by_role("link", name="Mohon angsuran").click()
        page.get_by_label("Alasan").fill("Usaha kami sepi sejak musim kabut asap.")
        page.get_by_label("Berapa kali angsuran").fill("6")
        page.get_by_role("button", name="Kirim").click()
        assert page.get_by_role("heading", name=f"Angsuran {town.due.number}").is_visible()
