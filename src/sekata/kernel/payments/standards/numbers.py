"""Numbers of payments: the customer number behind a virtual account, and the receipt number of the regency (NTPD)."""

from datetime import datetime

from sekata.lib import clock
from sekata.lib.numbers import luhn

CUSTOMER_DIGITS = 13
MOST_SERIAL = 10**8


def customer_no(kind: str, year: int, serial: int) -> str:
    """type(2) year(2) serial(8) and check digit: the 13 digits that BRIVA leaves us (R18).

    kind: two digits. ValueError for a serial of more than eight digits.
    """
    if len(kind) != 2 or not kind.isdigit() or not 0 < serial < MOST_SERIAL:
        raise ValueError("customer number: two digits of kind, a serial of at most eight digits")
    return luhn.closed(f"{kind}{year % 100:02d}{serial:08d}")


def valid_customer_no(text: str) -> bool:
    """Whether these are 13 digits that close by Luhn."""
    return len(text) == CUSTOMER_DIGITS and luhn.valid(text)


def va_number(corporate: str, customer: str) -> str:
    """The virtual account number a payer types: five digits of the biller, then the customer number."""
    if len(corporate) != 5 or not corporate.isdigit() or not valid_customer_no(customer):
        raise ValueError("a virtual account is five digits of the biller and a valid customer number")
    return corporate + customer


def ntpd(regency: str, at: datetime, serial: int) -> str:
    """The receipt number: Home Affairs code (4), WIB day of the payment (yymmdd), serial (9), check digit (R18)."""
    return luhn.closed(f"{regency}{at.astimezone(clock.WIB):%y%m%d}{serial:09d}")
