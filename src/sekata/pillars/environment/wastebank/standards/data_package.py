"""A Frictionless data package (specs.frictionlessdata.io): CSV files and the descriptor that says what is in them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

DESCRIPTOR = "datapackage.json"
EARLIEST = (1980, 1, 1, 0, 0, 0)
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Field:
    """A column. kind: string, integer, number, date or datetime; unique: names the row."""

    name: str
    kind: str
    meaning: str
    unique: bool = False

    def descriptor(self) -> dict[str, object]:
        rules = {"required": True, "unique": True} if self.unique else {}
        return {"name": self.name, "type": self.kind, "description": self.meaning} | (
            {"constraints": rules} if rules else {}
        )


@dataclass(frozen=True)
class Resource:
    """A table of the package."""

    name: str
    title: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[object]]

    def descriptor(self) -> dict[str, object]:
        return {
            "name": self.name,
            "title": self.title,
            "path": f"{self.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [field.descriptor() for field in self.fields],
                "missingValues": [""],
                **({"primaryKey": key} if (key := [f.name for f in self.fields if f.unique]) else {}),
            },
        }


def package(
    *, name: str, title: str, created: datetime, resources: Sequence[Resource], sources: Mapping[str, str]
) -> bytes:
    """The zip archive of a package; the same content gives the same bytes."""
    descriptor = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "created": created.isoformat(),
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": label, "path": path} for label, path in sources.items()],
        "resources": [one.descriptor() for one in resources],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2))
        for one in resources:
            _add(archive, f"{one.name}.csv", text([field.name for field in one.fields], one.rows))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file (RFC 4180) that no spreadsheet runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def harmless(value: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe; moments in ISO 8601; nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(_TRIGGERS) else value
