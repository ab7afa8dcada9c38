"""Payments at the bank and what the house hears of them: at once, never, twice, late, or in another order."""

import os
import signal
from dataclasses import replace
from datetime import datetime

from sekata.kernel.payments.standards import numbers, qris, snap
from sekata.lib import clock
from sekata.site.bank import keys
from sekata.site.bank.book import (
    BEHIND,
    DROPPED,
    FAILED,
    HELD,
    LOST,
    TOLD,
    WAITING,
    Book,
    Delivery,
    Event,
    Faults,
    Transaction,
    event,
)
from sekata.site.bank.house import House, Said, stamped

NOTIFY, QR_NOTIFY, INQUIRY = (
    "transfer-va/notify-payment-intrabank", "qr/qr-mpm-notify", "transfer-va/inquiry"
)  # fmt: skip
FATES = (("lose", LOST), ("double", WAITING), ("delay", HELD), ("reorder", BEHIND))
DONE = "00"


class Unpayable(Exception):
    """What was typed cannot be paid; the message is for the payer."""


class Desk:
    """The bank's counter: takes payments, tells the house, as the faults in its book let it."""

    def __init__(self, book: Book, house: House):
        self.book, self.house = book, house

    def inquire(self, customer_no: str) -> Said:
        """Ask the house who is to pay what for a customer number."""
        with self.book.lock:
            request = f"I{clock.now():%y%m%d%H%M%S%f}"
        body = _numbers(customer_no) | {"inquiryRequestId": request}
        return self.house.tell(INQUIRY, body, request[1:])

    def pay(self, typed: str, amount: int, at: datetime | None = None) -> Transaction:
        """Take a payer's money for a virtual account number or a QRIS payload. Raises Unpayable."""
        at = at or clock.now()
        if not 0 < amount < 10**12:
            raise Unpayable("Jumlah harus lebih dari nol.")
        with self.book.lock:
            channel, customer, code = self.understood(typed)
            number = self.book.next_number(at.astimezone(clock.WIB).date())
            paid = Transaction(number, channel, customer, amount, stamped(at), code)
            faults, state, copies = _fate(self.book.faults)
            made = [Delivery(self.book.next_external(copy), number, state) for copy in range(copies)]
            changed: list[Event] = [event("faults", faults)] if faults != self.book.faults else []
            die = self.book.faults.die
            self.book.keep(event("paid", paid), *(event("delivery", one) for one in made), *changed)
        if die == "before":
            _end()
        for delivery in made:
            if state == WAITING:
                self.deliver(delivery, die=die == "after")
        if state == WAITING:
            for delivery in reversed(self.book.of_state(BEHIND)):
                self.deliver(delivery)
        return paid

    def understood(self, typed: str) -> tuple[str, str, str]:
        """Channel, customer number and code's reference behind what a payer typed. Raises Unpayable."""
        text = typed.strip()
        if text.startswith("000201"):
            found = [code for code in tuple(self.book.codes.values()) if code.content == text]
            if qris.problems(text) or not found:
                raise Unpayable("Kode QRIS ini tidak dikenal.")
            return "qris", found[-1].customer_no, found[-1].reference
        digits = "".join(text.split())
        if not digits.isascii() or not digits.isdigit():
            raise Unpayable("Nomor virtual account hanya angka.")
        if digits.startswith(keys.CORPORATE) and len(digits) > numbers.CUSTOMER_DIGITS:
            digits = digits[len(keys.CORPORATE) :]
        if not digits or len(digits) > numbers.CUSTOMER_DIGITS:
            raise Unpayable("Nomor virtual account paling banyak 18 angka.")
        return "va", digits, ""

    def deliver(self, delivery: Delivery, *, die: bool = False) -> Delivery:
        """Send one notification and remember the answer; BRI does not repeat what failed."""
        path, body = notification(self.book.transactions[delivery.number])
        said = self.house.tell(path, body, delivery.external)
        if die:
            _end()
        state = TOLD if said.status == 200 and said.code.endswith(DONE) else FAILED
        told = replace(delivery, state=state, answer=said.code or str(said.status))
        self.book.keep(event("delivery", told))
        return told

    def release(self) -> int:
        """Send everything that is held back, oldest first; how many."""
        waiting = [*self.book.of_state(WAITING), *self.book.of_state(HELD), *self.book.of_state(BEHIND)]
        for delivery in sorted(waiting, key=lambda one: one.external):
            self.deliver(delivery)
        return len(waiting)

    def resume(self) -> None:
        """After a start: send what was to be sent when the bank died."""
        for delivery in self.book.of_state(WAITING):
            self.deliver(delivery)

    def repeat(self, number: str) -> Delivery:
        """Tell the house of a transaction once more. KeyError for one that is not, Unpayable for one given back."""
        with self.book.lock:
            paid = self.book.transactions[number]
            if paid.reversed:
                raise Unpayable("Uangnya sudah dikembalikan.")
            delivery = Delivery(self.book.next_external(), paid.number)
            self.book.keep(event("delivery", delivery))
        return self.deliver(delivery)

    def reverse(self, number: str) -> Transaction:
        """Give the payer the money back: it leaves the report, and what was not told yet never is."""
        with self.book.lock:
            back = replace(self.book.transactions[number], reversed=True)
            unsent = [
                replace(delivery, state=DROPPED)
                for state in (WAITING, HELD, BEHIND)
                for delivery in self.book.of_state(state)
                if delivery.number == number
            ]
            self.book.keep(event("paid", back), *(event("delivery", one) for one in unsent))
        return back

    def set_faults(self, **changes: object) -> Faults:
        """What goes wrong from now on. ValueError for what is no fault."""
        with self.book.lock:
            try:
                faults = replace(self.book.faults, **changes)
            except TypeError as error:
                raise ValueError(str(error)) from error
            self.book.keep(event("faults", faults))
        return faults


def _fate(faults: Faults) -> tuple[Faults, str, int]:
    """The faults that remain after a payment, the state of its notification, and how many of them there are."""
    for name, state in FATES:
        left = getattr(faults, name)
        if left:
            return replace(faults, **{name: left - 1, "die": ""}), state, 2 if name == "double" else 1
    return replace(faults, die=""), WAITING, 1


def _numbers(customer_no: str) -> dict[str, object]:
    service = snap.partner_service_id(keys.CORPORATE)
    return {
        "partnerServiceId": service,
        "customerNo": customer_no,
        "virtualAccountNo": service + customer_no,
    }


def notification(paid: Transaction) -> tuple[str, dict[str, object]]:
    """Path and body that tell of a transaction; always the same for the same one."""
    if paid.channel == "qris":
        return QR_NOTIFY, {
            "originalReferenceNo": paid.number,
            "originalPartnerReferenceNo": paid.customer_no,
            "latestTransactionStatus": "00",
            "amount": snap.money(paid.amount),
            "transactionDate": paid.at,
        }
    return NOTIFY, _numbers(paid.customer_no) | {
        "paymentRequestId": f"PR-{paid.number}",
        "paidAmount": snap.money(paid.amount),
        "trxDateTime": paid.at,
        "additionalInfo": {"journalSeq": paid.number},
    }


def reported(paid: Transaction) -> dict[str, object]:
    """A transaction as a line of the bank's report."""
    request = paid.number if paid.channel == "qris" else f"PR-{paid.number}"
    return _numbers(paid.customer_no) | {
        "paymentRequestId": request,
        "paidAmount": snap.money(paid.amount),
        "trxDateTime": paid.at,
        "additionalInfo": {"journalSeq": paid.number, "channel": paid.channel},
    }


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
