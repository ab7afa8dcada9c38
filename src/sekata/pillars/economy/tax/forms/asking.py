"""What a taxpayer asks for: to be registered, to declare land, a duty, something about a letter, a proxy."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.numbers import nop
from sekata.pillars.economy.tax.codes import (
    Acquisition,
    BuildingUse,
    Kinship,
    LandKind,
    LandUse,
    SpopKind,
    TaxpayerKind,
    TaxType,
    TransferExemption,
)
from sekata.pillars.economy.tax.forms.citizen import MoneyField
from sekata.pillars.economy.tax.rules.bphtb import EVENTS
from sekata.web.forms import DateField, Form

Choices = Iterable[tuple[str, str]]
REGISTRABLE = tuple(
    (tax.value, tax.label)
    for tax in TaxType
    if tax not in (TaxType.LAND, TaxType.TRANSFER, TaxType.VEHICLE_SURCHARGE, TaxType.TRANSFER_SURCHARGE,
                   TaxType.MINERALS_SURCHARGE)
)  # fmt: skip
DECLARABLE = (SpopKind.NEW, SpopKind.UPDATE, SpopKind.DELETE)


def villages() -> list[tuple[str, str]]:
    """Villages by district, for a list to choose from."""
    areas = units.areas()
    found = sorted(units.villages(), key=lambda area: (area.parent_id, area.name))
    names = (areas[area.parent_id].name if area.parent_id in areas else "" for area in found)
    return [(area.code, f"{area.name}, {name}") for area, name in zip(found, names, strict=True)]


class VillageForm(Form):
    """A form with a village to choose."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.fields["village"].choices = [("", "–"), *villages()]


class RegistrationForm(VillageForm):
    """Who registers, and what is taxed."""

    kind = forms.ChoiceField(label=_("Jenis wajib pajak"), choices=TaxpayerKind.choices())
    name = forms.CharField(label=_("Nama lengkap atau nama badan"), max_length=120)
    number = forms.CharField(
        label=_("NIK atau NIB"),
        help_text=_("NIK 16 angka untuk orang, NIB 13 angka untuk badan"),
        max_length=20,
    )
    village = forms.ChoiceField(label=_("Desa atau kelurahan"))
    address = forms.CharField(label=_("Alamat"), max_length=200)
    phone = forms.CharField(label=_("Nomor telepon"), max_length=20, required=False)
    tax_type = forms.ChoiceField(
        label=_("Usaha yang didaftarkan"), choices=[("", _("Belum ada")), *REGISTRABLE], required=False
    )
    business = forms.CharField(label=_("Nama usaha"), max_length=120, required=False)

    def clean(self) -> dict[str, object]:
        told = super().clean()
        if told.get("tax_type") and not told.get("business"):
            self.add_error("business", _("Tulis nama usahanya."))
        return told


class LandForm(VillageForm):
    """A declaration about land (SPOP). NEW needs village and block, the others the number."""

    kind = forms.ChoiceField(
        label=_("Apa yang dilaporkan"), choices=[(one.value, one.label) for one in DECLARABLE]
    )
    nop = forms.CharField(label=_("NOP, kecuali untuk objek baru"), max_length=40, required=False)
    village = forms.ChoiceField(label=_("Desa objek baru"), required=False)
    block = forms.CharField(label=_("Blok objek baru, tiga angka"), max_length=3, required=False)
    land_area = forms.IntegerField(
        label=_("Luas tanah (m²)"), min_value=1, max_value=10_000_000, required=False
    )
    land_kind = forms.ChoiceField(label=_("Jenis tanah"), choices=LandKind.choices(), required=False)
    use = forms.ChoiceField(label=_("Penggunaan"), choices=LandUse.choices(), required=False)
    address = forms.CharField(label=_("Letak objek"), max_length=200, required=False)
    certificate = forms.CharField(label=_("Nomor sertipikat"), max_length=60, required=False)
    building_area = forms.IntegerField(
        label=_("Luas bangunan (m²), kosong bila tidak ada"), min_value=1, max_value=1_000_000, required=False
    )
    building_use = forms.ChoiceField(
        label=_("Penggunaan bangunan"), choices=BuildingUse.choices(), required=False
    )
    year_built = forms.IntegerField(label=_("Tahun dibangun"), min_value=1800, max_value=2100, required=False)

    def clean_nop(self) -> str:
        if not self.cleaned_data["nop"]:
            return ""
        reasons = nop.check(self.cleaned_data["nop"])
        if reasons:
            raise forms.ValidationError(reasons[0].message)
        return nop.clean(self.cleaned_data["nop"])

    def clean(self) -> dict[str, object]:
        told = super().clean()
        kind = told.get("kind")
        if kind == SpopKind.NEW:
            self._need("village", "block", "land_area")
        elif kind:
            self._need("nop", *(("land_area",) if kind == SpopKind.UPDATE else ()))
        if told.get("building_area") and not told.get("year_built"):
            self._need("year_built")
        return told

    def _need(self, *fields: str) -> None:
        for name in fields:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Isi bagian ini."))


