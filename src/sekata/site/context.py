"""What every page knows of the house it stands in."""

from importlib.metadata import version
from types import SimpleNamespace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sekata.kernel.notify import queries as notify
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.site.config import CONFIG
from sekata.site.desk.tools import tools
from sekata.site.people.mandates import scope_words
from sekata.site.people.queries.own import capacity_name
from sekata.site.registry import REGISTRY

VERSION = version("sekata")
DESKS = ("/kerja/", "/anjungan/", "/akun-saya/")
LANGUAGES = {"id": ("en", "English"), "en": ("id", "Bahasa Indonesia")}


def house(request: HttpRequest) -> dict[str, object]:
    """The variable `house` of all templates; nothing is asked of the database before a template reads it."""
    return {"house": SimpleLazyObject(lambda: _house(request))}


def _house(request: HttpRequest) -> SimpleNamespace:
    actor = getattr(request, "actor", None)
    known = bool(actor and actor.is_known)
    at_work = known and actor.is_officer
    serving = people.assisted_session(request.session.get(people.ASSISTED), actor.person) if at_work else None
    mandate = (
        people.mandate_used(request.session.get(people.MANDATE), actor.person, clock.today())
        if known
        else None
    )
    return SimpleNamespace(
        assisted=serving or mandate,
        banner="people/assisted_banner.html" if serving else "people/acting_banner.html",
        mandate_scope=scope_words(mandate) if mandate else "",
        acting_for=serving.citizen.full_name.title() if serving else "",
        regency="Kabupaten Pelalawan",
        province="Riau",
        tagline=_("satu kata untuk semua urusan"),
        manager=_("Dinas Komunikasi dan Informatika"),
        version=VERSION,
        demo=CONFIG.demo,
        home_url=reverse("portal:start"),
        desk_url=reverse("desk:inbox"),
        search_url=reverse("portal:search"),
        calendar_url=reverse("desk:calendar"),
        messages_url=reverse("desk:messages"),
        track_url=reverse("portal:track"),
        nav=_desk_nav(request, actor) if at_work and request.path.startswith(DESKS) else _nav(request),
        account_nav=_account_nav(request, actor, known),
        actor=actor if known else None,
        capacity=_capacity(actor) if at_work else "",
        unread=SimpleLazyObject(lambda: notify.unread(actor.person) if at_work else 0),
        other_language=_other_language(request),
        visit=SimpleNamespace(
            place=_("Mal Pelayanan Publik, Pangkalan Kerinci"),
            hours=_("Senin–Kamis 08.00–16.00, Jumat 08.00–16.30 WIB"),
            links=[],
        ),
        help_links=[],
        about_links=[
            {"label": _("Periksa keaslian dokumen"), "url": reverse("portal:check")},
            {"label": _("Periksa penerimaan daerah"), "url": reverse("bills:public_days")},
            {"label": _("Data terbuka pengaduan"), "url": reverse("complaints:public")},
        ],
    )


def _entry(request: HttpRequest, label: str, url: str) -> dict[str, object]:
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": label, "url": url, "current": here}


def _nav(request: HttpRequest) -> list[dict[str, object]]:
    return [
        _entry(request, _("Layanan"), reverse("portal:start")),
        _entry(request, _("Lacak"), reverse("portal:track")),
        _entry(request, _("Tagihan"), reverse("bills:find")),
        _entry(request, _("Data terbuka"), reverse("complaints:public")),
    ]


def _desk_nav(request: HttpRequest, actor: object) -> list[dict[str, object]]:
    pages = [_entry(request, _("Kotak masuk"), reverse("desk:inbox"))]
    pages += [
        _entry(request, page.label, reverse(page.url))
        for page in REGISTRY.pages("workspace")
        if page.right.opens(actor)
    ]
    pages += [_entry(request, tool.label, reverse(tool.url)) for tool in tools(actor)]
    if as_what := _switch(request, actor):
        pages.append(_entry(request, as_what, reverse("mine:capacity")))
    return pages


def _switch(request: HttpRequest, actor: object) -> str:
    """The way to another capacity, for whoever has several; it says which one is used now."""
    found = getattr(request, "seats", ())
    offered = people.capacities(actor.person, clock.today(), REGISTRY.roles, found) if found else []
    now = next((one for one in offered if one.key == actor.via.partition("/")[2]), None)
    return _("Sebagai: %(post)s") % {"post": capacity_name(now)} if now and len(offered) > 1 else ""


def _account_nav(request: HttpRequest, actor: object, known: bool) -> list[dict[str, object]]:
    if not known:
        return [{"label": _("Masuk"), "url": reverse("account_login")}]
    if actor.is_officer:
        return [{"label": _("Meja kerja"), "url": reverse("desk:inbox")}]
    return [
        _entry(request, _("Urusan saya"), reverse("portal:mine")),
        _entry(request, _("Tagihan saya"), reverse("bills:mine")),
        _entry(request, _("Data saya"), reverse("mine:home")),
    ]


def _capacity(actor: object) -> str:
    chosen = people.capacities_of([actor.via]).get(actor.via)
    if chosen:
        return capacity_name(chosen)
    first = next(iter(actor.holdings), None)
    if first is None:
        return ""
    role = REGISTRY.roles.get(first.role)
    prefix = {"plt": "Plt. ", "plh": "Plh. "}.get(first.acting, "")
    return prefix + (role.label if role else first.role)


def _other_language(request: HttpRequest) -> dict[str, object]:
    code, label = LANGUAGES.get(get_language() or "id", LANGUAGES["id"])
    return {
        "code": code,
        "label": label,
        "url": f"{reverse('portal:language')}?ke={code}&kembali={request.path}",
        "post": False,
    }
