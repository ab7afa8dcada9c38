"""Roles: given, confirmed each quarter, ended."""

from datetime import date, datetime, timedelta

from sekata.kernel.journal.acts import action
from sekata.kernel.people import queries, rules
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.people.queries import conflict_pairs
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.lib.rights import role_in

GRANT = role_in("people.grant", "admin unit", "unit_admin", unit="pk")
CERTIFIED_FOR = timedelta(days=91 + 30)


@action(
    right=GRANT, event="people.role.granted", on="unit", keeps=("person", "role", "starts", "ends", "reason")
)
def grant(
    *,
    actor: Actor,
    unit: Unit,
    person: Person,
    role: str,
    starts: date,
    ends: date,
    reason: str,
    descendants: bool = True,
    at: datetime,
) -> RoleGrant:
    """Give `role` in `unit`. Not to oneself, not a role one lacks, no conflicting pair in one person (R8)."""
    if person.pk == actor.person:
        raise Refused.because("self", "Peran tidak dapat diberikan kepada diri sendiri.", status=403)
    if unit.pk not in actor.units(role):
        raise Refused.because(
            "lacks", "Peran yang tidak Anda pegang tidak dapat Anda berikan.", "role", status=403
        )
    insist(rules.grant_reasons(starts, ends))
    held = {holding.role for holding in queries.holdings(person.pk, starts)}
    clash = rules.conflicts(role, held, conflict_pairs(starts))
    if clash:
        raise Refused.because(
            "conflict", f"Peran {role} tidak boleh dirangkap dengan {', '.join(clash)}.", status=409
        )
    return RoleGrant.objects.create(
        person=person,
        role=role,
        unit=unit,
        descendants=descendants,
        starts=starts,
        ends=ends,
        granted_by=actor.person,
        reason=reason,
        certified_at=at,
    )


@action(right=GRANT, event="people.role.ended", on="unit", keeps=("grant", "last_day"))
def end_grant(*, actor: Actor, unit: Unit, grant: RoleGrant, last_day: date, at: datetime) -> RoleGrant:
    """Let a role end earlier than it was given for."""
    if grant.unit_id != unit.pk or last_day > grant.ends:
        raise Refused.because("ends", "Peran ini tidak dapat diakhiri pada tanggal itu.", "last_day")
    grant.ends = max(last_day, grant.starts)
    grant.save(update_fields=["ends"])
    return grant


@action(right=GRANT, event="people.role.certified", on="unit", keeps=("grant",))
def certify(*, actor: Actor, unit: Unit, grant: RoleGrant, at: datetime) -> RoleGrant:
    """Confirm once a quarter that somebody still needs a role; a suspended one comes back (R8)."""
    if grant.unit_id != unit.pk or grant.person_id == actor.person:
        raise Refused.because("certify", "Peran ini tidak dapat Anda kukuhkan.", status=403)
    grant.certified_at, grant.suspended_at = at, None
    grant.save(update_fields=["certified_at", "suspended_at"])
    return grant


def suspend_uncertified() -> int:
    """Nightly job: roles that nobody has confirmed for a quarter and thirty days stand still (R8)."""
    at = clock.now()
    return RoleGrant.objects.filter(
        suspended_at=None, ends__gte=at.astimezone(clock.WIB).date(), certified_at__lt=at - CERTIFIED_FOR
    ).update(suspended_at=at)
