"""The update extension to GeoReport v2 as FixMyStreet's client speaks it (servicerequestupdates.xml).

Source: its code, perllib/Open311.pm, Open311/GetServiceRequests.pm and Open311/UpdatesBase.pm. The client
drops an update or request whose time lies outside the window it asked for, and knows an update by its id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.standards.open311 import (
    is_url,
    moment,
    parse_moment,
    speakable,
)

LONGEST_TEXT = 4000
STATUSES = frozenset(
    [
        "OPEN",
        "CLOSED",
        "FIXED",
        "IN_PROGRESS",
        "ACTION_SCHEDULED",
        "INVESTIGATING",
        "DUPLICATE",
        "NO_FURTHER_ACTION",
        "NOT_COUNCILS_RESPONSIBILITY",
        "INTERNAL_REFERRAL",
        "FOR_TRIAGE",
        "PLANNED",
        "REOPEN",
    ]
)


@dataclass(frozen=True)
class Update:
    """A change of state that a client is told about. update_id never changes and never comes twice."""

    update_id: str
    number: str
    status: str
    at: datetime
    description: str
    state: str

    def fields(self) -> dict[str, object]:
        """The members of a request_update element."""
        return {
            "update_id": self.update_id,
            "service_request_id": self.number,
            "status": self.status,
            "updated_datetime": moment(self.at),
            "description": self.description,
            "media_url": None,
            "external_status_code": self.state,
        }


@dataclass(frozen=True)
class PostedUpdate:
    """What a client says about its own request. Names and addresses that come with it are not kept."""

    update_id: str
    number: str
    status: str
    at: datetime
    description: str


def parse_update(fields: Mapping[str, list[str]], now: datetime) -> PostedUpdate:
    """The fields of a posted update; `update_id_ext` is what older clients call their id.

    media_url is kept as text under the description: nothing is fetched from outside.
    """
    one = {name: speakable(values[-1]).strip() for name, values in fields.items() if values}
    update_id = one.get("update_id") or one.get("update_id_ext", "")
    number = one.get("service_request_id", "")
    for name, value, most in (("update_id", update_id, 80), ("service_request_id", number, 40)):
        if not value or len(value) > most:
            raise _bad(name, f"{name} must be provided, at most {most} characters")
    status = one.get("status", "OPEN").upper()
    if status not in STATUSES:
        raise _bad("status", f"status must be one of {', '.join(sorted(STATUSES))}")
    told = one.get("updated_datetime", "")
    return PostedUpdate(
        update_id,
        number,
        status,
        parse_moment(told, "updated_datetime") if told else now,
        _words(one, fields),
    )


def _words(one: Mapping[str, str], fields: Mapping[str, list[str]]) -> str:
    urls = [speakable(url).strip() for url in fields.get("media_url", [])]
    words = "\n".join([one.get("description", ""), *(url for url in urls if is_url(url))]).strip()
    if not words:
        raise _bad("description", "description was not provided")
    if len(words) > LONGEST_TEXT:
        raise _bad("description", f"description may have at most {LONGEST_TEXT} characters")
    return words


def _bad(name: str, message: str) -> Refused:
    return Refused.because(f"bad_{name}", message, name, status=400)
