"""Where the embedded server's socket lies: with its data, or elsewhere when that path is too long."""

import hashlib
import tempfile
from pathlib import Path

LONGEST = 90
"""A socket's whole path must fit into 104 bytes (macOS; 108 on Linux), its name included."""


def socket_folder(home: Path) -> Path:
    """The folder of the socket of the server whose data lie in `home`."""
    if len(str(home).encode()) <= LONGEST - len("/.s.PGSQL.5432"):
        return home
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sekata-{mark}"
