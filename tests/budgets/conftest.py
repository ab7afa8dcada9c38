"""The small regency of the complaints tests."""

from sekata.pillars.environment.complaints.tests.conftest import filed, filing, regency

__all__ = ["filed", "filing", "regency"]
