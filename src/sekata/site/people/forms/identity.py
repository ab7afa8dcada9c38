"""Forms of the identity administrator and the data-protection officer."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.kernel.people.models import Person
from sekata.web.forms import CardRadios, Form

RESULTS = [
    ("fulfilled", _("Dipenuhi")),
    ("partly", _("Dipenuhi sebagian")),
    ("refused", _("Ditolak dengan dasar hukum")),
]


class AnswerForm(Form):
    """How a request was answered."""

    state = forms.ChoiceField(label=_("Hasil"), choices=RESULTS, widget=CardRadios)
    answer = forms.CharField(
        label=_("Jawaban untuk warga"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class MergeForm(Form):
    """Which record stays, which leads to it, and why."""

    kept = forms.ChoiceField(label=_("Catatan yang dipertahankan"), widget=CardRadios)
    dropped = forms.ChoiceField(label=_("Catatan yang digabungkan ke sana"), widget=CardRadios)
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, help_text=_("Apa yang membuktikan keduanya orang yang sama")
    )

    def __init__(self, *args: object, people: Iterable[tuple[Person, str]], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.people = {str(person.uuid): person for person, _told in people}
        choices = [(str(person.uuid), told) for person, told in people]
        for name in ("kept", "dropped"):
            self.fields[name].choices = choices

    def clean_kept(self) -> Person:
        return self.people[self.cleaned_data["kept"]]

    def clean_dropped(self) -> Person:
        return self.people[self.cleaned_data["dropped"]]
