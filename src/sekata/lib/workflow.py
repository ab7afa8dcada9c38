"""Workflows as tables that a civil servant can read.

From one `Workflow` come the executor's checks, the buttons, the API actions, the clocks, the state diagram,
the standard operating procedure and the generated tests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sekata.lib.result import Reason
from sekata.lib.rights import Right

BACK = "<"
"""As a transition's target: the state from which the present one was entered (undo of a merge)."""


class Phase(StrEnum):
    """What a state means to somebody who only wants to know whether to wait."""

    OPEN = "open"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class State:
    """A state: its code, official Indonesian name, the sentence the citizen reads, and its phase."""

    code: str
    label: str
    says: str
    phase: Phase = Phase.OPEN


@dataclass(frozen=True)
class Clock:
    """A limit that runs while a case is between states.

    starts: states whose entry starts it; stops: states whose entry ends it (kept or breached for good);
    early: states in which it already runs when its limit counts from receipt (an emergency's arrival does not wait
    for the task letter); rule: key of the effective-dated limit; pauses: whether a waiting state holds it (only
    working-day clocks are held);
    restarts: whether entering a start state again begins a new one; escalates: whether breaches climb.
    """

    code: str
    label: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    early: tuple[str, ...] = ()
    rule: str = ""
    pauses: bool = True
    restarts: bool = False
    escalates: bool = False
    public: bool = False
    applies: Callable[[object], bool] = lambda subject: True

    def __post_init__(self):
        object.__setattr__(self, "rule", self.rule or self.code)


def no_objection(subject: object, **given: object) -> Iterable[Reason]:
    return ()


@dataclass(frozen=True)
class Transition:
    """An edge: who may take a case from which states to which, on what condition, with what effect.

    target "" keeps the state (a note, a question answered). guard(subject, **given) returns reasons against it.
    emits names documents and notices; basis the article of law; automatic edges belong to the suite's jobs.
    """

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    by: Right
    guard: Callable[..., Iterable[Reason]] = no_objection
    emits: tuple[str, ...] = ()
    basis: str = ""
    automatic: bool = False
    primary: bool = False

    def from_state(self, state: str) -> bool:
        return state in self.source


@dataclass(frozen=True)
class Workflow:
    """A closed table of states, edges and clocks."""

    code: str
    label: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    clocks: tuple[Clock, ...] = ()
    _state: dict[str, State] = field(init=False, compare=False, repr=False, default_factory=dict)
    _edge: dict[str, Transition] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self):
        self._state.update({state.code: state for state in self.states})
        self._edge.update({edge.name: edge for edge in self.transitions})
        self._check()

    def _check(self) -> None:
        if len(self._edge) != len(self.transitions) or len(self._state) != len(self.states):
            raise ValueError(f"{self.code}: a state or transition is named twice")
        named = {self.initial}
        for edge in self.transitions:
            named |= {*edge.source} | ({edge.target} - {"", BACK})
        for clock in self.clocks:
            named |= {*clock.starts, *clock.stops, *clock.early}
        unknown = named - self._state.keys()
        if unknown:
            raise ValueError(f"{self.code}: unknown states {sorted(unknown)}")

    def state(self, code: str) -> State:
        return self._state[code]

    def transition(self, name: str) -> Transition:
        return self._edge[name]

    def clock(self, code: str) -> Clock:
        return next(clock for clock in self.clocks if clock.code == code)

    def in_phase(self, *phases: Phase) -> tuple[str, ...]:
        return tuple(state.code for state in self.states if state.phase in phases)

    def edges_from(self, state: str) -> tuple[Transition, ...]:
        return tuple(edge for edge in self.transitions if edge.from_state(state))

    def _targets(self, edge: Transition, source: str) -> tuple[str, ...]:
        """States in which the case may be after the edge; the way back leads to wherever one comes from."""
        if edge.target != BACK:
            return (edge.target or source,)
        ways = [way for way in self.transitions if way.target == source]
        return tuple(dict.fromkeys(before for way in ways for before in way.source))

    def diagram(self) -> str:
        """The state diagram in Mermaid notation, as the room's README carries it."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for edge in self.transitions:
            lines += [
                f"    {source} --> {target}: {edge.name}"
                for source in edge.source
                for target in self._targets(edge, source)
            ]
        lines += [f"    {state} --> [*]" for state in self._state if not self.edges_from(state)]
        return "\n".join(lines)
