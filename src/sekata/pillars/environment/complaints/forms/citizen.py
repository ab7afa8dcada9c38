"""The citizen's forms: one page, one question."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock, geo
from sekata.lib.numbers import phone as phones
from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions import MOST_FILES, look_into
from sekata.pillars.environment.complaints.codes import Group, Media, ReporterMode
from sekata.pillars.environment.complaints.queries.law import Law
from sekata.web.forms import CardRadios, DataListInput, DateField, FileDrop, FilesField, Form

EVIDENCE = ("photo", "video", "audio")
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,.heic,video/mp4,audio/ogg,audio/mp4,.ogg,.m4a"
BUFFER_KM = 20
OUTSIDE = _(
    "Titik ini di luar Kabupaten Pelalawan. Laporkan ke pemerintah daerah setempat, atau pilih titik lain."
)
SWAPPED = _("Lintang dan bujurnya tertukar. Tukar dulu, lalu kirim lagi.")


class PhotosForm(Form):
    """Photos first: a picture says where and when by itself. Video and sound beside them."""

    files = FilesField(
        label=_("Foto, video, atau rekaman suara"),
        required=False,
        max_files=MOST_FILES,
        max_mb=100,
        help_text=_(
            "Paling banyak 10 berkas. Foto dan suara (OGG, M4A) sampai 15 MB, video (MP4) sampai 100 MB."
        ),
        widget=FileDrop({"accept": ACCEPTED}),
    )

    def __init__(self, *args: object, held: int = 0, **kwargs: object):
        self.held = held
        super().__init__(*args, **kwargs)

    def clean_files(self) -> list[Accepted]:
        uploads = self.cleaned_data["files"] or []
        if self.held + len(uploads) > MOST_FILES:
            raise forms.ValidationError(
                _("Paling banyak %(most)d berkas; sudah ada %(held)d."),
                params={"most": MOST_FILES, "held": self.held},
            )
        taken, errors = [], []
        for upload in uploads:
            try:
                taken.append(look_into(upload, EVIDENCE))
            except Refused as refusal:
                errors += [_said(reason, upload.name) for reason in refusal.reasons]
        if errors:
            raise forms.ValidationError(errors)
        return taken


def _said(reason: Reason, name: str) -> object:
    """The reason against a file; one of no kind that we take names those that we do."""
    words = _("“%(name)s” tidak dapat kami terima. Pilih foto, video MP4, atau suara OGG atau M4A.")
    return words % {"name": name} if reason.code == "upload_type" else reason.message


def village_names() -> list[str]:
    """`Segati, Langgam` for every village, as the list proposes them."""
    known = units.areas()
    return [
        f"{area.name}, {known[area.parent_id].name}" for area in units.villages() if area.parent_id in known
    ]


class PlaceForm(Form):
    """Where: a village and what leads there, a point on the map, or both."""

    village = forms.CharField(label=_("Desa atau kelurahan"), required=False, max_length=120,
                              help_text=_("Misalnya Segati, Langgam"),
                              widget=DataListInput(options=village_names))  # fmt: skip
    landmark = forms.CharField(label=_("Patokan tempat"), required=False, max_length=500,
                               help_text=_("Yang mudah dikenali orang yang baru datang"),
                               widget=forms.Textarea({"rows": 3, "class": "short"}))  # fmt: skip
    lat = forms.FloatField(label=_("Lintang"), required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(label=_("Bujur"), required=False, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)

    def clean_village(self) -> str:
        text = self.cleaned_data["village"].strip()
        if not text:
            return ""
        code = village_code(text)
        if not code:
            raise forms.ValidationError(
                _("Pilih desa atau kelurahan dari daftar; “%(text)s” belum kami kenal."),
                params={"text": text},
            )
        return code

    def clean(self) -> dict[str, object]:
        given = super().clean()
        lat, lon = given.get("lat"), given.get("lon")
        if (lat is None) != (lon is None):
            self.add_error(None, _("Titik di peta belum lengkap. Pilih lagi titiknya."))
        elif lat is not None:
            problem = point_problem(lat, lon)
            if problem:
                self.add_error(None, problem)
        if not self.errors and lat is None and not given.get("village"):
            self.add_error(
                "village", _("Pilih desa atau kelurahan tempat kejadian, atau tunjuk titiknya di peta.")
            )
        return given


def village_code(text: str) -> str:
    """Code of the village meant by `Segati, Langgam` or by a name that only one village bears; empty if unclear."""
    wanted = " ".join(text.casefold().split())
    known = units.areas()
    exact = [a for a in units.villages() if f"{a.name}, {known[a.parent_id].name}".casefold() == wanted]
    named = exact or [a for a in units.villages() if a.name.casefold() == wanted]
    return named[0].code if len(named) == 1 else ""


def point_problem(lat: float, lon: float) -> object:
    """Why a point cannot be where it happened, or None. Points up to 20 km outside are taken."""
    if _near(lat, lon):
        return None
    return SWAPPED if _near(lon, lat) else OUTSIDE


def _near(lat: float, lon: float) -> bool:
    return (
        geo.valid_point(lat, lon)
        and (lat, lon) != (0, 0)
        and bool(places.within("regency", lat, lon, BUFFER_KM * 1000))
    )


class KindForm(Form):
    """What kind of trouble: the list of service types in force."""

    kind = forms.ChoiceField(label=_("Pilih yang paling dekat"), widget=CardRadios)

    def __init__(self, *args: object, rulebook: Law, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (group.label, options) for group in Group if (options := _kinds(rulebook, group))
        ]


def _kinds(rulebook: Law, group: Group) -> list[tuple[str, str]]:
    rows = sorted(rulebook.services.items())
    return [(code, row["name"]) for code, row in rows if row["group"] == group and not row["replacement"]]


class EventForm(Form):
    """What happened and when, with the questions of the kind."""

    description = forms.CharField(label=_("Ceritakan apa yang terjadi"), widget=forms.Textarea({"rows": 6}),
                                  help_text=_("20 sampai 4.000 huruf. Jangan tulis nama Anda di sini."))  # fmt: skip
    seen_on = DateField(label=_("Kapan pertama kali terlihat?"), latest=clock.today)
    seen_at = forms.TimeField(label=_("Kira-kira pukul berapa?"), required=False,
                              input_formats=["%H:%M", "%H.%M", "%H"],
                              widget=forms.TextInput({"class": "w4", "inputmode": "numeric"}))  # fmt: skip
    media = forms.MultipleChoiceField(label=_("Apa yang terkena? Boleh lebih dari satu"), required=False,
                                      choices=Media.choices(), widget=forms.CheckboxSelectMultiple)  # fmt: skip
    source = forms.CharField(label=_("Dugaan sumbernya"), required=False, max_length=500,
                             help_text=_("Hanya dibaca petugas, tidak ditampilkan"))  # fmt: skip
    settlement = forms.CharField(label=_("Apa yang Anda harapkan?"), required=False, max_length=1000,
                                 widget=forms.Textarea({"rows": 2, "class": "short"}))  # fmt: skip

    def __init__(self, *args: object, questions: list, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for row in questions:
            self.fields[f"q_{row['code']}"] = _question(row)
        first = [f"q_{row['code']}" for row in questions]
        self.order_fields(["description", "seen_on", "seen_at", *first, "media", "source", "settlement"])

    def clean_description(self) -> str:
        text = self.cleaned_data["description"].strip()
        reasons = rules.content_reasons(rules.Content(description=text), clock.now())
        if reasons:
            raise forms.ValidationError([reason.message for reason in reasons])
        return text

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if not self.errors and not given["media"] and not given["source"].strip():
            self.add_error("media", _("Pilih apa yang terkena, atau tulis dugaan sumbernya."))
        if not self.errors and first_seen(given["seen_on"], given["seen_at"]) > clock.now():
            self.add_error("seen_at", _("Waktu ini belum terjadi. Tulis saat pertama kali terlihat."))
        return given


def first_seen(day: date, hour: time | None) -> datetime:
    """The moment in the regency's zone; noon stands for an unknown hour, but never the future."""
    moment = datetime.combine(day, hour or time(12), clock.WIB)
    return moment if hour else min(moment, clock.now())


