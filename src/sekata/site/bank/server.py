"""`sekata bank`: the process that serves the bank's SNAP addresses, its page, and the face that orders its faults.

It listens on this machine alone. Orders come as JSON or from the page's own forms; a foreign site cannot give them.
"""

import json
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click

from sekata.kernel.payments.standards.services import BASE
from sekata.lib import clock
from sekata.site.bank import keys, page
from sekata.site.bank.answering import Bank
from sekata.site.bank.book import Book, InUse
from sekata.site.bank.house import House
from sekata.site.bank.telling import Desk, Unpayable
from sekata.site.config import CONFIG

LOCAL = "127.0.0.1"
HOSTS = frozenset({LOCAL, "localhost"})
LONGEST = 64 * 1024
STYLE = CONFIG.package / "web" / "static" / "sekata" / "sekata.css"
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Given = Mapping[str, object]


def _number(given: Given, name: str) -> int:
    text = str(given.get(name, "")).replace(".", "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Unpayable("Jumlah harus angka rupiah tanpa koma.")
    return int(text)


def _pay(desk: Desk, given: Given) -> object:
    at = given.get("at")
    moment = datetime.fromisoformat(str(at)) if at else None
    if moment and moment.tzinfo is None:
        raise ValueError("at needs a zone")
    return asdict(desk.pay(str(given.get("to", "")), _number(given, "amount"), moment))


def _faults(desk: Desk, given: Given) -> object:
    changes = {
        name: int(value) if name != "die" and isinstance(value, str) and value.isdigit() else value
        for name, value in given.items()
    }
    return asdict(desk.set_faults(**changes))


def _release(desk: Desk, given: Given) -> object:
    return {"sent": desk.release()}


def _repeat(desk: Desk, given: Given) -> object:
    return asdict(desk.repeat(str(given.get("number", ""))))


def _reverse(desk: Desk, given: Given) -> object:
    return asdict(desk.reverse(str(given.get("number", ""))))


ORDERS: dict[str, tuple[Callable[[Desk, Given], object], str]] = {
    "/pay": (_pay, "paid"),
    "/faults": (_faults, "faults"),
    "/release": (_release, "sent"),
    "/repeat": (_repeat, "repeated"),
    "/reverse": (_reverse, "faults"),
}


def state(desk: Desk) -> dict[str, object]:
    """All that the bank knows, for machines."""
    book = desk.book
    return {
        "transactions": [asdict(paid) for paid in tuple(book.transactions.values())],
        "deliveries": [asdict(delivery) for delivery in tuple(book.deliveries.values())],
        "accounts": [asdict(account) for account in tuple(book.accounts.values())],
        "codes": [asdict(code) for code in tuple(book.codes.values())],
        "faults": asdict(book.faults),
    }


class Handler(BaseHTTPRequestHandler):
    """One request. `desk` and `bank` are the server's."""

    server: "Server"
    timeout = 30

    def do_GET(self) -> None:
        """The page, its style, the state."""
        parts = urlsplit(self.path)
        if not self._is_ours():
            return
        if parts.path == "/":
            asked = dict(parse_qsl(parts.query))
            self._send(200, page.render(self.server.desk, asked.get("to", ""), asked.get("said", "")))
        elif parts.path == "/style.css":
            self._send(200, STYLE.read_bytes(), "text/css; charset=utf-8")
        elif parts.path == "/state":
            self._json(200, state(self.server.desk))
        else:
            self._json(404, {"error": "no such address"})

    def do_POST(self) -> None:
        """SNAP services, and orders."""
        if self.path.startswith(f"{BASE}/"):
            self._serve()
        elif self._is_ours():
            self._order()

    def do_PUT(self) -> None:
        """SNAP services."""
        self._serve()

    def do_DELETE(self) -> None:
        """SNAP services."""
        self._serve()

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        time.sleep(self.server.desk.book.faults.slow)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.bank.answer(self.command, self.path, headers, body, clock.now())
        self._json(*(answer or (404, {"error": "no such service"})))

    def _order(self) -> None:
        body, order = self._body(), ORDERS.get(urlsplit(self.path).path)
        if body is None:
            return
        if order is None:
            self._json(404, {"error": "no such order"})
            return
        as_json = self.headers.get_content_type() == "application/json"
        try:
            given = json.loads(body or b"{}") if as_json else dict(parse_qsl(body.decode(), True))
            if not isinstance(given, dict):
                raise ValueError("an object is wanted")
            done = order[0](self.server.desk, given)
        except (Unpayable, ValueError, KeyError) as why:
            text = str(why) or "?"
            self._json(422, {"error": text}) if as_json else self._send(
                422, page.refused(self.server.desk, text)
            )
            return
        if as_json:
            self._json(200, done)
        else:
            self._send(303, b"", location=page.address(order[1]))

    def _is_ours(self) -> bool:
        """Whether a person at this machine asks: no other site's form, no foreign name for this address."""
        host = urlsplit(f"//{self.headers.get('Host', '')}")
        origin = self.headers.get("Origin")
        if host.hostname in HOSTS and (origin is None or origin == f"http://{host.netloc}"):
            return True
        self._json(403, {"error": "this machine only"})
        return False

    def _body(self) -> bytes | None:
        """What was sent; None where it was answered already."""
        size = self.headers.get("Content-Length") or "0"
        if not size.isdigit() or int(size) > LONGEST:
            self._json(413, {"error": "too long"})
            return None
        return self.rfile.read(int(size))

    def _json(self, status: int, told: object) -> None:
        self._send(status, json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _send(
        self, status: int, body: bytes, kind: str = "text/html; charset=utf-8", location: str = ""
    ) -> None:
        with suppress(ConnectionError):  # whoever asked has gone
            self.send_response(status)
            headers = SAFE | {"Content-Type": kind, "Content-Length": str(len(body))}
            for name, value in (headers | ({"Location": location} if location else {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the book tells what happened."""


class Server(ThreadingHTTPServer):
    """The bank, serving."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, desk: Desk, bank: Bank):
        self.desk, self.bank = desk, bank
        super().__init__((LOCAL, port), Handler)


def open_bank(folder: Path, port: int, house: str) -> Server:
    """The bank whose book and keys lie in a folder, not serving yet. Raises InUse, OSError, ValueError."""
    own, book = keys.of_bank(folder), Book(folder)
    try:
        return Server(port, Desk(book, House(house, own)), Bank(book, own, folder))
    except BaseException:
        book.close()
        raise


@click.command()
@click.option("--port", default=8100, show_default=True, help="Port to listen at, on this machine alone.")
@click.option("--house", default="http://127.0.0.1:8000", show_default=True, help="Address of the suite.")
def bank(port: int, house: str) -> None:
    """A bank to rehearse with: pay, lose, double and delay notifications."""
    try:
        server = open_bank(CONFIG.data / "bank", port, house)
    except InUse as error:
        raise click.ClickException(f"another bank uses {error}") from error
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Bayar di BRI: http://{LOCAL}:{port}/   (Ctrl-C: berhenti / stop)", err=True)
    threading.Thread(target=server.desk.resume, daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()
