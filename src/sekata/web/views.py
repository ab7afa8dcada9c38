"""Pages of the face itself: the component page, the offline page, the outbox, the web app's manifest."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.web import samples


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component in its real states."""
    return render(request, "web/design.html", samples.everything())


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when the network is away; holds nothing personal."""
    return render(request, "web/offline.html")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Forms that wait on this device for the network; the list itself lives in the browser."""
    return render(request, "web/outbox.html")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app's manifest: name, colours, our own mark."""
    icon = {"type": "image/svg+xml", "sizes": "any"}
    return JsonResponse(
        {
            "name": "Sekata",
            "short_name": "Sekata",
            "description": _("Semua layanan pemerintah kabupaten di satu tempat"),
            "lang": request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else "id",
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#07343d",
            "icons": [
                {"src": static("sekata/mark.svg"), "purpose": "any", **icon},
                {"src": static("sekata/mark-maskable.svg"), "purpose": "maskable", **icon},
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker from the root, so that its scope is the whole site."""
    source = Path(finders.find("sekata/sw.js")).read_bytes()
    response = HttpResponse(source, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response
