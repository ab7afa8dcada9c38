"""The bank's line to the house: notifications and inquiries, with token and signature as BRI sends them."""

import http.client
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sekata.kernel.payments.standards import snap
from sekata.kernel.payments.standards.services import BASE, TOKEN
from sekata.lib import clock
from sekata.site.bank import keys

TIMEOUT_SECONDS = 10
CHANNEL = "95221"


@dataclass(frozen=True)
class Said:
    """What the house answered; status 0 where it did not."""

    status: int
    body: dict[str, object]

    @property
    def code(self) -> str:
        return str(self.body.get("responseCode", ""))


class House:
    """The house at an address. Its silence is an answer too: nothing here is raised."""

    def __init__(self, address: str, own: keys.Keys):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{address!r} is no web address")
        self.address, self.own, self._parts = address.rstrip("/"), own, parts
        self._token, self._ends = "", clock.now()

    def tell(self, path: str, body: dict[str, object], external: str) -> Said:
        """Send a message; where our token is known no longer, once more with a new one."""
        said = self._signed(path, body, external)
        if said.code.endswith("01") and said.status == 401:
            self._token = ""
            said = self._signed(path, body, external)
        return said

    def _signed(self, path: str, body: dict[str, object], external: str) -> Said:
        if not self._token or clock.now() >= self._ends:
            refused = self._ask_token()
            if refused:
                return refused
        text, stamp = json.dumps(body).encode(), stamped(clock.now())
        told = snap.string_to_sign("POST", f"{BASE}/{path}", self._token, text, stamp)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": snap.sign(self.own.secret, told),
            "X-PARTNER-ID": keys.CLIENT,
            "CHANNEL-ID": CHANNEL,
            "X-EXTERNAL-ID": external,
        }
        return self._post(path, text, headers)

    def _ask_token(self) -> Said | None:
        """Get a token; the answer where there is none."""
        now = clock.now()
        headers = {
            "X-CLIENT-KEY": keys.CLIENT,
            "X-TIMESTAMP": stamped(now),
            "X-SIGNATURE": snap.rsa_sign(self.own.private, f"{keys.CLIENT}|{stamped(now)}"),
        }
        said = self._post(TOKEN.path, b'{"grantType":"client_credentials"}', headers)
        if said.status != 200:
            return said
        seconds = str(said.body.get("expiresIn", ""))
        self._token = str(said.body.get("accessToken", ""))
        self._ends = now + timedelta(seconds=int(seconds) if seconds.isdigit() else 0)
        return None

    def _post(self, path: str, text: bytes, headers: dict[str, str]) -> Said:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        line = kind(self._parts.hostname, self._parts.port, timeout=TIMEOUT_SECONDS)
        try:
            line.request("POST", f"{BASE}/{path}", text, {"Content-Type": "application/json", **headers})
            answer = line.getresponse()
            return Said(answer.status, dict(json.loads(answer.read())))
        except (OSError, http.client.HTTPException):
            return Said(0, {})
        except (ValueError, TypeError):
            return Said(answer.status, {})
        finally:
            line.close()


def stamped(at: datetime) -> str:
    """A moment as SNAP BI writes it."""
    return at.astimezone(clock.WIB).isoformat(timespec="seconds")
