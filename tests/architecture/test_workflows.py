"""What must be true of every workflow's table, whatever it is about."""

import ast
import os
import re

import pytest

from sekata.lib.deadlines import UNITS
from sekata.lib.manifest import System
from sekata.lib.rights import Right
from sekata.lib.workflow import BACK, Phase, Workflow
from sekata.site.registry import REGISTRY
from tests.architecture.source import SRC, Source, none, rooms

WORKFLOWS = [pytest.param(system, flow, id=code) for code, flow in REGISTRY.workflows.items()
             for system in [REGISTRY.of_workflow(code)]]  # fmt: skip
every_workflow = pytest.mark.parametrize(("system", "flow"), WORKFLOWS)


def targets(flow: Workflow, state: str) -> set[str]:
    """States that follow `state` in one step; a step back leads to where it can have come from."""
    found = set()
    for edge in flow.edges_from(state):
        if edge.target == BACK:
            found |= {source for into in flow.transitions if into.target == state for source in into.source}
        else:
            found.add(edge.target or state)
    return found


def reachable(flow: Workflow, start: str) -> set[str]:
    """States that can follow `start`, itself included."""
    seen, left = set(), [start]
    while left:
        state = left.pop()
        if state not in seen:
            seen.add(state)
            left += targets(flow, state)
    return seen


@every_workflow
def test_every_state_is_reached(system: System, flow: Workflow):
    assert reachable(flow, flow.initial) == {state.code for state in flow.states}


@every_workflow
def test_every_open_state_has_an_exit_and_an_end_in_sight(system: System, flow: Workflow):
    for state in flow.states:
        if state.phase is not Phase.CLOSED:
            assert targets(flow, state.code) - {state.code}, f"{state.code} is a dead end"
            ends = {code for code in reachable(flow, state.code) if flow.state(code).phase is Phase.CLOSED}
            assert ends, f"{state.code} never ends"


@every_workflow
def test_every_transition_has_a_right_a_label_and_a_source(system: System, flow: Workflow):
    for edge in flow.transitions:
        assert isinstance(edge.by, Right) and edge.by.label, edge.name
        assert edge.label and edge.source, edge.name
        assert edge.target != BACK or len(edge.source) == 1, edge.name
        assert callable(edge.guard), edge.name


@every_workflow
def test_steps_of_the_suite_are_the_suites_alone(system: System, flow: Workflow):
    """An automatic step belongs to no person; no step of a person is open to everybody."""
    for edge in flow.transitions:
        assert edge.automatic == (edge.by.label == "sistem"), edge.name


@every_workflow
def test_every_state_speaks_to_the_citizen(system: System, flow: Workflow):
    for state in flow.states:
        assert state.label and state.says.endswith((".", "?")), state.code


@every_workflow
def test_clocks_start_and_stop(system: System, flow: Workflow):
    closed = set(flow.in_phase(Phase.CLOSED))
    for clock in flow.clocks:
        assert clock.starts and clock.stops, clock.code
        for start in (*clock.starts, *clock.early):
            after = reachable(flow, start)
            assert after & set(clock.stops), f"{clock.code} never stops once {start} has started it"
            left = runs_into(flow, start, set(clock.stops)) & closed
            assert not left, f"{clock.code} runs on in {left}"


def runs_into(flow: Workflow, start: str, stops: set[str]) -> set[str]:
    """States in which a clock begun in `start` may still run."""
    seen, left = set(), [start]
    while left:
        state = left.pop()
        if state in seen or (state in stops and state != start):
            continue
        seen.add(state)
        left += targets(flow, state) - stops
    return seen


@every_workflow
def test_every_clock_has_a_limit_in_the_tables(system: System, flow: Workflow):
    limits = {
        row.key.split(":")[0]: row.value
        for table in REGISTRY.tables.values()
        if table.code.startswith(f"{system.code}.") and "amount" in table.columns and "since" in table.columns
        for row in table.seeds
    }
    for clock in flow.clocks:
        assert clock.rule in limits, clock.code
        assert limits[clock.rule]["unit"] in UNITS, clock.code


@every_workflow
def test_every_transition_is_taken_by_an_action(system: System, flow: Workflow):
    """Its name stands in an action as a text: there `move(subject, "name", ...)` takes it."""
    folder = next(room for room in rooms() if room.name == system.code)
    found = [
        path for path in folder.rglob("*.py") if "actions" in Source(path).parts and "tests" not in path.parts
    ]
    taken = {text.value for path in found for text in Source(path).strings()}
    none(f"{flow.code}: nobody takes “{edge.name}”" for edge in flow.transitions if edge.name not in taken)


def redrawn(text: str, drawn: str) -> str:
    """The README with the one diagram renewed that shares most lines with the new one."""
    old = re.findall(r"```mermaid\n.*?```", text, flags=re.S)
    mine = set(drawn.split("\n"))
    likest = max(old, key=lambda one: len(mine & set(one.split("\n"))), default="")
    return text.replace(likest, drawn, 1) if likest else text


@every_workflow
def test_readme_shows_the_diagram(system: System, flow: Workflow):
    readme = next(room for room in rooms() if room.name == system.code) / "README.md"
    drawn = f"```mermaid\n{flow.diagram()}\n```"
    if os.environ.get("RENEW"):
        readme.write_text(redrawn(readme.read_text(), drawn))
    if drawn not in readme.read_text():
        pytest.fail(
            f"the diagram in {readme.relative_to(SRC)} is not that of the table. Draw it anew by\n"
            "    RENEW=1 .venv/bin/pytest tests/architecture/test_workflows.py",
            pytrace=False,
        )


@every_workflow
def test_the_diagram_names_states_only(system: System, flow: Workflow):
    states = {*(state.code for state in flow.states), "[*]"}
    for line in flow.diagram().split("\n")[1:]:
        source, target = re.fullmatch(r"\s+(\S+) --> (\S+?)(?:: \w+)?", line).groups()
        assert {source, target} <= states, line.strip()


def test_workflows_are_data():
    """A table computes nothing: no loop, no condition that depends on anything but the table itself."""
    for room in rooms():
        for path in [*room.glob("workflow.py"), *room.glob("workflow/table.py")]:
            loops = list(Source(path).nodes(ast.For, ast.While, ast.Try, ast.With))
            assert not loops, path
