"""What officers enter: tariffs, zone values, targets, billboards, readings, findings, acts of collection, deeds."""

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.pillars.economy.tax.codes import CollectionState, Ground, TargetVersion, TaxType
from sekata.pillars.economy.tax.forms.citizen import MoneyField
from sekata.pillars.economy.tax.rules.ceilings import GENERAL, Bracket
from sekata.web.forms import DateField, Form, NumberField

BRACKETS = 4
PERIOD = r"^\d{4}-(0[1-9]|1[0-2])$"


def period_field(**given: object) -> forms.RegexField:
    """A month, `2026-09`."""
    return forms.RegexField(
        PERIOD,
        label=_("Masa (tahun-bulan)"),
        max_length=7,
        help_text=_("misalnya 2026-09"),
        error_messages={"invalid": _("Masa ditulis tahun-bulan, misalnya 2026-09.")},
        **given,
    )


class TariffForm(Form):
    """A set of brackets from a day on."""

    tax_type = forms.ChoiceField(label=_("Jenis pajak"), choices=TaxType.choices())
    sub_class = forms.CharField(label=_("Golongan"), max_length=24, initial=GENERAL)
    valid_from = DateField(label=_("Berlaku mulai"))
    legal_ref = forms.CharField(label=_("Dasar hukum"), max_length=200)

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        for place in range(1, BRACKETS + 1):
            need = place == 1
            self.fields[f"rate_{place}"] = NumberField(
                label=_("Tarif lapis %(n)d (%%)") % {"n": place},
                max_digits=7,
                decimal_places=4,
                required=need,
            )
            self.fields[f"upto_{place}"] = MoneyField(
                label=_("Lapis %(n)d sampai dengan (kosong: tanpa batas)") % {"n": place}, required=False
            )

    def brackets(self) -> list[Bracket]:
        """The brackets, each beginning where the one before ends."""
        low, found = 0, []
        for place in range(1, BRACKETS + 1):
            rate, upto = self.cleaned_data[f"rate_{place}"], self.cleaned_data[f"upto_{place}"]
            if rate is not None:
                found.append(Bracket(low, upto, Decimal(rate), self.cleaned_data["sub_class"]))
                low = (upto or 0) + 1
        return found


class ZoneForm(Form):
    """A zone's value from a tax year on."""

    village = forms.RegexField(r"^\d{10}$", label=_("Kode desa PBB, sepuluh angka"), max_length=10)
    zone = forms.CharField(label=_("Kode ZNT"), max_length=4)
    tax_year = forms.IntegerField(label=_("Tahun pajak"), min_value=2010, max_value=2100)
    market_value = MoneyField(label=_("Nilai pasar per m²"))
    basis = forms.CharField(label=_("Dasar penilaian"), max_length=200)
    fast_growing = forms.BooleanField(
        label=_("Wilayah berkembang cepat, ditetapkan tiap tahun"), required=False
    )


class TargetForm(Form):
    """The targets of a year, tax by tax."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2010, max_value=2100)
    version = forms.ChoiceField(label=_("Versi"), choices=TargetVersion.choices())
    valid_from = DateField(label=_("Berlaku mulai"))
    basis = forms.CharField(label=_("Dasar hukum"), max_length=200)

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        for tax in TaxType:
            self.fields[f"tax_{tax.value}"] = MoneyField(label=tax.label, required=False)

    def amounts(self) -> dict[TaxType, int]:
        """Tax -> rupiah of those that were filled in."""
        told = self.cleaned_data
        return {tax: told[f"tax_{tax.value}"] for tax in TaxType if told[f"tax_{tax.value}"] is not None}


class DisplayForm(Form):
    """A billboard's next period."""

    width = NumberField(label=_("Lebar (m)"), max_digits=6, decimal_places=2, min_value=Decimal("0.1"))
    height = NumberField(label=_("Tinggi (m)"), max_digits=6, decimal_places=2, min_value=Decimal("0.1"))
    sides = forms.IntegerField(label=_("Sisi"), min_value=1, max_value=6)
    days = forms.IntegerField(label=_("Lama (hari)"), min_value=1, max_value=366)
    road = forms.ChoiceField(label=_("Kelas jalan"))
    starts = DateField(label=_("Mulai"))

    def __init__(self, *given, roads: Iterable[tuple[str, str]] = (), **named):
        super().__init__(*given, **named)
        self.fields["road"].choices = list(roads)


class ReadingForm(Form):
    """A well's month."""

    period = period_field()
    before = NumberField(label=_("Angka meter bulan lalu (m³)"), max_digits=12, decimal_places=2)
    now = NumberField(label=_("Angka meter sekarang (m³)"), max_digits=12, decimal_places=2)


class AuditForm(Form):
    """The worksheet: what was found against what was declared."""

    number = forms.CharField(label=_("Nomor objek pajak (NOPD)"), max_length=24)
    period = period_field()
    ground = forms.ChoiceField(label=_("Dasar penetapan"), choices=Ground.choices())
    found = MoneyField(label=_("Omzet atau nilai jual menurut pemeriksaan"))
    reason = forms.CharField(label=_("Temuan"), widget=forms.Textarea({"rows": 4}), max_length=2000)


class ReceiverForm(Form):
    """Who took a letter."""

    receiver = forms.CharField(label=_("Penerima surat"), max_length=120, required=False)
    reason = forms.CharField(label=_("Alasan"), widget=forms.Textarea({"rows": 3}), required=False)


class ServeForm(Form):
    """An act of collection as it was served."""

    on = DateField(label=_("Tanggal disampaikan"), latest=clock.today)
    hour = forms.TimeField(
        label=_("Pukul (WIB)"), help_text=_("misalnya 14:30"), input_formats=["%H:%M", "%H.%M"]
    )
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False)

    def moment(self) -> datetime:
        """When it was served."""
        hour: time = self.cleaned_data["hour"]
        return datetime.combine(self.cleaned_data["on"], hour, clock.WIB)


class DeedsForm(Form):
    """The deeds of a month, one a line: number; day; title."""

    period = period_field()
    deeds = forms.CharField(
        label=_("Akta, satu baris tiap akta: nomor; tanggal; judul"),
        widget=forms.Textarea({"rows": 8}),
        required=False,
        max_length=20_000,
    )

    def clean_deeds(self) -> list[dict[str, str]]:
        found = []
        for place, line in enumerate(
            filter(None, map(str.strip, self.cleaned_data["deeds"].splitlines())), 1
        ):
            parts = [part.strip() for part in line.split(";")]
            if len(parts) != 3 or not all(parts):
                raise forms.ValidationError(_("Baris %(n)d: tulis nomor; tanggal; judul.") % {"n": place})
            found.append(dict(zip(("number", "date", "title"), parts, strict=True)))
        return found


ACTS = {
    CollectionState.OPEN: CollectionState.WARNED,
    CollectionState.WARNED: CollectionState.FORCED,
    CollectionState.FORCED: CollectionState.SEIZED,
    CollectionState.SEIZED: CollectionState.ANNOUNCED,
    CollectionState.ANNOUNCED: CollectionState.AUCTIONED,
}
"""Step -> the act that may follow."""
