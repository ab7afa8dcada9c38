"""Looking at one account from outside the bank: an act in the journal, with its reason."""

from datetime import datetime

from sekata.kernel.journal.actions import action, record
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.models import Customer, WasteBank
from sekata.pillars.environment.wastebank.queries import customers
from sekata.pillars.environment.wastebank.rights import AUDIT, OVERSEE

SHORTEST = 10


@action(right=OVERSEE | AUDIT, event="wastebank.account.opened", on="bank", keeps=("number",))
def look(*, actor: Actor, bank: WasteBank, number: str, purpose: str, at: datetime) -> Customer:
    """Open one account for a stated purpose."""
    if len(purpose.strip()) < SHORTEST:
        raise Refused.because("purpose", "Tulis alasan pemeriksaan, paling sedikit 10 huruf.", "purpose")
    found = customers.by_number(number)
    if found is None or found.bank_id != bank.pk:
        raise Refused.because("customer", "Nomor itu bukan nasabah bank ini.", "customer")
    record("wastebank.account.read", actor=actor, subject=found, at=at, purpose=purpose.strip())
    return found
