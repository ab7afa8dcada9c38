"""Documents that fail when they lag behind the house."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, everything, none, rooms

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", *(room / "README.md" for room in rooms())])
ADR = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
COMMANDS = re.compile(r"`make ([a-z]+)")


def title(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def packages(group: str = "") -> set[str]:
    """Names of the packages that pyproject asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["optional-dependencies"][group] if group else project["dependencies"]
    return {re.match(r"[A-Za-z0-9_.-]+", one).group().lower() for one in wanted}


def listed(heading: str) -> dict[str, list[str]]:
    """The table of packages under a heading: name -> cells."""
    text = (DOCS / "dependencies.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.split("\n")
        if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in rows[1:]}


@pytest.mark.parametrize(("group", "heading"), [("", "At run time"), ("dev", "For developing and testing")])
def test_every_dependency_has_its_reason_licence_and_state(group, heading):
    found = listed(heading)
    assert set(found) == packages(group)
    none(name for name, cells in found.items() if len(cells) != 3 or not all(cells))


def identifiers() -> set[str]:
    """Every word of the code and of its texts."""
    return {word for source in everything() for word in re.findall(r"\w+", source.text)}


def test_every_identifier_of_the_glossary_is_in_the_code():
    rows = re.findall(
        r"^\| ([^|]+) \| `(\w+)` \| ([^|]+) \|$", (DOCS / "glossary.md").read_text(), flags=re.M
    )
    known = identifiers()
    assert len(rows) > 40
    none(f"{term}: no {identifier} in the code" for term, identifier, _ in rows if identifier not in known)
    terms = [term for term, _, _ in rows]
    none(f"{term} stands twice" for term in set(terms) if terms.count(term) > 1)


@pytest.mark.parametrize("page", [pytest.param(page, id=title(page)) for page in PAGES])
def test_links_and_named_files_exist(page):
    text = page.read_text()
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not link.startswith("http")]
    none(f"{title(page)}: no {link}" for link in links if not (page.parent / link).exists())
    paths = re.findall(r"`((?:docs|tests|tools|src|requirements|deploy|bench)/[\w./-]+)`", text)
    none(f"{title(page)}: no {path}" for path in paths if not (ROOT / path).exists())


@pytest.mark.parametrize("page", [pytest.param(page, id=title(page)) for page in PAGES])
def test_commands_exist(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    none(
        f"{title(page)}: no make {name}" for name in COMMANDS.findall(page.read_text()) if name not in targets
    )


def test_decisions_are_numbered_and_tell_why():
    found = sorted(DOCS.glob("adr/*.md"))
    assert [int(ADR.fullmatch(path.name).group(1)) for path in found] == list(range(1, len(found) + 1))
    for path in found:
        text = path.read_text()
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        for part in ("**Situation.**", "**Decision.**", "**Consequences.**"):
            assert part in text, (path.name, part)


def test_readme_is_short_and_names_what_is_missing():
    text = (ROOT / "README.md").read_text()
    assert text.count("\n") <= 80
    assert "make run" in text and "make test" in text and "docs/start.png" in text
    assert re.search(r"^## What is missing", text, flags=re.M)


def test_every_room_says_what_is_missing():
    none(f"{room.name}/README.md" for room in rooms() if "## Missing" not in (room / "README.md").read_text())
