"""The price list as a JSON Web Signature (RFC 7515) with Ed25519 (RFC 9864): anyone can check it, offline too."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from sekata.pillars.environment.wastebank.rules.pricing import Key, Price

ALGORITHM, TYPE = "Ed25519", "waste-prices+json"


def signing_key(seed: bytes) -> OKPKey:
    """The key of the installation, from a secret of 32 bytes; its id is its RFC 7638 thumbprint."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = OKPKey.import_key(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key.ensure_kid()
    return key


def public_jwk(key: OKPKey) -> dict[str, str]:
    """What a reader needs to check signatures."""
    return key.as_dict(private=False)


def dump(bank: str, version: int, issued_at: datetime, rows: Iterable[Price]) -> dict[str, object]:
    """The list as JSON: every price that stands or will stand."""
    ordered = sorted(rows, key=lambda row: (str(row.key), row.valid_from))
    return {
        "bank": bank,
        "version": version,
        "issued_at": issued_at.astimezone(UTC).isoformat(),
        "prices": [
            {
                "material": row.key.material,
                "grade": row.key.grade,
                "channel": row.key.channel,
                "price": row.price,
                "valid_from": row.valid_from.astimezone(UTC).isoformat(),
                "list_version": row.list_version,
            }
            for row in ordered
        ],
    }


def sign(content: Mapping[str, object], key: OKPKey) -> str:
    """The compact serialisation: header.payload.signature."""
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": TYPE}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, body, key, algorithms=[ALGORITHM])


def verify(token: str, key: OKPKey) -> dict[str, object]:
    """The list behind a signature; ValueError where it was not signed by this key or has been changed."""
    try:
        found = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as error:
        raise ValueError("the price list is not signed by this key") from error
    return json.loads(found.payload)


def load(content: Mapping[str, object]) -> list[Price]:
    """The rows of a list that has been checked."""
    return [
        Price(
            Key(row["material"], row["grade"], row["channel"]),
            row["price"],
            datetime.fromisoformat(row["valid_from"]),
            row["list_version"],
        )
        for row in content["prices"]
    ]
