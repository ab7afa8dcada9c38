"""Who the bank of the rehearsal is, and the keys that it and the house exchange through a folder.

The bank makes its own pair and the shared secret at first use, the house lays down its public key when it joins.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CODE, NAME, CLIENT = "bri", "Bank BRI (simulator)", "bri-simulator"
HOUSE = "bapenda"
CORPORATE = "12345"


@dataclass(frozen=True)
class Keys:
    """The bank's own: PEM texts of its pair, and the secret that signs messages both ways."""

    private: str
    public: str
    secret: str


def make_pair() -> tuple[str, str]:
    """A new RSA-2048 pair as PEM: private, public."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), public_of(private.decode())


def public_of(private: str) -> str:
    """The public half of a private key."""
    key = serialization.load_pem_private_key(private.encode(), password=None)
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def of_bank(folder: Path) -> Keys:
    """The bank's keys, made when there are none."""
    private = _kept(folder / "bank.key") or _made(folder / "bank.key", make_pair()[0])
    secret = _kept(folder / "secret") or _made(folder / "secret", secrets.token_urlsafe(32))
    return Keys(private, public_of(private), secret)


def of_house(folder: Path) -> str:
    """The public key of the house, empty until it has joined."""
    return _kept(folder / "house.pub")


def lay_down(folder: Path, public: str) -> None:
    """Give the bank the house's public key, in place of an earlier one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(folder / "house.pub", public)
    draft.replace(folder / "house.pub")


def _kept(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _made(path: Path, text: str) -> str:
    """Write a key unless another process has done so meanwhile; what is there now."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    return draft
