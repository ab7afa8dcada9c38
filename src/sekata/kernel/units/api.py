"""Areas for machines: codes, names and parents of the Home Affairs decree; GeoJSON where a shape is known."""

import csv
import io
import json

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries
from sekata.lib.numbers import area as areas

router = Router(tags=["areas"])
COLUMNS = ("code", "level", "name", "parent", "urban")


class AreaOut(Schema):
    """An area with its Home Affairs code; `urban` tells a kelurahan from a desa."""

    code: str
    level: str
    name: str
    parent: str | None
    urban: bool


class Asked(Schema):
    """parent: code of the area above; format: json, csv or geojson."""

    parent: str = ""
    format: str = "json"


@router.get("", response=list[AreaOut], summary="Areas below a parent")
def below(request: HttpRequest, asked: Query[Asked]):
    """Areas directly below `parent` (all districts when it is empty), by name."""
    if asked.parent:
        areas.parse(asked.parent, field="parent")
    rows = [
        {"code": a.code, "level": a.level, "name": a.name, "parent": a.parent_id, "urban": a.urban}
        for a in queries.areas().values()
        if (a.parent_id == asked.parent if asked.parent else a.level == "district")
    ]
    return {"csv": _csv, "geojson": _geojson}.get(asked.format, list)(rows)


def _csv(rows: list[dict[str, object]]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")


def _geojson(rows: list[dict[str, object]]):
    shapes = {f.code: f.geometry for kind in ("district", "village") for f in places.layer(kind)}
    features = [
        {"type": "Feature", "id": row["code"], "geometry": shapes.get(row["code"]), "properties": row} for row in rows
    ]
    return HttpResponse(
        json.dumps({"type": "FeatureCollection", "features": features}), content_type="application/geo+json"
    )
