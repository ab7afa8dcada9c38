"""Forms of registration: the application, and each step of the office."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import BankKind, LegalForm
from sekata.web.forms import DateField, Form


def _villages() -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in units.villages()]


class ApplicationForm(Form):
    """What somebody tells who wants a bank registered. submission makes a second press the same application."""

    name = forms.CharField(label=_("Nama bank sampah"), min_length=5, max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=BankKind.choices(), widget=forms.RadioSelect)
    legal_form = forms.ChoiceField(label=_("Bentuk kelembagaan"), choices=LegalForm.choices())
    parent = forms.CharField(label=_("Kode bank sampah induk, kalau ada"), required=False, max_length=12)
    villages = forms.MultipleChoiceField(
        label=_("Desa atau kelurahan yang dilayani"), choices=_villages, widget=forms.CheckboxSelectMultiple
    )
    households = forms.IntegerField(
        label=_("Jumlah rumah tangga di wilayah itu"), min_value=1, max_value=100_000
    )
    address = forms.CharField(label=_("Alamat"), max_length=200)
    hours = forms.CharField(label=_("Jam buka"), max_length=120, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)


class Confirm(Form):
    """Nothing to fill in."""


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Alasan"), widget=forms.Textarea({"rows": 3}), min_length=10, max_length=300
    )


class VisitForm(Form):
    """What was seen on the spot."""

    visited_on = DateField(label=_("Tanggal tinjauan"), latest=clock.today, earliest=date(2020, 1, 1))
    note = forms.CharField(label=_("Yang ditemukan"), widget=forms.Textarea({"rows": 4}), max_length=2000)


class DecreeForm(Form):
    """The decree that registers a bank."""

    decree_no = forms.CharField(label=_("Nomor keputusan"), max_length=80)
    decree_on = DateField(label=_("Tanggal keputusan"), latest=clock.today, earliest=date(2020, 1, 1))
