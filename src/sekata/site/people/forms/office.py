"""Forms of staff, posts and assisted service."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sekata.kernel.people.models import Assignment, AssistedSession, Person, Position
from sekata.kernel.people.rules import GRANT_DAYS
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.lib.manifest import Role
from sekata.lib.numbers import nik as niks
from sekata.lib.result import Refused
from sekata.site.people.queries import offices as queries
from sekata.web.forms import CardRadios, DateField, Form


class OfficerField(forms.CharField):
    """An officer, by number."""

    def __init__(self, **kwargs: object):
        kwargs.setdefault("label", _("NIP atau nomor pegawai"))
        super().__init__(
            **{"max_length": 24, "widget": forms.TextInput({"class": "w10", "autocomplete": "off"}), **kwargs}
        )

    def clean(self, value: object) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        found = queries.by_number(text)
        if found is None:
            raise ValidationError(
                _("Tidak ada pegawai dengan nomor itu. Periksa lagi angkanya"), code="unknown"
            )
        return found


class GrantForm(Form):
    """A role for an officer in a unit, for a time, with a reason."""

    person = OfficerField()
    role = forms.ChoiceField(label=_("Peran"))
    unit = forms.ModelChoiceField(
        label=_("Di unit"), queryset=Unit.objects.none(), empty_label=_("Pilih unit")
    )
    descendants = forms.BooleanField(
        label=_("Berlaku juga di unit-unit di bawahnya"), required=False, initial=True
    )
    starts = DateField(label=_("Mulai"), earliest=clock.today)
    ends = DateField(
        label=_("Sampai dengan"), help_text=_("Paling lama %(days)d hari sejak mulai") % {"days": GRANT_DAYS}
    )
    reason = forms.CharField(label=_("Alasan"), max_length=200, help_text=_("Misalnya nomor surat tugas"))

    def __init__(self, *args: object, roles: Iterable[Role], units: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Pilih peran")), *((role.code, role.label) for role in roles)]
        self.fields["unit"].queryset = units


class DecreeForm(Form):
    """Who fills a post: definitively, as Plt (vacant post) or Plh (absent holder)."""

    position = forms.ModelChoiceField(
        label=_("Jabatan"), queryset=Position.objects.none(), empty_label=_("Pilih jabatan")
    )
    person = OfficerField()
    kind = forms.ChoiceField(
        label=_("Sebagai apa?"),
        choices=[
            ("definitive", _("Definitif")),
            ("plt", _("Plt. (jabatan kosong)")),
            ("plh", _("Plh. (pejabat berhalangan sementara)")),
        ],
        widget=CardRadios,
    )
    decree = forms.CharField(label=_("Nomor keputusan"), max_length=120)
    starts = DateField(label=_("Mulai"))
    ends = DateField(label=_("Sampai dengan"), required=False, help_text=_("Wajib untuk Plt. dan Plh."))
    extends = forms.ModelChoiceField(
        label=_("Memperpanjang"),
        queryset=Assignment.objects.none(),
        required=False,
        empty_label=_("Bukan perpanjangan"),
        help_text=_("Plt. hanya boleh diperpanjang satu kali."),
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        position, extends = self.fields["position"], self.fields["extends"]
        position.queryset = (
            Position.objects.select_related("unit").filter(active=True).order_by("unit__name", "name")
        )
        position.label_from_instance = lambda post: f"{post.name} – {post.unit.name}"
        extends.queryset = queries.extendable(clock.today())
        extends.label_from_instance = lambda one: (
            f"{one.person.full_name.title()}, {one.position.name} ({one.decree})"
        )


class AssistForm(Form):
    """The person who stands at the counter, how the consent was proved, and for which service."""

    nik = forms.CharField(
        label="NIK",
        help_text=_("16 angka di KTP"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, help_text=_("Seperti di KTP, tanpa gelar")
    )
    card_shown = forms.BooleanField(label=_("KTP-el asli ditunjukkan kepada saya"), required=False)
    service = forms.ChoiceField(label=_("Layanan yang diurus"))
    unit = forms.ModelChoiceField(
        label=_("Saya melayani di"), queryset=Unit.objects.none(), empty_label=_("Pilih unit")
    )
    proof = forms.ChoiceField(
        label=_("Persetujuan dibuktikan dengan"), choices=AssistedSession.PROOFS, widget=CardRadios
    )
    witness = OfficerField(
        label=_("NIP petugas saksi"), required=False, help_text=_("Hanya bila buktinya saksi petugas kedua")
    )

    def __init__(self, *args: object, services: Iterable[object], units: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [
            ("", _("Pilih layanan")),
            *((one.code, one.name) for one in services),
        ]
        self.fields["unit"].queryset = units
        self.fields["proof"].choices = [(code, capfirst(_(label))) for code, label in AssistedSession.PROOFS]
        if len(units) == 1:
            self.initial.setdefault("unit", units[0].pk)

    def clean_nik(self) -> niks.Nik:
        try:
            return niks.parse(self.cleaned_data["nik"], today=clock.today())
        except Refused as refusal:
            raise ValidationError([reason.message for reason in refusal.reasons]) from refusal
