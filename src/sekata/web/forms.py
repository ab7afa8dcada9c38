"""The base form and the controls that Django does not have. Rooms write `class XForm(Form)`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sekata.web import words
from sekata.web.sentences import speak

DAY, MONTH, YEAR = range(3)
PARTS = {DAY: _("hari"), MONTH: _("bulan"), YEAR: _("tahun")}
NO_MONTH = _("Bulan harus angka 1 sampai 12 atau namanya; yang Anda tulis “%(typed)s”")
Limit = date | Callable[[], date] | None


class SpeakingMixin:
    """Own sentences for every field and no browser bubbles: the server's words are the only ones."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak(field, field.label or name.replace("_", " ").capitalize())


class Form(SpeakingMixin, forms.Form):
    """The base of every form."""

    @property
    def hidden_and_visible(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields]


class CardRadios(forms.RadioSelect):
    """Radio buttons as cards. hints: value -> the sentence below that option."""

    card = True

    def __init__(self, attrs=None, choices=(), hints: Mapping[str, object] | None = None):
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})


class CardBoxes(forms.CheckboxSelectMultiple):
    """Check boxes as cards, with hints like `CardRadios`."""

    card = True

    def __init__(self, attrs=None, choices=(), hints: Mapping[str, object] | None = None):
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})


