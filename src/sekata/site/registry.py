"""The composition of the house: imports each room's manifest and derives everything else from them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from sekata.lib.manifest import Job, Page, Role, ServiceSeed, System, Table
from sekata.lib.rights import Right
from sekata.lib.workflow import Workflow
from sekata.site.rooms import ROOMS


@dataclass(frozen=True)
class Registry:
    """All systems that are switched on."""

    systems: tuple[System, ...]

    def _each(self, part: str) -> Iterator:
        for system in self.systems:
            yield from getattr(system, part)

    @property
    def workflows(self) -> dict[str, Workflow]:
        return {workflow.code: workflow for workflow in self._each("workflows")}

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(self._each("tables"))

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(self._each("roles"))

    @property
    def rights(self) -> tuple[Right, ...]:
        return tuple(self._each("rights"))

    @property
    def services(self) -> tuple[ServiceSeed, ...]:
        return tuple(self._each("services"))

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(self._each("jobs"))

    def pages(self, door: str) -> tuple[Page, ...]:
        return tuple(page for page in self._each("pages") if page.door == door)

    def of_workflow(self, code: str) -> System:
        """The system that owns the workflow `code`."""
        return next(s for s in self.systems if any(w.code == code for w in s.workflows))

    def in_pillar(self, pillar: str) -> tuple[System, ...]:
        return tuple(system for system in self.systems if system.pillar == pillar)

    def provided(self) -> Mapping[str, Callable[..., object]]:
        """What the rooms offer one another, by name."""
        return {name: give for system in self.systems for name, give in system.provides.items()}


REGISTRY = Registry(tuple(import_module(f"{room}.manifest").SYSTEM for room in ROOMS))
