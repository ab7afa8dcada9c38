"""Fire and haze: satellite files become clusters and, where the rule says so, complaints; responders check on site."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from sekata.kernel.journal.actions import action
from sekata.kernel.places import queries as places
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.intake import Filing, Reporter, file
from sekata.pillars.environment.complaints.actions.review import assess
from sekata.pillars.environment.complaints.codes import (
    OPEN_STATES,
    Channel,
    Confidence,
    GroundResult,
    PointSource,
    Priority,
    ReporterMode,
)
from sekata.pillars.environment.complaints.models import AirReading, Cluster, Complaint, Hotspot
from sekata.pillars.environment.complaints.queries.law import Law, law
from sekata.pillars.environment.complaints.rights import FIRE, TAKE_IN
from sekata.pillars.environment.complaints.standards.firms import HotspotRow

PASS = timedelta(minutes=30)


@action(right=TAKE_IN, event="complaints.hotspots.imported", keeps=("source",))
def import_hotspots(*, actor: Actor, rows: Iterable[HotspotRow], source: str, at: datetime) -> list[Cluster]:
    """Take in a satellite file (R14). Rows known already change nothing; neighbours of one pass are one cluster."""
    rulebook = law(at)
    found = [pair for row in rows if (pair := _detection(row, rulebook)) is not None]
    known = _known([detection for _, detection in found])
    fresh = [(row, detection) for row, detection in found if detection.key not in known]
    touched: dict[int, Cluster] = {}
    for group in rules.cluster_detections([d for _, d in fresh], rulebook.table("hotspot_pass")):
        cluster = _store(group, [row for row, d in fresh if d in group.members], source, rulebook)
        touched[cluster.pk] = cluster
    for cluster in touched.values():
        _respond(cluster, rulebook, at)
    return list(touched.values())


def _detection(row: HotspotRow, rulebook: Law) -> tuple[HotspotRow, rules.Detection] | None:
    """The row as the rules see it; None outside the regency or with an unreadable confidence."""
    if not places.village_at(row.lat, row.lon):
        return None
    confidence = rules.confidence_class(row.confidence, rulebook.table("hotspot_class"))
    if confidence is None:
        return None
    on_peat = places.containing("peat", row.lat, row.lon) is not None
    point = rules.Point(row.lat, row.lon)
    return row, rules.Detection(row.satellite, row.instrument, row.acquired_at, point, confidence, on_peat)


def _known(detections: list[rules.Detection]) -> set[tuple]:
    if not detections:
        return set()
    times = [d.acquired_at for d in detections]
    rows = Hotspot.objects.filter(acquired_at__range=(min(times), max(times)))
    return {(h.satellite, h.instrument, h.acquired_at, rules.Point(h.lat, h.lon)) for h in rows}


def _store(group: rules.Cluster, rows: list[HotspotRow], source: str, rulebook: Law) -> Cluster:
    """Save a group; it joins an earlier cluster of the same pass that it touches."""
    cluster = _joins(group, rulebook) or Cluster(
        satellite=group.best.satellite, instrument=group.best.instrument, first_at=group.acquired_at
    )
    times = [member.acquired_at for member in group.members]
    better = cluster.pk is None or group.confidence.rank > Confidence(cluster.confidence).rank
    if better:
        cluster.confidence, (cluster.lat, cluster.lon) = group.confidence, group.point
    cluster.on_peat = cluster.on_peat or group.on_peat
    cluster.village_code = cluster.village_code or places.village_at(cluster.lat, cluster.lon)
    cluster.last_at = max([*times, *([cluster.last_at] if cluster.last_at else [])])
    cluster.save()
    by_key = {member.key: member for member in group.members}
    Hotspot.objects.bulk_create(
        [
            Hotspot(
                cluster=cluster, satellite=row.satellite, instrument=row.instrument, acquired_at=row.acquired_at,
                lat=row.lat, lon=row.lon, confidence_raw=row.confidence, frp=row.frp, source=source,
                confidence=by_key[row.key].confidence, on_peat=by_key[row.key].on_peat,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return cluster


def _joins(group: rules.Cluster, rulebook: Law) -> Cluster | None:
    """An earlier cluster of the same pass that one of the new rows touches."""
    window = (group.acquired_at - PASS, max(m.acquired_at for m in group.members) + PASS)
    near = Hotspot.objects.select_related("cluster").filter(
        satellite=group.best.satellite, instrument=group.best.instrument, acquired_at__range=window
    )
    for known in near:
        one = rules.Detection(
            known.satellite, known.instrument, known.acquired_at, rules.Point(known.lat, known.lon),
            Confidence(known.confidence), known.on_peat,
        )  # fmt: skip
        if len(rules.cluster_detections([one, *group.members], rulebook.table("hotspot_pass"))) == 1:
            return known.cluster
    return None


def _respond(cluster: Cluster, rulebook: Law, at: datetime) -> None:
    """High: P1 at once; medium: P1 on peat or among others, else P2; low: only watched (R14)."""
    response = rules.hotspot_response(_as_rule(cluster), _others(cluster), rulebook.table("hotspot_class"))
    if response.priority is None:
        return
    if cluster.complaint_id is None:
        cluster.complaint = _report(cluster, at)
        cluster.save(update_fields=["complaint"])
    assess(actor=system("complaints.hotspots"), complaint=cluster.complaint, floor=response.priority, at=at)


def _as_rule(cluster: Cluster) -> rules.Cluster:
    return rules.cluster_of(
        [
            rules.Detection(
                h.satellite,
                h.instrument,
                h.acquired_at,
                rules.Point(h.lat, h.lon),
                Confidence(h.confidence),
                h.on_peat,
            )
            for h in cluster.hotspots.all()
        ]
    )


def _others(cluster: Cluster) -> list[rules.Cluster]:
    day = timedelta(hours=24)
    rows = Cluster.objects.filter(last_at__range=(cluster.first_at - day, cluster.last_at + day)).exclude(
        pk=cluster.pk
    )
    return [_as_rule(other) for other in rows.prefetch_related("hotspots")]


def _report(cluster: Cluster, at: datetime) -> Complaint:
    """The complaint that a cluster opens by itself: a land fire seen from space."""
    filing = Filing(
        submission=uuid5(NAMESPACE_URL, f"sekata:hotspot-cluster:{cluster.pk}"),
        service_code="F01",
        channel=Channel.HOTSPOT,
        title="Titik panas satelit",
        description=(
            f"Titik panas {cluster.satellite} dengan kepercayaan "
            f"{Confidence(cluster.confidence).label.lower()}."
        ),
        point=rules.Point(cluster.lat, cluster.lon),
        point_source=PointSource.GPS,
        village_code=cluster.village_code,
        media=("forest",),
        first_seen_at=cluster.first_at,
        attributes={"ON_PEAT": "yes" if cluster.on_peat else "unknown"},
    )
    return file(
        actor=system("complaints.hotspots"), filing=filing, reporter=Reporter(ReporterMode.ANONYMOUS), at=at
    ).complaint


@action(right=FIRE, event="complaints.ground.checked", on="cluster", watches=("ground_result", "area_ha"))
def check_ground(
    *,
    actor: Actor,
    cluster: Cluster,
    result: GroundResult,
    area_ha: Decimal | None = None,
    checked_at: datetime,
    at: datetime,
) -> Cluster:
    """What the responder found; the identity of whoever reported is not shown here."""
    if result == GroundResult.FIRE and area_ha is None:
        raise Refused.because("area", "Perkirakan luas yang terbakar (hektare).", "area_ha")
    if checked_at > at:
        raise Refused.because("future", "Waktu pengecekan tidak boleh sesudah sekarang.", "checked_at")
    cluster.ground_result, cluster.area_ha = result, area_ha
    cluster.checked_at, cluster.checked_by = checked_at, actor.person
    cluster.save(update_fields=["ground_result", "area_ha", "checked_at", "checked_by"])
    return cluster


@action(right=TAKE_IN, event="complaints.air.recorded", keeps=("station", "pm25"))
def record_air(
    *, actor: Actor, station: str, measured_at: datetime, pm25: Decimal, at: datetime
) -> AirReading:
    """Record a 24-hour mean of PM2.5; from 101 on, open haze reports become P1 (R15)."""
    if pm25 < 0 or pm25 > 5000:
        raise Refused.because("pm25", "PM2,5 antara 0 dan 5.000 mikrogram per meter kubik.", "pm25")
    rulebook = law(at)
    index = rules.ispu(pm25, rulebook.table("ispu_breakpoint"))
    reading, _ = AirReading.objects.update_or_create(
        station=station,
        at=measured_at,
        defaults={
            "pm25": pm25,
            "index": index,
            "category": rules.haze_class(index, rulebook.table("ispu_class")),
        },
    )
    _raise_haze(index, rulebook, at)
    return reading


def _raise_haze(index: int, rulebook: Law, at: datetime) -> None:
    haze = Complaint.objects.select_related("case").filter(service_code="F02", case__state__in=OPEN_STATES)
    for complaint in haze:
        now = Priority.of(complaint.case.priority)
        wanted = rules.haze_priority("F02", now, index, rulebook.table("ispu_class"))
        if wanted != now:
            assess(actor=system("complaints.haze"), complaint=complaint, floor=wanted, at=at)
