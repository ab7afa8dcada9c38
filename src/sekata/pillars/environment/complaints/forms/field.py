"""The field's questions: visit, samples with custody, minutes with signatures, results, report."""

from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents import uploads
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.codes import Finding, MinutesKind, SampleMatrix, SamplePosition
from sekata.pillars.environment.complaints.forms.base import (
    LATITUDE,
    LONGITUDE,
    MomentField,
    VerbForm,
    coordinate,
    long_text,
    this_minute,
)
from sekata.pillars.environment.complaints.models import Sample, VerificationTask
from sekata.pillars.environment.complaints.queries import visit
from sekata.pillars.environment.complaints.queries.law import law
from sekata.web.forms import CardRadios, NumberField

NOW_HINT = _("Kosongkan bila sekarang")
ROLES = (
    ("", _("Pilih perannya")),
    ("inspector", _("Pengawas")),
    ("company", _("Wakil usaha")),
    ("village", _("Perangkat desa")),
    ("witness", _("Saksi warga")),
)
SIGNING = (
    ("glass", _("Tanda tangan di layar")),
    ("paper", _("Tanda tangan di kertas, foto dilampirkan")),
    ("refused", _("Menolak menandatangani")),
)
PARTIES = 3
RESULTS = 6


class FieldForm(VerbForm):
    """A form that may have waited on a device: its id makes it once, the device's clock is kept too."""

    def __init__(self, *args, task: VerificationTask | None = None, **kwargs):
        self._task = task
        super().__init__(*args, **kwargs)

    @cached_property
    def task(self) -> VerificationTask | None:
        """The visit this is about: the one whose page it stands on, else the latest."""
        return self._task or visit.current_task(self.complaint)

    @cached_property
    def client_id(self) -> UUID:
        """The submission's own id: given by the outbox, or by the page for browsers without script."""
        for name in ("client_id", "page_id"):
            try:
                return UUID(self.data.get(name, ""))
            except ValueError:
                continue
        return uuid4()

    @property
    def device_time(self) -> datetime:
        """When it was written, by the device; now where it did not wait. Never ahead of us."""
        try:
            told = datetime.fromisoformat(self.data.get("device_time", ""))
        except ValueError:
            return clock.now()
        return min(told, clock.now()) if told.tzinfo else clock.now()


class Arrive(FieldForm):
    lat = coordinate(LATITUDE, 90)
    lon = coordinate(LONGITUDE, 180)

    def given(self):
        told = self.cleaned_data
        return {"lat": told["lat"], "lon": told["lon"], "task": self.task, "device_at": self.device_time}


class TakeSample(FieldForm):
    label = forms.CharField(
        label=_("Label"), max_length=20,
        widget=forms.TextInput({"class": "w10", "autocapitalize": "characters"}),
        help_text=_("Seperti SGT-20261119-01: tempat, tanggal, nomor"),
    )  # fmt: skip
    matrix = forms.ChoiceField(label=_("Apa yang diambil?"), choices=SampleMatrix.choices())
    position = forms.ChoiceField(
        label=_("Di mana, dilihat dari dugaan sumber?"), choices=SamplePosition.choices()
    )
    taken_at = MomentField(label=_("Diambil pukul"), required=False, help_text=NOW_HINT)
    lat = coordinate(LATITUDE, 90)
    lon = coordinate(LONGITUDE, 180)
    ph = NumberField(label=_("pH di tempat"), required=False, min_value=0, max_value=14)
    temperature = NumberField(label=_("Suhu"), required=False, unit="°C")
    oxygen = NumberField(label=_("Oksigen terlarut"), required=False, unit="mg/L")
    container = forms.CharField(label=_("Wadah"), required=False, max_length=80)
    preservation = forms.CharField(label=_("Pengawetan"), required=False, max_length=120)
    split_given = forms.BooleanField(label=_("Belahan contoh diserahkan kepada pihak usaha"), required=False)

    def prepare(self):
        if self.complaint:
            self.initial.setdefault("label", visit.next_label(self.complaint))
            self.initial.setdefault("matrix", visit.usual_matrix(self.complaint))

    def clean_label(self) -> str:
        return self.cleaned_data["label"].strip().upper()

    def given(self):
        told = dict(self.cleaned_data)
        spot = {
            name: str(told.pop(name))
            for name in ("ph", "temperature", "oxygen")
            if told.get(name) is not None
        }
        told = {name: value for name, value in told.items() if name not in ("ph", "temperature", "oxygen")}
        return told | {
            "in_situ": spot,
            "taken_at": told["taken_at"] or self.device_time,
            "taken_by_name": self.actor.name,
            "client_id": self.client_id,
            "task": self.task,
        }


