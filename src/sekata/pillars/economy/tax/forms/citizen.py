"""What anybody may ask: what a number owes, what a duty would be."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import money
from sekata.lib.numbers import nop, npwpd
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.codes import Acquisition, Kinship
from sekata.web.forms import Form

SPPT_LENGTH = 24
LETTER = re.compile(r"(?:SKPD(?:KBT?|LB|N)?|STPD)-\d{4}-\d{6,}")


class SearchForm(Form):
    """One number of any kind: of a land object, of a letter (the bill), of a taxpayer."""

    nop = forms.CharField(
        label=_("NOP, nomor tagihan, atau NPWPD"),
        help_text=_("NOP 18 angka ada di SPPT; nomor tagihan ada pada surat ketetapan"),
        max_length=40,
    )
    kind = "nop"

    def clean_nop(self) -> str:
        """The number without what people write between its digits; `kind` says what it is."""
        typed = self.cleaned_data["nop"].strip().upper()
        bare = nop.clean(typed)
        if LETTER.fullmatch(typed) or (len(bare) == SPPT_LENGTH and bare.isascii() and bare.isdigit()):
            self.kind = "letter"
            return typed if LETTER.fullmatch(typed) else bare
        if typed[:1] in ("P", "R"):
            self.kind = "npwpd"
            reasons = npwpd.check(typed)
        else:
            reasons = nop.check(typed)
        if reasons:
            raise forms.ValidationError(reasons[0].message)
        return npwpd.parse(typed).value if self.kind == "npwpd" else bare


class MoneyField(forms.CharField):
    """Whole rupiah as people write them."""

    def __init__(self, **given):
        super().__init__(**({"max_length": 24} | given), widget=forms.TextInput({"inputmode": "numeric"}))

    def clean(self, value: str) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = money.parse(text)
        except Refused as refusal:
            raise forms.ValidationError(refusal.reasons[0].message) from None
        if amount < 0:
            raise forms.ValidationError(_("Jumlah tidak boleh kurang dari nol."))
        return amount


class DutyForm(Form):
    """The calculator of acquisition duty."""

    code = forms.ChoiceField(label=_("Cara perolehan"), choices=Acquisition.choices())
    value = MoneyField(label=_("Harga atau nilai pasar"))
    land_value = MoneyField(label=_("NJOP PBB tahun ini"))
    first = forms.BooleanField(label=_("Perolehan pertama pembeli di kabupaten ini"), required=False)
    kinship = forms.ChoiceField(
        label=_("Hubungan dengan pewaris (hanya waris)"), choices=Kinship.choices(), required=False
    )
