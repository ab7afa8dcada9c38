"""The small regency of the complaints tests serves the house's own tests too."""

from sekata.pillars.environment.complaints.tests.conftest import filed, filing, regency

__all__ = ["filed", "filing", "regency"]
