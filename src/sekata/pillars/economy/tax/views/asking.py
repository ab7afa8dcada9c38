"""A taxpayer's own pages: what one has, and the forms by which one asks for something."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import nop
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import (
    enrolling,
    instalments,
    land,
    proxies,
    refunds,
    relief,
    transfers,
)
from sekata.pillars.economy.tax.codes import (
    Acquisition,
    Kinship,
    SpopKind,
    TaxpayerKind,
    TaxType,
    TransferExemption,
)
from sekata.pillars.economy.tax.forms import asking as forms
from sekata.pillars.economy.tax.models import Assessment, Taxpayer
from sekata.pillars.economy.tax.queries import mine, parcels
from sekata.pillars.economy.tax.queries import transfers as transfers_read
from sekata.pillars.economy.tax.queries.owing import owed
from sekata.pillars.economy.tax.rights import ASK
from sekata.pillars.economy.tax.views import ground
from sekata.web.doors import door, refuse


def _key(request: HttpRequest) -> UUID:
    """The submission's key: kept in the session from the form to its sending, so that sent twice is once."""
    name = f"tax:{request.path}"
    return UUID(request.session.setdefault(name, str(uuid4())))


def _done(request: HttpRequest, made: object) -> HttpResponse:
    request.session.pop(f"tax:{request.path}", None)
    messages.success(request, _("Permohonan Anda kami terima."))
    return redirect("tax:request", number=made.case.number)


def _ask(
    request: HttpRequest, form: BaseForm, act: Callable[[UUID], object], heading: object, lede: object = ""
) -> HttpResponse:
    """One form, one act; a refusal speaks at its field."""
    key = _key(request)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, act(key))
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "heading": heading, "lede": lede, "submit_label": _("Kirim")}
    return render(request, "tax/citizen/ask.html", context, status=422 if form.errors else 200)


