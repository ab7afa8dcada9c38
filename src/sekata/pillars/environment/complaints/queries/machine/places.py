"""Whether a place that a machine names can be ours, and which village its words mean."""

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import geo
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.rules.terms import bare

BUFFER_METRES = 20_000
OUTSIDE = "the point is outside the regency: report to the regency where it lies, or through SP4N-LAPOR!"
DI_LUAR = "Titik itu di luar kabupaten. Laporkan ke kabupaten tempatnya, atau lewat SP4N-LAPOR!"
SWAPPED = {OUTSIDE: " (lat and long seem to be exchanged)", DI_LUAR: " Lintang dan bujurnya tertukar."}


def check_point(lat: float, lon: float, status: int = 400, outside: str = OUTSIDE) -> rules.Point:
    """The point, if it lies in the regency or within 20 km of it; else refused, and not stored.

    Where no map has been loaded nothing can be said about a point that is one at all.
    """
    if not geo.valid_point(lat, lon):
        raise Refused.because("no_point", "lat and long are not a point on earth", "lat", status=status)
    if not _ours(lat, lon):
        hint = SWAPPED.get(outside, "") if _ours(lon, lat) else ""
        raise Refused.because("outside", outside + hint, "lat", status=status)
    return rules.Point(lat, lon)


def _ours(lat: float, lon: float) -> bool:
    """Within reach of the regency's outline, or of its villages where no outline is loaded."""
    kind = next((kind for kind in ("regency", "village") if places.layer(kind)), "")
    return geo.valid_point(lat, lon) and (not kind or bool(places.within(kind, lat, lon, BUFFER_METRES)))


def check_village(code: str, name: str, status: int = 400) -> str:
    """The Home Affairs code of a village of ours; another is refused at the field `name`."""
    area = units.areas().get(code)
    if area is None or area.level != "village":
        raise Refused.because(
            "unknown_village", f"{name} is not the code of a village of this regency", name, status=status
        )
    return code


def noticed_village(text: str) -> str:
    """The code of the village whose name stands in an address, empty where none or several do."""
    words = f" {bare(text).casefold()} "
    found = [area for area in units.villages() if f" {area.name.casefold()} " in words.replace(",", " ")]
    longest = max((len(area.name) for area in found), default=0)
    found = [area for area in found if len(area.name) == longest]
    return found[0].code if len(found) == 1 else ""
