"""A resident reports a black river: without JavaScript, with it on a phone, and by keyboard alone."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from sekata.kernel.cases.models import Draft
from sekata.kernel.catalog import actions as catalog
from sekata.lib import clock, codes
from sekata.pillars.environment.complaints.models import Attachment, Complaint
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db
TEXT = "Air sungai hitam dan berbau sejak subuh, ikan baung mengapung di tepi."
LANDMARK = "Hilir jembatan kayu, dekat pabrik"
MOST_TABS = 40


@pytest.fixture(autouse=True)
def services(regency):
    catalog.sync(REGISTRY.systems, clock.now())


def photo() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#234").save(out, "JPEG")
    return {"name": "sungai.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def onward(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def fill_event(page: Page) -> None:
    """The page about what happened, seen today just after midnight."""
    today = clock.today()
    page.get_by_label("Apa yang terjadi").fill(TEXT)
    for name, value in (("hari", today.day), ("bulan", today.month), ("tahun", today.year)):
        page.get_by_label(re.compile(name, re.IGNORECASE)).first.fill(str(value))
    page.get_by_label("Air", exact=True).check()


def report(page: Page) -> str:
    """From the start page to the number; gives the tracking code as it is shown."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Laporkan pencemaran")).first.click()
    page.get_by_role("link", name=re.compile("^(Mulai|Laporkan|Buat laporan)", re.IGNORECASE)).first.click()
    page.set_input_files("input[type=file]", photo())
    onward(page)
    expect(page.get_by_text("sungai.jpg").first).to_be_visible()
    onward(page)
    page.get_by_label("Desa atau kelurahan").fill("Pangkalan Kerinci Kota, Pangkalan Kerinci")
    page.get_by_label("Patokan tempat").fill(LANDMARK)
    onward(page)
    page.get_by_role("radio").first.check()
    onward(page)
    fill_event(page)
    onward(page)
    page.get_by_label(re.compile("^Tanpa nama")).check()
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa dulu sebelum dikirim")
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Anda kami terima")
    return page.locator("#kode").inner_text()


def follow(page: Page, code: str) -> None:
    """With the code alone, from another browser."""
    page.goto("/lacak/")
    page.get_by_label("Kode lacak").last.fill(code.lower())
    page.locator("main").get_by_role("button", name="Lacak").click()
    expect(page.get_by_role("heading", name="Perjalanan laporan")).to_be_visible()


@pytest.mark.parametrize(("javascript", "width"), [(False, 360), (True, 390)])
def test_a_report_is_sent_and_followed(browse, javascript, width):
    code = report(browse(javascript=javascript, width=width, height=800))
    complaint = Complaint.objects.select_related("case").get()
    assert codes.is_valid(code) and complaint.description == TEXT
    assert (Attachment.objects.count(), Draft.objects.count()) == (1, 0)
    other = browse(javascript=javascript, width=width, height=800)
    follow(other, code)
    expect(other.get_by_text(complaint.case.number).first).to_be_visible()


def press_to(page: Page, matches: str) -> None:
    """Press Tab until the focus lies on what matches a selector, as a person without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", matches):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none" or page.evaluate("document.activeElement.type") in (
                "radio",
                "checkbox",
            ), matches
            return
    pytest.fail(f"no way by keyboard to {matches} on {page.url}")


def test_a_report_is_written_by_keyboard_alone(browse):
    page = browse(width=1280)
    page.goto("/lapor/foto/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#isi"
    press_to(page, "form .acts button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/lapor/tempat/"))
    press_to(page, "[name=village]")
    page.keyboard.type("Pangkalan Kerinci Kota, Pangkalan Kerinci")
    press_to(page, "[name=landmark]")
    page.keyboard.type(LANDMARK)
    press_to(page, "form .acts button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/lapor/jenis/"))
    press_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    press_to(page, "form .acts button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/lapor/kejadian/"))
    assert Draft.objects.get().content["place"]["landmark"] == LANDMARK


def test_errors_take_the_focus_and_lead_to_their_fields(browse):
    page = browse()
    page.goto("/lapor/tempat/")
    onward(page)
    expect(page.locator("[data-errors]")).to_be_focused()
    assert page.title().startswith("Kesalahan:")
    link = page.locator("[data-errors] a").first
    target = link.get_attribute("href").removeprefix("#")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == target
