"""Who would pay what and when: three years of payments at a plausible compliance, for the payment desk to enter.

`planned` says what happens; `pay` is where it is entered once the desk takes payments.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.lib import clock
from sekata.pillars.economy.tax.codes import PAYABLE, AssessmentKind
from sekata.pillars.economy.tax.models import Assessment
from sekata.pillars.economy.tax.queries.owing import owed
from sekata.pillars.economy.tax.seed.office import Office

IN_TIME = {2024: 0.66, 2025: 0.63, 2026: 0.58}
LATE = 0.12
CHANNELS = (("briva", 46), ("qris", 22), ("teller", 21), ("mobile", 11))


@dataclass(frozen=True)
class Planned:
    """One payment: rupiah, of which penalty, on a day through a channel."""

    letter: Assessment
    on: date
    amount: int
    penalty: int
    channel: str


def planned(at: datetime) -> Iterator[Planned]:
    """Payments of land tax up to the present, letter by letter; the same every time."""
    today = at.astimezone(clock.WIB).date()
    letters = Assessment.objects.filter(
        kind=AssessmentKind.SPPT, tax_year__in=IN_TIME, state__in=PAYABLE, principal__gt=0
    )
    for letter in letters.order_by("tax_year", "number").iterator(chunk_size=5_000):
        made = _planned(letter, random.Random(letter.number))  # noqa: S311 - invented data
        if made and made.on <= today:
            yield made


def _planned(letter: Assessment, dice: random.Random) -> Planned | None:
    mood, channel = dice.random(), dice.choices(*zip(*CHANNELS, strict=True))[0]
    in_time = IN_TIME[letter.tax_year]
    if mood < in_time:
        days = (letter.due_on - letter.issued_on).days
        on = letter.issued_on + timedelta(days=int(dice.triangular(3, days, days * 0.85)))
        return Planned(letter, on, letter.total, 0, channel)
    if mood < in_time + LATE:
        on = letter.due_on + timedelta(days=dice.randrange(2, 300))
        now = owed(letter, on)
        return Planned(letter, on, now.total, now.penalty, channel)
    return None


def pay(office: Office, at: datetime, scale: int) -> int:
    """Enter the planned payments. The payment desk does not exist yet: nothing is entered, nothing is owed less."""
    return 0
