"""The desk's newer pages in a browser: axe finds nothing, nothing is wider than the screen, no script is needed."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client

from sekata.lib import clock
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import machine, whatsapp
from sekata.pillars.environment.complaints.models import Sample
from sekata.pillars.environment.complaints.queries import talks
from sekata.pillars.environment.complaints.standards.whatsapp import Message
from sekata.pillars.environment.complaints.standards.whatsapp_talk import Incoming
from sekata.pillars.environment.complaints.tests.desk import HOME, fresh, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
ROWS = b"tiket,isi\nL-1,Air sungai hitam dan berbau sejak subuh di dekat jembatan.\nL-2,pendek\n"


def as_officer(page, live_server, officer):
    session = settings.SESSION_COOKIE_NAME
    cookie = {
        "name": session,
        "value": sign_in(Client(), officer).cookies[session].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])
    return page


@pytest.fixture
def visit(filed, regency):
    """A visit of this hour with its team on the spot."""
    at = clock.now()
    words = f"{at.astimezone(clock.WIB):%Y-%m-%d %H:%M}"
    complaint = filed(words, first_seen_at=at - timedelta(hours=1)).complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint)
    task = actions.plan_verification(
        actor=regency.head, complaint=fresh(complaint), lead=regency.inspector.person,
        members=[regency.inspector2.person], planned_at=at,
    )  # fmt: skip
    actions.arrive(actor=regency.inspector, complaint=fresh(complaint), task=task)
    return task


def look(page, addresses) -> list[str]:
    """What axe says, and what is wider than the screen, of each page with all its parts open."""
    wrong = []
    for address in addresses:
        assert page.goto(address).status == 200, address
        page.evaluate(
            "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
        )
        page.evaluate(AXE_SCRIPT)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
            wrong += [f"{address} {width}: {one['id']} {one['nodes'][0]['html'][:90]}" for one in found]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{address} is wider than {width}")
    return wrong


def test_the_pages_of_the_desk_are_for_everybody(browse, live_server, regency):
    client = machine.register_client(
        actor=regency.head, name="FixMyStreet Riau", contact="Yayasan Peta Warga"
    )[0]
    for said in ("halo", "1", "petugas"):
        whatsapp.receive(message=Message(str(uuid4()), "+6281234567890", Incoming(text=said)))
    actions.save_filter(actor=regency.head, name="Limbah pabrik", query="jenis=W02")
    month = f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"
    head = as_officer(browse(), live_server, regency.head)
    pages = (f"{HOME}?jenis=W02", f"{HOME}aplikasi/", f"{HOME}aplikasi/{client.pk}/cabut/", f"{HOME}bulanan/",
             f"{HOME}kinerja/")  # fmt: skip
    assert look(head, pages) == []
    head.goto(f"{HOME}bulanan/")
    head.locator(f'button[value="bulletin {month}"]').click()
    assert look(browse(), ("/pengaduan/", "/lapor/foto/")) == []
    desk = as_officer(browse(), live_server, regency.intake)
    talk = talks.talks()[0].key
    assert look(desk, (HOME, f"{HOME}percakapan/", f"{HOME}percakapan/{talk}/", f"{HOME}sp4n/")) == []
    desk.set_input_files("input[name=file]", {"name": "tiket.csv", "mimeType": "text/csv", "buffer": ROWS})
    desk.get_by_role("button", name="Periksa berkas").click()
    desk.get_by_role("button", name="Masukkan 1 tiket").wait_for()
    assert look(desk, (desk.url,)) == []


def test_a_visit_is_written_and_ended_without_script(browse, live_server, regency, visit):
    page = as_officer(browse(javascript=False, width=390), live_server, regency.inspector)
    field = f"{HOME}lapangan/{visit.pk}/"
    page.goto(f"{field}record_checklist/")
    for item in page.locator(".checks > li").all():
        item.locator("input[value=yes]").check()
    page.get_by_role("button", name="Simpan daftar periksa").click()
    page.goto(f"{field}take_sample/")
    page.get_by_role("button", name="Simpan contoh").click()
    page.goto(f"{field}hand_over/")
    page.locator("[name=taker]").fill("Kurir")
    page.locator("[name=seal_no]").fill("S-1")
    page.get_by_role("button", name="Simpan serah terima").click()
    assert Sample.objects.get().custody.get().taker == "Kurir"
    page.goto(f"{field}record_minutes/")
    page.locator("[name=text]").fill("Air diambil pada tiga titik, saksi melihat.")
    page.locator("[name=signing_1][value=refused]").check()
    page.get_by_role("button", name="Simpan berita acara").click()
    page.goto(f"{field}finish_visit/")
    page.locator("[name=outcome]").fill("Air hitam di titik keluar; pengelola menutup saluran.")
    page.get_by_role("button", name="Kunjungan selesai").click()
    visit.refresh_from_db()
    assert visit.finished_at and "batas laporan verifikasi berjalan" in page.content()


def test_the_visits_page_is_for_everybody(browse, live_server, regency, visit):
    page = as_officer(browse(), live_server, regency.inspector)
    field = f"{HOME}lapangan/{visit.pk}/"
    assert look(page, (field, f"{field}record_checklist/", f"{field}finish_visit/")) == []
