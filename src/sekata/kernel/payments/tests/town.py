"""A town to break things in: the real house over HTTP on a PostgreSQL of its own, and the bank as its own process.

The house's room is a plain one that is paid; everything else is what operators run.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

import psutil
import psycopg
from django.conf import settings
from django.db import connection, connections

from sekata.kernel.ledger import queries as books
from sekata.kernel.payments import actions, payables, polling
from sekata.kernel.payments.client import Client, forget_tokens
from sekata.kernel.payments.models import Bill, Partner, Payment
from sekata.kernel.payments.tests import conftest as rooms
from sekata.lib import clock
from sekata.lib.actor import system
from sekata.lib.manifest import Payable
from sekata.lib.result import Refused
from sekata.site.bank.joining import join
from sekata.site.bank.tests.conftest import BankProcess, free_port, until
from sekata.site.runtime import testbed
from sekata.site.runtime.postgres import Embedded, program

BANK = system("test")
CALM = {"lose": 0, "double": 0, "delay": 0, "reorder": 0, "slow": 0, "die": ""}
TRANSIT, SUSPENSE = "1.1.1.09", "2.1.9.01"
ACCOUNTS = {"in_transit": TRANSIT, "suspense": SUSPENSE, "bank": "1.1.1.01"}
ROOM = """
import os, signal, sys
import django
django.setup()
from sekata.kernel.payments import payables, polling
from sekata.lib.manifest import Payable
from sekata.site.runtime.orphans import end_with_parent
from sekata.site.runtime.web import serve
nothing = lambda **told: None
payables.know([Payable("test", "01", "Uji", lambda ref, at: None, nothing, nothing)])
end_with_parent(int(sys.argv[1]), signal.SIGKILL)
"""
POLL = f"{ROOM}polling.poll()"
HOUSE = f"""{ROOM}
tree = os.getpid()
while True:
    child = os.fork()
    if not child:
        end_with_parent(tree, signal.SIGKILL)
        serve("127.0.0.1", int(sys.argv[2]))
        os._exit(1)
    os.waitpid(child, 0)
