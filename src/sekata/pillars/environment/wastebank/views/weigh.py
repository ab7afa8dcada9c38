"""The weigher's page: a shell without anybody's data, its service worker and its web app manifest."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.pillars.environment.wastebank.codes import DepositSource
from sekata.pillars.environment.wastebank.rights import PUBLIC
from sekata.web.doors import door

SHELL_VERSION = "1"
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0")


@require_safe
@door(PUBLIC)
def page(request: HttpRequest) -> HttpResponse:
    """The shell; who weighs, for whom and at what price lies on the phone that was paired."""
    worker = f"{reverse('wastebank:weigh_worker')}?v={SHELL_VERSION}"
    context = {"worker": worker, "sources": DepositSource.choices(), "keys": KEYS}
    response = render(request, "wastebank/weigh.html", context)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@require_safe
@door(PUBLIC)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker beside the page, so that its scope is the page and nothing else."""
    source = Path(finders.find("wastebank/weigh-sw.js")).read_bytes()
    return HttpResponse(source, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@door(PUBLIC)
def manifest(request: HttpRequest) -> JsonResponse:
    """What makes the page installable."""
    icon = {"type": "image/svg+xml", "sizes": "any"}
    home = reverse("wastebank:weigh")
    content = {
        "name": _("Timbang bank sampah"),
        "short_name": _("Timbang"),
        "lang": "id",
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#07343d",
        "icons": [
            {"src": static("sekata/mark.svg"), "purpose": "any", **icon},
            {"src": static("sekata/mark-maskable.svg"), "purpose": "maskable", **icon},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")
