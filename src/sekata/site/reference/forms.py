"""The form of a proposal, made from the columns of its table; each value keeps the type that it has today."""

import json
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.lib.manifest import Table
from sekata.web.forms import DateField, Form, NumberField
from sekata.web.sentences import speak

LONG = 60
COLUMN = "nilai_"


class WholeField(forms.IntegerField):
    widget = forms.TextInput({"inputmode": "numeric", "class": "w10"})


class DecimalTextField(NumberField):
    """A number kept as JSON number."""

    def clean(self, value: object) -> float | None:
        found = super().clean(value)
        return None if found is None else float(found)


class LinesField(forms.CharField):
    """A list of texts or numbers, one a line."""

    widget = forms.Textarea({"rows": 4, "class": "short"})

    def __init__(self, *, numbers: bool = False, **kwargs: object):
        super().__init__(**kwargs)
        self.numbers = numbers

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: object) -> list[object]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        if not self.numbers:
            return lines
        try:
            return [
                int(line) if line.lstrip("-").isdigit() else float(line.replace(",", ".")) for line in lines
            ]
        except ValueError:
            raise ValidationError(_("Tulis satu angka di setiap baris"), code="invalid") from None


class StructureField(forms.CharField):
    """Nested values, written as JSON."""

    widget = forms.Textarea({"rows": 6, "class": "code"})

    def prepare_value(self, value: object) -> object:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)

    def clean(self, value: object) -> object:
        text = super().clean(value)
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise ValidationError(
                _("Susunannya belum benar: periksa kurung, tanda kutip, dan koma"), code="invalid"
            ) from None


class YesNoField(forms.TypedChoiceField):
    def __init__(self, **kwargs: object):
        choices = [("ya", _("Ya")), ("tidak", _("Tidak"))]
        super().__init__(
            choices=choices, coerce=lambda text: text == "ya", widget=forms.RadioSelect, **kwargs
        )

    def prepare_value(self, value: object) -> object:
        return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


def field_for(label: str, example: object) -> forms.Field:
    """The control that keeps the type of `example`."""
    if isinstance(example, bool):
        return YesNoField(label=label)
    if isinstance(example, int):
        return WholeField(label=label)
    if isinstance(example, float):
        return DecimalTextField(label=label)
    if isinstance(example, list) and all(isinstance(item, str | int | float) for item in example):
        numbers = bool(example) and not any(isinstance(item, str | bool) for item in example)
        return LinesField(
            label=label, numbers=numbers, required=False, help_text=_("Satu isian setiap baris")
        )
    if isinstance(example, list | dict):
        return StructureField(
            label=label, required=False, help_text=_("Susunan JSON, seperti yang berlaku sekarang")
        )
    if isinstance(example, str) and len(example) > LONG:
        return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 5}))
    return forms.CharField(label=label, required=False, max_length=1000)


class ProposalForm(Form):
    """Key, values, day and legal basis of a new row. What is left as it is stays as it is."""

    def __init__(
        self,
        *args: object,
        table: Table,
        present: Mapping | None,
        example: Mapping | None,
        key: str = "",
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.present = dict(present or {})
        self.columns = list(table.columns) + [name for name in present or {} if name not in table.columns]
        if not key:
            self.fields["key"] = forms.CharField(label=_("Kunci baru"), max_length=80, help_text=table.help)
        for name in self.columns:
            kind = (present or {}).get(name, (example or {}).get(name))
            label = str(table.columns.get(name, name))
            field = self.fields[COLUMN + name] = field_for(label, kind)
            field.required = field.required and name in (present or example or {})
            self.initial.setdefault(COLUMN + name, (present or {}).get(name))
        self.fields["valid_from"] = DateField(
            label=_("Berlaku mulai"),
            earliest=clock.today,
            help_text=_("Paling awal hari ini; yang lalu tidak dapat diubah."),
        )
        self.fields["basis"] = forms.CharField(
            label=_("Dasar hukum"), max_length=300, help_text=_("Misalnya Perbup 12/2026 pasal 4 ayat (2)")
        )
        if key and present is not None:
            self.fields["withdraw"] = forms.BooleanField(
                label=_("Cabut: mulai tanggal itu baris ini tidak berlaku lagi"), required=False
            )
        for name, field in self.fields.items():
            speak(field, field.label or name)

    @property
    def value(self) -> dict[str, object] | None:
        """What is proposed; None withdraws the key. Empty columns that the present row lacks are left out."""
        if self.cleaned_data.get("withdraw"):
            return None
        given = {name: self.cleaned_data.get(COLUMN + name) for name in self.columns}
        empty = {name: self.present[name] for name in self.present if self.present[name] in (None, "")}
        kept = {name: item for name, item in given.items() if item not in (None, "")}
        told = [name for name in given if name in kept or name in self.present]
        return {name: kept.get(name, empty.get(name, given[name])) for name in told}
