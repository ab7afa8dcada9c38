"""Official numbers of persons, families, officers, areas and telephones: read, checked, masked.

Each module has `parse(text, ...)`, which returns a value or raises `Refused`, and - where a form wants the
reasons without an exception - `check(text, ...)`. None of them knows a database: whether a number is
taken, or an area code ever existed, is for the caller.
"""
