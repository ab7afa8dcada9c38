"""Reading the sheets in `site/data` (a README there says what they hold), and setting rows out once."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from django.db.models import Model

FOLDER = Path(__file__).resolve().parent.parent / "data"
BATCH = 500


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV sheet as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def tree(name: str) -> dict:
    """A JSON sheet."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def keep(model: type[Model], wanted: Iterable[Model], *key: str) -> int:
    """Store those of the `wanted` rows whose `key` fields the table does not know yet; how many those were.

    What is there stays as it is: officers may have changed it since.
    """
    known = set(model.objects.values_list(*key))
    new = [row for row in wanted if tuple(getattr(row, name) for name in key) not in known]
    model.objects.bulk_create(new, batch_size=BATCH)
    return len(new)
