"""Fire and haze: satellite files, ground checks, readings of the air."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.codes import GroundResult
from sekata.pillars.environment.complaints.forms.base import MomentField, this_minute
from sekata.pillars.environment.complaints.forms.field import NOW_HINT, FieldForm
from sekata.pillars.environment.complaints.queries import fire
from sekata.pillars.environment.complaints.standards import firms
from sekata.web.forms import CardRadios, DataListInput, Form, NumberField

LARGEST = 5_000_000
COLUMNS = {"firms": firms.FIRMS, "sipongi": firms.SIPONGI}


class HotspotFile(FieldForm):
    """A file as FIRMS or SiPongi gives it out."""

    source = forms.ChoiceField(
        label=_("Berkas dari mana?"),
        choices=(("firms", "NASA FIRMS"), ("sipongi", "SiPongi / BRIN")),
        widget=CardRadios,
        initial="firms",
    )
    file = forms.FileField(
        label=_("Berkas CSV"),
        help_text=_("Baris yang sudah ada tidak dihitung dua kali"),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> list[firms.HotspotRow]:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("Berkas paling besar 5 MB"))
        try:
            text = upload.read().decode("utf-8-sig")
            return firms.parse(text, COLUMNS[self.data.get("source", "firms")])
        except UnicodeDecodeError as fault:
            raise forms.ValidationError(_("Berkas ini bukan CSV yang dapat dibaca")) from fault
        except KeyError as fault:
            raise forms.ValidationError(_("Pilih dulu dari mana berkasnya")) from fault
        except Refused as refusal:
            raise forms.ValidationError([reason.message for reason in refusal.reasons]) from refusal

    def given(self):
        return {"rows": self.cleaned_data["file"], "source": self.cleaned_data["source"]}


class GroundCheck(FieldForm):
    """What a responder found; area only where it burns."""

    result = forms.ChoiceField(
        label=_("Apa yang Anda temukan?"), choices=GroundResult.choices(), widget=CardRadios
    )
    area_ha = NumberField(
        label=_("Perkiraan luas terbakar"),
        unit=_("hektare"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
    )
    checked_at = MomentField(label=_("Dilihat pukul"), required=False, help_text=NOW_HINT)

    def given(self):
        told = self.cleaned_data
        return {
            "result": GroundResult(told["result"]),
            "area_ha": told["area_ha"],
            "checked_at": told["checked_at"] or self.device_time,
        }


class AirForm(FieldForm):
    station = forms.CharField(label=_("Stasiun"), max_length=80, widget=DataListInput(options=fire.stations))
    measured_at = MomentField(label=_("Rata-rata 24 jam sampai"), initial=this_minute)
    pm25 = NumberField(
        label=_("PM2,5"), unit="µg/m³", min_value=0, max_value=5000, max_digits=6, decimal_places=1
    )


class DayForm(Form):
    hari = forms.DateField(
        label=_("Hari"), required=False, widget=forms.DateInput({"type": "date", "class": "w10"}, "%Y-%m-%d")
    )
