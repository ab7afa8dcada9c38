"""The visit: what a team looks at, and when it may say that the field work is over (P.22/2017)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import CheckAnswer
from sekata.pillars.environment.complaints.rules.steps import minutes_reasons
from sekata.pillars.environment.complaints.rules.terms import Row, Rows, bare

OUTCOME_MIN = 20
NOTE_MAX = 300

Answers = Mapping[str, Mapping[str, str]]
"""key of the item -> {answer, note}."""


def visit_checks(rows: Rows, service_code: str, group: str) -> list[tuple[str, Row]]:
    """The items that concern a kind of complaint, in their order; an item without kinds concerns all."""
    meant = [
        (key, row) for key, row in rows.items() if not row["kinds"] or {service_code, group} & {*row["kinds"]}
    ]
    return sorted(meant, key=lambda item: (item[1]["order"], item[0]))


def check_reasons(checks: Collection[tuple[str, Row]], answers: Answers) -> tuple[Reason, ...]:
    """An answer belongs to an item of the list; what does not apply there needs its reason."""
    known = dict(checks)
    reasons = []
    for key, told in answers.items():
        if key not in known:
            reasons.append(Reason("check_unknown", f"Butir “{key}” tidak ada pada daftar periksa ini.", key))
        elif told.get("answer") not in set(CheckAnswer):
            reasons.append(Reason("check_answer", f"Jawab: {known[key]['text']}.", key))
        elif told["answer"] == CheckAnswer.NOT_APPLICABLE and not bare(told.get("note", "")):
            said = f"Tulis mengapa tidak berlaku: {known[key]['text']}."
            reasons.append(Reason("check_note", said, f"{key}_note"))
    return tuple(reasons)


def unanswered(checks: Collection[tuple[str, Row]], answers: Answers) -> list[str]:
    """Texts of required items without an answer."""
    return [row["text"] for key, row in checks if row["required"] and key not in answers]


def finish_reasons(
    arrived_at: datetime | None,
    finished_at: datetime,
    outcome: str,
    minutes: Collection[str],
    left: list[str],
) -> tuple[Reason, ...]:
    """A visit ends after it began, with its minutes, its list answered and its outcome in words.

    minutes: kinds written; left: required items without an answer. Who was refused entry cannot answer a list.
    """
    reasons = list(minutes_reasons(minutes))
    if arrived_at is None:
        reasons.append(Reason("not_arrived", "Catat kedatangan dulu."))
    elif finished_at < arrived_at:
        reasons.append(Reason("finished_early", "Kunjungan selesai sesudah tim tiba.", "finished_at"))
    if len(bare(outcome)) < OUTCOME_MIN:
        said = f"Tulis hasil kunjungan, paling sedikit {OUTCOME_MIN} huruf."
        reasons.append(Reason("outcome", said, "outcome"))
    if left and "refusal_of_entry" not in minutes:
        reasons.append(Reason("checks_left", f"Daftar periksa belum lengkap: {'; '.join(left)}."))
    return tuple(reasons)
