"""The desk's own forms: keys for programs, talks, tickets of SP4N-LAPOR!, lists kept under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.forms.base import long_text
from sekata.pillars.environment.complaints.standards import sp4n
from sekata.web.forms import Form

LARGEST = 4_000_000
LONGEST_ANSWER = 1000


class ClientForm(Form):
    """Who gets a key."""

    name = forms.CharField(
        label=_("Nama aplikasi"),
        max_length=80,
        help_text=_("Seperti FixMyStreet Riau; tampil di riwayat kasus"),
    )
    contact = forms.CharField(
        label=_("Penanggung jawab"), max_length=120, help_text=_("Kantor dan surel yang dapat dihubungi")
    )


class ReplyForm(Form):
    """An officer's words into the conversation."""

    text = long_text(_("Jawaban Anda"), rows=3, max_length=LONGEST_ANSWER)


class TicketFile(Form):
    """A file of tickets in the columns of `standards.sp4n`."""

    file = forms.FileField(
        label=_("Berkas CSV dari SP4N-LAPOR!"),
        help_text=_("UTF-8, paling banyak 2.000 baris. Anda melihat dulu apa yang akan terjadi."),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("Berkas paling besar 4 MB"))
        content = upload.read()
        try:
            sp4n.read(content.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            raise forms.ValidationError(_("Berkas ini bukan CSV UTF-8 yang dapat dibaca")) from fault
        except Refused as refusal:
            raise forms.ValidationError([reason.message for reason in refusal.reasons]) from refusal
        return content


class SaveFilterForm(Form):
    """A name for the filters that are set now."""

    name = forms.CharField(label=_("Nama tampilan"), max_length=60)
    query = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
