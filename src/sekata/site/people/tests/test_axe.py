"""The pages of people, narrow and wide, light and dark: nothing that axe finds wrong, nothing that overflows."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Page

from sekata.kernel.people.models import Account, Delegation, Person
from sekata.site.people.tests.conftest import sign_up
from sekata.site.people.tests.test_acting import given
from sekata.site.tests.office import NOW, person, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
STRANGER = (
    "/akun/login/",
    "/akun/signup/",
    "/akun-saya/masuk/",
    "/akun-saya/daftar/",
    "/akun-saya/pemulihan/",
)
OWN = ("", "kunci/", "permintaan/", "tutup/", "kuasa/", "kuasa/beri/")
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def wrong(page: Page, address: str) -> list[str]:
    """What axe and the ruler say against a page."""
    assert page.goto(address).status == 200, address
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(AXE_SCRIPT)
            told = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
            found += [
                f"{address} {scheme} {width}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in told
            ]
            if page.evaluate(OVERFLOW):
                found.append(f"{address} {width}: overflows")
    return found


def as_of(page: Page, client: Client) -> Page:
    """The browser becomes that client."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
            for name, morsel in client.cookies.items()
        ]
    )
    return page


def test_axe_finds_nothing_wrong_for_citizens(house, client, digits, page):
    found = [line for address in STRANGER for line in wrong(page, address)]
    client.post("/akun-saya/daftar/", {"phone": "0812 3456 7890", "channel": "sms"})
    found += wrong(as_of(page, client), "/akun-saya/kode/")
    client.post("/akun-saya/kode/", {"digits": digits()})
    found += wrong(as_of(page, client), "/akun-saya/daftar/diri/")
    mother, daughter = Client(), Client()
    sign_up(mother, digits, "0812 3456 7891")
    sign_up(daughter, digits, "0813 0000 0001", full_name="Rosmawati", nik="1405025208900004")
    mother.post("/akun-saya/kuasa/beri/", given())
    mother.post("/akun-saya/persetujuan/news/", {"given": "1"})
    mother.post("/akun-saya/permintaan/", {"kind": "correct"})
    found += [line for path in OWN for line in wrong(as_of(page, mother), f"/akun-saya/{path}")]
    found += wrong(as_of(page, daughter), "/akun-saya/kuasa/")
    key = Delegation.objects.get().pk
    daughter.post(f"/akun-saya/kuasa/{key}/terima/")
    daughter.post(f"/akun-saya/kuasa/{key}/pakai/")
    found += wrong(page, f"/akun-saya/kuasa/{key}/")
    assert not found, "\n" + "\n".join(found)


def test_axe_finds_nothing_wrong_for_officers(house, client, digits, page):
    sign_up(client, digits)
    client.post("/akun-saya/permintaan/", {"kind": "correct", "details": "Nama saya NURLAILA"})
    who = Account.objects.get(username="+6281234567890").person
    other = Person.objects.create(full_name=who.full_name, birth_date=who.birth_date, created_at=NOW)
    admin = sign_in(
        person("Yudi Prasetyo", ("administrator", house.home), ("complaints_reviewer", house.dlh))
    )
    found = [line for path in ("jabatan/", "") for line in wrong(as_of(page, admin), f"/akun-saya/{path}")]
    found += [
        line for path in ("permintaan-data/", "orang/kembar/") for line in wrong(page, f"/kerja/{path}")
    ]
    found += wrong(page, f"/kerja/orang/kembar/{who.pk}/usulkan/")
    given_ = {"kept": who.uuid, "dropped": other.uuid, "reason": "KTP-el sama"}
    admin.post(f"/kerja/orang/kembar/{who.pk}/usulkan/", given_)
    found += wrong(page, "/kerja/orang/kembar/")
    row = who.rights_requests.get()
    found += wrong(page, f"/kerja/permintaan-data/{row.pk}/")
    assert not found, "\n" + "\n".join(found)
