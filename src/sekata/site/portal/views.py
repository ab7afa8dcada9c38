"""The citizens' pages that belong to no single room."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.cases import keys
from sekata.kernel.cases import queries as cases
from sekata.kernel.catalog import queries as catalog
from sekata.kernel.documents import queries as documents
from sekata.kernel.search import queries as search_index
from sekata.lib import clock
from sekata.lib.manifest import PILLARS
from sekata.lib.rights import everyone, signed_in
from sekata.site.caching import public_page
from sekata.site.portal import reading
from sekata.site.portal.forms import CheckForm, TrackForm
from sekata.site.registry import REGISTRY
from sekata.web.doors import door

ANYONE = everyone("portal.see")
OWN = signed_in("portal.mine")
YEAR = 365 * 24 * 60 * 60


@require_safe
@door(ANYONE)
@public_page(seconds=30)
def start(request: HttpRequest) -> HttpResponse:
    """The start page: what people come for, the six pillars, what was promised and what happened."""
    return render(request, "portal/start.html", reading.start_page(clock.now()))


@require_safe
@door(OWN)
def home(request: HttpRequest) -> HttpResponse:
    """Where signing in leads: officers to their desk, leaders to the bridge, citizens to their cases."""
    actor = request.actor
    if actor.units_with("cases.see"):
        return redirect("desk:inbox")
    if actor.may("bridge.see"):
        return redirect("bridge:home")
    return redirect("people:assisted" if actor.may("people.assist") else "portal:mine")


@require_safe
@door(ANYONE)
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Indonesian and English and return to the page."""
    back = request.GET.get("kembali", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if safe else "/")
    wanted = "en" if request.GET.get("ke") == "en" else "id"
    response.set_cookie("django_language", wanted, max_age=YEAR, samesite="Lax")
    return response


@require_safe
@door(ANYONE)
def search(request: HttpRequest) -> HttpResponse:
    """One search over services, and for officers over their cases too."""
    text = request.GET.get("q", "").strip()
    hits = [*reading.by_number(text, request.actor), *search_index.find(text, request.actor)]
    template = "desk/search.html" if request.actor.is_officer else "portal/search.html"
    return render(
        request, template, {"text": text, "hits": hits, "popular": catalog.services()[:6] if not hits else ()}
    )


@require_safe
@door(ANYONE)
@public_page(seconds=60)
def services(request: HttpRequest) -> HttpResponse:
    """All services by name."""
    crumbs = [{"label": _("Layanan"), "url": "/"}]
    return render(request, "portal/services.html", {"services": catalog.services(), "crumbs": crumbs})


@require_safe
@door(ANYONE)
@public_page(seconds=60)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """A service: cost and time first, what to prepare, the steps, the published standard, start."""
    found = catalog.service(code)
    if found is None:
        raise Http404
    today = clock.today()
    workflows = [w.code for s in REGISTRY.systems if s.code == found.system for w in s.workflows]
    kept = cases.punctuality(workflows, clock.now() - timedelta(days=90), clock.now())
    context = {
        "service": found,
        "standard": catalog.standard(code, today),
        "kept": kept,
        "crumbs": [
            {"label": _("Layanan"), "url": "/layanan/"},
            {"label": PILLARS[found.pillar], "url": f"/pilar/{found.pillar}/"},
        ],
    }
    return render(request, "portal/service.html", context)


@require_safe
@door(ANYONE)
@public_page(seconds=60)
def pillar(request: HttpRequest, pillar: str) -> HttpResponse:
    """One of the six pillars with the systems that run and those still to come."""
    if pillar not in PILLARS:
        raise Http404
    running = REGISTRY.in_pillar(pillar)
    offered = catalog.services().filter(pillar=pillar)
    context = {"pillar": pillar, "label": PILLARS[pillar], "systems": running, "services": offered}
    return render(request, "portal/pillar.html", context)


@door(ANYONE)
def track(request: HttpRequest) -> HttpResponse:
    """Open a case by its tracking code. The code is checked before anything is looked up; ten misses slow down."""
    given = request.POST if request.method == "POST" else request.GET
    form = TrackForm(given if "kode" in given else None, ip=request.META.get("REMOTE_ADDR", ""))
    if form.is_bound and form.is_valid():
        return keys.remember(request, redirect("complaints:track", number=form.case.number), form.case)
    status = 429 if form.is_bound and form.slowed else 200
    return render(request, "portal/track.html", {"form": form}, status=status)


@require_safe
@door(OWN)
def mine(request: HttpRequest) -> HttpResponse:
    """A citizen's own cases with the last state and the next date, newest first."""
    person = request.actor.acting_for or request.actor.person
    found = reading.my_cases(person, request.GET.get("sebelum", ""))
    return render(request, "portal/mine.html", found)


@door(ANYONE)
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Check a document by the code of its QR, or by uploading the file itself."""
    if code:
        return render(
            request,
            "portal/check.html",
            {"form": CheckForm(), "document": documents.by_code(code), "asked": True},
        )
    form = CheckForm(request.POST or None, request.FILES or None)
    asked = request.method == "POST" and form.is_valid()
    document = form.document() if asked else None
    return render(request, "portal/check.html", {"form": form, "document": document, "asked": asked})
