"""Reading and proving the journal."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from sekata.kernel.journal.models import Event, Leaf, Pending, Seal
from sekata.lib import canonical, merkle

GENESIS = b"\0" * 32


def leaf_of(event: Event) -> bytes:
    """The leaf hash of an event (RFC 9162) over its canonical JSON."""
    fields = {f.attname: getattr(event, f.attname) for f in Event._meta.concrete_fields}
    return merkle.leaf_hash(canonical.dump(fields))


def chained(previous: bytes, root: bytes, size: int) -> bytes:
    """The digest that links a seal to the one before it."""
    return hashlib.sha256(previous + root + size.to_bytes(8, "big")).digest()


def of(subject: Model) -> QuerySet[Event]:
    """All acts on `subject`, oldest first."""
    return Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by(
        "pk"
    )


@dataclass
class Verdict:
    """What a verification found. `broken` names each seal or event that no longer matches."""

    seals: int = 0
    events: int = 0
    pending: int = 0
    head: str = ""
    broken: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.broken


def verify(progress=lambda done, total: None) -> Verdict:
    """Recompute every root and link from the events themselves."""
    verdict = Verdict(pending=Pending.objects.count())
    previous, total = GENESIS, Seal.objects.count()
    for seal in Seal.objects.order_by("pk").iterator(500):
        leaves = [leaf_of(event) for event in _sealed(seal)]
        if len(leaves) != seal.size or merkle.root(leaves) != bytes(seal.root):
            verdict.broken.append(f"segel {seal.pk}: isi berubah")
        if bytes(seal.previous) != previous or chained(previous, bytes(seal.root), seal.size) != bytes(
            seal.digest
        ):
            verdict.broken.append(f"segel {seal.pk}: rantai putus")
        previous = bytes(seal.digest)
        verdict.seals += 1
        verdict.events += len(leaves)
        progress(verdict.seals, total)
    verdict.head = previous.hex()
    return verdict


def _sealed(seal: Seal) -> Iterator[Event]:
    return Event.objects.filter(leaf__seal=seal).order_by("leaf__position").iterator(2000)


@dataclass(frozen=True)
class Proof:
    """Evidence that one event lies under a seal: whoever holds the seal's root can check it alone."""

    event: Event
    seal: Seal
    position: int
    leaf: bytes
    path: tuple[bytes, ...]

    @property
    def holds(self) -> bool:
        return merkle.verify_inclusion(
            self.leaf, self.position, self.seal.size, self.path, bytes(self.seal.root)
        )


def proof(event: Event) -> Proof | None:
    """The inclusion proof of `event`, None while it is not sealed yet."""
    place = Leaf.objects.select_related("seal").filter(event=event).first()
    if place is None:
        return None
    leaves = [leaf_of(other) for other in _sealed(place.seal)]
    path = merkle.inclusion_proof(place.position, leaves)
    return Proof(event, place.seal, place.position, leaves[place.position], path)