class DataListInput(forms.TextInput):
    """A text box that proposes `options` while typing; anything else may be written too."""

    template_name = "web/widgets/datalist.html"

    def __init__(self, attrs=None, options: Iterable[str] | Callable[[], Iterable[str]] = ()):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.options = options

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = self.options() if callable(self.options) else self.options
        context["widget"]["list_id"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return context


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes: the only date entry that works for everyone."""

    template_name = "web/widgets/date_boxes.html"

    def __init__(self, attrs=None):
        boxes = {
            "hari": forms.TextInput({"inputmode": "numeric", "maxlength": 2, "class": "w2"}),
            "bulan": forms.TextInput({"maxlength": 10, "class": "w7"}),
            "tahun": forms.TextInput({"inputmode": "numeric", "maxlength": 4, "class": "w4"}),
        }
        super().__init__(boxes, {"autocomplete": "off", **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, box in enumerate(context["widget"]["subwidgets"]):
            box["label"] = PARTS[part]
        return context

    def decompress(self, value: object) -> list[object]:
        if isinstance(value, str):
            value = _iso(value)
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data, files, name):
        """The three texts as typed; an ISO date under the field's own name is taken too (API, tests)."""
        whole = data.get(name)
        if whole:
            day = whole if isinstance(whole, date) else _iso(str(whole))
            return self.decompress(day) if day else [str(whole), "", ""]
        return [(data.get(f"{name}_{part}") or "").strip() for part in ("hari", "bulan", "tahun")]

    def value_omitted_from_data(self, data, files, name):
        return name not in data and super().value_omitted_from_data(data, files, name)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class DateField(forms.Field):
    """A date in three boxes; months may be words, errors name the part.

    earliest, latest: a date, or a function that gives it.
    """

    widget = DateBoxes

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **kwargs):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value) -> date | None:
        if isinstance(value, date):
            return value
        texts = [str(part).strip() for part in value or ()] if not isinstance(value, str) else []
        if isinstance(value, str):
            return _iso(value)
        if not any(texts):
            return None
        missing = [part for part, text in enumerate(texts) if not text]
        if missing:
            said = words.list_words([str(PARTS[part]) for part in missing], words.language(get_language()))
            raise _wrong(_("Lengkapi %(what)s"), missing[0], what=said)
        return self._whole(*texts)

    def _whole(self, day: str, month: str, year: str) -> date:
        if not day.isdigit() or not 1 <= int(day) <= 31:
            raise _wrong(_("Hari harus angka 1 sampai 31; yang Anda tulis “%(typed)s”"), DAY, typed=day)
        number = words.month_number(month)
        if number is None:
            raise _wrong(NO_MONTH, MONTH, typed=month)
        if not (year.isdigit() and len(year) == 4 and int(year) >= 1000):
            raise _wrong(
                _("Tahun harus 4 angka, misalnya 2026; yang Anda tulis “%(typed)s”"), YEAR, typed=year
            )
        try:
            return date(int(year), number, int(day))
        except ValueError:
            lang = words.language(get_language())
            typed = f"{int(day)} {words.MONTHS[lang][number - 1]} {year}"
            raise _wrong(_("Tanggal %(typed)s tidak ada di kalender"), DAY, typed=typed) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        lang = words.language(get_language())
        earliest, latest = _limit(self.earliest), _limit(self.latest)
        if earliest and value < earliest:
            raise _wrong(_("Paling awal %(limit)s"), DAY, limit=words.long_date(earliest, lang))
        if latest and value > latest:
            raise _wrong(_("Paling lambat %(limit)s"), DAY, limit=words.long_date(latest, lang))

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def _limit(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


def _wrong(message: object, part: int, **params: object) -> ValidationError:
    return ValidationError(message, code="invalid", params={"part": part, **params})


class RupiahField(forms.IntegerField):
    """Whole rupiah as people write them: "Rp 1.284.500", "1284500"."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("class", "w10")
        self.error_messages["invalid"] = _("Tulis jumlah rupiah dengan angka, misalnya 1.284.500")

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().removesuffix(",00").removesuffix(",-").lower().removeprefix("rp")
            value = value.replace(".", "").replace(" ", "")
        return super().to_python(value)


class NumberField(forms.DecimalField):
    """A number with a decimal comma: "1,5" and "1.284,5"; a lone point counts as the comma ("1.5")."""

    widget = forms.TextInput

    def __init__(self, *, unit: object = "", **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("class", "w4")
        self.widget.unit = unit

    def to_python(self, value) -> Decimal | None:
        if isinstance(value, str) and "," in value:
            value = value.replace(".", "").replace(",", ".")
        try:
            return super().to_python(value)
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value):
        return words.number(value) if isinstance(value, (int, float, Decimal)) else value


class FileDrop(forms.FileInput):
    """The dashed box for one or several files; `kept` lists files that the draft holds already."""

    allow_multiple_selected = True

    def __init__(self, attrs=None, multiple: bool = True):
        super().__init__({**({"multiple": True} if multiple else {}), **(attrs or {})})


class FilesField(forms.FileField):
    """Several files at once. The errors tell max_files, max_mb and `kinds` (suffix -> word)."""

    widget = FileDrop

    def __init__(
        self, *, max_files: int = 10, max_mb: int = 15, kinds: Mapping[str, str] | None = None, **kwargs
    ):
        super().__init__(**kwargs)
        self.max_files, self.max_mb, self.kinds = max_files, max_mb, kinds or {}

    def clean(self, data, initial=None) -> list[object]:
        uploads = [upload for upload in (data if isinstance(data, (list, tuple)) else [data]) if upload]
        if not uploads:
            super().clean(None, initial)
            return []
        if len(uploads) > self.max_files:
            raise ValidationError(
                _("Paling banyak %(most)d berkas; yang Anda pilih %(chosen)d"),
                code="too_many",
                params={"most": self.max_files, "chosen": len(uploads)},
            )
        faults = [fault for upload in uploads for fault in self._faults(upload)]
        if faults:
            raise ValidationError(faults)
        return [super(FilesField, self).clean(upload, initial) for upload in uploads]

    def _faults(self, upload) -> Iterable[ValidationError]:
        suffix = upload.name.rsplit(".", 1)[-1].lower()
        if self.kinds and suffix not in self.kinds:
            lang = words.language(get_language())
            names = words.list_words(
                list(dict.fromkeys(self.kinds.values())), lang, "or" if lang == "en" else "atau"
            )
            yield ValidationError(
                _("“%(name)s” tidak dapat kami terima. Pilih berkas %(kinds)s"),
                code="kind",
                params={"name": upload.name, "kinds": names},
            )
        elif upload.size > self.max_mb * 1_000_000:
            yield ValidationError(
                _("“%(name)s” berukuran %(size)s; paling besar %(most)d MB"),
                code="size",
                params={"name": upload.name, "size": words.file_size(upload.size), "most": self.max_mb},
            )


PHOTOS = {"jpg": "JPG", "jpeg": "JPG", "png": "PNG", "webp": "WEBP", "heic": "HEIC"}
