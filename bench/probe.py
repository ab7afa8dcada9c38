"""Times pages and queries on one database: answers questions on its input, one line of JSON each.

Pages go through the whole suite (middleware, view, template) in this process, as the web server calls it.
"""

import json
import sys
import time
from collections.abc import Callable

from django.test import Client

from bench.terms import ACCOUNT, BOOK, CannotMeasure
from sekata.kernel.cases import queries as cases
from sekata.kernel.ledger import queries as ledger
from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Account
from sekata.kernel.search import queries as search
from sekata.lib import clock
from sekata.lib.actor import NOBODY, Actor
from sekata.site.registry import REGISTRY


class Desk:
    """What can be asked here, as one officer or as nobody."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}
        self.actors: dict[str, Actor] = {"": NOBODY}

    def client(self, handle: str) -> Client:
        if handle not in self.clients:
            client = self.clients[handle] = Client(SERVER_NAME="localhost")
            if handle:
                client.force_login(Account.objects.get(username=handle))
        return self.clients[handle]

    def actor(self, handle: str) -> Actor:
        if handle not in self.actors:
            person = Account.objects.select_related("person").get(username=handle).person
            self.actors[handle] = people.actor(person, REGISTRY.roles)
        return self.actors[handle]

    def page(self, who: str, path: str, times: int) -> list[float]:
        """Milliseconds of each of so many requests for a page."""
        client = self.client(who)

        def ask() -> None:
            answer = client.get(path)
            if answer.status_code != 200:
                raise CannotMeasure(f"{path}: {answer.status_code}")

        return timed(ask, times)

    def inbox(self, who: str, times: int, **filters: object) -> list[float]:
        """The query of an inbox page alone."""
        actor = self.actor(who)
        wanted = cases.Filters(
            **{name: tuple(v) if isinstance(v, list) else v for name, v in filters.items()}
        )
        return timed(lambda: cases.inbox(actor, wanted, clock.now()), times)

    def find(self, who: str, text: str, times: int) -> list[float]:
        """A search alone."""
        actor = self.actor(who)
        return timed(lambda: search.find(text, actor), times)

    def passbook(self, holder: str, times: int) -> list[float]:
        """The newest page of a customer's passbook."""
        book = ledger.book(BOOK)
        return timed(lambda: ledger.passbook(book, ACCOUNT, holder), times)

    def balance(self, holder: str, times: int) -> list[float]:
        """What a customer, or all of them together, have."""
        book = ledger.book(BOOK)
        return timed(lambda: ledger.balance(book, ACCOUNT, holder), times)


def timed(ask: Callable[[], object], times: int) -> list[float]:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return spent


def main() -> None:
    desk = Desk()
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps(getattr(desk, question.pop("what"))(**question)), flush=True)
