"""What a person sees of oneself: facts with their source, who looked, devices, everything for the copy."""

from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sekata.kernel.cases import queries as cases
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Delegation, Person, RoleGrant, Verification
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import phone as phones
from sekata.lib.numbers.nik import mask
from sekata.site.registry import REGISTRY

LOOKS = 50
CASES = 500
LEVELS = (
    gettext_lazy("0: baru kontak Anda yang terbukti"),
    gettext_lazy("1: NIK masuk akal dan kontak terbukti"),
    gettext_lazy("2: NIK dicocokkan atau KTP-el ditunjukkan di loket"),
    gettext_lazy("3: terbukti kuat dengan kunci sandi atau IKD"),
)
SOURCES = {
    "self": gettext_lazy("Anda isi sendiri"),
    "assisted": gettext_lazy("diisi petugas pendamping"),
    "demo": gettext_lazy("data peragaan"),
}
METHODS = {
    "counter_ktp": gettext_lazy("KTP-el ditunjukkan di loket"),
    "dukcapil_match": gettext_lazy("dicocokkan Disdukcapil"),
}
ACTING = {"plt": "Plt. ", "plh": "Plh. "}


@dataclass(frozen=True)
class Fact:
    """Something kept of a person, and where it comes from. full: the unmasked value, for their own copy only."""

    code: str
    label: str
    value: object
    source: str = ""
    full: str = ""


@dataclass(frozen=True)
class Look:
    """Somebody opened this person's data."""

    at: datetime
    by: str
    fields: str
    purpose: str


@dataclass(frozen=True)
class Device:
    """A signed-in device."""

    key: int
    name: str
    ip: str
    seen: datetime
    here: bool = False


def facts(person: Person, account: Account | None) -> list[Fact]:
    """What is kept, in the person's own words, and where it comes from. Numbers are masked (R12)."""
    secret = vault.use(person.vault) if person.vault else {}
    numbers = {one.kind: one for one in person.identifiers.filter(live=True)}
    proof = Verification.objects.filter(person=person).order_by("-pk").first()
    origin = _told(numbers["nik"].source) if "nik" in numbers else str(SOURCES["self"])
    proved = f"{METHODS[proof.method]}, {clock_words(proof.at)}" if proof else ""
    own = "; ".join(filter(None, (origin, proved)))
    nik = secret.get("nik", "")
    found = [
        Fact("full_name", _("Nama"), person.full_name, own),
        Fact("nik", "NIK", mask(nik) if nik else "", own if nik else "", nik),
        Fact("sex", _("Jenis kelamin"), _(person.get_sex_display()), _("dari NIK") if nik else ""),
        Fact("birth_place", _("Tempat lahir"), person.birth_place, origin if person.birth_place else ""),
        Fact("birth_date", _("Tanggal lahir"), person.birth_date, own if person.birth_date else ""),
        Fact("level", _("Tingkat verifikasi"), LEVELS[min(person.level, 3)], proved),
    ]
    return found + _contacts(account, secret.get("phone", ""))


def _contacts(account: Account | None, kept: str) -> list[Fact]:
    if account is None:
        return []
    number = account.username if account.username.startswith("+") else kept
    found = []
    if number:
        proved = account.contact_proved_at and number == account.username
        told = (
            _("terbukti dengan kode, %(day)s") % {"day": clock_words(account.contact_proved_at)}
            if proved
            else _("belum terbukti dengan kode")
        )
        found.append(Fact("phone", _("Nomor HP"), phones.mask(number), told, number))
    if account.email:
        found.append(Fact("email", _("Email"), account.email, str(SOURCES["self"]), account.email))
    return found


def _told(source: str) -> str:
    return str(SOURCES.get(source, source))


def clock_words(at: datetime) -> str:
    """A day as numbers, in the regency's zone."""
    return f"{at.astimezone(clock.WIB):%d-%m-%Y}"


def looks(person: Person) -> list[Look]:
    """The latest openings of this person's data: who did it, in which capacity, what, why (R13)."""
    events = list(people.looks_at(person.pk)[:LOOKS])
    names = people.names({event.actor for event in events if event.actor}) if events else {}
    posts = people.capacities_of({event.via for event in events})
    return [
        Look(
            event.at,
            names.get(event.actor, event.actor_name or event.actor_kind).title()
            + (f" ({capacity_name(posts[event.via])})" if event.via in posts else ""),
            ", ".join((event.after or {}).get("fields", ())),
            event.purpose,
        )
        for event in events
    ]


