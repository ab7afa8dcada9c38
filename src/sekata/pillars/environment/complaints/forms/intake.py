"""The form of the complaints desk, filled in while somebody talks: all on one page, little required."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.lib.numbers import nik as niks
from sekata.lib.numbers import phone as phones
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions import Filing, Reporter
from sekata.pillars.environment.complaints.codes import Channel, Media, PointSource, ReporterMode
from sekata.pillars.environment.complaints.forms.base import (
    LATITUDE,
    LONGITUDE,
    SUFFIXES,
    MomentField,
    VerbForm,
    accept_all,
    coordinate,
)
from sekata.pillars.environment.complaints.forms.citizen import (
    MODES,
    point_problem,
    village_code,
    village_names,
)
from sekata.pillars.environment.complaints.queries import desk
from sekata.pillars.environment.complaints.queries.law import law
from sekata.web.forms import CardRadios, DataListInput, FilesField

CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.LETTER, Channel.EMAIL, Channel.OFFICER_PATROL)
HINTS = {
    ReporterMode.NAMED: _("Petugas boleh menghubungi; umum tidak melihatnya"),
    ReporterMode.CONFIDENTIAL: _("Terkunci; hanya ketua tim dapat membukanya, dengan alasan"),
    ReporterMode.ANONYMOUS: _("Tidak ada yang disimpan; kode lacak satu-satunya kunci"),
}


class IntakeForm(VerbForm):
    """What is missing makes the report incomplete, never rejected (R3)."""

    places = {"point": "village", "media_affected": "media", "incident_at": "first_seen_at", "files": "files"}
    submission = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Masuk lewat"), choices=[(c.value, c.label) for c in CHANNELS], initial=Channel.PHONE
    )
    service_code = forms.ChoiceField(label=_("Jenis"))
    title = forms.CharField(
        label=_("Judul"), required=False, max_length=120, help_text=_("Kosongkan: dipakai nama jenisnya")
    )
    description = forms.CharField(
        label=_("Apa yang terjadi?"), widget=forms.Textarea({"rows": 5, "class": "short"}), required=False,
        help_text=_("20 sampai 4.000 huruf, tanpa nama pelapor"),
    )  # fmt: skip
    first_seen_at = MomentField(label=_("Pertama terlihat"), required=False)
    media = forms.MultipleChoiceField(
        label=_("Yang terdampak"),
        required=False,
        choices=Media.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    suspected_source = forms.CharField(label=_("Dugaan sumber"), required=False, max_length=500)
    desired_settlement = forms.CharField(label=_("Yang diharapkan pelapor"), required=False, max_length=1000)
    village = forms.CharField(
        label=_("Desa atau kelurahan"),
        required=False,
        max_length=120,
        widget=DataListInput(options=village_names),
    )
    address_text = forms.CharField(label=_("Patokan"), required=False, max_length=500)
    lat, lon = coordinate(LATITUDE, 90), coordinate(LONGITUDE, 180)
    files = FilesField(label=_("Foto atau berkas"), required=False, kinds=SUFFIXES, max_mb=100)
    mode = forms.ChoiceField(
        label=_("Pelapor ingin"),
        choices=MODES,
        widget=CardRadios(hints=HINTS),
        initial=ReporterMode.CONFIDENTIAL,
    )
    name = forms.CharField(label=_("Nama"), required=False, max_length=120)
    phone = forms.CharField(label=_("Nomor WhatsApp atau telepon"), required=False, max_length=30)
    email = forms.EmailField(label=_("Surel"), required=False)
    nik = forms.CharField(label=_("NIK"), required=False, max_length=20)
    address = forms.CharField(label=_("Alamat pelapor"), required=False, max_length=300)

    def prepare(self):
        self.initial.setdefault("submission", uuid4())
        self.fields["service_code"].choices = [("", _("Pilih jenis")), *desk.kinds(clock.now())]
        self.questions = list(law(clock.now()).table("attribute").values())
        for row in self.questions:
            self.fields[question_name(row)] = _question(row)

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def event_fields(self) -> list[forms.BoundField]:
        return self.part(
            "channel",
            "service_code",
            "title",
            "description",
            "first_seen_at",
            "media",
            "suspected_source",
            "desired_settlement",
        )

    @property
    def place_fields(self) -> list[forms.BoundField]:
        return self.part("village", "address_text", "lat", "lon", "files")

    @property
    def who_fields(self) -> list[forms.BoundField]:
        return self.part("name", "phone", "email", "nik", "address")

    @property
    def question_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions of each service type: (code, fields)."""
        groups: dict[str, list[forms.BoundField]] = {}
        for row in sorted(self.questions, key=lambda row: (row["service"], row["order"])):
            groups.setdefault(row["service"], []).append(self[question_name(row)])
        return list(groups.items())

    def clean_village(self) -> str:
        typed = self.cleaned_data["village"].strip()
        code = village_code(typed) if typed else ""
        if typed and not code:
            raise forms.ValidationError(
                _("Pilih desa dari daftar; “%(typed)s” belum kami kenal"), params={"typed": typed}
            )
        return code

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        return _or_reasons(lambda: phones.parse(typed)) if typed and not self._anonymous() else ""

    def clean_nik(self) -> str:
        typed = self.cleaned_data["nik"].strip()
        return (
            _or_reasons(lambda: niks.parse(typed, clock.today()).value)
            if typed and not self._anonymous()
            else ""
        )

    def _anonymous(self) -> bool:
        return self.data.get("mode") == ReporterMode.ANONYMOUS

    def clean(self) -> dict[str, object]:
        told = super().clean()
        lat, lon = told.get("lat"), told.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & set(self.errors):
            self.add_error(
                "lat" if lat is None else "lon", _("Isi lintang dan bujur berdua, atau kosongkan keduanya")
            )
        elif lat is not None and lon is not None and (problem := point_problem(lat, lon)):
            self.add_error("lat", problem)
        return told

    def filing(self) -> Filing:
        told = self.cleaned_data
        point = rules.Point(told["lat"], told["lon"]) if told["lat"] is not None else None
        return Filing(
            submission=UUID(str(told["submission"])),
            service_code=told["service_code"],
            channel=Channel(told["channel"]),
            title=told["title"].strip(),
            description=told["description"].strip(),
            first_seen_at=told["first_seen_at"],
            media=tuple(told["media"]),
            suspected_source=told["suspected_source"].strip(),
            desired_settlement=told["desired_settlement"].strip(),
            village_code=told["village"],
            address_text=told["address_text"].strip(),
            point=point,
            point_source=PointSource.MAP_PIN,
            attributes=self._answers(),
            files=accept_all(told["files"] or [], anonymous=self._anonymous()),
        )

    def _answers(self) -> dict[str, object]:
        """Answers to the questions of the chosen type; those of other types were never asked."""
        told = self.cleaned_data
        mine = [row for row in self.questions if row["service"] == told["service_code"]]
        return {row["code"]: told[question_name(row)] for row in mine if told.get(question_name(row))}

    def reporter(self) -> Reporter:
        told = self.cleaned_data
        if self._anonymous():
            return Reporter(ReporterMode.ANONYMOUS)
        names = ("name", "phone", "email", "address", "nik")
        return Reporter(ReporterMode(told["mode"]), **{name: told[name].strip() for name in names})


def question_name(row) -> str:
    return f"q_{row['service']}_{row['code']}"


def _question(row) -> forms.Field:
    """A question of a service type as a field; nobody is kept waiting for an answer on the telephone."""
    choices = [(value["key"], value["name"]) for value in row["values"]]
    if row["datatype"] == "singlevaluelist":
        return forms.ChoiceField(label=row["description"], required=False, choices=[("", "–"), *choices])
    if row["datatype"] == "multivaluelist":
        return forms.MultipleChoiceField(
            label=row["description"], required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    return forms.CharField(label=row["description"], required=False, max_length=500)


def _or_reasons(read):
    try:
        return read()
    except Refused as refusal:
        raise forms.ValidationError([reason.message for reason in refusal.reasons]) from refusal
