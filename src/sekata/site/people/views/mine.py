"""Data saya: what the house knows of a person, where it comes from, who looked."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers.nik import mask
from sekata.site.registry import REGISTRY
from sekata.site.rights import MEMBER
from sekata.web.doors import door

LOOKS = 50
LEVELS = (
    gettext_lazy("0: baru kontak Anda yang terbukti"),
    gettext_lazy("1: NIK masuk akal dan kontak terbukti"),
    gettext_lazy("2: NIK dicocokkan atau KTP-el ditunjukkan di loket"),
    gettext_lazy("3: terbukti kuat dengan kunci sandi atau IKD"),
)


@dataclass(frozen=True)
class Look:
    """Somebody opened this person's data."""

    at: object
    by: str
    fields: str
    purpose: str


@door(MEMBER)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My facts, my roles, who looked at my data."""
    person = Person.objects.select_related("vault").get(pk=request.actor.person)
    context = {
        "facts": facts(person),
        "person": person,
        "looks": looks(person),
        "holdings": holdings(request.actor),
        "posts": people.posts_of(person.pk, clock.today()),
        "grants": _grants(person),
    }
    return render(request, "people/mine.html", context)


def facts(person: Person) -> list[dict[str, object]]:
    """What is kept, in the person's own words, and where it comes from. Numbers are masked (R12)."""
    secret = vault.use(person.vault) if person.vault else {}
    sources = dict(person.identifiers.filter(live=True).values_list("kind", "source"))
    found = [
        (_("Nama"), person.full_name, ""),
        ("NIK", mask(secret["nik"]) if "nik" in secret else "", sources.get("nik", "")),
        (_("Jenis kelamin"), person.get_sex_display(), ""),
        (_("Tempat lahir"), person.birth_place, ""),
        (_("Tanggal lahir"), person.birth_date, ""),
        (_("Tingkat verifikasi"), LEVELS[min(person.level, 3)], ""),
    ]
    named = {
        "self": _("Anda isi sendiri"),
        "assisted": _("diisi petugas pendamping"),
        "demo": _("data peragaan"),
    }
    return [
        {"label": label, "value": value, "soft": named.get(source, source)} for label, value, source in found
    ]


def looks(person: Person) -> list[Look]:
    """The latest openings of this person's data, with the names of who did it."""
    events = list(people.looks_at(person.pk)[:LOOKS])
    names = people.names({event.actor for event in events if event.actor}) if events else {}
    return [
        Look(
            event.at,
            names.get(event.actor, event.actor_name or event.actor_kind).title(),
            ", ".join((event.after or {}).get("fields", ())),
            event.purpose,
        )
        for event in events
    ]


def holdings(actor: Actor) -> list[dict[str, str]]:
    """Roles held today with the unit's name."""
    names = dict(Unit.objects.filter(pk__in={one.unit for one in actor.holdings}).values_list("pk", "name"))
    acting = {"plt": "Plt. ", "plh": "Plh. "}
    return [
        {
            "role": acting.get(one.acting, "")
            + (REGISTRY.roles[one.role].label if one.role in REGISTRY.roles else one.role),
            "unit": names.get(one.unit, ""),
        }
        for one in actor.holdings
    ]


def _grants(person: Person) -> list[tuple[RoleGrant, str]]:
    """Granted roles with their last day."""
    rows = RoleGrant.objects.select_related("unit").filter(
        person=person, ends__gte=clock.today(), suspended_at=None
    )
    return [
        (row, REGISTRY.roles[row.role].label if row.role in REGISTRY.roles else row.role)
        for row in rows.order_by("ends")
    ]
