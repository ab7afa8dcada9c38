"""Forms of a bank's desk: prices, devices, the counter, decisions, counts; and the customer's own."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.codes import DepositSource
from sekata.pillars.environment.wastebank.rules import pricing
from sekata.pillars.environment.wastebank.rules.quantities import parse_price, parse_quantity
from sekata.web.forms import DateField, Form

LINES = 6


def _spoken(refusal: Refused) -> forms.ValidationError:
    return forms.ValidationError([reason.message for reason in refusal.reasons])


class QuantityField(forms.CharField):
    """A quantity as people type it: comma or point is the decimal sign."""

    def __init__(self, *, unit: str = "kg", **kwargs):
        super().__init__(**kwargs)
        self.unit_code = unit
        self.widget.attrs |= {"inputmode": "decimal", "class": "w7"}

    def clean(self, value):
        typed = super().clean(value)
        try:
            return parse_quantity(typed, self.unit_code) if typed else None
        except Refused as refusal:
            raise _spoken(refusal) from None


class PriceField(forms.CharField):
    """Whole rupiah per unit; empty means not bought."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "class": "w7"}

    def clean(self, value):
        try:
            return parse_price(super().clean(value))
        except Refused as refusal:
            raise _spoken(refusal) from None


class PriceForm(Form):
    """The whole list as it shall stand; only what differs is published. Fields are `<material>:<channel>`."""

    valid_on = DateField(label=_("Berlaku mulai tanggal (pukul 00.00)"), earliest=clock.today)
    note = forms.CharField(label=_("Catatan untuk nasabah"), required=False, max_length=200)

    def __init__(self, *args, materials: Mapping, sheet: Mapping[pricing.Key, pricing.Price], **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet, self.keys = sheet, {}
        for code, row in sorted(materials.items()):
            for channel, words in (("drop_off", _("diantar")), ("pickup", _("dijemput"))):
                key, name = pricing.Key(code, "", channel), f"{code}:{channel}"
                self.keys[name] = key
                known = sheet.get(key)
                price = known.price if known else None
                label = f"{row['name']}, {words}"
                self.fields[name] = PriceField(label=label, initial="" if price is None else f"{price}")

    def changes(self) -> dict[pricing.Key, int | None]:
        """Keys whose price differs from the list in force."""
        standing = {key: row.price for key, row in self.sheet.items()}
        typed = {key: self.cleaned_data[name] for name, key in self.keys.items()}
        return {key: price for key, price in typed.items() if price != standing.get(key)}

    def valid_from(self) -> datetime:
        """Midnight of the day in the regency's zone; for today the next minute."""
        day = self.cleaned_data["valid_on"]
        midnight = datetime(day.year, day.month, day.day, tzinfo=clock.WIB)
        return max(midnight, clock.now() + timedelta(minutes=1))


class DeviceForm(Form):
    """A name for a phone."""

    name = forms.CharField(label=_("Nama perangkat"), max_length=80)


class CounterForm(Form):
    """A deposit at the counter. uid makes a second press the same deposit."""

    customer = forms.CharField(
        label=_("Nomor nasabah"), max_length=14, widget=forms.TextInput({"inputmode": "numeric"})
    )
    scale = forms.ChoiceField(label=_("Timbangan"), required=False)
    source = forms.ChoiceField(label=_("Tempat menimbang"), choices=DepositSource.choices())
    consent = forms.BooleanField(
        label=_("Nasabah setuju rekening tidur diaktifkan, atau menyetor sebagai tamu"), required=False
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, materials: Mapping, scales, **kwargs):
        super().__init__(*args, **kwargs)
        self.materials = materials
        self.fields["scale"].choices = [*((one.pk, one.serial) for one in scales), ("", _("Tanpa timbangan"))]
        choices = [("", "–"), *((code, row["name"]) for code, row in sorted(materials.items()))]
        for place in range(1, LINES + 1):
            name = _("Jenis %(place)d") % {"place": place}
            self.fields[f"material_{place}"] = forms.ChoiceField(
                label=name, choices=choices, required=place == 1
            )
            self.fields[f"quantity_{place}"] = forms.CharField(
                label=_("Jumlah %(place)d") % {"place": place},
                required=place == 1,
                widget=forms.TextInput({"inputmode": "decimal"}),
            )

    def clean(self):
        super().clean()
        self.lines = []
        for place in range(1, LINES + 1):
            material, typed = (
                self.cleaned_data.get(f"{name}_{place}", "") for name in ("material", "quantity")
            )
            if not material or not typed:
                continue
            try:
                quantity = parse_quantity(typed, self.materials[material]["unit"])
            except Refused as refusal:
                self.add_error(f"quantity_{place}", _spoken(refusal))
            else:
                self.lines.append((material, "", quantity))
        return self.cleaned_data


class PickupForm(Form):
    """What a customer asks to be fetched."""

    address = forms.CharField(label=_("Alamat dan patokan"), min_length=5, max_length=200)
    estimate_kg = QuantityField(label=_("Perkiraan berat (kg)"))
    day = DateField(label=_("Hari"), earliest=lambda: clock.today() + timedelta(days=1))
    part = forms.ChoiceField(
        label=_("Waktu"),
        choices=[("morning", _("Pagi")), ("afternoon", _("Siang"))],
        widget=forms.RadioSelect,
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)


class NicknameForm(Form):
    """The name on the leaderboard."""

    nickname = forms.CharField(label=_("Nama panggilan di papan peringkat"), required=False, max_length=40)
