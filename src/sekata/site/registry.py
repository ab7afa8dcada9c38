"""The composition of the house: imports each room's manifest and derives everything else from them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module

from sekata.kernel import manifest as kernel
from sekata.kernel.payments import payables
from sekata.lib.manifest import Job, Page, Role, System, Table
from sekata.lib.rights import Right
from sekata.lib.workflow import Workflow
from sekata.site.rooms import ROOMS


@dataclass(frozen=True)
class Registry:
    """All systems that are switched on."""

    systems: tuple[System, ...]

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        return kernel.JOBS + tuple(self.each("jobs"))

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {role.code: role for role in (*kernel.ROLES, *self.each("roles"))}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """All effective-dated tables; rooms add rows to the kernel's (message templates)."""
        found: dict[str, Table] = {}
        for table in (*kernel.TABLES, *self.each("tables")):
            known = found.get(table.code)
            found[table.code] = replace(known, seeds=known.seeds + table.seeds) if known else table
        return found

    @cached_property
    def rights(self) -> tuple[Right, ...]:
        return kernel.RIGHTS + tuple(self.each("rights"))

    @cached_property
    def workflows(self) -> dict[str, Workflow]:
        return {workflow.code: workflow for workflow in self.each("workflows")}

    def each(self, part: str) -> Iterator:
        """Everything of one part of all manifests."""
        for system in self.systems:
            yield from getattr(system, part)

    def pages(self, door: str) -> tuple[Page, ...]:
        return tuple(page for page in self.each("pages") if page.door == door)

    def of_workflow(self, code: str) -> System:
        """The system that owns the workflow `code`."""
        return next(s for s in self.systems if any(w.code == code for w in s.workflows))

    def in_pillar(self, pillar: str) -> tuple[System, ...]:
        return tuple(system for system in self.systems if system.pillar == pillar)

    def provided(self) -> Mapping[str, Callable[..., object]]:
        """What the rooms offer one another, by name."""
        return {name: give for system in self.systems for name, give in system.provides.items()}


REGISTRY = Registry(tuple(import_module(f"{room}.manifest").SYSTEM for room in ROOMS))
payables.know(REGISTRY.each("payables"))
