"""What the officers' forms have in common: they know their complaint, and what the action wants of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sekata.kernel.documents.uploads import Accepted
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions import KINDS, look_into
from sekata.pillars.environment.complaints.models import Complaint
from sekata.web.doors import refuse
from sekata.web.forms import Form


class VerbForm(Form):
    """A question about one complaint. `places` says at which field a reason with another name is shown."""

    places: Mapping[str, str] = {}
    wide = False

    def __init__(self, *args, complaint: Complaint | None = None, actor: Actor | None = None, **kwargs):
        self.complaint, self.actor = complaint, actor
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the complaint."""

    def given(self) -> dict[str, object]:
        """The arguments of the action."""
        return dict(self.cleaned_data)

    def refuse(self, refusal: Refused) -> "VerbForm":
        """Show a refusal's reasons at their fields."""
        moved = (replace(r, field=self.places.get(r.field, r.field)) for r in refusal.reasons)
        refuse(self, Refused(*moved, status=refusal.status))
        return self


class Confirm(VerbForm):
    """Nothing to ask but whether."""


def long_text(label: object, *, hint: object = "", rows: int = 5, **kwargs: object) -> forms.CharField:
    """A box for sentences."""
    widget = forms.Textarea({"rows": rows, "class": "short"})
    return forms.CharField(label=label, help_text=hint, widget=widget, **kwargs)


class MomentField(forms.DateTimeField):
    """Day and hour by the device's own picker; written words like 19-11-2026 08.30 are read too."""

    def __init__(self, **kwargs: object):
        kwargs.setdefault(
            "input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H.%M", "%Y-%m-%d %H:%M"]
        )
        kwargs.setdefault(
            "widget", forms.DateTimeInput({"type": "datetime-local", "class": "w10"}, "%Y-%m-%dT%H:%M")
        )
        super().__init__(**kwargs)


def this_minute() -> datetime:
    """Now, for the boxes of a form."""
    return timezone.localtime(clock.now()).replace(second=0, microsecond=0)


def coordinate(label: object, limit: int) -> forms.FloatField:
    """Degrees, written with a point or a comma, or filled by the device."""
    field = DegreesField(label=label, required=False, min_value=-limit, max_value=limit)
    field.widget = forms.TextInput({"inputmode": "decimal", "class": "w10"})
    return field


class DegreesField(forms.FloatField):
    """Degrees with a decimal comma or point."""

    def to_python(self, value: object) -> float | None:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


def accept_all(
    files: list[object], kinds: tuple[str, ...] = KINDS, anonymous: bool = False
) -> tuple[Accepted, ...]:
    """Uploads that have been looked into; the first that is not what it claims refuses all."""
    return tuple(look_into(file, kinds, anonymous) for file in files)


SUFFIXES = {
    "jpg": "JPG", "jpeg": "JPG", "png": "PNG", "webp": "WEBP", "heic": "HEIC", "mp4": "MP4", "ogg": "OGG",
    "m4a": "M4A", "pdf": "PDF",
}  # fmt: skip
LATITUDE, LONGITUDE = _("Lintang"), _("Bujur")
