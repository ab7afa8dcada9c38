"""The error summary: what has to be put right, each line leading to its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.translation import get_language, ngettext

from sekata.lib.result import Reason
from sekata.web import words
from sekata.web.components.fields import anchor


@dataclass(frozen=True)
class ErrorLine:
    """One sentence and the id of its field, empty when it concerns the whole form."""

    message: str
    target: str = ""


def _of_form(form: BaseForm) -> Iterable[ErrorLine]:
    for name, messages in form.errors.items():
        target = anchor(form[name]) if name in form.fields else ""
        for message in messages:
            yield ErrorLine(str(message), target)


def _of_reasons(reasons: Iterable[Reason], form: BaseForm | None) -> Iterable[ErrorLine]:
    for reason in reasons:
        known = form is not None and reason.field in form.fields
        fallback = f"id_{reason.field}" if reason.field and form is None else ""
        yield ErrorLine(reason.message, anchor(form[reason.field]) if known else fallback)


def error_lines(*sources: object) -> list[ErrorLine]:
    """Lines of any mix of forms and lists of reasons, without repetition, in order."""
    form = next((source for source in sources if isinstance(source, BaseForm)), None)
    lines: dict[ErrorLine, None] = {}
    for source in filter(None, sources):
        found = _of_form(source) if isinstance(source, BaseForm) else _of_reasons(source, form)
        lines.update(dict.fromkeys(found))
    return list(lines)


def heading(count: int) -> str:
    """Ada dua hal yang perlu dibetulkan."""
    said = words.count_word(count, words.language(get_language()))
    sentence = ngettext(
        "Ada satu hal yang perlu dibetulkan", "Ada %(count)s hal yang perlu dibetulkan", count
    )
    return sentence % {"count": said} if "%(count)s" in sentence else sentence
