"""Asking the population register whether somebody is who they say (R5)."""

from datetime import datetime, timedelta

from sekata.kernel.journal.acts import action
from sekata.kernel.people import dukcapil, rules, vault
from sekata.kernel.people.actions.births import plain_name
from sekata.kernel.people.actions.privacy import SELF
from sekata.kernel.people.models import Identifier, Match, Person, Verification
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.lib.rights import machine

ASK = SELF | machine("people.match", "sistem")
MOST_AT_ONCE = 200
GIVE_UP_AFTER = 30
LEVEL = 2
AGAIN_AFTER = timedelta(minutes=10)


@action(right=ASK, event="people.matched", on="person", watches=("level",))
def match_person(*, actor: Actor, person: Person, at: datetime) -> Match:
    """Ask the register about NIK, name and birth date; all three confirmed lift to level 2.

    Kept are yes and no for each field and a keyed hash of the question. The register away: the level stays and the
    question waits for the job.
    """
    register, asked = dukcapil.register(), _question(person)
    if register is None or asked is None:
        raise Refused.because("no_register", "Pencocokan dengan Disdukcapil belum tersedia.", status=409)
    row, _new = Match.objects.select_for_update().get_or_create(
        person=person, defaults={"state": Match.WAITING, "asked_at": at, "evidence": ""}
    )
    row.asked_at, row.evidence, row.tries = at, _evidence(asked), row.tries + 1
    try:
        row.results, row.answered_at = register.match(asked), at
        row.state = Match.MATCHED if rules.all_match(row.results, dukcapil.FIELDS) else Match.DIFFERENT
    except dukcapil.Away:
        row.state, row.results, row.answered_at = Match.WAITING, {}, None
    row.save()
    if row.state == Match.MATCHED and person.level < LEVEL:
        _lift(person, at)
    return row


def match_again(at: datetime) -> int:
    """Ask again for whom the register was away; a person whose question failed thirty times waits for a counter."""
    waiting = Match.objects.select_related("person__vault").filter(
        state=Match.WAITING, tries__lt=GIVE_UP_AFTER, asked_at__lt=at - AGAIN_AFTER
    )
    done = 0
    if dukcapil.register() is None:
        return done
    for row in waiting.order_by("asked_at")[:MOST_AT_ONCE]:
        done += match_person(actor=system("people.match"), person=row.person, at=at).state != Match.WAITING
    return done


def _question(person: Person) -> dict[str, str] | None:
    """What is asked; None when the record lacks one of the fields."""
    nik = vault.use(person.vault).get("nik") if person.vault else None
    if not nik or not person.birth_date:
        return None
    return {
        "nik": nik,
        "full_name": plain_name(person.full_name),
        "birth_date": person.birth_date.isoformat(),
    }


def _evidence(asked: dict[str, str]) -> str:
    return vault.lookup("match", "|".join(asked[name] for name in dukcapil.FIELDS))


def _lift(person: Person, at: datetime) -> None:
    Verification.objects.create(person=person, method="dukcapil_match", level=LEVEL, at=at)
    Identifier.objects.filter(person=person, kind="nik", live=True).update(verified_at=at)
    person.level = LEVEL
    person.save(update_fields=["level"])
