"""The words a form uses when something is missing or wrong: plain, exact, never blaming."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from sekata.web.words import inside_sentence

REQUIRED_TEXT = _("Isi %(label)s")
REQUIRED_CHOICE = _("Pilih %(label)s")
REQUIRED_FILE = _("Pilih berkas untuk %(label)s")
REQUIRED_TICK = _("Centang “%(label)s” untuk melanjutkan")

KINDS: tuple[tuple[type, object, bool], ...] = (
    (forms.BooleanField, REQUIRED_TICK, False),
    (forms.FileField, REQUIRED_FILE, True),
    (forms.ChoiceField, REQUIRED_CHOICE, True),
    (forms.ModelChoiceField, REQUIRED_CHOICE, True),
    (forms.Field, REQUIRED_TEXT, True),
)

COMMON = {
    "max_length": _("Paling banyak %(limit_value)d huruf; yang Anda tulis %(show_value)d"),
    "min_length": _("Paling sedikit %(limit_value)d huruf; yang Anda tulis %(show_value)d"),
    "max_value": _("Paling besar %(limit_value)s"),
    "min_value": _("Paling kecil %(limit_value)s"),
    "max_digits": _("Paling banyak %(max)s angka"),
    "max_decimal_places": _("Paling banyak %(max)s angka di belakang koma"),
    "max_whole_digits": _("Paling banyak %(max)s angka di depan koma"),
    "invalid_choice": _("Pilih salah satu dari daftar"),
    "invalid_list": _("Pilih dari daftar"),
    "invalid_pk_value": _("Pilih salah satu dari daftar"),
    "empty": _("Berkas yang Anda pilih kosong. Pilih berkas lain"),
    "missing": _("Berkas belum terkirim. Pilih sekali lagi"),
    "invalid_image": _("Berkas itu bukan gambar yang dapat kami buka. Pilih JPG, PNG, atau HEIC"),
}

INVALID: tuple[tuple[type, object], ...] = (
    (forms.EmailField, _("Tulis alamat email lengkap, misalnya nama@contoh.id")),
    (forms.URLField, _("Tulis alamat situs lengkap, misalnya https://contoh.id")),
    (forms.DecimalField, _("Tulis angka saja, misalnya 1,5")),
    (forms.FloatField, _("Tulis angka saja, misalnya 1,5")),
    (forms.IntegerField, _("Tulis angka bulat, misalnya 12")),
    (forms.DateTimeField, _("Tulis tanggal dan jam, misalnya 18-11-2026 09.30")),
    (forms.DateField, _("Tulis tanggal seperti 18-11-2026")),
    (forms.TimeField, _("Tulis jam seperti 09.30")),
    (forms.FileField, _("Berkas belum terkirim. Pilih sekali lagi")),
    (forms.RegexField, _("Isian ini belum sesuai dengan petunjuk di atasnya")),
)


def _required(template: object, label: object, small: bool) -> object:
    """The sentence with the field's label, put together when it is shown: labels are translated late."""

    def say() -> str:
        text = str(label)
        return str(template) % {"label": inside_sentence(text) if small else text}

    return lazy(say, str)()


def _unchanged(field: forms.Field, key: str) -> bool:
    """Whether the field still has Django's own sentence for `key`."""
    for klass in type(field).__mro__:
        own = klass.__dict__.get("default_error_messages", {})
        if key in own:
            return field.error_messages.get(key) is own[key] and klass.__module__.startswith("django.")
    return key not in field.error_messages


def speak(field: forms.Field, label: object) -> None:
    """Give the field our sentences wherever its author wrote none."""
    if _unchanged(field, "required"):
        template, small = next((text, low) for kind, text, low in KINDS if isinstance(field, kind))
        field.error_messages["required"] = _required(template, label, small)
    for key, text in COMMON.items():
        if _unchanged(field, key):
            field.error_messages[key] = text
    invalid = next((text for kind, text in INVALID if isinstance(field, kind)), None)
    if invalid is not None and _unchanged(field, "invalid"):
        field.error_messages["invalid"] = invalid
