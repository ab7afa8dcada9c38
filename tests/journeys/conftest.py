"""The small regency of the complaints tests, for journeys through the whole suite."""

from sekata.pillars.environment.complaints.tests.conftest import filed, filing, regency

__all__ = ["filed", "filing", "regency"]
