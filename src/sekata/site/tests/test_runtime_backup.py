"""An archive is made, damaged, refused, and brought back: by the command, on real databases."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from sekata.site.runtime import testbed
from sekata.site.runtime.postgres import Embedded


def sekata(data: Path, *words: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "sekata.site.cli", *map(str, words)],
        env=testbed.plain_environment() | {"SEKATA_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    with TemporaryDirectory(dir=testbed.BED, ignore_cleanup_errors=True) as room:
        Path(room).chmod(0o711)
        yield Path(room)


@pytest.fixture(scope="module")
def archive(room: Path) -> Path:
    """An archive of an installation with one row and one file."""
    data = room / "first"
    assert sekata(data, "manage", "migrate", "-v0").returncode == 0
    put(data, "first")
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "cd").write_bytes(b"a photo")
    done = sekata(data, "backup", room / "all.tar")
    assert done.returncode == 0, done.stderr
    return room / "all.tar"


def put(data: Path, key: str) -> None:
    with Embedded(data / "postgres") as server, psycopg.connect(server.url()) as connection:
        connection.execute("DELETE FROM django_session")
        connection.execute("INSERT INTO django_session VALUES (%s, '', now())", [key])


def found(data: Path) -> list[str]:
    with Embedded(data / "postgres") as server, psycopg.connect(server.url()) as connection:
        return [key for (key,) in connection.execute("SELECT session_key FROM django_session")]


def test_the_archive_is_private_and_without_keys(archive):
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    assert "database.dump" in names and "files/ab/cd" in names
    assert not [name for name in names if name.startswith("keys")]
    assert set(manifest["sha256"]) == {"database.dump", "files/ab/cd"} and manifest["migrations"]


def test_it_comes_back_elsewhere_with_a_warning_about_keys(archive, room):
    data = room / "second"
    done = sekata(data, "restore", archive)
    assert done.returncode == 0, done.stderr
    assert found(data) == ["first"] and (data / "files" / "ab" / "cd").read_bytes() == b"a photo"
    assert "'vault'" in done.stderr and "Jurnal" in done.stdout


def test_keys_travel_only_when_asked(archive, room):
    assert sekata(room / "first", "backup", "--with-keys", room / "keys.tar").returncode == 0
    done = sekata(room / "third", "restore", room / "keys.tar")
    assert done.returncode == 0 and "'vault'" not in done.stderr
    for name in ("vault", "lookup", "django", "tracking"):
        made = room / "third" / "keys" / name
        assert made.read_text() == (room / "first" / "keys" / name).read_text()
        assert made.stat().st_mode & 0o077 == 0


def test_a_target_that_holds_data_is_spared_unless_forced(archive, room):
    put(room / "first", "newer")
    done = sekata(room / "first", "restore", archive)
    assert done.returncode == 1 and "--force" in done.stderr and found(room / "first") == ["newer"]
    assert sekata(room / "first", "restore", "--force", archive).returncode == 0
    assert found(room / "first") == ["first"]


def damaged(archive: Path, name: str, content: bytes) -> Path:
    """The archive with other content under `name`, its manifest as it was."""
    copy = archive.with_name("damaged.tar")
    with tarfile.open(archive) as old, tarfile.open(copy, "w") as new:
        for member in old.getmembers():
            body = old.extractfile(member).read()
            if member.name == name:
                body = content
            member.size = len(body)
            part = archive.with_name("part")
            part.write_bytes(body)
            with part.open("rb") as source:
                new.addfile(member, source)
    return copy


@pytest.mark.parametrize("name", ["files/ab/cd", "database.dump", "manifest.json"])
def test_a_damaged_archive_touches_nothing(archive, room, name):
    put(room / "first", "kept")
    done = sekata(room / "first", "restore", "--force", damaged(archive, name, b"{}"))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert found(room / "first") == ["kept"]
    assert (room / "first" / "files" / "ab" / "cd").read_bytes() == b"a photo"
