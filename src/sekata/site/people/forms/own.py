"""Forms of one's own data."""

from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sekata.kernel.people.models import Delegation, RightsRequest
from sekata.lib import clock
from sekata.lib.manifest import System
from sekata.site.people.forms.entry import PhoneField
from sekata.web.forms import CardBoxes, CardRadios, DateField, Form

KINDS = {
    "correct": _("Perbaiki data yang salah"),
    "access": _("Beri salinan dan penjelasan data saya"),
    "restrict": _("Batasi pemakaian data saya"),
    "erase": _("Hapus data saya"),
}
MANDATES = {
    "guardian": _("Wali"),
    "carer": _("Pendamping atau keluarga"),
    "company": _("Pengurus badan usaha"),
}


class RequestForm(Form):
    """What a person asks of an officer about their data."""

    kind = forms.ChoiceField(
        label=_("Apa yang Anda minta?"),
        choices=[(code, KINDS[code]) for code, _label in RightsRequest.KINDS],
        widget=CardRadios,
    )
    details = forms.CharField(
        label=_("Keterangan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Misalnya data mana yang salah dan yang benar. Tersimpan terenkripsi."),
    )


class MandateForm(Form):
    """Whom one lets act, in which services, until when."""

    number = PhoneField(
        label=_("Nomor HP penerima kuasa"),
        help_text=_("Kuasa berlaku sesudah pemilik nomor itu menerimanya dari akunnya."),
    )
    kind = forms.ChoiceField(
        label=_("Sebagai apa?"),
        choices=[(code, MANDATES[code]) for code, _label in Delegation.KINDS],
        widget=CardRadios,
    )
    scope = forms.MultipleChoiceField(label=_("Untuk layanan apa?"), widget=CardBoxes)
    evidence = forms.CharField(
        label=_("Dasar atau bukti"),
        max_length=200,
        help_text=_("Misalnya nomor surat kuasa, penetapan perwalian, atau akta perusahaan"),
    )
    starts = DateField(label=_("Mulai"))
    ends = DateField(label=_("Sampai dengan"))

    def __init__(self, *args: object, systems: Iterable[System], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(one.code, capfirst(one.label)) for one in systems]
        self.initial.setdefault("starts", clock.today())
        self.initial.setdefault("ends", clock.today() + timedelta(days=90))


class CloseForm(Form):
    """Closing the account, said twice."""

    sure = forms.BooleanField(label=_("Saya mengerti dan ingin menutup akun ini"))
    erase = forms.BooleanField(
        label=_("Sekalian minta data saya dihapus"),
        required=False,
        help_text=_("Yang wajib disimpan menurut undang-undang tetap disimpan sampai waktunya."),
    )
