"""What an officer does to cases in the inbox itself: hand over, follow, keep a view."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases.models import Case, Follow, SavedView
from sekata.kernel.cases.queries import SEE
from sekata.kernel.filters import require
from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused

LONGEST_VIEW = 400
MOST_VIEWS = 20


@action(right=SEE, event="cases.assigned", on="case", watches=("holder_id",), keeps=("reason",))
def assign(*, actor: Actor, case: Case, holder: int, reason: str, at: datetime) -> Case:
    """Hand a case to a colleague (or take it). Its clocks do not notice."""
    if case.closed_at is not None:
        raise Refused.because("closed", f"{case.number} sudah ditutup.", status=409)
    cases.assign(actor=actor, case=case, holder=holder, at=at, reason=reason)
    return case


@transaction.atomic
def assign_many(*, actor: Actor, chosen: Iterable[Case], holder: int, reason: str) -> int:
    """Hand over all chosen cases or none; those already on that desk are left alone."""
    moving = [case for case in chosen if case.holder_id != holder]
    for case in moving:
        assign(actor=actor, case=case, holder=holder, reason=reason)
    return len(moving)


def follow(*, actor: Actor, chosen: Iterable[Case]) -> None:
    """See these cases in one's own list without holding them."""
    chosen = list(chosen)
    for case in chosen:
        require(SEE, actor, case)
    Follow.objects.bulk_create(
        [Follow(case=case, person_id=actor.person) for case in chosen], ignore_conflicts=True
    )


def unfollow(*, actor: Actor, chosen: Iterable[Case]) -> None:
    """Stop seeing these cases in one's own list."""
    Follow.objects.filter(person=actor.person, case__in=list(chosen)).delete()


def save_view(*, actor: Actor, name: str, query: str) -> SavedView:
    """Keep a question under a name; the same name is used once."""
    if len(query) > LONGEST_VIEW:
        raise Refused.because("query", "Saringan ini terlalu panjang untuk disimpan.", "name")
    if SavedView.objects.filter(person=actor.person).count() >= MOST_VIEWS:
        raise Refused.because("many", f"Paling banyak {MOST_VIEWS} tampilan. Hapus salah satu dulu.", "name")
    try:
        with transaction.atomic():
            return SavedView.objects.create(person_id=actor.person, name=name, query=query)
    except IntegrityError as clash:
        raise Refused.because("taken", f"Nama “{name}” sudah dipakai. Pilih nama lain.", "name") from clash


def drop_view(*, actor: Actor, view: int) -> None:
    """Forget a kept view of one's own."""
    SavedView.objects.filter(pk=view, person=actor.person).delete()
