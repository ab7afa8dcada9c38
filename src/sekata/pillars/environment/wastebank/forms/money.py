"""Forms of money: withdrawals, vouchers, statements, accounts, officers, scales, collectors, the import."""

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions.customers import NewCustomer
from sekata.pillars.environment.wastebank.actions.vouchers import NewVoucher
from sekata.pillars.environment.wastebank.actions.withdrawals import Asked
from sekata.pillars.environment.wastebank.codes import CustomerKind, Post, VoucherKind, WithdrawalKind
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.web.forms import DateField, Form, NumberField, RupiahField

MONEY = [(bookkeeping.CASH, _("Kas")), (bookkeeping.BANK_ACCOUNT, _("Rekening bank"))]


class TakeForm(Form):
    """How much, and for which number. target_name: what the number is called, empty where there is none."""

    amount = RupiahField(label=_("Jumlah"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, kind: str, target_name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if target_name:
            field = forms.CharField(
                label=target_name, max_length=30, widget=forms.TextInput({"inputmode": "numeric"})
            )
            self.fields = {"target": field} | self.fields

    def asked(self) -> Asked:
        """The request, as the act takes it."""
        given = self.cleaned_data
        return Asked(given["submission"], self.kind, given["amount"], given.get("target", ""))


class DeskTakeForm(TakeForm):
    """The same at the desk, for a customer who is there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        number = forms.CharField(
            label=_("Nomor nasabah"), max_length=14, widget=forms.TextInput({"inputmode": "numeric"})
        )
        self.fields = {"customer": number} | self.fields


class AuditForm(Form):
    """Whose account is looked at, and why."""

    customer = forms.CharField(label=_("Nomor nasabah"), max_length=14)
    purpose = forms.CharField(label=_("Alasan pemeriksaan"), min_length=10, max_length=300)


class KindForm(Form):
    """Which kind of withdrawal."""

    kind = forms.ChoiceField(
        label=_("Ambil sebagai"), choices=WithdrawalKind.choices(), widget=forms.RadioSelect
    )


class PaidForm(Form):
    """What proves that it was handed over."""

    reference = forms.CharField(label=_("Nomor bukti (wajib untuk transfer)"), required=False, max_length=60)


class SettleForm(Form):
    """What a person has found out from the biller."""

    reference = forms.CharField(label=_("Nomor bukti dari penyedia"), max_length=60)
    token = forms.CharField(label=_("Token 20 angka, kalau ada"), required=False, max_length=30)
    reason = forms.CharField(label=_("Bagaimana dipastikan"), min_length=10, max_length=300)


class VoucherForm(Form):
    """A voucher of the cash box."""

    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[one for one in VoucherKind.choices() if one[0] != VoucherKind.FROM_BANK]
    )
    amount = RupiahField(label=_("Jumlah"))
    account = forms.ChoiceField(
        label=_("Uangnya"), choices=[*MONEY, (bookkeeping.CUSTOMERS, _("Potong saldo nasabah"))]
    )
    counterpart = forms.ChoiceField(label=_("Diselesaikan dengan"), required=False)
    note = forms.CharField(label=_("Untuk apa"), min_length=3, max_length=160)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, counterparts: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counterpart"].choices = [("", "–"), *counterparts.items()]

    def new(self) -> NewVoucher:
        """The voucher, as the act takes it."""
        return NewVoucher(**self.cleaned_data)


class PeriodForm(Form):
    """From when to when."""

    since = DateField(label=_("Dari"), latest=clock.today, earliest=date(2020, 1, 1))
    until = DateField(label=_("Sampai"), latest=clock.today, earliest=date(2020, 1, 1))

    @staticmethod
    def usual() -> dict[str, date]:
        """The last three months."""
        return {"since": clock.today() - timedelta(days=92), "until": clock.today()}


def _villages() -> list[tuple[str, str]]:
    return [("", "–"), *((area.code, area.name) for area in units.villages())]


class AccountForm(Form):
    """A new customer. request makes a second press the same account."""

    name = forms.CharField(label=_("Nama"), min_length=2, max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=CustomerKind.choices(), initial=CustomerKind.HOUSEHOLD)
    nik = forms.CharField(label=_("NIK (boleh kosong)"), required=False, max_length=20)
    phone = forms.CharField(label=_("Nomor telepon (boleh kosong)"), required=False, max_length=20)
    family_card = forms.CharField(
        label=_("Nomor kartu keluarga (boleh kosong)"), required=False, max_length=20
    )
    household = forms.CharField(
        label=_("Nama rumah tangga, bila tanpa kartu keluarga"), required=False, max_length=80
    )
    village_code = forms.ChoiceField(label=_("Desa atau kelurahan"), choices=_villages, required=False)
    household_size = forms.IntegerField(label=_("Anggota rumah tangga"), min_value=1, max_value=99, initial=1)
    consent = forms.BooleanField(label=_("Nasabah menyetujui ketentuan tabungan sampah"))
    request = forms.UUIDField(widget=forms.HiddenInput)

    def new(self) -> NewCustomer:
        """The customer, as the act takes it."""
        return NewCustomer(**self.cleaned_data)


class OfficerForm(Form):
    """Who holds an office. family_card: for weighers, so that the own household is known (R11)."""

    nik = forms.CharField(label=_("NIK pengurus (sudah punya akun)"), max_length=20)
    post = forms.ChoiceField(label=_("Jabatan"), choices=Post.choices())
    since = DateField(label=_("Mulai"), latest=clock.today, earliest=date(2020, 1, 1))
    family_card = forms.CharField(
        label=_("Nomor kartu keluarga (wajib untuk penimbang)"), required=False, max_length=20
    )


class EndForm(Form):
    """The last day of an office."""

    until = DateField(label=_("Hari terakhir"), latest=clock.today, earliest=date(2020, 1, 1))


class ScaleForm(Form):
    """A scale and its legal verification."""

    serial = forms.CharField(label=_("Nomor seri"), max_length=40)
    capacity_kg = NumberField(label=_("Kapasitas"), min_value=1, max_digits=9, decimal_places=3, unit="kg")
    division_g = NumberField(label=_("Skala terkecil"), min_value=0, max_digits=8, decimal_places=3, unit="g")
    verified_until = DateField(label=_("Tera berlaku sampai"), required=False, earliest=date(2020, 1, 1))


class VerifiedForm(Form):
    """A scale was verified again."""

    verified_until = DateField(label=_("Tera berlaku sampai"), earliest=date(2020, 1, 1))


class CollectorForm(Form):
    """A buyer."""

    code = forms.RegexField(r"[A-Z0-9-]{3,12}", label=_("Kode, huruf besar dan angka"))
    name = forms.CharField(label=_("Nama"), min_length=3, max_length=120)
    recycler = forms.BooleanField(label=_("Industri daur ulang"), required=False)


class OfferForm(Form):
    """What a buyer pays from a day on."""

    collector = forms.TypedChoiceField(label=_("Pembeli"), coerce=int)
    material = forms.ChoiceField(label=_("Jenis"))
    sell_price = RupiahField(label=_("Harga per satuan; kosong bila tidak membeli lagi"), required=False)
    valid_on = DateField(label=_("Berlaku mulai"), earliest=clock.today)

    def __init__(self, *args, collectors, materials: Mapping, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["collector"].choices = [(one.pk, one.name) for one in collectors]
        self.fields["material"].choices = [(code, row["name"]) for code, row in sorted(materials.items())]


class ImportForm(Form):
    """A workbook and its control total."""

    file = forms.FileField(label=_("Lembar kerja Excel (.xlsx)"))
    total = RupiahField(label=_("Angka kontrol: jumlah semua saldo"))


class YearForm(Form):
    """A year and its half."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2016, max_value=2100)
    half = forms.TypedChoiceField(label=_("Semester"), choices=[(1, "I"), (2, "II")], coerce=int)
