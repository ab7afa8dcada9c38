"""The filters of the room's list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints.codes import Priority, StateCode
from sekata.pillars.environment.complaints.queries import desk
from sekata.pillars.environment.complaints.queries.board import Wanted
from sekata.web.forms import Form

QUEUES = (
    ("", _("Semua")),
    ("mine", _("Untuk saya")),
    ("free", _("Belum dipegang")),
    ("late", _("Lewat batas")),
    ("paused", _("Dijeda")),
)


class FilterForm(Form):
    """Whatever cannot be read is no filter."""

    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua keadaan")), *StateCode.choices()]
    )
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    prioritas = forms.TypedChoiceField(
        label=_("Prioritas"), required=False, coerce=lambda code: Priority(code).rank, empty_value=0,
        choices=[("", _("Semua prioritas")), *((p.value, f"{p.value} · {p.label}") for p in Priority)],
    )  # fmt: skip
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    antrean = forms.ChoiceField(required=False, choices=QUEUES, widget=forms.HiddenInput)
    selesai = forms.BooleanField(label=_("Yang sudah ditutup"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", _("Semua jenis")), *desk.kinds(clock.now())]
        self.fields["kecamatan"].choices = [
            ("", _("Semua kecamatan")),
            *((d.code, d.name) for d in units.districts()),
        ]

    def wanted(self, after: str = "") -> Wanted:
        self.is_valid()
        told = self.cleaned_data
        return Wanted(
            state=told.get("keadaan", ""),
            kind=told.get("jenis", ""),
            priority=told.get("prioritas") or 0,
            district=told.get("kecamatan", ""),
            queue=told.get("antrean", ""),
            closed=told.get("selesai", False),
            after=after,
        )
