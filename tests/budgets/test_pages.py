"""What a citizen's page may cost: bytes over the wire, statements to the database, no address but ours."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekata.site.caching import KEPT
from tests.journeys.addresses import MAPS, build, publish

pytestmark = pytest.mark.django_db
KB = 1024
VIEW, MAP_VIEW, STYLE, SCRIPT, REQUESTS, STATEMENTS = 100 * KB, 160 * KB, 16 * KB, 20 * KB, 8, 12
FETCHED = (
    r"<(?:script|img|source|iframe|audio|video|embed)\b[^>]*?\s(?:src|srcset)=[\"']([^\"']+)"
    r"|<link\b[^>]*?\shref=[\"']([^\"']+)"
)
MAP_PARTS = ("data-map=", "data-leaflet=", "data-leaflet-css=")
OUTBOX_PARTS = ("data-outbox=", "data-offline=")
NAMESPACES = ("http://www.w3.org/",)
OURS = re.compile(r"^(/(?!/)|data:|#|\?)")


@pytest.fixture
def town(client, regency, filed):
    return build(client, regency, filed)


@cache
def packed(address: str) -> int:
    """Bytes of a static file as the server sends it: compressed once, as small as gzip makes it."""
    path = Path(finders.find(address.removeprefix("/static/")))
    whole = path.read_bytes()
    text = path.suffix in (".css", ".js", ".svg")
    return len(gzip.compress(whole, 9)) if text else len(whole)


def fetched(html: str) -> list[str]:
    """Addresses that a browser fetches by itself, the parts among them that a map or the outbox asks for."""
    found = [first or second for first, second in re.findall(FETCHED, html)]
    late = []
    if re.search(r"data-map-picker|data-map-list", html):
        late += MAP_PARTS
    if re.search(r"data-outbox-list|<form[^>]*data-offline", html):
        late += OUTBOX_PARTS
    for part in late:
        found += re.findall(rf'{part}"([^"]+)"', html)
    return list(dict.fromkeys(found))


def test_first_views_fit_their_budgets(client, town):
    over = []
    for page in town.pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        html = answer.content.decode()
        static = [one for one in fetched(html) if one.startswith("/static/")]
        sizes = {kind: sum(packed(one) for one in static if one.endswith(kind)) for kind in (".css", ".js")}
        others = sum(packed(one) for one in static if not one.endswith((".css", ".js")))
        whole = len(answer.content) + sum(sizes.values()) + others
        is_map = page in MAPS
        limits = {
            "first view": (whole, MAP_VIEW if is_map else VIEW),
            "css": (sizes[".css"], 2 * STYLE if is_map else STYLE),
            "js": (sizes[".js"], MAP_VIEW if is_map else SCRIPT),
            "requests": (1 + len(fetched(html)), 2 * REQUESTS if is_map else REQUESTS),
        }
        over += [f"{page} {name}: {has} > {most}" for name, (has, most) in limits.items() if has > most]
    assert not over, "\n".join(over)


def test_no_page_fetches_from_elsewhere(client, town):
    """Links may lead away; nothing is loaded from, and no form is sent to, another house."""
    foreign = []
    for page in town.pages:
        html = client.get(page).content.decode()
        actions = re.findall(r"<form\b[^>]*?\saction=[\"']([^\"']+)", html)
        foreign += [f"{page}: {one}" for one in (*fetched(html), *actions) if not OURS.match(one)]
    assert not foreign, "\n".join(foreign)


def test_no_style_or_script_names_another_house():
    foreign = [
        f"{path.name}: {found}"
        for path in Path(finders.find("sekata/app.js")).parent.iterdir()
        if path.suffix in (".css", ".js")
        for found in re.findall(r"https?://[^\s\"'`)]+", path.read_text())
        if not found.startswith(NAMESPACES)
    ]
    assert not foreign, "\n".join(foreign)


def statements(client, page: str) -> list[str]:
    """What a page asks of the database, none of it from memory."""
    KEPT.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200, page
    return [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_pages_ask_little_and_no_more_when_rows_are_many(client, regency, filed, town):
    few = {page: statements(client, page) for page in town.pages}
    publish(regency, filed, 9)
    grown = {page: statements(client, page) for page in town.pages}
    over = [f"{page}: {len(asked)} statements" for page, asked in grown.items() if len(asked) > STATEMENTS]
    over += [
        f"{page}: {len(few[page])} statements with few rows, {len(asked)} with many"
        for page, asked in grown.items()
        if len(asked) > len(few[page])
    ]
    assert not over, "\n".join(over)


def test_pages_need_no_script(client, town):
    """Every button is a form's, every way a link; what needs JavaScript is hidden at first."""
    kept_on_the_device = {"/kotak-keluar/"}
    for page in set(town.pages) - kept_on_the_device:
        html = client.get(page).content.decode()
        for button in re.findall(r"<button\b[^>]*type=\"button\"[^>]*>", html):
            assert re.search(r"\bhidden\b|popovertarget|command", button), f"{page}: {button}"
        assert not re.search(r"href=[\"'](#|javascript:)[\"']", html), page


def test_every_page_speaks_for_itself(client, town):
    """One language, one title, one main heading, a way past the head."""
    for page in town.pages:
        html = client.get(page).content.decode()
        assert re.search(r"<html lang=\"(id|en)\"", html), page
        assert len(re.findall(r"<h1\b", html)) == 1, page
        assert re.search(r"<title>\s*\S.*</title>", html, flags=re.S), page
        assert 'class="skip" href="#isi"' in html and 'id="isi"' in html, page
        identities = re.findall(r"\sid=\"([^\"]+)\"", html)
        assert len(identities) == len(set(identities)), (
            page,
            sorted({i for i in identities if identities.count(i) > 1}),
        )
