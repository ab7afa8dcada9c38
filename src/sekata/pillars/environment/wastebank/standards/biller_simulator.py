"""A biller for demonstrations, rehearsals and tests: the same contract, over HTTP or within the process.

Its behaviour follows the last two digits of the target:
11 the payment is refused · 22 it works, but the answer is lost · 33 the request is lost on the way there ·
44 it is undecided for ever · 55 the target is not known · 66 it works and the answer is garbled · others work.
Paying the same number twice is answered with what happened first, and counted.

    python -m sekata.pillars.environment.wastebank.standards.biller_simulator 8099 <key in hexadecimal>
"""

import hashlib
import hmac
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sekata.lib import clock
from sekata.pillars.environment.wastebank.standards.biller import (
    SIGNATURE,
    Answer,
    Away,
    Inquiry,
    Status,
    signature,
)

REFUSED, ANSWER_LOST, REQUEST_LOST, UNDECIDED, NOT_KNOWN, GARBLED = "11", "22", "33", "44", "55", "66"
FEES = {"power_token": 2_500, "pbb_tax": 0, "bpjs_premium": 2_500, "gold": 0}
OWED = {"pbb_tax": 42_000, "bpjs_premium": 35_000}
GOLD, BUY_BACK, QUOTE_SECONDS = 1_104_000, 1_042_000, 60


@dataclass
class Simulator:
    """A biller that remembers payments in memory.

    sleep: how long a lost answer keeps the line open, in seconds; payments: our_id -> (answer, times asked to pay).
    """

    sleep: float = 0
    payments: dict[str, Answer] = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)

    def inquiry(self, product: str, target: str, amount: int) -> Inquiry:
        if product not in FEES:
            return Inquiry("", 0, 0, "", refusal="Produk tidak dikenal")
        case = target[-2:]
        if case == NOT_KNOWN:
            return Inquiry("", 0, 0, "", refusal="Nomor tujuan tidak dikenal penyedia")
        found = Inquiry(
            f"PELANGGAN {target[-4:]}", OWED.get(product, 0), FEES[product], f"{product}-{target}"
        )
        if product != "gold":
            return found
        until = clock.now() + timedelta(seconds=QUOTE_SECONDS)
        return replace(found, per_gram=GOLD, buy_back=BUY_BACK, expires_at=until)

    def pay(self, ref: str, amount: int, our_id: str) -> Answer:
        self.asked[our_id] += 1
        case = ref[-2:]
        if case == REQUEST_LOST:
            time.sleep(self.sleep)
            raise Away("simulated")
        answer = self.payments.setdefault(our_id, _outcome(ref, our_id))
        if case in (ANSWER_LOST, GARBLED):
            time.sleep(self.sleep)
            raise Away("simulated")
        return answer

    def advice(self, our_id: str) -> Answer:
        return self.payments.get(our_id, Answer(Status.UNKNOWN, message="Nomor belum pernah kami terima"))


def _outcome(ref: str, our_id: str) -> Answer:
    """What becomes of a payment: the same for the same number, so that a restart changes no token."""
    case = ref[-2:]
    reference = f"SIM{hashlib.sha256(our_id.encode()).hexdigest()[:12].upper()}"
    if case == REFUSED:
        return Answer(Status.FAILED, reference=reference, message="Nomor tujuan diblokir")
    if case == UNDECIDED:
        return Answer(Status.PENDING, reference=reference, message="Sedang diproses")
    token = ""
    if ref.startswith("power_token"):
        digest = hashlib.sha256(b"token" + our_id.encode()).digest()
        token = f"{int.from_bytes(digest, 'big') % 10**20:020d}"
    return Answer(Status.PAID, token=token, reference=reference)


class Handler(BaseHTTPRequestHandler):
    """The simulator's door: three verbs, each signed."""

    simulator: Simulator
    key: bytes

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not hmac.compare_digest(self.headers.get(SIGNATURE, ""), signature(self.key, body)):
            self._send(403, b'{"refusal": "signature"}')
            return
        try:
            told = json.loads(body)
            verb = {
                "/inquiry": self.simulator.inquiry,
                "/pay": self.simulator.pay,
                "/advice": self.simulator.advice,
            }
            answer = verb[self.path](**told)
        except (KeyError, TypeError, ValueError):
            self._send(400, b"{}")
        except Away:
            if told["ref"][-2:] == GARBLED:
                self._send(200, b"<html>Bad gateway")
            else:
                self.close_connection = True
        else:
            self._send(200, json.dumps(asdict(answer), default=_text).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Requests are not logged: they carry people's numbers."""


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def server(simulator: Simulator, key: bytes, port: int = 0) -> ThreadingHTTPServer:
    """A server for `simulator` on the loopback interface; port 0 takes a free one."""
    handler = type("Handler", (Handler,), {"simulator": simulator, "key": key})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


if __name__ == "__main__":
    server(Simulator(), bytes.fromhex(sys.argv[2]), int(sys.argv[1])).serve_forever()
