"""Forms of the portal: opening a case by its code, checking a document."""

import hashlib
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sekata.kernel.cases import queries as cases
from sekata.kernel.cases.models import Case
from sekata.kernel.documents import queries as documents
from sekata.kernel.documents.models import Document
from sekata.kernel.people import actions as people
from sekata.kernel.people import queries as people_read
from sekata.lib import clock, codes
from sekata.web.forms import Form

TRIES, WINDOW = 10, timedelta(hours=1)
MISTYPED = _("Kode ini salah ketik. Periksa lagi: 10 huruf dan angka, misalnya K7Q29-F3MXB.")
UNKNOWN = _(
    "Kami tidak menemukan urusan dengan kode ini. Periksa lagi kodenya, atau tanyakan di kantor desa."
)
SLOW = _("Terlalu banyak kode yang keliru. Coba lagi sesudah satu jam.")


class TrackForm(Form):
    """The tracking code as people write it: lower case, with or without hyphen, O for 0."""

    kode = forms.CharField(
        label=_("Kode lacak"), help_text=_("10 huruf dan angka, misalnya K7Q29-F3MXB"), max_length=40
    )

    def __init__(self, *args: object, ip: str = "", **kwargs: object):
        super().__init__(*args, **kwargs)
        self.ip, self.slowed = ip, False
        self.case: Case | None = None
        self.fields["kode"].widget.attrs |= {"class": "code", "autocomplete": "off", "autocapitalize": "characters",
                                             "spellcheck": "false"}  # fmt: skip

    def clean_kode(self) -> str:
        text = self.cleaned_data["kode"]
        if not codes.is_valid(text):
            raise ValidationError(MISTYPED)
        at = clock.now()
        if people_read.failures("tracking", self.ip, WINDOW, at) >= TRIES:
            self.slowed = True
            raise ValidationError(SLOW)
        self.case = cases.by_tracking(codes.keyed_hash(text, settings.SEKATA.key("tracking")))
        if self.case is None:
            people.note_failure("tracking", self.ip, at)
            raise ValidationError(UNKNOWN)
        return text


class CheckForm(Form):
    """Code or file: either is enough."""

    kode = forms.CharField(
        label=_("Kode dokumen"),
        required=False,
        max_length=40,
        help_text=_("Di bawah kode QR, 12 huruf dan angka"),
    )
    berkas = forms.FileField(label=_("Atau unggah berkas PDF-nya"), required=False)

    def document(self) -> Document | None:
        """The issued document that was meant, None if we never issued such a one."""
        upload = self.cleaned_data.get("berkas")
        if upload:
            digest = hashlib.sha256()
            for piece in upload.chunks():
                digest.update(piece)
            return documents.by_content(digest.hexdigest())
        return documents.by_code(self.cleaned_data["kode"])
