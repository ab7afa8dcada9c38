"""The words of paying: what is to be paid, and what a bank says was paid."""

from dataclasses import dataclass
from datetime import datetime

from sekata.lib.manifest import Quote


@dataclass(frozen=True)
class Draft:
    """A bill about to be opened. kind and ref: what it is for; quote: amounts, credit side, how long they hold;
    number: two digits of the customer number where they are not those of the kind (a tax has one for each type)."""

    kind: str
    ref: str
    title: str
    payer_name: str
    quote: Quote
    payer: int | None = None
    number: str = ""


@dataclass(frozen=True)
class Notice:
    """A payment as a bank reports it, whatever the way: notification, report, teller, statement.

    customer_no: the number that was paid to; bank_ref: the bank's own number, unique in channel and WIB day;
    request_id: the bank's id of the message, where it has one.
    """

    channel: str
    customer_no: str
    amount: int
    trx_at: datetime
    bank_ref: str
    request_id: str = ""
    terminal: str = ""
