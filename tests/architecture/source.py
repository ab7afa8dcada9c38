"""The suite's source, read as text and as syntax trees: what the architecture tests look at."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "sekata"
ROOMS = SRC / "pillars"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of the suite."""

    path: Path

    @property
    def name(self) -> str:
        """Path below `src/sekata`, as offences name it."""
        return self.path.relative_to(SRC).as_posix()

    @property
    def module(self) -> str:
        """Its dotted name."""
        parts = self.path.relative_to(SRC.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def parts(self) -> frozenset[str]:
        """Names of its folders, and its own."""
        return frozenset(self.path.relative_to(SRC).with_suffix("").parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def nodes(self, *kinds: type) -> Iterator[ast.AST]:
        """All nodes of these kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def public(self) -> Iterator[Function]:
        """Functions of the module itself whose name does not begin with `_`."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node

    def imports(self) -> Iterator[str]:
        """Dotted names that the file imports; `from a import b` names both a and a.b."""
        for node in self.nodes(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def strings(self) -> Iterator[ast.Constant]:
        """All texts in the code."""
        return (n for n in self.nodes(ast.Constant) if isinstance(n.value, str))

    def at(self, node: ast.AST, what: str) -> str:
        """An offence, with its place."""
        return f"{self.name}:{node.lineno} {what}"


@cache
def everything() -> tuple[Source, ...]:
    """All Python files of the suite, read once."""
    return tuple(Source(path) for path in sorted(SRC.rglob("*.py")))


def python(tests: bool = False) -> list[Source]:
    """Its files; with `tests` those of its tests too. Migrations are generated."""
    return [s for s in everything() if "migrations" not in s.parts and (tests or "tests" not in s.parts)]


def files(*patterns: str) -> list[Path]:
    """Other files of the suite that match one of `patterns`."""
    return sorted(path for pattern in patterns for path in SRC.rglob(pattern))


def rooms() -> list[Path]:
    """Folders of all rooms."""
    return sorted(path.parent for path in ROOMS.glob("*/*/manifest.py"))


def named(function: ast.expr) -> str:
    """The name by which a call calls: `send` for `notify.send(...)`."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def offences(sources: Iterable[Source], find: Callable[[Source], Iterable[str]]) -> list[str]:
    """What `find` says against the sources."""
    return [line for source in sources for line in find(source)]


def none(lines: Iterable[str]) -> None:
    """Fail with these lines, one under the other, if there is any."""
    found = list(lines)
    assert not found, "\n" + "\n".join(found)
