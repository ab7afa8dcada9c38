"""R15 Haze index (ISPU) from the 24-hour mean of PM2.5, and what it does to reports of haze."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from sekata.pillars.environment.complaints.codes import HazeClass, Priority
from sekata.pillars.environment.complaints.rules.priority import more_urgent
from sekata.pillars.environment.complaints.rules.terms import Rows


def ispu_exact(concentration: Decimal, breakpoints: Rows, pollutant: str = "pm25") -> Decimal:
    """The index before rounding, I = (Ia-Ib)/(Xa-Xb)(X-Xb)+Ib (Permen LHK P.14/2020); concentration in µg/m³.

    Above the last breakpoint the scale ends: its index is returned. A negative concentration is an error.
    """
    if concentration < 0:
        raise ValueError("a concentration is not negative")
    points = _scale(breakpoints, pollutant)
    for (low, low_index), (high, high_index) in pairwise(points):
        if concentration <= high:
            return (high_index - low_index) * (concentration - low) / (high - low) + low_index
    return points[-1][1]


def _scale(breakpoints: Rows, pollutant: str) -> list[tuple[Decimal, Decimal]]:
    rows = (row for row in breakpoints.values() if row["pollutant"] == pollutant)
    return sorted((Decimal(row["concentration"]), Decimal(row["index"])) for row in rows)


def ispu(concentration: Decimal, breakpoints: Rows, pollutant: str = "pm25") -> int:
    """The index as published, halves rounded up: 80 µg/m³ of PM2.5 -> 126."""
    return int(ispu_exact(concentration, breakpoints, pollutant).quantize(Decimal(1), ROUND_HALF_UP))


def haze_class(index: int, classes: Rows) -> HazeClass:
    """The class of a published index: 100 is moderate, 101 unhealthy."""
    reached = [key for key, row in classes.items() if row["lowest"] <= index]
    return HazeClass(max(reached, key=lambda key: classes[key]["lowest"]))


def haze_priority(service_code: str, priority: Priority, index: int, classes: Rows) -> Priority:
    """R15: from 101 on every report of haze (F02) is P1; all others keep their priority."""
    row = classes[haze_class(index, classes)]
    if service_code not in row["services"]:
        return priority
    return more_urgent(priority, Priority(row["priority"]))


def haze_sentence(index: int, classes: Rows) -> str:
    """`ISPU 126, tidak sehat`."""
    return f"ISPU {index}, {haze_class(index, classes).label.lower()}"