def capacity_name(capacity: people.Capacity) -> str:
    """ "Plt. Camat Bunut", or what the granted tasks and the whole are called."""
    if capacity.post:
        return f"{ACTING.get(capacity.acting, '')}{capacity.post}"
    return _("Penugasan lain") if capacity.key else _("Semua jabatan dan tugas")


def holdings(actor: Actor) -> list[dict[str, str]]:
    """Roles held today with the unit's name."""
    names = dict(Unit.objects.filter(pk__in={one.unit for one in actor.holdings}).values_list("pk", "name"))
    return [
        {"role": ACTING.get(one.acting, "") + role_name(one.role), "unit": names.get(one.unit, "")}
        for one in actor.holdings
    ]


def role_name(code: str) -> str:
    """A role in words."""
    return REGISTRY.roles[code].label if code in REGISTRY.roles else code


def grants(person: Person) -> list[tuple[RoleGrant, str]]:
    """Granted roles with their last day."""
    rows = RoleGrant.objects.select_related("unit").filter(
        person=person, ends__gte=clock.today(), suspended_at=None
    )
    return [(row, role_name(row.role)) for row in rows.order_by("ends")]


def devices(account: Account, here: str) -> list[Device]:
    """Where this account is signed in, the latest first. here: key of the session that asks."""
    rows = list(UserSession.objects.filter(user=account).order_by("-last_seen_at"))
    keys = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=clock.now()
    )
    living = set(keys.values_list("session_key", flat=True))
    return [
        Device(row.pk, device_name(row.user_agent), row.ip, row.last_seen_at, row.session_key == here)
        for row in rows
        if row.session_key in living
    ]


def device_name(agent: str) -> str:
    """Browser and system in two words, as far as the browser tells them."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
    more = (("Mac OS", "Mac"), ("Linux", "Linux"))
    browser = next((name for mark, name in browsers if mark in agent), _("Peramban"))
    machine = next((name for mark, name in (*systems, *more) if mark in agent), "")
    return f"{browser}, {machine}" if machine else browser


def copy_of(person: Person, account: Account | None, at: datetime) -> dict[str, object]:
    """Everything kept of a person, in full, for their own copy (art. 32): JSON values."""
    return {
        "format": "sekata.person/1",
        "made_at": at.isoformat(),
        "person": str(person.uuid),
        "facts": [
            {
                "code": one.code,
                "label": str(one.label),
                "value": one.full or _text(one.value),
                "source": one.source,
            }
            for one in facts(person, account)
        ],
        "purposes": [_jsonable(asdict(one)) for one in people.purposes(person.pk, clock.today())],
        "consents": [
            _jsonable(
                {"purpose": one.purpose, "given": one.given, "at": one.at, "text": one.entry, "via": one.via}
            )
            for one in people.consent_history(person.pk)
        ],
        "requests": _requests(person),
        "mandates": [
            *(_mandate("given", one) for one in people.mandates_given(person.pk)),
            *(_mandate("held", one) for one in people.mandates_held(person.pk)),
        ],
        "looks": [_jsonable(asdict(one)) for one in looks(person)],
        "cases": [
            _jsonable(
                {"number": one.number, "title": one.title, "state": one.state, "received_at": one.received_at}
            )
            for one in cases.of_applicant(person.pk)[:CASES]
        ],
    }


def _requests(person: Person) -> list[dict[str, object]]:
    return [
        _jsonable(
            {
                "kind": one.get_kind_display(),
                "state": one.get_state_display(),
                "received_at": one.received_at,
                "due_at": one.due_at,
                "details": vault.use(one.details).get("details", "") if one.details else "",
                "answer": one.answer,
            }
        )
        for one in people.rights_requests(person.pk)
    ]


def _mandate(side: str, one: Delegation) -> dict[str, object]:
    return {
        "side": side,
        "kind": one.get_kind_display(),
        "scope": one.scope,
        "from": one.starts.isoformat(),
        "to": one.ends.isoformat(),
        "accepted": bool(one.accepted_at),
        "revoked": bool(one.revoked_at),
    }


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _jsonable(row: dict[str, object]) -> dict[str, object]:
    plain = (bool, int, str, type(None))
    return {name: value if isinstance(value, plain) else _text(value) for name, value in row.items()}
