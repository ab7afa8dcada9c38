"""The period that the leadership looks at."""

from collections.abc import Callable
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.lib import clock
from sekata.web.forms import Form

Span = tuple[date, date]


def months_back(day: date, count: int) -> date:
    """The first day of the month `count` months before that of `day`."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


SPANS: dict[str, tuple[object, Callable[[date], Span]]] = {
    "bulan-ini": (_("Bulan ini"), lambda day: (day.replace(day=1), day)),
    "3-bulan": (_("Tiga bulan terakhir"), lambda day: (months_back(day, 2), day)),
    "6-bulan": (_("Enam bulan terakhir"), lambda day: (months_back(day, 5), day)),
    "tahun-ini": (_("Tahun ini"), lambda day: (day.replace(month=1, day=1), day)),
    "tahun-lalu": (
        _("Tahun lalu"),
        lambda day: (date(day.year - 1, 1, 1), day.replace(month=1, day=1) - timedelta(days=1)),
    ),
}
USUAL = "6-bulan"


class PeriodForm(Form):
    masa = forms.ChoiceField(
        label=_("Masa"), required=False, choices=[(code, label) for code, (label, _s) in SPANS.items()]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("masa", USUAL)

    @property
    def chosen(self) -> str:
        return (
            self.cleaned_data["masa"]
            if self.is_bound and self.is_valid() and self.cleaned_data["masa"]
            else USUAL
        )

    @property
    def span(self) -> Span:
        """First and last day, both inside."""
        return SPANS[self.chosen][1](clock.today())

    @property
    def label(self) -> object:
        return SPANS[self.chosen][0]
