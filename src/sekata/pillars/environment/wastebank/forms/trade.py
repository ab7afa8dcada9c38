"""Forms of sales, transfers, counts and the month."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions.trade import Goods, Rejected
from sekata.pillars.environment.wastebank.codes import Cause
from sekata.pillars.environment.wastebank.models import Sale, Transfer
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.web.forms import DateField, Form, NumberField, RupiahField

LINES = 5


class KilogramField(NumberField):
    """Kilograms, zero allowed, three decimals."""

    def __init__(self, **kwargs):
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=3, unit="kg", **kwargs)


class GoodsForm(Form):
    """Materials with their kilograms and the price of a kilogram."""

    def __init__(self, *args, materials: Mapping, collectors: Iterable | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if collectors is not None:
            choices = [(one.pk, one.name) for one in collectors]
            self.fields["collector"] = forms.TypedChoiceField(label=_("Pembeli"), choices=choices, coerce=int)
        offered = [("", "–"), *((code, row["name"]) for code, row in sorted(materials.items()))]
        for place in range(1, LINES + 1):
            given, first = {"place": place}, place == 1
            self.fields[f"material_{place}"] = forms.ChoiceField(
                label=_("Jenis %(place)d") % given, choices=offered, required=first
            )
            self.fields[f"kg_{place}"] = KilogramField(label=_("Berat %(place)d") % given, required=first)
            self.fields[f"price_{place}"] = RupiahField(
                label=_("Harga per kg %(place)d") % given, required=first
            )

    def goods(self) -> list[Goods]:
        """The lines that were filled in."""
        rows = [
            [self.cleaned_data[f"{name}_{n}"] for name in ("material", "kg", "price")]
            for n in range(1, LINES + 1)
        ]
        return [Goods(material, kg, price or 0) for material, kg, price in rows if material and kg]


class SlipForm(Form):
    """The weigh-bridge slip."""

    slip = forms.CharField(label=_("Nomor karcis jembatan timbang"), required=False, max_length=40)


class AcceptForm(Form):
    """What the buyer refused, line by line, and what of it came back."""

    def __init__(self, *args, sale: Sale, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = list(sale.lines.order_by("material", "grade"))
        for line in self.lines:
            given = {"material": line.material}
            for name, label in (("no", _("%(material)s ditolak")), ("back", _("%(material)s dibawa pulang"))):
                self.fields[f"{name}_{line.pk}"] = KilogramField(label=label % given, initial=0)

    def rejected(self) -> dict[int, Rejected]:
        """line -> what was refused."""
        given = self.cleaned_data
        return {one.pk: Rejected(given[f"no_{one.pk}"], given[f"back_{one.pk}"]) for one in self.lines}


class PaidForm(Form):
    """Where the buyer's money went."""

    into = forms.ChoiceField(
        label=_("Uang masuk ke"),
        choices=[(bookkeeping.CASH, _("Kas")), (bookkeeping.BANK_ACCOUNT, _("Rekening bank"))],
        widget=forms.RadioSelect,
    )


class WeightsForm(Form):
    """Kilograms for each of several materials."""

    def __init__(self, *args, names: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = list(names)
        for code, name in names.items():
            self.fields[code] = KilogramField(label=name)

    def weights(self) -> dict[str, Decimal]:
        """material -> kilograms."""
        return {code: self.cleaned_data[code] for code in self.codes}

    @classmethod
    def of(cls, data, transfer: Transfer) -> "WeightsForm":
        """One field for each material that was sent."""
        lines = transfer.lines.order_by("material")
        return cls(data, names={line.material: f"{line.material} ({line.sent_kg} kg)" for line in lines})


class CauseForm(Form):
    """Why a stock differed."""

    cause = forms.ChoiceField(label=_("Penyebab"), choices=Cause.choices(), widget=forms.RadioSelect)
    explanation = forms.CharField(label=_("Penjelasan"), max_length=300)


class CashForm(Form):
    """The cash box."""

    counted = RupiahField(label=_("Uang di kas"))
    explanation = forms.CharField(
        label=_("Penjelasan bila berbeda dengan buku"), required=False, max_length=300
    )


class MonthForm(Form):
    """Any day of the month to be closed."""

    month = DateField(label=_("Satu tanggal dalam bulan itu"), latest=clock.today)
