"""Two records of one human become one: proposed, approved by another, undone within its time."""

from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model

from sekata.kernel.journal.acts import action
from sekata.kernel.people import tables
from sekata.kernel.people.models import Merge, Person
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import role_anywhere

MERGE = role_anywhere("people.merge", "admin identitas", "administrator")
IMMUTABLE = "55000"
"""SQLSTATE of the triggers that let no row be changed."""

STAYS = {
    "people.person",
    "people.account",
    "people.employee",
    "people.identifier",
    "people.verification",
    "people.consent",
    "people.match",
    "people.merge",
}
"""What stays with the record it was made for, and is found through `merged_into`: identity, proofs, consents."""


@action(right=MERGE, event="people.merge.proposed", keeps=("kept", "dropped", "reason"))
def propose_merge(*, actor: Actor, kept: Person, dropped: Person, reason: str, at: datetime) -> Merge:
    """Propose that `dropped` is the same human as `kept`. A record takes part in one merge at a time."""
    if kept.pk == dropped.pk:
        raise Refused.because("same", "Pilih dua catatan yang berbeda.", "dropped")
    if kept.merged_into_id or dropped.merged_into_id:
        raise Refused.because("merged", "Salah satu catatan sudah digabungkan.", "dropped", status=409)
    if actor.person in (kept.pk, dropped.pk):
        raise Refused.because("self", "Catatan diri sendiri digabungkan oleh admin lain.", status=403)
    if not reason.strip():
        raise Refused.because("reason", "Tulis alasannya.", "reason")
    try:
        with transaction.atomic():
            return Merge.objects.create(
                kept=kept, dropped=dropped, reason=reason.strip(), proposed_by=actor.person, proposed_at=at
            )
    except IntegrityError as clash:
        raise Refused.because("open", "Catatan ini sudah diusulkan untuk digabungkan.", status=409) from clash


@action(right=MERGE, event="people.merge.approved", on="merge", watches=("approved_at", "approved_by"))
def approve_merge(*, actor: Actor, merge: Merge, at: datetime) -> Merge:
    """Merge: two persons decide. Rows that point to the dropped record point to the kept one from now on; both ids
    keep resolving, by `merged_into`.
    """
    if actor.person in (merge.proposed_by, merge.kept_id, merge.dropped_id):
        raise Refused.because("two_persons", "Pengusul tidak boleh sekaligus menyetujui.", status=409)
    _lock(merge)
    kept, dropped = _locked(merge)
    if merge.state != "proposed" or kept.merged_into_id or dropped.merged_into_id:
        raise Refused.because("state", "Usulan ini tidak dapat disetujui lagi.", status=409)
    days = int(tables.in_force(tables.MERGES, at.astimezone(clock.WIB).date())["person"]["days"])
    merge.moved = _turn(dropped, kept)
    merge.approved_by, merge.approved_at = actor.person, at
    merge.reversible_until = at + timedelta(days=days)
    merge.save()
    dropped.merged_into = kept
    dropped.save(update_fields=["merged_into"])
    return merge


@action(right=MERGE, event="people.merge.ended", on="merge", watches=("ended_at", "ended_by"))
def end_merge(*, actor: Actor, merge: Merge, at: datetime) -> Merge:
    """Reject a proposal, or undo a merge within its time: the rows that were turned are turned back."""
    _lock(merge)
    if merge.ended_at or (merge.reversible_until and at > merge.reversible_until):
        raise Refused.because("over", "Penggabungan ini tidak dapat dibatalkan lagi.", status=409)
    kept, dropped = _locked(merge)
    if merge.approved_at:
        _turn_back(merge, kept, dropped)
        dropped.merged_into = None
        dropped.save(update_fields=["merged_into"])
    merge.ended_by, merge.ended_at = actor.person, at
    merge.save(update_fields=["ended_by", "ended_at"])
    return merge


def _lock(merge: Merge) -> None:
    Merge.objects.select_for_update().get(pk=merge.pk)
    merge.refresh_from_db()


def _locked(merge: Merge) -> tuple[Person, Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=(merge.kept_id, merge.dropped_id))
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[merge.kept_id], found[merge.dropped_id]


def _turn(dropped: Person, kept: Person) -> dict[str, list]:
    """Point every row of other tables from `dropped` to `kept`; which ones, by model and field."""
    moved: dict[str, list] = {}
    for model, field in _pointers():
        keys = list(model.objects.filter(**{field: dropped}).values_list("pk", flat=True))
        if keys and _update(model, field, keys, kept):
            moved[f"{model._meta.label_lower}:{field}"] = [str(key) for key in keys]
    return moved


def _turn_back(merge: Merge, kept: Person, dropped: Person) -> None:
    by_name = {f"{model._meta.label_lower}:{field}": (model, field) for model, field in _pointers()}
    for name, keys in merge.moved.items():
        model, field = by_name[name]
        model.objects.filter(pk__in=keys, **{field: kept}).update(**{field: dropped})


def _update(model: type[Model], field: str, keys: list, kept: Person) -> bool:
    """Turn these rows; False where they would clash or the table takes no change: the old id resolves."""
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=keys).update(**{field: kept})
    except IntegrityError:
        return False
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != IMMUTABLE:
            raise
        return False
    return True


def _pointers() -> list[tuple[type[Model], str]]:
    """(model, field) of every foreign key to a person outside what stays."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and relation.related_model._meta.label_lower not in STAYS
    ]