class TransferForm(Form):
    """A draft of an SSPD-BPHTB."""

    code = forms.ChoiceField(label=_("Cara perolehan"), choices=Acquisition.choices())
    nop = forms.CharField(label=_("Nomor objek pajak (NOP)"), max_length=40)
    buyer_name = forms.CharField(label=_("Nama pembeli atau penerima"), max_length=120)
    buyer_nik = forms.CharField(label=_("NIK pembeli atau penerima"), max_length=20)
    seller_name = forms.CharField(label=_("Nama penjual atau pewaris, seperti pada SPPT"), max_length=120)
    kinship = forms.ChoiceField(
        label=_("Hubungan dengan pewaris (hanya waris)"), choices=Kinship.choices(), required=False
    )
    exemption = forms.ChoiceField(
        label=_("Alasan tidak kena BPHTB"), choices=TransferExemption.choices(), required=False
    )
    certificate = forms.CharField(label=_("Nomor sertipikat"), max_length=60, required=False)
    land_area = forms.IntegerField(label=_("Luas tanah (m²)"), min_value=1, max_value=10_000_000)
    building_area = forms.IntegerField(
        label=_("Luas bangunan (m²)"), min_value=0, max_value=1_000_000, required=False
    )
    value = MoneyField(label=_("Harga atau nilai pasar"), required=False)
    event = forms.ChoiceField(
        label=_("Peristiwa yang sudah terjadi"),
        choices=[("", _("Belum ada")), *EVENTS.items()],
        required=False,
    )
    on = DateField(label=_("Tanggal peristiwa itu"), required=False, latest=clock.today)
    ppat = forms.ChoiceField(label=_("PPAT yang menangani"), required=False)

    def __init__(self, *given, ppats: Choices = (), **named):
        super().__init__(*given, **named)
        self.fields["ppat"].choices = [("", _("Saya urus sendiri dahulu")), *ppats]


class LetterForm(Form):
    """What may be asked about a letter; `ask` leaves the fields of one kind of request."""

    grounds = forms.CharField(label=_("Alasan"), widget=forms.Textarea({"rows": 5}), max_length=2000)
    undisputed = MoneyField(label=_("Bagian pajak yang Anda setujui"))
    asked = MoneyField(label=_("Jumlah yang dimohon"))
    parts = forms.IntegerField(label=_("Berapa kali angsuran"), min_value=2, max_value=24)

    def __init__(self, *given, ask: frozenset[str], **named):
        super().__init__(*given, **named)
        for name in set(self.fields) - ask - {"grounds"}:
            del self.fields[name]


class ProxyForm(Form):
    """Who may act, from when to when, by which letter."""

    taxpayer = forms.ChoiceField(label=_("Wajib pajak"))
    nik = forms.CharField(label=_("NIK penerima kuasa"), max_length=20)
    starts = DateField(label=_("Mulai"))
    ends = DateField(label=_("Sampai dengan"))
    deed = forms.CharField(label=_("Nomor dan tanggal surat kuasa"), max_length=120)

    def __init__(self, *given, taxpayers: Choices = (), **named):
        super().__init__(*given, **named)
        self.fields["taxpayer"].choices = list(taxpayers)