def _question(row) -> forms.Field:
    choices = [(value["key"], value["name"]) for value in row["values"]]
    common = {"label": row["description"], "required": row["required"]}
    if row["datatype"] == "singlevaluelist":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if row["datatype"] == "multivaluelist":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    return forms.CharField(max_length=500, **common)


HINTS = {
    ReporterMode.NAMED: _(
        "Petugas tahu siapa Anda dan dapat menghubungi Anda. Umum tidak pernah melihatnya."
    ),
    ReporterMode.CONFIDENTIAL: _(
        "Nama disimpan terkunci; hanya ketua tim lapangan dapat membukanya, dengan alasan yang tercatat."
    ),
    ReporterMode.ANONYMOUS: _(
        "Kami tidak menyimpan nama, nomor, atau alamat apa pun. Kode lacak satu-satunya kunci Anda."
    ),
}
MODES = [
    (ReporterMode.NAMED, _("Dengan nama")),
    (ReporterMode.CONFIDENTIAL, _("Nama dirahasiakan")),
    (ReporterMode.ANONYMOUS, _("Tanpa nama")),
]


class TreatmentForm(Form):
    """How the reporter wishes to be treated."""

    mode = forms.ChoiceField(
        label=_("Bagaimana kami memperlakukan Anda?"), choices=MODES, widget=CardRadios(hints=HINTS)
    )
    name = forms.CharField(label=_("Nama"), required=False, max_length=120)
    phone = forms.CharField(label=_("Nomor WhatsApp untuk kabar"), required=False, max_length=30)
    email = forms.EmailField(label=_("Surel untuk kabar"), required=False)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        if not text or self.data.get("mode") == ReporterMode.ANONYMOUS:
            return ""
        try:
            return phones.parse(text)
        except Refused as refusal:
            raise forms.ValidationError([reason.message for reason in refusal.reasons]) from refusal

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if given.get("mode") == ReporterMode.ANONYMOUS:
            given |= {"name": "", "phone": "", "email": ""}
        return given


