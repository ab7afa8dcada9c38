"""The population register as an adapter: fields go out, a yes or no for each comes back (R5; Permendagri 102/2019).

SEKATA_DUKCAPIL_URL names the gateway of the right-of-access agreement, SEKATA_DUKCAPIL_TOKEN its token. Without an
address the demonstration uses the simulator, and any other house asks nobody.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from sekata.kernel.people import vault
from sekata.kernel.people.models import Identifier

FIELDS = ("nik", "full_name", "birth_date")
ASKED = {"nik": "NIK", "full_name": "NAMA_LGKP", "birth_date": "TGL_LHR"}
YES = "sesuai"
TIMEOUT_SECONDS = 6


class Away(Exception):
    """The register did not answer; ask again later."""


class Register(Protocol):
    def match(self, fields: Mapping[str, str]) -> dict[str, bool]: ...


@dataclass(frozen=True)
class Gateway:
    """The register's gateway over HTTP: `Sesuai` or `Tidak Sesuai` for each field (names of fields unconfirmed)."""

    url: str
    token: str

    def match(self, fields: Mapping[str, str]) -> dict[str, bool]:
        call = urllib.request.Request(  # noqa: S310 - the operator's own address
            self.url,
            json.dumps({ASKED[name]: value for name, value in fields.items()}).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(call, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                told = json.load(answer)
        except (urllib.error.URLError, ValueError, TimeoutError, OSError) as error:
            raise Away(type(error).__name__) from error
        if not isinstance(told, dict):
            raise Away("unreadable")
        return {name: _says_yes(told.get(ASKED[name])) for name in fields}


class Simulator:
    """The register of the demonstration: it knows everybody whose NIK was verified, and nothing of the others' names.

    A NIK whose serial ends in 9 finds it away; a NIK that nobody holds is confirmed as it is plausible, one whose
    serial ends in 7 is answered with another name.
    """

    def match(self, fields: Mapping[str, str]) -> dict[str, bool]:
        serial = fields["nik"][-1]
        if serial == "9":
            raise Away("simulated")
        known = (
            Identifier.objects.select_related("person")
            .filter(kind="nik", lookup=vault.lookup("nik", fields["nik"]), verified_at__isnull=False)
            .first()
        )
        if known is None:
            return {"nik": True, "full_name": serial != "7", "birth_date": True}
        person = known.person
        return {
            "nik": True,
            "full_name": person.full_name == fields["full_name"],
            "birth_date": bool(person.birth_date) and person.birth_date.isoformat() == fields["birth_date"],
        }


def register() -> Register | None:
    """The register this house asks, None when it has none."""
    url = settings.SEKATA.dukcapil_url
    if url:
        return Gateway(url, settings.SEKATA.dukcapil_token)
    return Simulator() if settings.SEKATA.demo else None


def _says_yes(answer: object) -> bool:
    return isinstance(answer, str) and answer.split("(")[0].strip().lower() == YES
