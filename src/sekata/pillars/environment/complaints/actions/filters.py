"""Filters of the room's list kept under a name: an officer's own, no act on any case."""

from django.db import IntegrityError, transaction

from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.models import SavedFilter

MOST_VIEWS = 20


def save_filter(*, actor: Actor, name: str, query: str) -> SavedFilter:
    """Keep a question under a name; the same name is used once."""
    if SavedFilter.objects.filter(person=actor.person).count() >= MOST_VIEWS:
        raise Refused.because("many", f"Paling banyak {MOST_VIEWS} tampilan. Hapus salah satu dulu.", "name")
    try:
        with transaction.atomic():
            return SavedFilter.objects.create(person_id=actor.person, name=name, query=query)
    except IntegrityError as clash:
        raise Refused.because("taken", f"Nama “{name}” sudah dipakai. Pilih nama lain.", "name") from clash


def drop_filter(*, actor: Actor, kept: int) -> None:
    """Forget a kept filter of one's own."""
    SavedFilter.objects.filter(pk=kept, person=actor.person).delete()