class AnswerForm(Form):
    """The reporter's answer on the tracking page, with more photos if need be."""

    answer = forms.CharField(label=_("Jawaban Anda"), max_length=2000,
                             widget=forms.Textarea({"rows": 4, "class": "short"}),
                             help_text=_("Jangan tulis nama atau nomor telepon; "
                                         "petugas lapangan tidak perlu tahu siapa Anda."))  # fmt: skip
    files = FilesField(
        label=_("Tambah foto, video, atau rekaman suara"), required=False, max_files=MOST_FILES, max_mb=100,
        widget=FileDrop({"accept": ACCEPTED}),
    )  # fmt: skip
    held = 0

    clean_files = PhotosForm.clean_files


class FeedbackForm(Form):
    """The reporter's judgement of the answer."""

    score = forms.ChoiceField(label=_("Seberapa puas Anda?"), required=False, widget=forms.RadioSelect,
                              choices=[("5", _("Sangat puas")), ("4", _("Puas")), ("3", _("Cukup")),
                                       ("2", _("Kurang")), ("1", _("Tidak puas"))])  # fmt: skip
    solved = forms.ChoiceField(label=_("Apakah masalahnya selesai?"), widget=forms.RadioSelect,
                               choices=[("ya", _("Ya")), ("belum", _("Belum"))])  # fmt: skip
    text = forms.CharField(label=_("Apa yang belum selesai? (wajib kalau minta dibuka kembali)"), required=False,
                           max_length=1000, widget=forms.Textarea({"rows": 3, "class": "short"}))  # fmt: skip
