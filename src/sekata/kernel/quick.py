"""The quick insert: what the busiest path writes row by row, without building the same statement each time.

Django's `save` compiles its SQL anew for every row; on an intake of ten rows that is a third of the work.
"""

from functools import cache
from typing import TypeVar

from django.db import connection
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)


@cache
def _statement(model: type[Model], keyed: bool) -> tuple[str, tuple[Field, ...]]:
    """INSERT of all columns of `model`, with the key if it is known beforehand, else returning it."""
    fields = tuple(f for f in model._meta.concrete_fields if keyed or not f.primary_key)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    returning = "" if keyed else f" RETURNING {quote(model._meta.pk.column)}"
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places}){returning}", fields  # noqa: S608 - names of our models


def insert(row: Row) -> Row:
    """Insert an unsaved row whose every value is set; a missing key is filled in."""
    keyed = row.pk is not None
    sql, fields = _statement(type(row), keyed)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if not keyed:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row
