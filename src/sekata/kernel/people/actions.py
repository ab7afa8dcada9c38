"""Writing people: registration, roles, acting officers, assisted service."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from sekata.kernel.journal.acts import action
from sekata.kernel.people import queries, rules, vault
from sekata.kernel.people.models import (
    Account,
    Assignment,
    AssistedSession,
    Attempt,
    Identifier,
    Person,
    Position,
    RoleGrant,
    Verification,
)
from sekata.kernel.reference import queries as reference
from sekata.kernel.units.models import Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers.nik import Nik
from sekata.lib.result import Refused, insist
from sekata.lib.rights import everyone, machine, permission, role_anywhere, role_in

REGISTER = everyone("people.register", "siapa pun yang mendaftar sendiri")
GRANT = role_in("people.grant", "admin unit", "unit_admin", unit="pk")
ENTER_DECREE = permission("people.decree", "petugas kepegawaian")
APPROVE_DECREE = permission("people.decree.approve", "pejabat kepegawaian")
ASSIST = role_anywhere("people.assist", "petugas pendamping", "assisted_clerk")
SYSTEM = machine("people.system", "sistem")

SESSION_MINUTES = 60
ATTEMPTS_KEPT = timedelta(hours=24)
CERTIFIED_FOR = timedelta(days=91 + 30)


@action(right=REGISTER, event="people.registered")
def register(
    *, actor: Actor, account: Account, full_name: str, nik: Nik | None = None, at: datetime
) -> Person:
    """Make a person for a new, unsaved account. A NIK already registered is refused without saying whose it is (R4)."""
    try:
        with transaction.atomic():
            person = _person(full_name, nik, at, source="self")
            account.person = person
            account.save()
    except IntegrityError as clash:
        raise Refused.because(
            "known",
            "Nomor ini tidak dapat didaftarkan. Kalau pernah mendaftar, pakai “lupa kata sandi” atau datang ke loket.",
            status=409,
        ) from clash
    return person


def _person(full_name: str, nik: Nik | None, at: datetime, source: str) -> Person:
    key = vault.put({"nik": nik.value}, at) if nik else None
    person = Person.objects.create(
        full_name=_plain(full_name),
        sex=nik.sex if nik else "",
        birth_date=nik.birth_date if nik else None,
        level=1 if nik else 0,
        vault=key,
        created_at=at,
    )
    if nik:
        Identifier.objects.create(
            person=person, kind="nik", lookup=vault.lookup("nik", nik.value), source=source
        )
    return person


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


def conflict_pairs(on: date) -> dict[str, set[str]]:
    """role -> roles that may not meet it in one person, from the effective-dated table."""
    pairs: dict[str, set[str]] = {}
    for row in reference.at("people.conflicts", on).values():
        pairs.setdefault(row["role"], set()).add(row["other"])
    return pairs


@action(
    right=ENTER_DECREE,
    event="people.decree.entered",
    keeps=("person", "position", "kind", "starts", "ends", "decree"),
)
def enter_decree(
    *,
    actor: Actor,
    person: Person,
    position: Position,
    kind: str,
    decree: str,
    starts: date,
    ends: date | None,
    extends: Assignment | None = None,
    at: datetime,
) -> Assignment:
    """Enter who fills a post, definitively or as Plt/Plh. It counts once somebody else has approved it."""
    if kind != "definitive":
        months = int(reference.at("people.acting", starts)["plt"]["months"])
        earlier = (extends.kind, extends.ends, extends.extends_id is not None) if extends else None
        insist(rules.stand_in_reasons(kind, starts, ends, months, earlier))
    return Assignment.objects.create(
        person=person,
        position=position,
        kind=kind,
        decree=decree,
        starts=starts,
        ends=ends,
        extends=extends,
        entered_by=actor.person,
    )


@action(right=APPROVE_DECREE, event="people.decree.approved", on="assignment", watches=("approved_by",))
def approve_decree(*, actor: Actor, assignment: Assignment, at: datetime) -> Assignment:
    """Let a decree take effect. Two persons; two stand-ins for one post at a time are refused by the database."""
    if assignment.entered_by == actor.person:
        raise Refused.because("two_persons", "Yang mencatat tidak boleh sekaligus menyetujui.", status=409)
    assignment.approved_by, assignment.approved_at = actor.person, at
    try:
        with transaction.atomic():
            assignment.save(update_fields=["approved_by", "approved_at"])
    except IntegrityError as clash:
        raise Refused.because(
            "occupied", "Jabatan itu sudah terisi pada masa yang sama.", status=409
        ) from clash
    return assignment


@action(right=ASSIST, event="people.assisted.started", keeps=("service", "proof", "witness", "card_shown"))
def start_assisted(
    *,
    actor: Actor,
    full_name: str,
    nik: Nik,
    service: str,
    unit: Unit,
    proof: str,
    card_shown: bool,
    witness: int | None = None,
    at: datetime,
) -> AssistedSession:
    """Serve a present person for one service and at most 60 minutes. A witness is a second officer."""
    if proof == "witness" and witness in (None, actor.person):
        raise Refused.because("witness", "Saksi harus petugas lain.", "witness")
    citizen = queries.person_by_nik(nik.value) or _person(full_name, nik, at, source="assisted")
    return AssistedSession.objects.create(
        clerk_id=actor.person,
        citizen=citizen,
        service=service,
        unit=unit,
        proof=proof,
        witness=witness,
        card_shown=card_shown,
        starts_at=at,
        ends_at=at + timedelta(minutes=SESSION_MINUTES),
    )


@action(right=GRANT, event="people.role.ended", on="unit", keeps=("grant", "last_day"))
def end_grant(*, actor: Actor, unit: Unit, grant: RoleGrant, last_day: date, at: datetime) -> RoleGrant:
    """Let a role end earlier than it was given for."""
    if grant.unit_id != unit.pk or last_day > grant.ends:
        raise Refused.because("ends", "Peran ini tidak dapat diakhiri pada tanggal itu.", "last_day")
    grant.ends = max(last_day, grant.starts)
    grant.save(update_fields=["ends"])
    return grant


@action(right=ASSIST, event="people.assisted.ended", on="session", watches=("ends_at",))
def end_assisted(*, actor: Actor, session: AssistedSession, at: datetime) -> AssistedSession:
    """The clerk who began it ends it; from then on nothing can be done for that person."""
    if session.clerk_id != actor.person:
        raise Refused.because("clerk", "Hanya petugas yang memulainya yang dapat mengakhiri.", status=403)
    if session.ends_at > at:
        session.ends_at = at
        session.save(update_fields=["ends_at"])
    return session


@action(right=ASSIST, event="people.verified", on="person", watches=("level",), keeps=("method",))
def verify(
    *, actor: Actor, person: Person, nik: Nik, full_name: str, method: str = "counter_ktp", at: datetime
) -> Person:
    """Lift a person to level 2: the identity card was shown and its number and name are those we hold."""
    known = queries.person_by_nik(nik.value)
    if known is None or known.pk != person.pk or _plain(full_name) != _plain(person.full_name):
        raise Refused.because(
            "mismatch", "NIK atau nama di KTP tidak sama dengan data kami.", "nik", status=409
        )
    Verification.objects.create(person=person, method=method, level=2, by=actor.person, at=at)
    person.level = max(person.level, 2)
    person.save(update_fields=["level"])
    return person


def _plain(name: str) -> str:
    return " ".join(name.upper().split())


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


def note_failure(scope: str, handle: str, at: datetime) -> None:
    """Remember a failed try for the lockout; nothing else of it is kept."""
    Attempt.objects.create(scope=scope, handle=vault.lookup(scope, handle), at=at)


def forgive(scope: str, handle: str) -> None:
    """Forget failures after a success."""
    Attempt.objects.filter(scope=scope, handle=vault.lookup(scope, handle)).delete()


def sweep_attempts(**_: object) -> int:
    """Daily job: failed tries older than 24 hours go."""
    return Attempt.objects.filter(at__lt=clock.now() - ATTEMPTS_KEPT).delete()[0]