"""
"""The suite loaded once, and its web server as a child that comes again whenever it ends, as in `sekata serve`."""


def know_the_room() -> None:
    """The same room in this process, which polls and takes back."""
    room = rooms.Room()
    payables.know([Payable("test", "01", "Uji", lambda ref, at: None, room.paid, room.unpaid)])


class Town:
    """Database, house and bank, all to be killed. Use as a context manager."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.server = Embedded(folder / "postgres")
        self.house: subprocess.Popen | None = None
        self.bank = BankProcess(folder, self.address)
        self.bills = 0

    def __enter__(self) -> "Town":
        try:
            source = testbed.server().url(settings.DATABASES["default"]["NAME"])
            self.server.start()
            dump = piped("pg_dump", "--no-owner", source)
            piped("psql", "-q", "-v", "ON_ERROR_STOP=1", self.server.url(), given=dump)
            self._former = connections["default"].settings_dict.copy()
            connections["default"].close()
            connections["default"].settings_dict |= {"NAME": "sekata", "HOST": str(self.server.socket)}
            connections["default"].settings_dict |= {"USER": "sekata", "PORT": ""}
            self.bank.start()
            self._open()
            self.start_house()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process, by its number, and give Django its own database back."""
        self.bank.stop()
        if self.house:
            self.stop_house()
        connections["default"].close()
        connections["default"].settings_dict.update(getattr(self, "_former", {}))
        self.server.stop()

    def _open(self) -> None:
        know_the_room()
        forget_tokens()
        rooms.make_book()
        joined = {"folder": self.bank.folder, "address": self.bank.address, "accounts": ACCOUNTS}
        self.partner: Partner = join(**joined, at=clock.now())

    # -- the house --

    def start_house(self) -> None:
        """Serve pages, one process that answers."""
        self.house = self.suite(HOUSE, "web")
        until(lambda: self.house.poll() is not None or self.answers())
        assert self.house.poll() is None, (self.folder / "house.log").read_text()

    def suite(self, script: str, kind: str) -> subprocess.Popen:
        """A process of the suite in this town; it ends with the test run."""
        settled = {"DATABASE_URL": self.server.url(), "DJANGO_SETTINGS_MODULE": "sekata.site.settings"}
        settled |= {"SEKATA_PROCESS": kind, "SEKATA_WEB_WORKERS": "1"}
        words = [sys.executable, "-c", script, str(os.getpid()), str(self.port)]
        with (self.folder / "house.log").open("ab") as log:
            return subprocess.Popen(words, env=os.environ | settled, stdout=log, stderr=log)

    def answers(self) -> bool:
        with suppress(OSError), urlopen(f"{self.address}/healthz", timeout=5) as answer:
            return answer.status == 200
        return False

    def web(self) -> list[psutil.Process]:
        """The web server, and the process of it that answers pages."""
        with suppress(psutil.Error):
            return psutil.Process(self.house.pid).children(recursive=True)
        return []

    def kill_web(self, whole: bool = False) -> None:
        """kill -9 of the process that answers pages, or of the whole web server; it comes again."""
        before = self.web()
        (before[0] if whole else before[-1]).kill()
        until(lambda: before[-1] not in self.web() and self.answers())

    def stop_house(self) -> None:
        processes = self.web()
        self.house.kill()
        self.house.wait()
        psutil.wait_procs(processes, 10)

    # -- the database --

    def restart_database(self) -> None:
        """kill -9 of PostgreSQL amid whatever it does; its keeper starts it again."""
        pid = int((self.server.home / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        until(self._database_answers)
        connections.close_all()

    def _database_answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.server.url(), connect_timeout=2).close()
            return True
        return False

    @contextmanager
    def shut(self, table: str) -> Iterator[None]:
        """Nobody writes to a table inside the block."""
        with psycopg.connect(self.server.url()) as gate:
            gate.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield
            gate.rollback()

    def somebody_waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return bool(cursor.fetchone()[0])

    # -- bills and the bank --

    def bill(self, amount: int = 412_500, late: bool = False) -> Bill:
        """A new bill; late: the bank's day is over for it."""
        self.bills += 1
        until = clock.now() + timedelta(hours=-1 if late else 24)
        return rooms.open_bill(f"T{self.bills}", rooms.quote(amount, until=until))

    def client(self) -> Client:
        return Client(self.partner)

    def pay(self, bill: Bill, off: int = 0, by: str = "va", **faults: object) -> dict:
        """A payer pays; faults of this payment alone. Empty where the bank died of it."""
        self.bank.revive()
        to = bill.customer_no
        if by == "qris":
            to = self.client().qr_generate(to, bill.amount + off, bill.valid_until).content
        self.bank.order("/faults", **(CALM | faults))
        return self.bank.order("/pay", to=to, amount=bill.amount + off)

    def told(self) -> str:
        """What the bank heard last, and the last words of the house."""
        return f"{self.bank.state()['deliveries'][-1:]}\n{(self.folder / 'house.log').read_text()[-3000:]}"

    def taken_back(self, number: str) -> bool:
        """The bank takes a payment back; the house may say no to what it knows."""
        known = Payment.objects.filter(bank_ref=number).first()
        try:
            if known:
                actions.reverse(actor=BANK, payment=known, terminal=known.terminal, at=clock.now())
        except Refused:
            return False
        self.bank.order("/reverse", number=number)
        return True

    def numbers(self) -> list[str]:
        """Transactions of the bank whose money it still has."""
        return [paid["number"] for paid in self.bank.state()["transactions"] if not paid["reversed"]]

    def settle_down(self) -> None:
        """Whatever is dead lives again, what the bank holds back is sent, the jobs ask it."""
        self.bank.revive()
        self.bank.order("/faults", **CALM)
        self.bank.order("/release")
        polling.poll()
        polling.poll_past()

    def insist(self) -> None:
        """Every rupiah at the bank is exactly once in a payment or in suspense, and the books balance."""
        state = self.bank.state()["transactions"]
        told = {(paid["channel"], paid["number"]): paid["amount"] for paid in state if not paid["reversed"]}
        kept = Payment.objects.filter(state__in=["posted", "suspense"])
        assert {(one.channel, one.bank_ref): one.amount for one in kept} == told
        assert len(kept) == len(told)
        suspended = sum(one.amount for one in kept if one.state == "suspense")
        book = books.book("regency")
        assert books.balance(book, TRANSIT) == sum(told.values())
        assert books.balance(book, SUSPENSE) == suspended
        paid = set(Bill.objects.filter(state="paid").values_list("pk", flat=True))
        assert paid == {one.bill_id for one in kept if one.state == "posted"}
        year = clock.today().year
        trial = books.trial_balance(book, date(year, 1, 1), date(year + 1, 1, 1))
        assert sum(line.closing for line in trial) == 0
        back = Payment.objects.filter(state="reversed").count()
        entries = books.entries(book, date(year, 1, 1), date(year + 1, 1, 1))
        assert len(list(entries)) == len(kept) + 2 * back


def piped(name: str, *words: str, given: bytes = b"") -> bytes:
    """What one of PostgreSQL's programs says."""
    done = subprocess.run([program(name), *words], input=given, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
