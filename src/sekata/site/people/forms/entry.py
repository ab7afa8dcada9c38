"""Forms of signing up and in with a phone number."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sekata.kernel.people.models import Account
from sekata.lib import clock
from sekata.lib.numbers import nik as niks
from sekata.lib.numbers import phone as phones
from sekata.lib.numbers.dates import MAX_AGE, age_on
from sekata.lib.result import Refused
from sekata.web.forms import CardRadios, DateField, Form

CHANNELS = [("sms", _("SMS")), ("whatsapp", _("WhatsApp"))]
PHONE = forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "class": "w10"})


class PhoneField(forms.CharField):
    """A phone number, in E.164 once clean."""

    def __init__(self, **kwargs: object):
        super().__init__(**{"max_length": 24, "widget": PHONE, **kwargs})

    def clean(self, value: object) -> str:
        text = super().clean(value)
        try:
            return phones.parse(text) if text else ""
        except Refused as refusal:
            raise ValidationError([reason.message for reason in refusal.reasons]) from refusal


class PhoneForm(Form):
    """Where the code goes. A NIK is no phone number and is refused here like any other wrong one."""

    phone = PhoneField(label=_("Nomor HP"), help_text=_("Misalnya 0812 3456 7890"))
    channel = forms.ChoiceField(
        label=_("Kirim kodenya lewat"), choices=CHANNELS, widget=CardRadios, initial="sms"
    )


class CodeForm(Form):
    """The six digits."""

    digits = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Kode 6 angka"),
        strip=True,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6, "class": "w7"}
        ),
        error_messages={"invalid": _("Kode terdiri dari 6 angka")},
    )


class FactsForm(Form):
    """Who it is. An e-mail address is asked of numbers from abroad only."""

    full_name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=120,
        help_text=_("Seperti di KTP, tanpa gelar"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    nik = forms.CharField(
        label="NIK",
        help_text=_("16 angka di KTP"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    birth_date = DateField(label=_("Tanggal lahir"), latest=clock.today)
    email = forms.EmailField(label=_("Alamat email"), required=False)

    def __init__(self, *args: object, abroad: bool, **kwargs: object):
        super().__init__(*args, **kwargs)
        if abroad:
            self.fields["email"].required = True
            self.fields["email"].help_text = _("Wajib untuk nomor luar negeri")
        else:
            del self.fields["email"]

    def clean_birth_date(self) -> object:
        born = self.cleaned_data["birth_date"]
        if born and age_on(born, clock.today()) > MAX_AGE:
            raise ValidationError(_("Umur lebih dari %(most)d tahun; periksa tahunnya") % {"most": MAX_AGE})
        return born

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if given.get("nik") and "birth_date" in given:
            try:
                given["nik"] = niks.parse(given["nik"], today=clock.today(), declared=given["birth_date"])
            except Refused as refusal:
                for reason in refusal.reasons:
                    self.add_error("nik", reason.message)
        return given

    def account(self, number: str) -> Account:
        """The account to be made, its number just proved."""
        account = Account(
            username=number, email=self.cleaned_data.get("email", ""), contact_proved_at=clock.now()
        )
        account.set_unusable_password()
        return account
