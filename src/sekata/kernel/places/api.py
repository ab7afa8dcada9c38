"""Areas for machines: codes, names and parents of the Home Affairs decree; GeoJSON where a shape is known."""

import csv
import io
import json
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries
from sekata.lib.numbers import area as areas
from sekata.lib.rights import everyone
from sekata.web.doors import door

ANYONE = everyone("areas.see")
router = Router(tags=["areas"])
COLUMNS = ("code", "level", "name", "parent", "urban")


class AreaOut(Schema):
    """An area of the Home Affairs decree."""

    code: str = Field(description="Home Affairs code with dots: 14.05.02.1008")
    level: str = Field(description="province, regency, district or village")
    name: str = Field(description="official name")
    parent: str | None = Field(description="code of the area above")
    urban: bool = Field(description="a kelurahan (true) or a desa (false); false for all but villages")


class Refusal(Schema):
    """Why a question was refused."""

    reasons: list[dict[str, str]] = Field(description="code, message and field of each reason")


class Asked(Schema):
    """What is asked."""

    parent: str = Field("", description="code of the area above; empty: all districts", max_length=13)
    format: Literal["json", "csv", "geojson"] = Field("json", description="form of the answer")


@router.get(
    "",
    response={200: list[AreaOut], 422: Refusal},
    summary="Areas below a parent",
    openapi_extra={"responses": {200: {"content": {"text/csv": {}, "application/geo+json": {}}}}},
)
@door(ANYONE)
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
        {"type": "Feature", "id": row["code"], "geometry": shapes.get(row["code"]), "properties": row}
        for row in rows
    ]
    return HttpResponse(
        json.dumps({"type": "FeatureCollection", "features": features}), content_type="application/geo+json"
    )
