"""Charts as SVG made on the server, each with the rows of its twin table.

The look forbids style attributes (strict CSP) and wants every stroke and fill to come from the style sheet,
in light, dark and print alike. Charting libraries on PyPI write styles and colours into their output, so
these few shapes are our own: plain functions, class names only. Lengths are viewBox units.
`title` states the finding ("Laporan asap memuncak pada September"), not the name of the data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sekata.web import words

Value = int | float | None


@dataclass(frozen=True)
class Point:
    """One value of a series with the address of the rows behind it."""

    label: str
    value: Value
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of the twin table; `head` is the column's name on a phone."""

    head: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the twin table."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Chart:
    """What `{% chart %}` draws: the finding, the picture, the numbers."""

    title: str
    svg: SafeString
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default_factory=tuple)
    wide: bool = False


def _say(value: Value, places: int | None = None) -> str:
    return words.number(value, places, words.language(get_language()))


def _n(length: float) -> str:
    """A length with at most one decimal, without a needless zero."""
    return f"{length:.1f}".rstrip("0").rstrip(".")


def _svg(box: tuple[float, float], inside: object, label: str = "", extra: str = "") -> SafeString:
    """The frame; without a label the picture is decoration beside words that say the same."""
    name = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    size = f"0 0 {_n(box[0])} {_n(box[1])}"
    return format_html('<svg class="plot {}" viewBox="{}" {}>{}</svg>', extra, size, name, inside)


def _rect(x: float, y: float, width: float, height: float, kind: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', kind, _n(x), _n(y), _n(width), _n(height)
    )


def _text(x: float, y: float, said: object, kind: str = "", anchor: str = "middle") -> SafeString:
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>',
        format_html(' class="{}"', kind) if kind else "",
        _n(x),
        _n(y),
        anchor,
        said,
    )


