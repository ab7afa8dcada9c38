"""Reading what a person decided about their own data."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sekata.kernel.people import rules, tables
from sekata.kernel.people.models import Account, Consent, Match, RightsRequest
from sekata.lib import clock

CONSENT = "consent"


@dataclass(frozen=True)
class Purpose:
    """A purpose for which data is processed, and the person's answer if it rests on consent.

    ground: consent, legal_duty or public_task. given: None when never asked.
    """

    code: str
    label: str
    text: str
    ground: str
    basis: str
    given: bool | None = None
    since: datetime | None = None

    @property
    def asks(self) -> bool:
        """Whether the person decides: law leaves no switch (R11)."""
        return self.ground == CONSENT


def purposes(person: int, on: date, language: str = "id") -> list[Purpose]:
    """All purposes in force with the person's last answer to each; one statement beside the table's."""
    rows = Consent.objects.filter(person=person).order_by("purpose", "-pk").distinct("purpose")
    answers = {row.purpose: row for row in rows}
    tail = "_en" if language == "en" else ""
    found = []
    for code, row in tables.in_force(tables.PURPOSES, on).items():
        answer = answers.get(code)
        found.append(
            Purpose(
                code,
                row.get(f"label{tail}") or row["label"],
                row.get(f"text{tail}") or row["text"],
                row["ground"],
                row.basis,
                answer.given if answer else None,
                answer.at if answer else None,
            )
        )
    return sorted(found, key=lambda one: one.asks)


def consented(person: int, purpose: str) -> bool:
    """Whether the person's last word on a purpose is yes: what a job asks before it touches their data (R9, R11)."""
    last = Consent.objects.filter(person=person, purpose=purpose).order_by("-pk").first()
    return bool(last and last.given)


def stops_by(at: datetime) -> datetime:
    """When processing must have stopped after a consent withdrawn at `at` (R9)."""
    clocks = tables.in_force(tables.CLOCKS, at.astimezone(clock.WIB).date())
    return rules.request_due(at, int(clocks["withdraw"]["hours"]))


def consent_history(person: int) -> QuerySet[Consent]:
    """Every answer ever given, newest first."""
    return Consent.objects.filter(person=person).order_by("-pk")


def rights_requests(person: int) -> QuerySet[RightsRequest]:
    """What somebody has asked about their data, newest first."""
    return RightsRequest.objects.select_related("details").filter(person=person).order_by("-pk")


def open_requests() -> QuerySet[RightsRequest]:
    """What waits for an answer, the most urgent first."""
    return (
        RightsRequest.objects.select_related("person", "details")
        .filter(state__in=RightsRequest.OPEN)
        .order_by("due_at")
    )


def match_of(person: int) -> Match | None:
    """The last question to the population register about somebody."""
    return Match.objects.filter(person=person).first()


def account_of(person: int) -> Account | None:
    """How somebody signs in."""
    return Account.objects.select_related("person").filter(person=person).first()
