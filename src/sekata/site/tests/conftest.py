"""Fixtures of the house's own pages."""

from sekata.site.tests.office import at_ten, make_case, office  # noqa: F401