class RecordMinutes(FieldForm):
    """Up to three parties; each signs on the glass, on paper (photographed), or refuses."""

    kind = forms.ChoiceField(label=_("Berita acara tentang"), choices=MinutesKind.choices())
    place = forms.CharField(label=_("Tempat"), max_length=200)
    held_at = MomentField(label=_("Waktu"), required=False, help_text=NOW_HINT)
    text = long_text(_("Apa yang ditemukan dan dilakukan?"), rows=7, min_length=20)
    wide = True

    def prepare(self):
        for n in range(1, PARTIES + 1):
            self.fields[f"name_{n}"] = forms.CharField(label=_("Nama"), max_length=120, required=n == 1)
            self.fields[f"role_{n}"] = forms.ChoiceField(label=_("Peran"), choices=ROLES, required=n == 1)
            self.fields[f"signing_{n}"] = forms.ChoiceField(
                label=_("Tanda tangan"), choices=SIGNING, required=False, widget=forms.RadioSelect
            )
            self.fields[f"signature_{n}"] = forms.FileField(
                label=_("Gambar atau foto tanda tangan"),
                required=False,
                widget=forms.FileInput({"accept": "image/*"}),
            )
        if self.actor:
            self.initial.setdefault("name_1", self.actor.name.title())
            self.initial.setdefault("role_1", "inspector")
        if self.complaint:
            self.initial.setdefault("place", visit.place_words(self.complaint))

    @property
    def party_fields(self) -> list[dict[str, object]]:
        names = ("name", "role", "signing", "signature")
        shown = [{"n": n} | {name: self[f"{name}_{n}"] for name in names} for n in range(1, PARTIES + 1)]
        return [party | {"open": party["n"] == 1 or bool(party["name"].value())} for party in shown]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "place", "held_at", "text")]

    def clean(self) -> dict[str, object]:
        told = super().clean()
        for n in range(1, PARTIES + 1):
            if told.get(f"name_{n}"):
                self._clean_party(n, told)
        return told

    def _clean_party(self, n: int, told: dict[str, object]) -> None:
        if not told.get(f"role_{n}"):
            self.add_error(f"role_{n}", translate("Pilih peran %(name)s") % {"name": told[f"name_{n}"]})
        how = told.get(f"signing_{n}")
        if not how:
            self.add_error(
                f"signing_{n}",
                translate("Pilih bagaimana %(name)s menandatangani") % {"name": told[f"name_{n}"]},
            )
        elif how != "refused" and not told.get(f"signature_{n}"):
            words = {
                "glass": translate("Goreskan tanda tangan, atau pilih cara lain"),
                "paper": translate("Lampirkan foto tanda tangan di kertas"),
            }
            self.add_error(f"signature_{n}", words[how])

    def given(self):
        told = self.cleaned_data
        return {
            "task": self.task,
            "client_id": self.client_id,
            "kind": told["kind"],
            "place": told["place"],
            "held_at": told["held_at"] or self.device_time,
            "text": told["text"],
            "parties": [self._party(n) for n in range(1, PARTIES + 1) if told.get(f"name_{n}")],
        }

    def _party(self, n: int) -> dict[str, str]:
        told = self.cleaned_data
        how = told[f"signing_{n}"]
        mark = "refused" if how == "refused" else self._keep(told[f"signature_{n}"], f"signature_{n}")
        return {"name": told[f"name_{n}"], "role": told[f"role_{n}"], "signature": mark, "signed": how}

    def _keep(self, upload: UploadedFile, name: str) -> str:
        """The drawn or photographed signature, looked into and stored; its SHA-256."""
        try:
            image = uploads.accept(upload, ("photo",))
        except Refused as refusal:
            raise Refused.because(
                refusal.reasons[0].code, refusal.reasons[0].message, name, refusal.status
            ) from refusal
        return documents.keep(image.content, image.mime, clock.now()).sha256


class HandOver(FieldForm):
    places = {"from": "giver", "at": "handed_at"}
    sample = forms.UUIDField(
        label=_("Contoh"), widget=forms.Select, error_messages={"invalid": _("Pilih contohnya dari daftar")}
    )
    giver = forms.CharField(label=_("Dari"), max_length=120)
    taker = forms.CharField(label=_("Kepada"), max_length=120)
    handed_at = MomentField(label=_("Diserahkan pukul"), required=False, help_text=NOW_HINT)
    seal_no = forms.CharField(label=_("Nomor segel"), max_length=40)
    condition = forms.CharField(label=_("Keadaan"), max_length=200, initial=_("Utuh, tersegel"))
    laboratory = forms.CharField(
        label=_("Laboratorium"),
        required=False,
        max_length=120,
        help_text=_("Isi bila yang menerima laboratorium"),
    )
    accreditation = forms.CharField(
        label=_("Nomor akreditasi KAN"), required=False, max_length=12, help_text=_("Seperti LP-123-IDN")
    )

    def prepare(self):
        rows = visit.in_hand(self.complaint)
        self.fields["sample"].widget.choices = [
            (row.client_id, f"{row.label} · {row.get_position_display()}") for row, _holder in rows
        ] or [("", _("Belum ada contoh yang tercatat"))]
        self.fields["sample"].widget.attrs["data-samples"] = self.waiting_for
        holder = rows[0][1] if rows else ""
        first = {"sample": rows[0][0].client_id} if rows else {}
        self.initial = {"giver": holder or self.actor.name.title()} | first | self.initial

    @property
    def waiting_for(self) -> str:
        """Where samples of this visit are sent: those still waiting on the device may be handed over too."""
        task = self.task
        return reverse("complaints:field_form", args=[task.pk, "take_sample"]) if task else ""

    def clean_sample(self) -> Sample:
        """By the id under which the device sent it, so that it need not have reached us when this was written."""
        found = Sample.objects.filter(
            client_id=self.cleaned_data["sample"], incident=self.complaint.incident_id
        ).first()
        if found is None:
            raise forms.ValidationError(
                _(
                    "Contoh ini belum kami terima. Kirim dulu contohnya dari kotak keluar, lalu kirim ini lagi."
                )
            )
        return found

    def given(self):
        told = dict(self.cleaned_data)
        told["handed_at"] = told["handed_at"] or self.device_time
        return told


