"""R14 Hotspots: how far a satellite is believed, what is one fire, and what is done about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.pillars.environment.complaints.codes import Confidence, Instrument, Priority
from sekata.pillars.environment.complaints.rules.terms import Point, Rows


@dataclass(frozen=True)
class Detection:
    """One row of a hotspot file. acquired_at is aware; satellite and instrument as the file names them."""

    satellite: str
    instrument: str
    acquired_at: datetime
    point: Point
    confidence: Confidence
    on_peat: bool = False

    @property
    def key(self) -> tuple:
        """What makes two rows the same row: a file imported again changes nothing."""
        return (self.satellite, self.instrument, self.acquired_at, self.point)


@dataclass(frozen=True)
class Cluster:
    """Detections of one satellite pass that are one fire, the most trusted and earliest first."""

    members: tuple[Detection, ...]

    @property
    def best(self) -> Detection:
        return self.members[0]

    @property
    def confidence(self) -> Confidence:
        return self.best.confidence

    @property
    def point(self) -> Point:
        """Where responders are sent: the best member's place."""
        return self.best.point

    @property
    def acquired_at(self) -> datetime:
        return min(member.acquired_at for member in self.members)

    @property
    def on_peat(self) -> bool:
        return any(member.on_peat for member in self.members)

    def metres_to(self, other: "Cluster") -> float:
        """Distance between the nearest members."""
        return min(a.point.metres_to(b.point) for a in self.members for b in other.members)

    def apart(self, other: "Cluster") -> timedelta:
        """Time between the nearest members."""
        return min(abs(a.acquired_at - b.acquired_at) for a in self.members for b in other.members)


def cluster_of(detections: Iterable[Detection]) -> Cluster:
    """Detections already known to be one fire."""
    return Cluster(tuple(sorted(detections, key=_trust)))


def confidence_class(raw: str | int, classes: Rows) -> Confidence | None:
    """The class of a raw confidence: a VIIRS letter or word (l/n/h), or a percentage; None if unreadable."""
    text = str(raw).strip().lower()
    if text.replace(".", "", 1).isdigit():
        number = float(text)
        return _by(classes, lambda row: row["lowest"] <= int(number) <= row["highest"] and number <= 100)
    words = {"m": "n", "medium": "n", "nominal": "n", "low": "l", "high": "h"}
    return _by(classes, lambda row: row["letter"] == words.get(text, text))


def _by(classes: Rows, matches) -> Confidence | None:
    return next((Confidence(key) for key, row in classes.items() if matches(row)), None)


def cluster_detections(detections: Iterable[Detection], passes: Rows) -> tuple[Cluster, ...]:
    """R14: joins rows of the same satellite and instrument within reach of any member (single linkage).

    Reach is 375 m (VIIRS) or 1000 m (MODIS) and 30 minutes, edges included. The order of rows and rows that
    come twice do not matter.
    """
    rows = sorted({detection.key: detection for detection in detections}.values(), key=_order)
    parent = list(range(len(rows)))
    for left, right in _neighbours(rows, passes):
        parent[_root(parent, right)] = _root(parent, left)
    groups: dict[int, list[Detection]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(_root(parent, index), []).append(row)
    return tuple(cluster_of(group) for group in groups.values())


def _order(detection: Detection) -> tuple:
    return (detection.satellite, detection.instrument, detection.acquired_at, detection.point)


def _trust(detection: Detection) -> tuple:
    return (-detection.confidence.rank, detection.acquired_at, detection.point)


def _neighbours(rows: list[Detection], passes: Rows) -> Iterator[tuple[int, int]]:
    """Pairs within reach; rows lie in order of pass and time, so none looks further than the time."""
    for left, row in enumerate(rows):
        reach = passes[Instrument(row.instrument.upper())]
        for right in range(left + 1, len(rows)):
            if not _same_pass(row, rows[right], timedelta(minutes=reach["minutes"])):
                break
            if row.point.metres_to(rows[right].point) <= reach["radius_m"]:
                yield left, right


def _same_pass(row: Detection, later: Detection, within: timedelta) -> bool:
    same = (row.satellite, row.instrument) == (later.satellite, later.instrument)
    return same and later.acquired_at - row.acquired_at <= within


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


@dataclass(frozen=True)
class HotspotResponse:
    """What a cluster calls for. priority None: watch list, no incident."""

    priority: Priority | None
    why: str


def hotspot_response(found: Cluster, others: Iterable[Cluster], classes: Rows) -> HotspotResponse:
    """R14: high opens a P1 incident; medium P1 on peat or near another cluster, else P2; low is watched."""
    rule = classes[found.confidence]
    label = found.confidence.label.lower()
    if not rule["priority"]:
        return HotspotResponse(None, f"Kepercayaan {label}: masuk daftar pantau.")
    if rule["raised_on_peat"] and found.on_peat:
        return HotspotResponse(Priority(rule["raised_on_peat"]), f"Kepercayaan {label} di lahan gambut.")
    if rule["raised_by_neighbours"]:
        near = _near(found, others, rule["within_m"], timedelta(hours=rule["within_hours"]))
        if near >= rule["neighbours"]:
            why = (
                f"Kepercayaan {label}, {near} kelompok titik panas dalam {rule['within_m']} m "
                f"dan {rule['within_hours']} jam."
            )
            return HotspotResponse(Priority(rule["raised_by_neighbours"]), why)
    return HotspotResponse(Priority(rule["priority"]), f"Kepercayaan {label}.")


def _near(found: Cluster, others: Iterable[Cluster], metres: int, within: timedelta) -> int:
    """Clusters within reach of this one, itself included."""
    near = (other for other in others if other != found)
    return 1 + sum(found.apart(other) <= within and found.metres_to(other) <= metres for other in near)
