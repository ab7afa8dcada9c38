"""What a step on a request may need: a reason, rupiah, a day, a word. The act says which of them it misses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.pillars.economy.tax.codes import ObjectionResult
from sekata.pillars.economy.tax.forms.citizen import MoneyField
from sekata.web.forms import DateField, Form


class StepForm(Form):
    """Everything any step asks for; `ask` leaves what the open steps need."""

    reason = forms.CharField(
        label=_("Alasan atau penjelasan"), widget=forms.Textarea({"rows": 3}), required=False
    )
    amount = MoneyField(label=_("Jumlah rupiah"), required=False)
    on = DateField(label=_("Tanggal"), required=False)
    word = forms.CharField(label=_("Kode wilayah NPWPD atau nomor akta"), max_length=60, required=False)
    parts = forms.IntegerField(label=_("Berapa kali angsuran"), min_value=2, required=False)
    result = forms.ChoiceField(
        label=_("Amar putusan"), choices=[("", "–"), *ObjectionResult.choices()], required=False
    )
    consents = forms.BooleanField(label=_("Setuju diperhitungkan dengan tunggakan"), required=False)

    def __init__(self, *given, ask: frozenset[str] = frozenset(), **named):
        super().__init__(*given, **named)
        for name in set(self.fields) - ask:
            del self.fields[name]