def _join(parts: Iterable[object]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _table(points: Sequence[Point], head: str, unit: str, places: int | None) -> tuple[Row, ...]:
    suffix = f" {unit}" if unit else ""
    return tuple(
        Row(p.label, (Cell(head, f"{_say(p.value, places)}{suffix if p.value is not None else ''}", p.url),))
        for p in points
    )


def round_top(value: float) -> float:
    """The next round number above: 96 -> 100, 134 -> 150, 0 -> 1."""
    if value <= 0:
        return 1
    scale = 10 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
    return next(step * scale for step in steps if step * scale >= value)


def bars(
    title: str,
    points: Sequence[Point],
    *,
    head: str,
    first: str = "Bulan",
    unit: str = "",
    places: int | None = None,
) -> Chart:
    """Columns over time (months); the highest is drawn in full colour, the axis begins at zero.

    Above seven columns they grow narrower and only the highest and the last carry their value.
    """
    few = len(points) <= 7
    step, breadth, left = (53, 34, 34) if few else (28, 20, 34)
    peak = max((p.value or 0 for p in points), default=0)
    top, width = round_top(peak), left + 10 + step * max(len(points), 1)
    drawn: list[object] = [_scale(part, top, left, width) for part in (0, 0.5, 1)]
    for index, point in enumerate(points):
        x, tall = left + 10 + step * index, 140 * (point.value or 0) / top
        highest, last = bool(peak) and point.value == peak, index == len(points) - 1
        drawn.append(_rect(x, 160 - tall, breadth, tall, "bar" if highest else "low2"))
        if few or highest or last:
            drawn.append(_text(x + breadth / 2, 154 - tall, _say(point.value, places)))
        if few or (len(points) - 1 - index) % 2 == 0:
            drawn.append(_text(x + breadth / 2, 180, point.label, "q"))
    label = f"{title}. {_spoken(points, places)}"
    rows = _table(points, head, unit, places)
    return Chart(title, _svg((width, 190), _join(drawn), label), (first, head), rows)


def _scale(part: float, top: float, left: float, width: float) -> SafeString:
    """A line of the axis at a part (0..1) of the highest value, with its number."""
    y = 160 - 140 * part
    line = format_html('<path class="ax" d="M{} {}H{}"/>', _n(left), _n(y), _n(width - 4))
    return line + _text(left - 8, y + 5, _say(round(top * part, 2)), "q", "end")


def _spoken(points: Sequence[Point], places: int | None) -> str:
    return "; ".join(f"{p.label} {_say(p.value, places)}" for p in points)


def _line(values: Sequence[Value], box: tuple[float, float], low: float, high: float) -> SafeString:
    """A polyline inside a box with its last point as a dot; gaps (None) are left out."""
    width, height = box
    span = (high - low) or 1
    step = (width - 8) / max(len(values) - 1, 1)
    dots = [
        (4 + step * index, height - 6 - (height - 12) * (value - low) / span)
        for index, value in enumerate(values)
        if value is not None
    ]
    if not dots:
        return mark_safe("")
    line = " ".join(f"{_n(x)},{_n(y)}" for x, y in dots)
    end = dots[-1]
    return format_html(
        '<polyline class="ln" points="{}"/><circle class="end" cx="{}" cy="{}" r="4"/>',
        line,
        _n(end[0]),
        _n(end[1]),
    )


def sparkline(
    title: str,
    points: Sequence[Point],
    *,
    head: str,
    first: str = "Tahun",
    low: float | None = None,
    high: float | None = None,
    places: int | None = None,
    worse: bool = False,
    box: tuple[float, float] = (300, 64),
) -> Chart:
    """A small line without axes; worse=True draws it in the colour of trouble. Its words stand beside it."""
    given = [p.value for p in points if p.value is not None] or [0]
    bottom, top = min(given) if low is None else low, max(given) if high is None else high
    axis = format_html('<path class="ax" d="M4 {}H{}"/>', _n(box[1] - 6), _n(box[0] - 4))
    line = _line([p.value for p in points], box, bottom, top)
    svg = _svg(box, axis + line, extra="late-ln" if worse else "")
    return Chart(title, svg, (first, head), _table(points, head, "", places))


@dataclass(frozen=True)
class Series:
    """One tile of small multiples: a name, its values over the same periods, where its rows are."""

    label: str
    values: tuple[Value, ...]
    url: str = ""
    worse: bool = False


def multiples(
    title: str,
    series: Sequence[Series],
    periods: Sequence[str],
    *,
    low: float,
    high: float,
    goal: float | None = None,
    unit: str = "%",
    note: str = "",
    first: str = "Kecamatan",
) -> Chart:
    """The same small line many times on one scale (low..high), with the goal as a dashed line."""
    width, height = 150, 72

    def tile(one: Series) -> SafeString:
        drawn = [mark_safe('<path class="ax" d="M4 66H146"/>')]
        if goal is not None:
            y = height - 6 - (height - 12) * (goal - low) / ((high - low) or 1)
            drawn.append(format_html('<path class="goal" d="M4 {}H142"/>', _n(y)))
        drawn.append(_line(one.values, (width, height), low, high))
        last = next((value for value in reversed(one.values) if value is not None), None)
        return format_html(
            '<{0} class="tile{1}"{2}><span class="tt">{3}</span>{4}'
            '<span class="vv"><b>{5} {6}</b> {7}</span></{0}>',
            "a" if one.url else "div",
            " late-ln" if one.worse else "",
            format_html(' href="{}"', one.url) if one.url else "",
            one.label,
            _svg((width, height), _join(drawn)),
            _say(last),
            unit,
            note,
        )

    rows = tuple(
        Row(one.label, tuple(Cell(p, _say(v), one.url) for p, v in zip(periods, one.values, strict=True)))
        for one in series
    )
    svg = format_html('<div class="multi">{}</div>', _join(tile(one) for one in series))
    return Chart(title, svg, (first, *periods), rows, wide=True)


def levels(
    title: str,
    points: Sequence[Point],
    *,
    top: float,
    head: str,
    first: str = "Bagian",
    places: int | None = None,
) -> Chart:
    """Horizontal bars on a scale 0..top, the name above each bar and its value at the end."""
    width, gap = 330, 42
    drawn: list[object] = []
    for index, point in enumerate(points):
        y = 14 + gap * index
        note = format_html('<tspan class="q" dx="8">{}</tspan>', point.note) if point.note else ""
        drawn.append(_text(0, y, format_html("{}{}", point.label, note), anchor="start"))
        drawn.append(_text(width, y, _say(point.value, places), "end-t", "end"))
        drawn.append(_rect(0, y + 6, width, 9, "low"))
        drawn.append(_rect(0, y + 6, width * min((point.value or 0) / top, 1), 9, "bar"))
    label = f"{title}. {_spoken(points, places)}"
    svg = _svg((width, gap * len(points) + 2), _join(drawn), label)
    return Chart(title, svg, (first, head), _table(points, head, "", places))


def dots(title: str, done: int, total: int, *, per_row: int = 10) -> Chart:
    """A count of rhombi: `done` filled out of `total`."""
    step, drawn = 29, []
    for index in range(total):
        x, y = 3 + step * (index % per_row), 3 + 30 * (index // per_row)
        drawn.append(
            format_html(
                '<rect class="{}" x="{}" y="{}" width="16" height="16" transform="rotate(45 {} {})"/>',
                "bar" if index < done else "off",
                x,
                y,
                x + 10,
                y + 10,
            )
        )
    size = (step * min(per_row, max(total, 1)) + 4, 30 * -(-max(total, 1) // per_row) + 2)
    return Chart(title, _svg(size, _join(drawn), title, "dots"))


EVIDENCE = ("b1", "b2", "hatch-bg", "off")


def evidence(
    title: str, shares: Sequence[Point], *, head: str = "Bagian", first: str = "Asal angka"
) -> Chart:
    """How much of a figure is proven, in percent.

    Four shares in this order: counted from records, official elsewhere, typed in (hatched), missing.
    """
    width, height, x = 640, 30, 0.0
    drawn: list[object] = []
    for point, kind in zip(shares, EVIDENCE, strict=False):
        long = (width - 2 * (len(shares) - 1)) * (point.value or 0) / 100
        inset = 1 if kind == "off" else 0
        if long > 0:
            drawn.append(_rect(x + inset, inset, max(long - 2 * inset, 0.5), height - 2 * inset, kind))
            if kind == "hatch-bg":
                drawn.append(_hatch(x, long, height))
            x += long + 2
    said = ", ".join(f"{p.label} {_say(p.value)} %" for p in shares)
    svg = _svg((width, height), _join(drawn), f"{title}. {said}")
    rows = _table(shares, head, "%", None)
    return Chart(title, svg + _evidence_key(shares), (first, head), rows, wide=True)


def _hatch(x: float, long: float, height: float) -> SafeString:
    strokes = (
        f"M{_n(x + 2 + 8.5 * k)} {_n(height - 1)}l9 -{_n(height - 2)}"
        for k in range(int(max(long - 11, 0) // 8.5) + 1)
    )
    return format_html('<path class="hatch" d="{}"/>', "".join(strokes) if long > 11 else "")


def _evidence_key(shares: Sequence[Point]) -> SafeString:
    def box(kind: str) -> SafeString:
        inside = _rect(1, 1, 18, 14, kind)
        return _svg((20, 16), inside + _hatch(1, 18, 16) if kind == "hatch-bg" else inside)

    items = (
        (
            box(kind),
            format_html('<a href="{}">{}</a>', p.url, p.label) if p.url else conditional_escape(p.label),
            _say(p.value),
        )
        for p, kind in zip(shares, EVIDENCE, strict=False)
    )
    return format_html('<ul class="key-l">{}</ul>', format_html_join("", "<li>{}{} <b>{} %</b></li>", items))


def meter(title: str, step: int, steps: int = 5) -> Chart:
    """A scale of equal boxes with the present one filled (air quality, tide); the words say the same."""
    drawn = [_rect(21 * k, 2, 19, 10, "bar" if k + 1 == step else "low") for k in range(steps)]
    return Chart(title, _svg((21 * steps - 1, 14), _join(drawn), extra="meter"))


@dataclass(frozen=True)
class Box:
    """A square of the box map: shade 1..5 (1 is lightest); label "" leaves the place empty."""

    label: str = ""
    value: str = ""
    shade: int = 1
    url: str = ""


def box_map(title: str, boxes: Sequence[Box], *, head: str, first: str = "Kecamatan") -> Chart:
    """One square per district, five to a row, roughly where the district lies."""
    shades = {1: "", 2: "v2", 3: "v2", 4: "v4", 5: "v5"}

    def square(box: Box) -> SafeString:
        if not box.label:
            return mark_safe("<span></span>")
        return format_html(
            '<{0}{1} class="sq {2}"><span>{3}</span><b>{4}</b></{0}>',
            "a" if box.url else "div",
            format_html(' href="{}"', box.url) if box.url else "",
            shades.get(box.shade, ""),
            box.label,
            box.value,
        )

    rows = tuple(Row(box.label, (Cell(head, box.value, box.url),)) for box in boxes if box.label)
    squares = format_html('<div class="boxes">{}</div>', _join(map(square, boxes)))
    return Chart(title, squares, (first, head), rows, wide=True)