class SendSamples(VerbForm):
    places = {"position": "reason", "minutes": "", "samples": ""}
    reason = long_text(
        _("Mengapa tidak ketiga titik diambil?"),
        hint=_("Hanya perlu pada kasus sungai bila hulu, titik keluar, atau hilir tidak ada contohnya."),
        required=False,
        rows=3,
    )


class Results(VerbForm):
    """Rows of a laboratory's certificate."""

    places = {"results": "parameter_1", "files": "certificate"}
    wide = True
    sample = forms.TypedChoiceField(label=_("Contoh"), coerce=int)
    certificate = forms.FileField(
        label=_("Sertifikat hasil uji"),
        help_text=_("PDF atau foto, sampai 15 MB"),
        widget=forms.FileInput({"accept": "image/*,.pdf"}),
    )
    COLUMNS = (
        ("parameter", _("Parameter"), "w7"),
        ("value", _("Hasil"), "w4"),
        ("unit", _("Satuan"), "w4"),
        ("method", _("Metode"), "w10"),
        ("limit_applied", _("Baku mutu"), "w4"),
    )

    def prepare(self):
        rows = visit.without_results(self.complaint)
        self.fields["sample"].choices = [
            (row.pk, f"{row.label} · {row.get_position_display()}") for row in rows
        ]
        proposed = list(law(self.complaint.case.received_at).table("holding_time"))
        for n in range(1, RESULTS + 1):
            for name, label, size in self.COLUMNS:
                box = forms.TextInput({"class": size, "aria-label": f"{label} {n}"})
                needed = n == 1 and name in ("parameter", "value", "method")
                self.fields[f"{name}_{n}"] = forms.CharField(
                    label=label, required=needed, max_length=80, widget=box
                )
            self.initial.setdefault(f"parameter_{n}", proposed[n - 1] if n <= len(proposed) else "")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self["sample"], self["certificate"]]

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{n}"] for name, *_ in self.COLUMNS] for n in range(1, RESULTS + 1)]

    def given(self):
        told = self.cleaned_data
        lines = [{name: told[f"{name}_{n}"] for name, *_ in self.COLUMNS} for n in range(1, RESULTS + 1)]
        return {
            "sample": Sample.objects.get(pk=told["sample"], incident=self.complaint.incident_id),
            "results": [line for line in lines if line["parameter"] and line["value"]],
            "certificate": uploads.accept(told["certificate"], ("photo", "document")),
        }


class Plan(VerbForm):
    """Who goes, who leads, when."""

    places = {"team": "members"}
    members = forms.TypedMultipleChoiceField(
        label=_("Siapa yang berangkat?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Paling sedikit dua pengawas"),
    )
    lead = forms.TypedChoiceField(label=_("Siapa ketua tim?"), coerce=int, widget=forms.RadioSelect)
    planned_at = MomentField(label=_("Berangkat"), initial=this_minute)

    def prepare(self):
        rows = [
            (
                one.person,
                f"{one.name.title()} – {translate('benturan kepentingan')}"
                if one.conflict
                else one.name.title(),
            )
            for one in visit.candidates(self.complaint)
        ]
        self.fields["members"].choices = self.fields["lead"].choices = rows


class Conflict(VerbForm):
    facility = forms.ChoiceField(label=_("Usaha yang mana?"))
    reason = long_text(_("Apa hubungan Anda dengan usaha itu?"), rows=3)

    def prepare(self):
        self.fields["facility"].choices = [("", _("Pilih usaha")), *visit.facilities()]
        self.initial.setdefault("facility", self.complaint.facility)

    def given(self):
        return dict(self.cleaned_data) | {"person": self.actor.person}


class SignReport(VerbForm):
    finding = forms.ChoiceField(label=_("Kesimpulan"), choices=Finding.choices(), widget=CardRadios)
    facts = long_text(_("Fakta di lapangan"), rows=8)
    legal_reading = long_text(_("Penilaian hukum"), rows=5)
    recommendation = long_text(_("Saran tindak lanjut"), rows=4)
    public_summary = long_text(
        _("Ringkasan untuk pelapor"), hint=_("Tanpa nama orang. Pelapor membacanya apa adanya."), rows=4
    )

    def prepare(self):
        sentence = visit.dilution_words(self.complaint)
        if sentence:
            self.initial.setdefault("facts", sentence)


class ApproveReport(VerbForm):
    places = dict.fromkeys(("minutes", "results", "facts"), "")
