"""The forms of signing in and registering."""

from allauth.account.forms import LoginForm as AllauthLogin
from allauth.account.forms import SignupForm as AllauthSignup
from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.lib.numbers import nik as niks
from sekata.lib.result import Refused
from sekata.web.forms import SpeakingMixin


class LoginForm(SpeakingMixin, AllauthLogin):
    """Signing in with whatever number a person remembers."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Nomor HP, NIP, atau NIK")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class SignupForm(SpeakingMixin, AllauthSignup):
    """Three facts are enough: name, phone, password. The NIK may follow when a service needs it."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, help_text=_("Seperti di KTP, tanpa gelar")
    )
    nik = forms.CharField(label=_("NIK"), required=False, help_text=_("16 angka di KTP"))

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Nomor HP")
        self.fields["username"].help_text = _(
            "Misalnya 0812 3456 7890. Dipakai untuk masuk dan menerima kabar."
        )
        self.order_fields(["full_name", "username", "nik", "email", "password1"])

    def clean_nik(self) -> niks.Nik | None:
        text = self.cleaned_data["nik"]
        if not text:
            return None
        try:
            return niks.parse(text, today=clock.today())
        except Refused as refusal:
            raise forms.ValidationError([reason.message for reason in refusal.reasons]) from refusal
