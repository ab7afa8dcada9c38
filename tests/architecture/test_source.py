"""Habits of the source: short files and functions, imports at the top, explained names, few writers."""

import ast
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import (
    ROOT,
    SRC,
    Function,
    Source,
    everything,
    files,
    named,
    none,
    offences,
    python,
)

FILE_LINES, FUNCTION_LINES = 500, 60
EXPLAINED = {"lib", "kernel", "rules", "actions", "queries"}
MEASURED = re.compile(r"(^|_)(lat|lon|frp)$")
"""Floats that other people's instruments give us: degrees, radiative power of a fire. Money is never one."""

WRITING = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUICK = "insert"
ON_ROWS = {"create", "update", "delete"}
ROWS = {"objects", "filter", "exclude", "all", "select_for_update", "select_related", "get"}
WRITERS = {"actions", "seed", "seeding", "tests"}
MAY_WRITE = {
    "kernel/quick.py": "the quick INSERT itself; whoever calls it is looked at like a writer",
    "kernel/journal/acts.py": "the journal's own pen: every action records its event through it",
    "kernel/cases/drafts.py": "drafts are no acts: nothing of a form half filled in belongs into the journal",
    "kernel/people/vault.py": "the only hand that opens and shuts the vault; actions call it",
}
WRITTEN_SQL = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE TABLE|UPDATE\s+\w+\s+SET)\b")


def test_files_are_short():
    def long(source: Source) -> Iterator[str]:
        lines = source.text.count("\n")
        if lines > FILE_LINES:
            yield f"{source.name} has {lines} lines"

    none(offences(python(tests=True), long))


def test_functions_are_short():
    def long(source: Source) -> Iterator[str]:
        for function in source.nodes(Function):
            lines = function.end_lineno - function.lineno + 1
            if lines > FUNCTION_LINES:
                yield source.at(function, f"{function.name} has {lines} lines")

    none(offences(python(tests=True), long))


def test_no_import_hides_in_a_function():
    def hidden(source: Source) -> Iterator[str]:
        for function in source.nodes(Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield source.at(node, f"import in {function.name}")

    none(offences(python(tests=True), hidden))


def test_what_is_public_says_what_it_does():
    def silent(source: Source) -> Iterator[str]:
        if source.parts & EXPLAINED:
            for function in source.public():
                one_statement = len(function.body) == 1 and "actions" not in source.parts
                if not one_statement and not ast.get_docstring(function):
                    yield source.at(function, f"{function.name} has no sentence")

    none(offences(python(), silent))


def test_every_file_says_what_it_is_for():
    def silent(source: Source) -> Iterator[str]:
        plain = source.path.stem in {"apps", "__init__"} or not source.text.strip()
        if not plain and not ast.get_docstring(source.tree):
            yield f"{source.name} has no sentence on top"

    none(offences(python(), silent))


def test_a_float_is_a_measurement_and_never_money():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("sekata.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField) and not MEASURED.search(field.name)
    ]
    none(wrong)


def is_written(call: ast.Call) -> bool:
    """Whether a call looks like a write to the database."""
    if isinstance(call.func, ast.Name):
        return call.func.id == QUICK
    if not isinstance(call.func, ast.Attribute):
        return False
    name, receiver = call.func.attr, call.func.value
    if name in WRITING:
        return True
    if name == "save":
        return not call.args and not (isinstance(receiver, ast.Call) and named(receiver.func) == "super")
    if name == "delete" and not call.args and not call.keywords:
        return True
    chain = {n.attr for n in ast.walk(receiver) if isinstance(n, ast.Attribute)}
    return name in ON_ROWS and bool(chain & ROWS)


def is_writer(source: Source) -> bool:
    """Whether the file is one of those that may write."""
    return bool(source.parts & WRITERS) or source.name in MAY_WRITE


def test_only_actions_write():
    def writes(source: Source) -> Iterator[str]:
        if is_writer(source):
            return
        for call in source.nodes(ast.Call):
            if is_written(call):
                yield source.at(call, f"{named(call.func)}() outside actions")
        for text in source.strings():
            if WRITTEN_SQL.search(text.value):
                yield source.at(text, "SQL that writes, outside actions")

    none(offences(python(), writes))


@pytest.mark.parametrize("name", MAY_WRITE)
def test_exceptions_are_still_needed(name):
    source = Source(SRC / name)
    written = any(WRITTEN_SQL.search(text.value) for text in source.strings())
    assert written or any(is_written(call) for call in source.nodes(ast.Call))


def wiring() -> str:
    """All texts in which modules are named: settings, manifests, urls, pyproject, the Makefile."""
    texts = [text.value for source in python() for text in source.strings()]
    return "\n".join([*texts, *(path.read_text() for path in (ROOT / "pyproject.toml", ROOT / "Makefile"))])


def test_no_module_is_unused():
    told, imported = wiring(), {name for source in everything() for name in used_by(source)}
    unused = []
    for source in python():
        convention = (
            source.path.stem in {"apps", "manifest", "models", "__init__"}
            or {"templatetags", "formats"} & source.parts
        )
        if convention or source.module in imported:
            continue
        if not re.search(rf"\b{re.escape(source.module)}\b", told):
            unused.append(source.name)
    none(unused)


def used_by(source: Source) -> Iterator[str]:
    """What a file imports; of what tests import only `lib`, whose words wait for the rooms to come."""
    return (
        name for name in source.imports() if "tests" not in source.parts or name.startswith("sekata.lib.")
    )


def test_every_folder_of_modules_is_a_package():
    folders = {source.path.parent for source in python()}
    none(
        f"{folder.relative_to(SRC)} has no __init__.py"
        for folder in folders
        if not (folder / "__init__.py").exists()
    )


def test_no_template_script_or_picture_is_unused():
    told = "\n".join(
        path.read_text()
        for path in files("*.py", "*.html", "*.js", "*.css", "*.typ", "*.svg")
        if "tests" not in path.parts
    )
    wanted = files("*.html", "*.txt", "*.js", "*.css", "*.svg", "*.typ")
    unused = [path.relative_to(SRC).as_posix() for path in wanted if not is_mentioned(path, told)]
    none(unused)


def is_mentioned(path: Path, told: str) -> bool:
    """Whether anything names the file: in full, by its stem, or as Django's and allauth's own names do."""
    name = path.as_posix()
    if "/templates/" in name and ("/allauth/" in name or re.fullmatch(r"\d{3}", path.stem)):
        return True
    if "/tests/" in name:
        return True
    return path.name in told or re.search(rf"[\"'/]{re.escape(path.stem)}[\"'/]", told) is not None


def test_the_scans_look_at_the_source_of_this_house():
    assert SRC.is_relative_to(ROOT) and len(python()) > 100
    assert not SRC.is_relative_to(sysconfig.get_path("purelib"))
