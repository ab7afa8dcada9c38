"""An invented tax office for the demonstration: some 30,000 land objects over all villages, three assessed years,
businesses with their returns, and requests in every state.

The register is written in sets; years are assessed by the real mass assessment; everything else goes through the
room's own acts under a moved clock. The same data every time.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from sekata.pillars.economy.tax.actions import assessing, books
from sekata.pillars.economy.tax.models import LandObject
from sekata.pillars.economy.tax.seed import businesses, payments, register, requests, years
from sekata.pillars.economy.tax.seed.office import Office

LABEL = "Pajak peragaan / demonstration taxes"
STEPS = (register.sow, years.assess, businesses.sow, requests.sow, payments.pay)


def seed(*, scale: int = 1, progress: Callable = lambda *_: None, at: datetime) -> int:
    """Sow once and whole; how many land objects were made. scale: so many times 30,000 objects."""
    if LandObject.objects.exists():
        return 0
    with transaction.atomic():
        office = Office.open(at)
        books.prepare(at.date())
        for done, step in enumerate(STEPS):
            progress(LABEL, done, len(STEPS))
            step(office, at, scale)
        assessing.fall_due()
    progress(LABEL, len(STEPS), len(STEPS))
    return LandObject.objects.count()


__all__ = ["seed"]
