"""The pages of the report form: their order, their forms, how they lie in the draft, and what is sent in the end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sekata.kernel.cases import drafts
from sekata.kernel.documents import uploads
from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock, codes
from sekata.lib.numbers import phone as phones
from sekata.lib.words import long_date
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions import Filing, Reporter, look_into
from sekata.pillars.environment.complaints.codes import Channel, PointSource, ReporterMode
from sekata.pillars.environment.complaints.forms import citizen as forms
from sekata.pillars.environment.complaints.queries import likeness
from sekata.pillars.environment.complaints.queries.law import law

SERVICE = "complaints"
STEPS = ("foto", "tempat", "jenis", "kejadian", "perlakuan", "periksa")
COOKIE = "draf"
THUMB = 160
DAYS = drafts.KEEP.days


@dataclass(frozen=True)
class Page:
    """A question page: its template, its form for a draft, how a valid form is kept."""

    template: str
    form: Callable
    keep: Callable
    number: int


def current(request: HttpRequest) -> drafts.Draft | None:
    """The draft of this browser: found by the code in its signed cookie."""
    code = request.get_signed_cookie(COOKIE, default="", salt=SERVICE) or getattr(request, "new_draft", "")
    return drafts.find(SERVICE, code) if code else None


def new(request: HttpRequest) -> drafts.Draft:
    """Begin a draft; `seat` gives its code to the browser."""
    draft, request.new_draft = drafts.begin(service=SERVICE, owner=None, at=clock.now())
    return draft


def seat(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser keep the code of a draft begun or taken up in this request, or forget a finished one."""
    if getattr(request, "draft_finished", False):
        response.delete_cookie(COOKIE, samesite="Lax")
    elif code := getattr(request, "new_draft", ""):
        response.set_signed_cookie(
            COOKIE,
            code,
            salt=SERVICE,
            max_age=DAYS * 86400,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def finish(request: HttpRequest, draft: drafts.Draft) -> None:
    """The report is sent: the draft and its files are gone."""
    drafts.drop(draft)
    request.draft_finished = True


def draft_code(request: HttpRequest) -> str:
    code = getattr(request, "new_draft", "") or request.get_signed_cookie(COOKIE, default="", salt=SERVICE)
    return codes.shown(code, 4) if code else ""


def _posted(request: HttpRequest):
    """What was posted, even if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _photos(draft: drafts.Draft, request: HttpRequest):
    held = len(draft.content.get("files", []))
    return forms.PhotosForm(_posted(request), request.FILES or None, held=held)


def _keep_photos(draft: drafts.Draft, form) -> None:
    for one in form.cleaned_data["files"]:
        facts = {"kind": one.kind, "mime": one.mime, "taken_at": one.taken_at, "point": one.point}
        drafts.put_file(draft=draft, name=one.name, content=one.content, facts=facts, at=clock.now())


def _place(draft: drafts.Draft, request: HttpRequest):
    told = dict(draft.content.get("place", {}))
    area = units.areas().get(told.get("village", ""))
    if area:
        told["village"] = f"{area.name}, {units.areas()[area.parent_id].name}"
    point = next((entry["point"] for entry in draft.content.get("files", []) if entry.get("point")), None)
    if point and not told.get("lat"):
        told |= {"lat": point[0], "lon": point[1]}
    return forms.PlaceForm(_posted(request), initial=told)


def _kind(draft: drafts.Draft, request: HttpRequest):
    return forms.KindForm(_posted(request), initial=draft.content.get("kind", {}), rulebook=law(clock.now()))


def _event(draft: drafts.Draft, request: HttpRequest):
    told = dict(draft.content.get("event", {}))
    if told.get("seen_on"):
        told["seen_on"] = date.fromisoformat(told["seen_on"])
    questions = law(clock.now()).attributes(draft.content.get("kind", {}).get("kind", ""))
    return forms.EventForm(_posted(request), initial=told, questions=questions)


def _treatment(draft: drafts.Draft, request: HttpRequest):
    return forms.TreatmentForm(_posted(request), initial=draft.content.get("treatment", {}))


def _keeper(name: str) -> Callable:
    def keep(draft: drafts.Draft, form) -> None:
        drafts.keep(draft=draft, answers={name: _plain(form.cleaned_data)}, at=clock.now())

    return keep


def _plain(given: dict[str, object]) -> dict[str, object]:
    return {
        key: value.isoformat() if isinstance(value, date | time) else value for key, value in given.items()
    }


PAGES = {
    "foto": Page("photos", _photos, _keep_photos, 1),
    "tempat": Page("place", _place, _keeper("place"), 2),
    "jenis": Page("kind", _kind, _keeper("kind"), 3),
    "kejadian": Page("event", _event, _keeper("event"), 3),
    "perlakuan": Page("treatment", _treatment, _keeper("treatment"), 4),
}
KEYS = {"tempat": "place", "jenis": "kind", "kejadian": "event", "perlakuan": "treatment"}


def first_gap(draft: drafts.Draft) -> str:
    """The first page that has not been answered, empty when all are."""
    return next((step for step, key in KEYS.items() if not draft.content.get(key)), "")


def after(request: HttpRequest, draft: drafts.Draft, step: str) -> str:
    """Address of the page that follows; saving for later leads to the page with the draft's code."""
    if request.POST.get("simpan"):
        return reverse("complaints:saved")
    if step == "foto" and request.FILES:
        return reverse("complaints:step", args=["foto"])
    following = {"kejadian": "serupa"}.get(step) or STEPS[STEPS.index(step) + 1]
    return reverse("complaints:step", args=[following])


def context(request: HttpRequest, draft: drafts.Draft, step: str, form) -> dict[str, object]:
    """What every question page shows beside its form."""
    before = {"serupa": "kejadian", "perlakuan": "kejadian"}.get(step) or STEPS[max(STEPS.index(step) - 1, 0)]
    number = PAGES[step].number if step in PAGES else 3
    return {
        "form": form,
        "step": number,
        "steps_total": 4,
        "progress_label": _("Laporkan masalah lingkungan"),
        "back_url": reverse("complaints:step", args=[before]) if step != "foto" else reverse("portal:start"),
        "can_save": True,
        "draft": draft,
        "draft_code": draft_code(request),
        "files": draft.content.get("files", []),
        "saved_at": draft.updated_at,
        "kind": law(clock.now()).service(draft.content.get("kind", {}).get("kind", "")),
    }


def similar(draft: drafts.Draft) -> list:
    """Published reports near the place of the draft."""
    told = draft.content
    point = _point(told)
    service = law(clock.now()).service(told.get("kind", {}).get("kind", ""))
    if point is None or service is None:
        return []
    text = told.get("event", {}).get("description", "")
    return likeness.nearby(group=service["group"], lat=point.lat, lon=point.lon, text=text, at=clock.now())


def _point(told: dict) -> rules.Point | None:
    place = told.get("place", {})
    return rules.Point(place["lat"], place["lon"]) if place.get("lat") is not None else None


def filing(draft: drafts.Draft) -> Filing:
    """What the draft amounts to; its files are checked again, without owner's marks when nobody shall be known."""
    told = drafts.content(draft)
    place, event = told["place"], told["event"]
    anonymous = told["treatment"]["mode"] == ReporterMode.ANONYMOUS
    hour = time.fromisoformat(event["seen_at"]) if event.get("seen_at") else None
    return Filing(
        submission=draft.submission,
        service_code=told["kind"]["kind"],
        channel=Channel.WEB,
        description=event["description"],
        point=_point(told),
        point_source=PointSource.GPS if place.get("accuracy") else PointSource.MAP_PIN,
        accuracy_m=round(place["accuracy"]) if place.get("accuracy") else None,
        address_text=place.get("landmark", ""),
        village_code=place.get("village", ""),
        media=tuple(event.get("media", ())),
        first_seen_at=forms.first_seen(date.fromisoformat(event["seen_on"]), hour),
        precision="exact" if hour else "day",
        attributes={key[2:]: value for key, value in event.items() if key.startswith("q_") and value},
        suspected_source=event.get("source", ""),
        desired_settlement=event.get("settlement", ""),
        files=tuple(_rechecked(draft, entry, anonymous) for entry in told.get("files", [])),
    )


def _rechecked(draft: drafts.Draft, entry: dict[str, object], anonymous: bool) -> uploads.Accepted:
    """A file that has waited in the draft, looked at again as it becomes evidence."""
    content = drafts.read_file(draft, str(entry["id"]))
    return look_into(SimpleUploadedFile(str(entry["name"]), content), forms.EVIDENCE, anonymous)


def reporter(draft: drafts.Draft) -> Reporter:
    told = draft.content["treatment"]
    return Reporter(ReporterMode(told["mode"]), name=told["name"], phone=told["phone"], email=told["email"])


def thumbnail(draft: drafts.Draft, key: str) -> bytes:
    return uploads.public_copy(drafts.read_file(draft, key), THUMB)


def summary(request: HttpRequest, draft: drafts.Draft) -> dict[str, object]:
    """The answers in words for the last look before sending."""
    told = draft.content
    place, event, treatment = told["place"], told["event"], told["treatment"]
    areas = units.areas()
    code = place.get("village") or (places.village_at(*_point(told)) if _point(told) else "")
    village = areas.get(code)
    service = law(clock.now()).service(told["kind"]["kind"])
    questions = law(clock.now()).attributes(told["kind"]["kind"])
    url = {step: reverse("complaints:step", args=[step]) for step in STEPS}
    where = (
        ", ".join(a.name for a in (village, areas.get(village.parent_id)) if a)
        if village
        else _("titik di peta")
    )
    answers = [_answer_row(row, event, url["kejadian"]) for row in questions if event.get(f"q_{row['code']}")]
    mode = dict(forms.MODES)[treatment["mode"]]
    contact = (
        phones.mask(treatment["phone"]) if treatment["phone"] else treatment["email"] or _("tidak diisi")
    )
    return context(request, draft, "periksa", None) | {
        "back_url": url["perlakuan"],
        "place_rows": [
            {"label": _("Tempat"), "value": where, "soft": place.get("landmark", ""), "url": url["tempat"]},
            {
                "label": _("Foto dan rekaman"),
                "value": _files_words(told.get("files", [])),
                "url": url["foto"],
            },
        ],
        "event_rows": [
            {"label": _("Jenis"), "value": service["name"], "url": url["jenis"]},
            {"label": _("Pertama kali terlihat"), "value": _seen(event), "url": url["kejadian"]},
            {"label": _("Yang terjadi"), "value": event["description"], "url": url["kejadian"]},
            *answers,
        ],
        "treatment_rows": [
            {
                "label": _("Pilihan"),
                "value": mode,
                "soft": forms.HINTS[treatment["mode"]],
                "url": url["perlakuan"],
            },
            {"label": _("Kabar dikirim ke"), "value": contact, "url": url["perlakuan"]},
        ],
    }


def _files_words(files: list[dict[str, object]]) -> str:
    """`2 foto, 1 video`."""
    counts = Counter(entry.get("kind", "photo") for entry in files)
    said = (
        ngettext("%(n)d foto", "%(n)d foto", counts["photo"]) if counts["photo"] or not files else "",
        ngettext("%(n)d video", "%(n)d video", counts["video"]) if counts["video"] else "",
        ngettext("%(n)d rekaman suara", "%(n)d rekaman suara", counts["audio"]) if counts["audio"] else "",
    )
    numbers = (counts["photo"], counts["video"], counts["audio"])
    return ", ".join(words % {"n": n} for words, n in zip(said, numbers, strict=True) if words)


def _seen(event: dict) -> str:
    at = f", {event['seen_at'][:5]}" if event.get("seen_at") else ""
    return long_date(date.fromisoformat(event["seen_on"])) + at


def _answer_row(row, event: dict, url: str) -> dict[str, object]:
    names = {value["key"]: value["name"] for value in row["values"]}
    given = event[f"q_{row['code']}"]
    chosen = given if isinstance(given, list) else [given]
    return {
        "label": row["description"],
        "value": ", ".join(names.get(one, one) for one in chosen),
        "url": url,
    }
