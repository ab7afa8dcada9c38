"""The visit's own questions: the checklist of its kind, and its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sekata.pillars.environment.complaints.codes import CheckAnswer
from sekata.pillars.environment.complaints.forms.base import MomentField, long_text
from sekata.pillars.environment.complaints.forms.field import NOW_HINT, FieldForm
from sekata.pillars.environment.complaints.queries.checks import checks_of
from sekata.pillars.environment.complaints.rules.visits import NOTE_MAX, OUTCOME_MIN


class Checklist(FieldForm):
    """One question an item; what is left open may be answered by a later form."""

    wide = True

    def prepare(self):
        if not self.complaint:
            return
        self.checks = checks_of(self.complaint)
        held = self.task.checklist if self.task else {}
        for key, row in self.checks:
            told = held.get(key, {})
            self.fields[key] = forms.ChoiceField(
                label=row["text"], choices=CheckAnswer.choices(), required=False, widget=forms.RadioSelect
            )
            self.fields[f"{key}_note"] = forms.CharField(
                label=_("Keterangan"), required=False, max_length=NOTE_MAX
            )
            self.initial |= {key: told.get("answer", ""), f"{key}_note": told.get("note", "")}

    @property
    def check_fields(self) -> list[dict[str, object]]:
        return [
            {"required": row["required"], "answer": self[key], "note": self[f"{key}_note"]}
            for key, row in self.checks
        ]

    def clean(self):
        told = super().clean()
        if not self.errors and not any(told.get(key) for key, _row in self.checks):
            self.add_error(None, _("Jawab paling sedikit satu butir."))
        for key, _row in self.checks:
            if told.get(f"{key}_note") and not told.get(key):
                self.add_error(key, _("Pilih jawabannya juga."))
        return told

    def given(self):
        told = self.cleaned_data
        answers = {
            key: {"answer": told[key], "note": told[f"{key}_note"]}
            for key, _row in self.checks
            if told.get(key)
        }
        return {"task": self.task, "answers": answers, "checked_at": self.device_time}


class Finish(FieldForm):
    outcome = long_text(
        _("Apa hasil kunjungan ini?"),
        hint=_("Ringkas: apa yang ditemukan, siapa yang ditemui, apa yang masih harus dikerjakan."),
        min_length=OUTCOME_MIN,
    )
    finished_at = MomentField(label=_("Selesai pukul"), required=False, help_text=NOW_HINT)

    def given(self):
        told = self.cleaned_data
        return {
            "task": self.task,
            "outcome": told["outcome"],
            "finished_at": told["finished_at"] or self.device_time,
        }
