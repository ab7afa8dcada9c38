"""Forms of paying: which bill, what if, the bank's slip; and of the treasurer's desk."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sekata.kernel.documents.uploads import Accepted, accept
from sekata.kernel.payments import queries
from sekata.kernel.payments.queries import Bill, Partner, Payment
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.web.forms import CardRadios, DateField, FileDrop, FilesField, Form, RupiahField

SLIPS = {"jpg": "JPG", "jpeg": "JPG", "png": "PNG", "webp": "WEBP", "heic": "HEIC", "pdf": "PDF"}
KINDS = {"report": _("Laporan transaksi (CSV atau JSON)"), "statement": _("Rekening koran MT940")}


class NumberForm(Form):
    """The number of a bill, a virtual account or a receipt as people copy it."""

    nomor = forms.CharField(
        label=_("Nomor tagihan, BRIVA, atau bukti bayar"),
        help_text=_("13 angka, 18 angka, atau 20 angka"),
        max_length=40,
    )

    def clean_nomor(self) -> str:
        digits = "".join(one for one in self.cleaned_data["nomor"] if one not in " .-")
        if not digits.isdigit() or len(digits) not in (13, 18, 20):
            raise ValidationError(
                _("Nomor harus 13, 18, atau 20 angka; yang Anda tulis %(n)d"), params={"n": len(digits)}
            )
        return digits


class WhatIfForm(Form):
    """On which day one would pay."""

    tanggal = DateField(label=_("Kalau dibayar tanggal"), earliest=clock.today)


class TraceForm(Form):
    """What the payer knows of a payment that does not show."""

    paid_on = DateField(label=_("Tanggal bayar"), latest=clock.today)
    amount = RupiahField(label=_("Jumlah yang dibayar"), min_value=1, max_value=10**13)
    bank_ref = forms.CharField(
        label=_("Nomor referensi di struk"), max_length=64, required=False, help_text=_("Kalau ada")
    )
    contact = forms.CharField(
        label=_("Nomor HP untuk dihubungi"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "class": "w10"}),
    )
    slip = FilesField(
        label=_("Foto atau PDF bukti bayar"),
        max_files=1,
        kinds=SLIPS,
        widget=FileDrop({"accept": "image/*,.pdf"}, multiple=False),
    )

    def clean_slip(self) -> Accepted:
        try:
            return accept(self.cleaned_data["slip"][0], kinds=("photo", "document"))
        except Refused as refusal:
            raise ValidationError([reason.message for reason in refusal.reasons]) from refusal


class BringForm(Form):
    """A file of a bank."""

    bank = forms.ChoiceField(label=_("Bank"))
    kind = forms.ChoiceField(label=_("Jenis berkas"), choices=list(KINDS.items()), widget=CardRadios)
    berkas = FilesField(label=_("Berkas"), max_files=1, widget=FileDrop(multiple=False))

    def __init__(self, *args: object, partners: Iterable[Partner], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.partners = {partner.code: partner for partner in partners}
        self.fields["bank"].choices = [(code, partner.name) for code, partner in self.partners.items()]

    def clean_bank(self) -> Partner:
        return self.partners[self.cleaned_data["bank"]]


class EvidenceForm(Form):
    """Evidence in words."""

    evidence = forms.CharField(
        label=_("Bukti"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Dari mana Anda tahu, paling sedikit 10 huruf; ikut tercatat."),
    )


class NoteForm(Form):
    """A reason in words."""

    note = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea({"rows": 3}))


class CorrectForm(NoteForm):
    """On which day the bank made up for a difference."""

    day = DateField(label=_("Tanggal koreksi di rekening koran"), latest=clock.today)


def bill_of(text: str) -> Bill | None:
    """The bill whose number was typed, nothing for an empty text. Raises ValidationError for an unknown one."""
    if not text:
        return None
    found = queries.by_customer_no(text)
    if found is None:
        raise ValidationError(_("Tidak ada tagihan dengan nomor ini."))
    return found


class BillForm(EvidenceForm):
    """To which bill money belongs, with evidence."""

    bill = forms.CharField(
        label=_("Nomor tagihan"), max_length=30, widget=forms.TextInput({"inputmode": "numeric"})
    )
    field_order = ("bill", "evidence")

    def clean_bill(self) -> Bill | None:
        return bill_of(self.cleaned_data["bill"])


class PostForm(BillForm):
    """Evidence for a line that only the bank knows; a bill where its own number fits none."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["bill"].required = False
        self.fields["bill"].help_text = _("Isi kalau nomor di baris bank tidak cocok dengan tagihan mana pun")


class AnswerForm(Form):
    """The answer to a payer who asked for a trace."""

    ntpd = forms.CharField(
        label=_("NTPD pembayaran yang ditemukan"),
        max_length=20,
        required=False,
        help_text=_("Kosongkan kalau tidak ditemukan"),
    )
    answer = forms.CharField(label=_("Jawaban"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def clean_ntpd(self) -> Payment | None:
        text = self.cleaned_data["ntpd"].strip()
        found = queries.by_ntpd(text) if text else None
        if text and found is None:
            raise ValidationError(_("Tidak ada pembayaran dengan NTPD ini."))
        return found
