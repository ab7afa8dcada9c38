"""At the river: three forms without a signal, one of them signed on the glass, sent later - each once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from sekata.lib import clock
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.models import CustodyEntry, Minutes, Sample
from sekata.pillars.environment.complaints.tests.desk import HOME, fresh, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "navigator.serviceWorker.controller !== null"


def until(page, condition: str):
    """Wait for a condition; Playwright's own way needs eval, which the page's policy forbids."""
    for _attempt in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(condition)


@pytest.fixture
def visit(filed, regency):
    """A visit of this hour; the running suite has the real clock."""
    at = clock.now()
    complaint = filed(
        f"{at.astimezone(clock.WIB):%Y-%m-%d %H:%M}", first_seen_at=at - timedelta(hours=1)
    ).complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint)
    return actions.plan_verification(
        actor=regency.head, complaint=fresh(complaint), lead=regency.inspector.person,
        members=[regency.inspector2.person], planned_at=at,
    )  # fmt: skip


@pytest.fixture
def phone(browse, live_server, regency, visit):
    """The inspector's phone with the visit open and the service worker at hand."""
    page = browse(width=390, height=844)
    cookies = sign_in(Client(), regency.inspector).cookies
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])
    page.goto(f"{HOME}lapangan/{visit.pk}/")
    until(page, READY)
    page.goto(f"{HOME}lapangan/{visit.pk}/")
    return page


def open_form(page, code: str):
    page.evaluate(f"document.getElementById('{code}').open = true")
    return page.locator(f"#{code} form")


def sent_into_outbox(page, form):
    form.locator("button:not([type=button])").click()
    page.wait_for_url("**/kotak-keluar/")


def test_three_forms_in_airplane_mode_become_one_row_each(phone, visit):
    label = f"SGT-{clock.today():%Y%m%d}-01"
    phone.context.set_offline(True)
    sent_into_outbox(phone, open_form(phone, "arrive"))
    phone.go_back()
    form = open_form(phone, "take_sample")
    form.locator("[name=label]").fill(label)
    sent_into_outbox(phone, form)
    phone.go_back()
    form = open_form(phone, "record_minutes")
    form.locator("[name=text]").fill("Air diambil pada tiga titik, saksi melihat.")
    form.locator("[name=signing_1][value=glass]").check()
    sign(phone, form)
    sent_into_outbox(phone, form)
    assert phone.locator("[data-outbox-items] > li").count() == 3
    assert (Sample.objects.count(), Minutes.objects.count()) == (0, 0)
    send_twice(phone)
    assert Sample.objects.get().label == label
    assert len(Minutes.objects.get().parties[0]["signature"]) == 64
    visit.refresh_from_db()
    assert visit.arrived_at and visit.device_arrived_at <= visit.arrived_at
    assert fresh(visit.incident.lead).case.steps.filter(transition="arrive").count() == 1


def test_r12_a_sample_and_its_handover_written_in_one_stretch_arrive_in_their_order(phone, visit):
    label = f"SGT-{clock.today():%Y%m%d}-07"
    phone.context.set_offline(True)
    form = open_form(phone, "take_sample")
    form.locator("[name=label]").fill(label)
    sent_into_outbox(phone, form)
    phone.go_back()
    until(phone, "document.querySelector('#hand_over option[data-waits]') !== null")
    form = open_form(phone, "hand_over")
    form.locator("[name=sample]").select_option(label=f"{label} · Titik keluar")
    form.locator("[name=taker]").fill("Kurir Laboratorium")
    form.locator("[name=seal_no]").fill("S-1")
    sent_into_outbox(phone, form)
    assert phone.locator("[data-outbox-items] > li").count() == 2
    send_twice(phone, waiting=2)
    entry = CustodyEntry.objects.select_related("sample").get()
    assert (entry.sample.label, entry.taker) == (label, "Kurir Laboratorium")
    assert Sample.objects.count() == 1


def sign(page, form):
    glass = form.locator("canvas").first
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 110, steps=8)
    page.mouse.up()
    until(
        page,
        "[...document.querySelectorAll('input[name=signature_1]')].some((one) => one.files.length === 1)",
    )


def send_twice(page, waiting: int = 3):
    """The answer to the first sending is lost on its way: the same forms are sent again."""

    def lose(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            return route.abort()
        return route.continue_()

    page.context.route("**/lapangan/**", lose)
    page.context.set_offline(False)
    page.reload()
    page.wait_for_timeout(1500)
    assert page.locator("[data-outbox-items] > li").count() == waiting
    page.context.unroute("**/lapangan/**")
    page.get_by_role("button", name="Kirim semua sekarang").click()
    page.get_by_role("heading", name="Kotak keluar kosong").wait_for()


def test_without_script_the_same_form_is_taken_at_once(browse, live_server, regency, visit):
    page = browse(javascript=False, width=390)
    cookies = sign_in(Client(), regency.inspector).cookies
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page.goto(f"{HOME}lapangan/{visit.pk}/record_minutes/")
    page.locator("[name=text]").fill("Air diambil pada tiga titik, saksi melihat.")
    page.locator("[name=signing_1][value=refused]").check()
    page.get_by_role("button", name="Simpan berita acara").click()
    assert "Berita acara tersimpan" in page.content()
    assert Minutes.objects.get().parties[0]["signature"] == "refused"
