"""tools/newroom makes a room that passes everything: proved on a copy of the house."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekata.site.runtime.testbed import plain_environment
from tests.architecture.source import ROOT

COPY = Path(tempfile.gettempdir()) / f"sekata-newroom-{os.getuid()}"
"""Always the same place: so the copy's template database is found again by the next run."""
PARTS = (
    "src",
    "tests",
    "tools",
    "docs",
    "conftest.py",
    "pyproject.toml",
    ".importlinter",
    "Makefile",
    "README.md",
)
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".venv", "var")
ROOM = ("society", "permits_of_rest", "Izin istirahat", "--owner", "dinsos")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A command in the copy, on the copy's own source."""
    environment = {
        **plain_environment(),
        "PYTHONPATH": str(COPY / "src"),
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(command, cwd=COPY, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """A copy of the house, one test run at a time."""
    lock = COPY.with_suffix(".lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        shutil.rmtree(COPY, ignore_errors=True)
        COPY.mkdir()
        for part in PARTS:
            whole = ROOT / part
            if whole.is_dir():
                shutil.copytree(whole, COPY / part, ignore=IGNORED)
            elif whole.exists():
                shutil.copy(whole, COPY / part)
        yield COPY
        shutil.rmtree(COPY, ignore_errors=True)


@pytest.fixture(scope="module")
def room(copy, django_db_setup) -> Path:
    """The room that the tool has made there. Our database keeps the server running meanwhile."""
    made = run(sys.executable, "tools/newroom", *ROOM)
    assert made.returncode == 0, made.stdout + made.stderr
    return copy / "src" / "sekata" / "pillars" / ROOM[0] / ROOM[1]


def test_the_room_has_its_files_and_its_line(room, copy):
    assert (room / "README.md").exists() and "stateDiagram-v2" in (room / "README.md").read_text()
    assert "<<" not in "".join(path.read_text() for path in room.rglob("*") if path.is_file())
    assert f'"sekata.pillars.{ROOM[0]}.{ROOM[1]}",' in (copy / "src/sekata/site/rooms.py").read_text()


def test_the_room_passes_its_own_tests_and_those_of_the_house(room, copy):
    """Offences of others are others'; none may name the new room."""
    ran = run(sys.executable, "-m", "pytest", "-q", "-x", str(room))
    assert ran.returncode == 0, ran.stdout[-3000:]
    ran = run(
        sys.executable, "-m", "pytest", "-q", "tests/architecture", "tests/contracts", "-k", "not newroom"
    )
    complaints = [
        line for line in ran.stdout.split("\n") if ROOM[1] in line and line.startswith(("E  ", "FAILED"))
    ]
    assert not complaints, "\n".join(complaints)
    assert " passed" in ran.stdout or "[100%]" in ran.stdout, ran.stdout[-3000:]


def test_the_rooms_source_keeps_the_style(room):
    for command in (("check",), ("format", "--check")):
        ran = run(sys.executable, "-m", "ruff", *command, str(room))
        assert ran.returncode == 0, ran.stdout[-3000:]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("society", "Bad Code", "Nama"), "lower case"),
        (("environment", "complaints", "Nama"), "taken"),
        (("society", "rest", "Nama", "--owner", "nobody"), "no office"),
        (("sport", "rest", "Nama"), "invalid choice"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(copy, arguments, words):
    before = sorted(path.as_posix() for path in (copy / "src").rglob("*.py"))
    refused = run(sys.executable, "tools/newroom", *arguments)
    assert refused.returncode == 2 and words in refused.stderr
    assert sorted(path.as_posix() for path in (copy / "src").rglob("*.py")) == before
