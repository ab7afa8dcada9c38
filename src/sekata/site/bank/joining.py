"""The house joins the bank of the rehearsal: keys are exchanged, the partner "bri" is connected."""

from datetime import datetime
from pathlib import Path

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.payments import actions, queries
from sekata.kernel.payments.actions.partners import CONNECT
from sekata.kernel.people import vault
from sekata.lib.actor import SYSTEM, Actor, Holding
from sekata.site.bank import keys

BOOK = "regency"
ACCOUNTS = {"in_transit": "1.1.01.04", "suspense": "2.1.06.01", "bank": "1.1.01.01"}
JOINER = Actor(
    kind=SYSTEM,
    name="site.bank.join",
    holdings=(Holding("bank_connector", 0, frozenset(), permissions=frozenset({CONNECT.code})),),
    via="job",
)


def join(
    *, folder: Path, address: str, at: datetime, book: str = BOOK, accounts: dict[str, str] = ACCOUNTS
) -> queries.Partner | None:
    """Connect the bank whose keys lie in `folder` and that answers at `address`; done again it changes nothing.

    accounts: of the book, for money on its way, unclear and arrived. None where there is no such book yet. KeyError
    for an account that its chart lacks.
    """
    try:
        regency = ledger.book(book)
    except ledger.Book.DoesNotExist:
        return None
    for account in accounts.values():
        ledger.balance(regency, account)
    bank, known = keys.of_bank(folder), queries.partner(keys.CLIENT)
    held = vault.use(known.vault) if known else {}
    our_key = held.get("our_key") or keys.make_pair()[0]
    keys.lay_down(folder, keys.public_of(our_key))
    facts = _facts(bank, address) | accounts
    same = known and all(getattr(known, name) == value for name, value in facts.items())
    if same and held.get("secret") == bank.secret and known.book_id == regency.pk:
        return known
    return actions.connect(
        actor=JOINER, facts=facts, secret=bank.secret, our_key=our_key, book=regency, at=at
    )


def _facts(bank: keys.Keys, address: str) -> dict[str, object]:
    return {
        "code": keys.CODE,
        "name": keys.NAME,
        "client_id": keys.CLIENT,
        "public_key": bank.public,
        "mode": "hmac",
        "our_id": keys.HOUSE,
        "address": address,
        "corporate": keys.CORPORATE,
        "active": True,
    }
