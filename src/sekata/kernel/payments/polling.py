"""Asking banks what was paid, because a notification that failed is not sent again.

What a report tells and we do not know is taken like a notification: late, but once. The open day is asked every quarter
of an hour; each morning the days before it, so that an outage of some days loses nothing.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.kernel.payments import actions
from sekata.kernel.payments.client import Client, Declined, Report, Unanswered
from sekata.kernel.payments.models import Partner, Payment
from sekata.kernel.payments.standards import services, snap
from sekata.kernel.payments.terms import Notice
from sekata.lib import clock
from sekata.lib.actor import system
from sekata.lib.result import Refused

POLL = system("payments.poll")
DAYS_BACK = 7
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """Lines of a report: known before, taken now, refused because they were told with other content before or because
    their room is switched off."""

    known: int = 0
    taken: int = 0
    refused: int = 0


class NotPolled(Exception):
    """Some bank could not be asked; the job tries again later."""


def poll(**_: object) -> None:
    """The job of the open day."""
    _poll_all([clock.today()])


def poll_past(**_: object) -> None:
    """The morning's job: the days before today, oldest first. Yesterday's report also goes to the treasurer's desk."""
    today = clock.today()
    _poll_all([today - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)])


def partners() -> list[Partner]:
    """Banks that can be asked."""
    found = Partner.objects.filter(active=True).exclude(address="").select_related("vault", "book")
    return list(found.order_by("code"))


def _poll_all(days: Iterable[date]) -> None:
    """Ask every bank for every day; one that cannot be asked keeps nobody else from it."""
    today, failed = clock.today(), []
    for partner in partners():
        try:
            for day in days:
                poll_day(partner, day, clock.now(), desk=day == today - timedelta(days=1))
        except (Unanswered, Declined, snap.Malformed, ValueError) as error:
            log.warning("%s could not be asked: %s", partner.code, error)
            failed.append(f"{partner.code}: {error}")
    if failed:
        raise NotPolled("; ".join(failed))


def poll_day(partner: Partner, day: date, at: datetime, *, desk: bool = False) -> Outcome:
    """Ask one bank for a WIB day and take what is new. Raises Unanswered, Declined, snap.Malformed.

    desk: the day is over; its report is kept for reconciliation.
    """
    report = Client(partner).report(day)
    try:
        lines = report.lines()
    except snap.Malformed:
        _keep(report, at)
        raise
    outcome = _taken(partner, report, lines, at)
    if desk and lines:
        source = actions.keep_file(
            actor=POLL,
            partner=partner,
            kind="report",
            name=f"{partner.code}-{day}.json",
            content=report.raw,
            at=at,
        )
        actions.read_file(actor=POLL, source=source, at=at)
    return outcome


def _taken(partner: Partner, report: Report, lines: list[Notice], at: datetime) -> Outcome:
    new = _unknown(partner, lines)
    call, refused = _keep(report, at) if new else None, 0
    for notice in new:
        try:
            actions.take(actor=POLL, partner=partner, notice=notice, call=call, at=at)
        except (
            Refused,
            LookupError,
        ) as fault:  # the second: no room wants it any more; the next line is not kept waiting
            refused += 1
            log.warning("%s %s: %r", partner.code, notice.bank_ref, fault)
    return Outcome(len(lines) - len(new), len(new) - refused, refused)


def _keep(report: Report, at: datetime):
    return actions.keep_call(path=services.REPORT.address, headers={}, body=report.raw, at=at)


def _unknown(partner: Partner, lines: list[Notice]) -> list[Notice]:
    """Lines that are no payment yet, or differ from it."""
    rows = Payment.objects.filter(partner=partner, day__in={_day(line) for line in lines})
    known: set[tuple] = set()
    for channel, day, ref, request, *said in rows.values_list(
        "channel", "day", "bank_ref", "request_id", "customer_no", "amount"
    ):
        known |= {(channel, day, ref, *said), (request, *said)}
    return [line for line in lines if known.isdisjoint(_names(line))]


def _names(line: Notice) -> list[tuple]:
    """What makes a line the same as a payment: the bank's number of the day, or its message, with the same content."""
    said = line.customer_no, line.amount
    return [(line.channel, _day(line), line.bank_ref, *said), (line.request_id, *said)]


def _day(line: Notice) -> date:
    return line.trx_at.astimezone(clock.WIB).date()
