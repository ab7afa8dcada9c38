"""Every citizen's page and the component page, narrow and wide, light and dark: nothing that axe finds wrong.

axe-core comes in the package axe-playwright-python; its rules for WCAG 2.0 to 2.2, A and AA, are asked.
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.journeys.addresses import build

pytestmark = pytest.mark.django_db
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDTHS, SCHEMES = ((320, 800), (1280, 800)), ("light", "dark")
ZOOMED = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 at 400 %."""


@pytest.fixture
def town(client, regency, filed):
    return build(client, regency, filed)


def keyed(browse, live_server, town, **options):
    """A page whose browser holds the draft and the case of the town."""
    page = browse(**options)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in town.cookies.items()]
    )
    return page


def violations(page) -> list[str]:
    """What axe says against the page as it stands."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return [
        f"{one['id']} ({one['impact']}): {node['target'][0]} {node['html'][:90]} {node['failureSummary']!r}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def test_axe_finds_nothing_wrong(browse, live_server, town):
    page, wrong = keyed(browse, live_server, town), []
    for address in (*town.pages, "/design/"):
        answer = page.goto(address)
        assert answer.status == 200, address
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width, height in WIDTHS:
                page.set_viewport_size({"width": width, "height": height})
                wrong += [f"{address} {scheme} {width}: {found}" for found in violations(page)]
    assert not wrong, "\n" + "\n".join(wrong)


def test_axe_would_find_something(page, live_server):
    """The instrument works: a page with faults is not found clean."""
    page.goto("/luring/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/static/sekata/mark.svg\"><input>'")
    assert {found.split()[0] for found in violations(page)} >= {"image-alt", "label"}


def test_nothing_scrolls_sideways_at_400_percent(browse, live_server, town):
    page, wide = keyed(browse, live_server, town), []
    page.set_viewport_size(ZOOMED)
    for address in (*town.pages, "/design/"):
        page.goto(address)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide.append(f"{address}: {over} pixels")
    assert not wide, "\n".join(wide)
