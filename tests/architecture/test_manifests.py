"""What rooms tell the house is complete and true."""

import ast
import csv
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import resolve, reverse
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app as jobs

from sekata.lib.manifest import PILLARS, System
from sekata.lib.workflow import Workflow
from sekata.site import worker
from sekata.site.registry import REGISTRY
from sekata.site.rooms import ROOMS
from tests.architecture.source import SRC, Source, named, none, offences, python, rooms

every_system = pytest.mark.parametrize("system", [pytest.param(s, id=s.code) for s in REGISTRY.systems])
every_room = pytest.mark.parametrize("room", [pytest.param(path, id=path.name) for path in rooms()])

ROOM_FILES = {
    *("README.md", "__init__", "apps", "manifest", "codes", "models", "rules", "workflow", "rights"),
    *(
        "actions",
        "queries",
        "forms",
        "views",
        "urls",
        "templates",
        "static",
        "api",
        "standards",
        "documents",
        "typst",
    ),
    *("figures", "seed", "tables", "tests", "migrations"),
}
"""Names of the design (docs/adr/0005 adds `rights`, `tables` and what Django asks for)."""
ADDRESSES = re.compile(r"urls_[a-z]+")


@every_system
def test_a_manifest_is_complete(system: System):
    owners = {row["code"] for row in csv.DictReader((SRC / "site" / "data" / "offices.csv").open())}
    assert system.pillar in PILLARS
    assert all((system.code, system.label, system.label_en, system.summary)), system.code
    assert system.owner in owners, f"{system.owner} is no office of the regency"
    assert system.workflows and system.roles and system.rights, system.code
    assert all(isinstance(flow, Workflow) for flow in system.workflows)


@every_system
def test_services_lead_somewhere(system: System):
    for service in system.services:
        assert all((service.name, service.name_en, service.summary, service.duration, service.fee)), (
            service.code
        )
        assert resolve(service.url), service.url


@every_system
def test_dotted_names_lead_somewhere(system: System):
    for name in filter(None, (system.api, system.seed)):
        assert import_string(name) is not None
    for page in system.pages:
        assert reverse(page.url)


@every_system
def test_permissions_are_named_after_their_owner(system: System):
    houses = {system.code, "cases", "bridge", "people", "reference", "journal"}
    none(
        f"{role.code}: {p}"
        for role in system.roles
        for p in role.permissions
        if p.split(".")[0] not in houses
    )


def test_rooms_stand_in_sorted_order_each_with_its_folder():
    folders = {f"sekata.pillars.{room.parent.name}.{room.name}" for room in rooms()}
    assert tuple(sorted(ROOMS)) == ROOMS and set(ROOMS) == folders


def test_what_is_needed_is_provided_or_named_missing():
    """A need must be met by a name that some room provides, or by one of the rooms still to be built."""
    for system in REGISTRY.systems:
        for need in system.needs:
            owner = need.split(".")[0]
            present = any(other.code == owner for other in REGISTRY.systems)
            assert need in REGISTRY.provided() or not present, need


@every_room
def test_a_room_has_the_files_of_the_design_and_no_other(room: Path):
    found = {
        path.name if path.suffix == ".md" else path.stem
        for path in room.iterdir()
        if path.name != "__pycache__"
    }
    none(
        f"{room.name}/{name} is no file of the design"
        for name in found - ROOM_FILES
        if not ADDRESSES.fullmatch(name)
    )
    assert "README.md" in found, f"{room.name} has no README.md"
    assert {"manifest", "rights", "workflow", "actions", "queries", "tests"} <= found


@every_room
def test_every_rule_of_the_readme_is_in_a_tests_name(room: Path):
    text = (room / "README.md").read_text() if (room / "README.md").exists() else ""
    rules = set(re.findall(r"^\s*[-*|]\s*\**R(\d+)\b", text, flags=re.M))
    tests = [
        node.name
        for path in (room / "tests").glob("test_*.py")
        for node in Source(path).nodes(ast.FunctionDef)
        if node.name.startswith("test_")
    ]
    tested = {number for name in tests for number in re.findall(r"_r(\d+)(?=_|$)", name)}
    none(f"{room.name}: R{number} is in no test's name" for number in sorted(rules - tested, key=int))
    none(
        f"{room.name}: tests speak of R{number}, README does not"
        for number in sorted(tested - rules, key=int)
    )


@pytest.mark.parametrize("job", [pytest.param(job, id=job.name) for job in REGISTRY.jobs])
def test_every_job_resolves_and_has_a_worker(job):
    assert import_string(f"{job.run.__module__}.{job.run.__qualname__}") is job.run
    assert jobs.tasks[job.name].queue == job.queue
    required = [
        p.name
        for p in inspect.signature(job.run).parameters.values()
        if p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
    ]
    assert not (job.every and required), (
        f"a periodic job is called without arguments, {job.name} asks {required}"
    )


def test_the_worker_serves_all_queues():
    calls = [c for c in Source(Path(worker.__file__)).nodes(ast.Call) if named(c.func) == "run_worker_async"]
    assert calls and not any(k.arg == "queues" for c in calls for k in c.keywords)


def test_enqueued_jobs_exist():
    known = {job.name for job in REGISTRY.jobs}
    found: set[str] = set()

    def unknown(source: Source) -> Iterator[str]:
        for call in source.nodes(ast.Call):
            if named(call.func) in ("defer", "defer_many", "defer_together"):
                for name in enqueued(call):
                    found.add(name)
                    if name not in known:
                        yield source.at(call, f"no job {name}")

    none(offences(python(), unknown))
    assert found


def enqueued(call: ast.Call) -> Iterator[str]:
    """Names of jobs that a call enqueues: its first argument, or the head of each pair."""
    for given in call.args:
        head = given.elts[0] if isinstance(given, ast.Tuple) and given.elts else given
        if isinstance(head, ast.Constant) and isinstance(head.value, str):
            yield head.value


def constants(source: Source) -> dict[str, str]:
    """NAME = "text" of the module itself."""
    return {
        target.id: node.value.value
        for node in source.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def messages() -> Iterator[tuple[str, str, str]]:
    """(place, template, how) of every message that the code sends."""
    for source in python():
        named_here = constants(source)
        for call in source.nodes(ast.Call):
            if named(call.func) not in ("send", "tell_many"):
                continue
            for given in call.keywords:
                if given.arg == "template":
                    value = given.value
                    text = (
                        value.value
                        if isinstance(value, ast.Constant)
                        else named_here.get(getattr(value, "id", ""))
                    )
                    if text:
                        yield source.at(call, ""), text, named(call.func)


def test_every_message_has_its_words():
    """In Indonesian; what leaves the house for a citizen's address in English too."""
    rows = {row.key for row in REGISTRY.tables["notify.template"].seeds}
    found = list(messages())
    assert found
    none(f"{place} {template}/id is no seed" for place, template, _ in found if f"{template}/id" not in rows)
    none(
        f"{place} {template}/en is no seed"
        for place, template, how in found
        if how == "send" and f"{template}/en" not in rows
    )


def test_no_words_lie_unused():
    """Each seed of a template is sent by somebody."""
    text = "\n".join(source.text for source in python() if "tables" not in source.parts)
    keys = {row.key.split("/")[0] for row in REGISTRY.tables["notify.template"].seeds}
    none(key for key in sorted(keys) if f'"{key}"' not in text)


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration(capsys):
    own = [config.label for config in apps.get_app_configs() if config.name.startswith("sekata.")]
    try:
        call_command("makemigrations", *own, check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out, pytrace=False)