@require_safe
@door(ASK)
def home(request: HttpRequest) -> HttpResponse:
    """Everything that one has with the tax office."""
    today = clock.today()
    payers = mine.taxpayers(request.actor, today)
    own = mine.parcels(payers)
    context = {
        "taxpayers": payers,
        "parcels": own,
        "map": ground.parcels_map(own),
        "objects": mine.objects(payers),
        "cards": mine.cards(request.actor, today),
        "requests": mine.requests(request.actor),
    }
    return render(request, "tax/citizen/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def register(request: HttpRequest) -> HttpResponse:
    """Ask for a taxpayer's number (NPWPD)."""
    form = forms.RegistrationForm(request.POST or None)

    def act(key: UUID) -> object:
        told = form.cleaned_data
        wanted = ()
        if told["tax_type"]:
            wanted = (enrolling.Wanted(TaxType(told["tax_type"]), told["business"], told["village"]),)
        applicant = enrolling.Applicant(
            submission=key,
            kind=TaxpayerKind(told["kind"]),
            name=told["name"],
            number=told["number"].strip(),
            village_code=told["village"],
            address=told["address"],
            phone=told["phone"],
            wanted=wanted,
        )
        return enrolling.apply(actor=request.actor, applicant=applicant)

    lede = _("Gratis. Orang pribadi selesai dalam satu hari kerja, dengan usaha paling lama tiga hari kerja.")
    return _ask(request, form, act, _("Daftar wajib pajak daerah"), lede)


def _payer(actor: Actor) -> Taxpayer:
    found = mine.taxpayers(actor, clock.today())
    if not found:
        raise Refused.because("taxpayer", _("Daftarkan diri Anda dahulu sebagai wajib pajak daerah."))
    return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def declare(request: HttpRequest) -> HttpResponse:
    """Declare land: a new object, a change, an end (SPOP)."""
    given = {"kind": request.GET.get("jenis", "2"), "nop": request.GET.get("nop", "")}
    form = forms.LandForm(request.POST or None, initial=given)

    def act(key: UUID) -> object:
        payer = _payer(request.actor)
        return land.declare(actor=request.actor, declaration=_declaration(form.cleaned_data, payer, key))

    lede = _("Keadaan pada 1 Januari menentukan PBB tahun itu. Petugas memeriksa isian Anda.")
    return _ask(request, form, act, _("Lapor objek PBB-P2 (SPOP)"), lede)


def _declaration(told: dict[str, object], payer: Taxpayer, key: UUID) -> land.Declaration:
    kind, today = SpopKind(told["kind"]), clock.today()
    given = {"submission": key, "kind": kind, "taxpayer": payer, "valid_from": today}
    if kind == SpopKind.NEW:
        block = f"{parcels.pbb_code(told['village'])}{told['block']}"
        return land.Declaration(**given, block=block, states=(_state(told, parcels.usual_zone(block), ()),))
    known = parcels.own_version(told["nop"], payer)
    if kind == SpopKind.DELETE:
        return land.Declaration(**given, land=known.land)
    houses = tuple(land.House(**one) for one in parcels.houses_of(known))
    return land.Declaration(**given, land=known.land, states=(_state(told, known.zone, houses),))


def _state(told: dict[str, object], zone: str, houses: tuple[land.House, ...]) -> land.Declared:
    if told["building_area"]:
        use = told["building_use"]
        price = parcels.building_price(use, clock.today())
        houses = (
            land.House(
                area=told["building_area"], market_value=price, use=use, year_built=told["year_built"]
            ),
        )
    return land.Declared(
        land_area=told["land_area"],
        zone=zone,
        land_kind=told["land_kind"],
        use=told["use"],
        address=told["address"],
        certificate=told["certificate"],
        buildings=houses,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def transfer(request: HttpRequest) -> HttpResponse:
    """Draft an SSPD-BPHTB, with the PPAT who shall carry it on."""
    known = transfers_read.ppats(clock.today())
    form = forms.TransferForm(
        request.POST or None, ppats=[(str(person), name) for person, name in known.items()]
    )

    def act(key: UUID) -> object:
        made = transfers.draft(actor=request.actor, deal=_deal(form.cleaned_data, key))
        chosen = form.cleaned_data["ppat"]
        if chosen and made.ppat_id != int(chosen):
            transfers.assign(actor=request.actor, transfer=made, ppat=int(chosen))
        return made

    lede = _("BPHTB dihitung dari data PBB tahun ini. Setelah tervalidasi, PPAT boleh membuat akta.")
    return _ask(request, form, act, _("Susun SSPD-BPHTB"), lede)


def _deal(told: dict[str, object], key: UUID) -> transfers.Deal:
    dates = {told["event"]: told["on"]} if told["event"] and told["on"] else {}
    names = ("nop", "buyer_name", "seller_name", "land_area", "value", "certificate")
    return transfers.Deal(
        submission=key,
        code=Acquisition(told["code"]),
        buyer_nik=told["buyer_nik"].strip(),
        building_area=told["building_area"] or 0,
        kinship=Kinship(told["kinship"]),
        exemption=TransferExemption(told["exemption"]),
        dates=dates,
        **{name: told[name] for name in names},
    )


@dataclass(frozen=True)
class Wish:
    """A request about a letter: its words, the one field besides the grounds, the act."""

    heading: object
    field: str
    act: Callable[..., object]
    lede: object = ""


WISHES = {
    "keberatan": Wish(
        gettext_lazy("Ajukan keberatan"),
        "undisputed",
        relief.object_to,
        gettext_lazy(
            "Paling lama tiga bulan sejak surat dikirim, dan bagian yang Anda setujui sudah dibayar. "
            "Keberatan yang ditolak dikenai denda 30 persen dari pajak yang belum dibayar."
        ),
    ),
    "pengurangan": Wish(gettext_lazy("Mohon pengurangan"), "asked", relief.apply_for_relief),
    "angsuran": Wish(gettext_lazy("Mohon angsuran"), "parts", instalments.apply_for_instalments),
    "pengembalian": Wish(gettext_lazy("Mohon pengembalian kelebihan"), "asked", refunds.apply_for_refund),
}


def _letter(request: HttpRequest, number: str) -> Assessment:
    found = mine.letters(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@require_safe
@door(ASK)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter of one's own: how it was computed, what it costs today, what may be asked for."""
    found = _letter(request, number)
    context = {
        "letter": found,
        "owed": owed(found, clock.today()),
        "wishes": [(name, wish.heading) for name, wish in WISHES.items()],
        "shown": str(nop.Nop(found.land.nop)) if found.land else "",
    }
    return render(request, "tax/citizen/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def wish(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Ask for something about a letter."""
    if what not in WISHES:
        raise Http404
    found, wanted = _letter(request, number), WISHES[what]
    form = forms.LetterForm(request.POST or None, ask=frozenset({wanted.field}))

    def act(key: UUID) -> object:
        told = form.cleaned_data
        given = {wanted.field: told[wanted.field], "grounds": told["grounds"]}
        actor = _in_name_of(request.actor, found.taxpayer)
        return wanted.act(actor=actor, assessment=found, submission=key, **given)

    lede = wanted.lede or f"{found.get_kind_display()} {found.number}"
    return _ask(request, form, act, wanted.heading, lede)


def _in_name_of(actor: Actor, taxpayer: Taxpayer) -> Actor:
    """The actor, or the actor for the taxpayer of whom it is a proxy: the journal names both."""
    person = taxpayer.person_id
    own = person is None or person in (actor.person, actor.acting_for)
    if own:
        return actor
    return Actor(
        kind=actor.kind, person=actor.person, name=actor.name, holdings=actor.holdings, acting_for=person,
        via=actor.via,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def powers(request: HttpRequest) -> HttpResponse:
    """Powers of attorney: those that stand, and the form that gives one."""
    own = [one for one in mine.taxpayers(request.actor, clock.today()) if _is_own(request.actor, one)]
    form = forms.ProxyForm(
        request.POST or None, taxpayers=[(str(one.pk), f"{one.name} ({one.npwpd})") for one in own]
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        chosen = next(one for one in own if str(one.pk) == told.pop("taxpayer"))
        try:
            proxies.appoint(actor=request.actor, taxpayer=chosen, **told)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kuasa sudah dicatat."))
            return redirect("tax:powers")
    context = {"form": form, "own": own, "powers": mine.powers(request.actor)}
    return render(request, "tax/citizen/powers.html", context, status=422 if form.errors else 200)


def _is_own(actor: Actor, taxpayer: Taxpayer) -> bool:
    return taxpayer.person_id == (actor.acting_for or actor.person)


@require_POST
@door(ASK)
def revoke(request: HttpRequest, proxy: int) -> HttpResponse:
    """Take a power back."""
    found = next((one for one in mine.powers(request.actor) if one.pk == proxy), None)
    if found is None:
        raise Http404
    proxies.revoke(actor=request.actor, taxpayer=found.taxpayer, proxy=found.pk)
    messages.success(request, _("Kuasa sudah dicabut."))
    return redirect("tax:powers")
