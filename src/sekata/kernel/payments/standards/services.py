"""What a bank serves by SNAP BI 1.0: method, path and number of each service that we call.

Numbers beyond create-va (27) and report (35) are those of the standard as generally known, unconfirmed by a bank.
"""

from dataclasses import dataclass

BASE = "/snap/v1.0"


@dataclass(frozen=True)
class Service:
    """One service of a bank. number: its two digits inside an answer code; writes: whether it changes something."""

    method: str
    path: str
    number: str
    writes: bool = False

    @property
    def address(self) -> str:
        """Its path as it is signed: without host."""
        return f"{BASE}/{self.path}"


TOKEN = Service("POST", "access-token/b2b", "73")
CREATE_VA = Service("POST", "transfer-va/create-va", "27", writes=True)
UPDATE_VA = Service("PUT", "transfer-va/update-va", "28", writes=True)
UPDATE_STATUS = Service("PUT", "transfer-va/update-status", "29", writes=True)
INQUIRY_VA = Service("POST", "transfer-va/inquiry-va", "30")
DELETE_VA = Service("DELETE", "transfer-va/delete-va", "31", writes=True)
STATUS = Service("POST", "transfer-va/status", "26")
REPORT = Service("POST", "transfer-va/report", "35")
QR_GENERATE = Service("POST", "qr/qr-mpm-generate", "47", writes=True)
QR_QUERY = Service("POST", "qr/qr-mpm-query", "51")

ALL = (
    TOKEN,
    CREATE_VA,
    UPDATE_VA,
    UPDATE_STATUS,
    INQUIRY_VA,
    DELETE_VA,
    STATUS,
    REPORT,
    QR_GENERATE,
    QR_QUERY,
)
