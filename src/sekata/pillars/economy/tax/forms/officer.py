"""Forms of the mass assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.web.forms import DateField, Form


class BeginForm(Form):
    """A tax year and the one day on which all its letters fall due."""

    tax_year = forms.IntegerField(label=_("Tahun pajak"), min_value=2010, max_value=2100)
    due_on = DateField(label=_("Jatuh tempo"))


class ReasonForm(Form):
    """The reason that is signed for rises over the cap, or for giving a batch up."""

    reason = forms.CharField(label=_("Alasan"), widget=forms.Textarea({"rows": 3}), required=False)
