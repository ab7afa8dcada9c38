"""What a declaration of land must add up to: areas of parts and of what is merged."""

from collections.abc import Sequence

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import SpopKind

SINGLE = frozenset({SpopKind.NEW, SpopKind.UPDATE})


def parts_reasons(
    kind: SpopKind, area: int, states: Sequence[int], others: Sequence[int], named: int
) -> tuple[Reason, ...]:
    """Why declared areas (m²) do not fit: `area` of the object, `states` declared, `others` of `named` merged."""
    if any(one <= 0 for one in states):
        return (Reason("area", "Luas tanah harus lebih dari nol.", "land_area"),)
    if kind in SINGLE and len(states) != 1:
        return (Reason("states", "Isi tepat satu keadaan objek.", "land_area"),)
    if kind == SpopKind.SPLIT and (len(states) < 2 or sum(states) > area):
        return (
            Reason("split", f"Pecahan paling sedikit dua, dan luasnya paling banyak {area} m².", "land_area"),
        )
    if kind == SpopKind.MERGE:
        whole = area + sum(others)
        if not others or len(others) != named or len(states) != 1 or sum(states) > whole:
            message = f"Gabungkan paling sedikit dua objek yang ada; luasnya paling banyak {whole} m²."
            return (Reason("merge", message, "land_area"),)
    return ()
