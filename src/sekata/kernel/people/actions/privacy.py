"""A person's say over their own data: consents, requests to officers, closing the account."""

from datetime import date, datetime

from sekata.kernel.journal.acts import action, record
from sekata.kernel.people import rules, tables, vault
from sekata.kernel.people.models import Account, Consent, Delegation, Person, RightsRequest
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import NOTHING, Right, role_anywhere


def themself(code: str, label: str, path: str) -> Right:
    """The person whom `path` names and nobody in their name: no assisting officer, no holder of a mandate."""
    return Right(
        code,
        label,
        lambda actor: ({path: actor.person},) if actor.person and not actor.acting_for else NOTHING,
    )


SELF = themself("people.self", "orang itu sendiri", "pk")
RIGHTS_DESK = role_anywhere(
    "people.rights",
    "pejabat pelindungan data atau admin identitas",
    "data_protection_officer",
    "administrator",
)
CONSENT = "consent"
LONGEST_ANSWER = 1000


@action(right=SELF, event="people.consent.answered", on="person", keeps=("purpose", "given"))
def answer_consent(*, actor: Actor, person: Person, purpose: str, given: bool, at: datetime) -> Consent:
    """Give or withdraw consent for one purpose; the same answer twice is one row.

    A purpose that rests on law takes no answer: withdrawing is not offered there (R11).
    """
    row = tables.in_force(tables.PURPOSES, _day(at)).get(purpose)
    if row is None or row["ground"] != CONSENT:
        raise Refused.because(
            "no_consent",
            "Tujuan ini bersandar pada kewajiban hukum, bukan persetujuan.",
            "purpose",
            status=409,
        )
    Person.objects.select_for_update().get(pk=person.pk)
    last = Consent.objects.filter(person=person, purpose=purpose).order_by("-pk").first()
    if last and last.given == given and last.entry == row.id:
        return last
    return Consent.objects.create(
        person=person, purpose=purpose, given=given, entry=row.id, via=actor.via[:12], at=at
    )


@action(right=SELF, event="people.rights.requested", on="person", keeps=("kind",))
def request_right(*, actor: Actor, person: Person, kind: str, details: str, at: datetime) -> RightsRequest:
    """Ask an officer to correct, show, restrict or erase data; the clock runs from now (R9)."""
    clocks = tables.in_force(tables.CLOCKS, _day(at))
    if kind not in dict(RightsRequest.KINDS):
        raise Refused.because("kind", "Pilih apa yang Anda minta.", "kind")
    Person.objects.select_for_update().get(pk=person.pk)
    if RightsRequest.objects.filter(person=person, kind=kind, state__in=RightsRequest.OPEN).exists():
        raise Refused.because("open", "Permintaan yang sama masih dikerjakan.", "kind", status=409)
    return RightsRequest.objects.create(
        person=person,
        kind=kind,
        details=vault.put({"details": details}, at) if details else None,
        received_at=at,
        due_at=rules.request_due(at, int(clocks[kind]["hours"])),
        basis=clocks[kind].basis,
    )


@action(right=RIGHTS_DESK, event="people.rights.taken", on="request", watches=("state", "taken_by"))
def take_request(*, actor: Actor, request: RightsRequest, at: datetime) -> RightsRequest:
    """Begin to work on a request."""
    if not RightsRequest.objects.filter(pk=request.pk, state="received").update(
        state="in_progress", taken_by=actor.person
    ):
        raise Refused.because("taken", "Permintaan ini sudah ada yang mengerjakan.", status=409)
    request.refresh_from_db()
    return request


@action(right=RIGHTS_DESK, event="people.rights.answered", on="request", watches=("state", "answered_at"))
def answer_request(
    *, actor: Actor, request: RightsRequest, state: str, answer: str, at: datetime
) -> RightsRequest:
    """Close a request: fulfilled, partly or refused, always with words; nobody answers one's own."""
    if state not in ("fulfilled", "partly", "refused"):
        raise Refused.because("state", "Pilih hasilnya.", "state")
    if request.person_id == actor.person:
        raise Refused.because("self", "Permintaan sendiri dijawab oleh petugas lain.", status=403)
    if not answer.strip():
        raise Refused.because("answer", "Tulis jawabannya; penolakan menyebut dasar hukumnya.", "answer")
    closed = RightsRequest.objects.filter(pk=request.pk, state__in=RightsRequest.OPEN).update(
        state=state, answer=answer.strip()[:LONGEST_ANSWER], answered_by=actor.person, answered_at=at
    )
    if not closed:
        raise Refused.because("closed", "Permintaan ini sudah dijawab.", status=409)
    request.refresh_from_db()
    return request


@action(right=SELF, event="people.account.closed", on="person")
def close_account(*, actor: Actor, person: Person, at: datetime) -> Account:
    """Close one's own account: nobody signs in with it any more, mandates end. What law keeps stays (R10)."""
    if actor.holdings:
        raise Refused.because(
            "officer", "Akun petugas ditutup sesudah peran dan jabatannya diakhiri.", status=409
        )
    account = Account.objects.select_for_update().get(person=person)
    account.is_active, account.closed_at = False, at
    account.set_unusable_password()
    account.save(update_fields=["is_active", "closed_at", "password"])
    for side in ("giver", "receiver"):
        Delegation.objects.filter(revoked_at=None, **{side: person}).update(
            revoked_at=at, revoked_by=person.pk
        )
    return account


def note_export(*, actor: Actor, person: Person, form: str, at: datetime) -> None:
    """A copy of one's own data was taken; the reading stands in the journal like any other."""
    record("people.data.exported", actor=actor, subject=person, at=at, after={"form": form})


def _day(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()
