"""Who may do what, computed from the roles, rights and workflows of the registry."""

from collections.abc import Iterator

from sekata.kernel import manifest as kernel
from sekata.lib.actor import CLIENT, NOBODY, PERSON, Actor, Holding, by_code, system
from sekata.lib.manifest import Role, System
from sekata.lib.rights import Right
from sekata.lib.workflow import BACK, Workflow
from sekata.site.registry import REGISTRY

YES, NOT_AS_STAND_IN = "●", "◐"
UNIT = 1

HEAD = """# Who may do what

Written by `tests/architecture`, from the manifests. When it differs from the code, the test run says so;
write it anew by

    RENEW=1 .venv/bin/pytest tests/architecture/test_matrix.py

and look at the difference: it is what the change really grants or takes. ● may; ◐ may, but not as a stand-in
(Plt, Plh). A right in a unit reaches that unit and what lies below it; a right of an applicant reaches the
own case alone.
"""


def holder(role: Role, acting: str = "") -> Actor:
    """Somebody who holds nothing but `role`."""
    kept = frozenset(p for p in role.permissions if not (acting and p in role.strategic))
    return Actor(PERSON, person=1, holdings=(Holding(role.code, UNIT, frozenset({UNIT}), acting, kept),))


CITIZEN = Actor(PERSON, person=1)
PLAIN = {
    "signed-in citizen": CITIZEN,
    "holder of a tracking code": by_code(1),
    "machine client": Actor(CLIENT, client=1),
    "the suite's jobs": system("job"),
}


def mark(right: Right, one: Actor, stand_in: Actor) -> str:
    """The sign in a cell."""
    if not right.opens(one):
        return ""
    return YES if right.opens(stand_in) else NOT_AS_STAND_IN


def rows(rights: tuple[Right, ...]) -> Iterator[tuple[str, list[str]]]:
    """Who has any of the rights, with the signs of each. What every citizen may is not said of roles."""
    for name, actor in PLAIN.items():
        yield name, [mark(right, actor, actor) for right in rights]
    for role in REGISTRY.roles.values():
        cells = [
            "" if right.opens(CITIZEN) else mark(right, holder(role), holder(role, "plt")) for right in rights
        ]
        yield f"{role.label} (`{role.code}`)", cells


def table(rights: tuple[Right, ...]) -> Iterator[str]:
    """Rows: whoever has any of the rights. Columns: the rights."""
    free = [name(right) for right in rights if right.opens(NOBODY)]
    if free:
        yield f"Open to everybody: {', '.join(free)}.\n"
    asked = tuple({right.code: right for right in rights if not right.opens(NOBODY)}.values())
    yield "| | " + " | ".join(map(name, asked)) + " |"
    yield "|---|" + ":-:|" * len(asked)
    for who, cells in rows(asked):
        if any(cells):
            yield f"| {who} | " + " | ".join(cells) + " |"


def name(right: Right) -> str:
    """A right's code as the document writes it."""
    return f"`{right.code.replace('|', ' or ')}`"


def steps(workflow: Workflow) -> Iterator[str]:
    """The transitions of a workflow with whom they belong to."""
    yield "| step | from | to | who |"
    yield "|---|---|---|---|"
    for edge in workflow.transitions:
        target = {"": "as it was", BACK: "back"}.get(edge.target, edge.target)
        who = edge.by.label + (" (by itself)" if edge.automatic else "")
        yield f"| {edge.label} (`{edge.name}`) | {', '.join(edge.source)} | {target} | {who} |"


def of_system(system: System) -> Iterator[str]:
    yield f"\n## {system.label_en} (`{system.code}`)\n"
    yield from table(system.rights)
    for workflow in system.workflows:
        yield f"\n### {workflow.label}\n"
        yield from steps(workflow)


def text() -> str:
    """The whole document."""
    lines = [HEAD, "## The house itself\n", *table(kernel.RIGHTS)]
    for one in REGISTRY.systems:
        lines += of_system(one)
    return "\n".join(lines) + "\n"
