"""Who acts: one immutable value made once per request from the signed-in person and the roles held."""

from dataclasses import dataclass, field

PERSON, CLIENT, SYSTEM, ANONYMOUS = "person", "client", "system", "anonymous"


@dataclass(frozen=True)
class Holding:
    """A role held now: in `unit` and, where the grant says so, in all units below (`units`).

    permissions: what the role allows here; acting is "" for a definitive holder, "plt" or "plh" for a stand-in
    (UU 30/2014 art. 14).
    """

    role: str
    unit: int
    units: frozenset[int]
    acting: str = ""
    permissions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """The one who acts, and for whom.

    person: id of the person who did it; acting_for: id of the citizen served in an assisted session;
    client: id of the machine client; case: id of the case that a tracking code has opened for an unknown person.
    """

    kind: str
    person: int | None = None
    name: str = ""
    holdings: tuple[Holding, ...] = ()
    acting_for: int | None = None
    client: int | None = None
    case: int | None = None
    via: str = "web"
    _reach: dict[str, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    def units(self, *roles: str) -> frozenset[int]:
        """Ids of all units in which any of `roles` is held now."""
        key = "|".join(roles)
        if key not in self._reach:
            self._reach[key] = frozenset().union(*(h.units for h in self.holdings if h.role in roles))
        return self._reach[key]

    def units_with(self, permission: str) -> frozenset[int]:
        """Ids of all units in which some held role carries `permission`."""
        if permission not in self._reach:
            self._reach[permission] = frozenset().union(
                *(h.units for h in self.holdings if permission in h.permissions)
            )
        return self._reach[permission]

    def may(self, permission: str) -> bool:
        """Whether some held role carries `permission`, in whatever unit."""
        return any(permission in holding.permissions for holding in self.holdings)

    def holds(self, *roles: str) -> bool:
        return any(holding.role in roles for holding in self.holdings)

    @property
    def is_officer(self) -> bool:
        return bool(self.holdings)

    @property
    def is_known(self) -> bool:
        return self.kind != ANONYMOUS


NOBODY = Actor(kind=ANONYMOUS)


def system(name: str) -> Actor:
    """The suite itself, acting by a job of that name."""
    return Actor(kind=SYSTEM, name=name, via="job")


def by_code(case: int) -> Actor:
    """Whoever holds the tracking code of that case; nobody knows more."""
    return Actor(kind=ANONYMOUS, case=case, via="code")
