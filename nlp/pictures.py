"""Small pictures as SVG text: curves and a confusion matrix, coloured by the page's variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 520
HEIGHT: Final = 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 38, 44
_LEGEND: Final = 150  # pixels for each name above the picture
_CELL: Final = 24
_TICKS: Final = 5

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a picture; `colour` is a CSS colour."""

    name: str
    points: Sequence[Point]
    colour: str = "var(--brand)"
    dashed: bool = False
    dotted: bool = True  # each point has a mark that tells its figures


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of one direction, and what it counts."""

    name: str
    low: float = 0.0
    high: float = 1.0
    percent: bool = True

    def share(self, value: float) -> float:
        """Where the value lies between both ends, 0 to 1."""
        inside = min(max(value, self.low), self.high)
        return (inside - self.low) / ((self.high - self.low) or 1.0)

    def label(self, value: float) -> str:
        """The value as a tick shows it."""
        return f"{value:.0%}" if self.percent else f"{value:,.0f}"


def curves(
    title: str, across: Axis, up: Axis, lines: Sequence[Curve], bars: Sequence[Point] = ()
) -> str:
    """A picture of curves with a legend, over bars from the ground if given."""
    parts = [*_grid(across, up)]
    for x, y in bars:
        left, top = _place(across, up, (x, y))
        parts.append(
            f'<rect x="{left - 14:.1f}" y="{top:.1f}" width="28" '
            f'height="{HEIGHT - _BOTTOM - top:.1f}" fill="var(--bar)"/>'
        )
    for at, line in enumerate(lines):
        parts += _curve(across, up, line)
        parts.append(_legend(at, line))
    return _svg(title, WIDTH, HEIGHT, parts)


def confusion(title: str, labels: Sequence[str], counts: Mapping[tuple[str, str], int]) -> str:
    """A matrix with a row for each true label and a column for each label given instead."""
    side, left, top = _CELL * len(labels), 104, 104
    totals = {row: sum(counts.get((row, column), 0) for column in labels) for row in labels}
    parts: list[str] = []
    for at, label in enumerate(labels):
        middle = at * _CELL + _CELL / 2
        parts.append(
            f'<text x="{left - 8}" y="{top + middle + 4}" text-anchor="end">{escape(label)}</text>'
        )
        parts.append(
            f'<text transform="translate({left + middle + 4} {top - 8}) rotate(-60)">'
            f"{escape(label)}</text>"
        )
    for down, row in enumerate(labels):
        for right, column in enumerate(labels):
            count = counts.get((row, column), 0)
            parts += _cell(
                left + right * _CELL, top + down * _CELL, count, totals[row], row, column
            )
    parts.append(
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" '
        f'stroke="var(--line)"/>'
    )
    return _svg(title, left + side + 64, top + side + 8, parts)


def _cell(left: int, top: int, count: int, total: int, row: str, column: str) -> list[str]:
    if not count:
        return []
    share = count / total
    colour = "var(--brand)" if row == column else "var(--danger)"
    ink = "var(--surface)" if share > 0.5 else "var(--ink)"
    return [
        f'<rect x="{left}" y="{top}" width="{_CELL}" height="{_CELL}" fill="{colour}" '
        f'fill-opacity="{0.12 + 0.88 * share:.2f}">'
        f"<title>{escape(row)} → {escape(column)}: {count} / {total}</title></rect>",
        f'<text x="{left + _CELL / 2}" y="{top + _CELL / 2 + 4}" text-anchor="middle" '
        f'fill="{ink}" pointer-events="none">{count}</text>',
    ]


def _grid(across: Axis, up: Axis) -> list[str]:
    parts: list[str] = []
    for step in range(_TICKS + 1):
        x = across.low + (across.high - across.low) * step / _TICKS
        y = up.low + (up.high - up.low) * step / _TICKS
        left, bottom = _place(across, up, (x, up.low))
        _, level = _place(across, up, (across.low, y))
        parts.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{level:.1f}" y2="{level:.1f}" '
            f'stroke="var(--line)"/>'
            f'<text x="{_LEFT - 6}" y="{level + 4:.1f}" text-anchor="end">{up.label(y)}</text>'
            f'<text x="{left:.1f}" y="{bottom + 16:.1f}" text-anchor="middle">'
            f"{across.label(x)}</text>"
        )
    parts.append(
        f'<text x="{(WIDTH + _LEFT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">'
        f"{escape(across.name)}</text>"
        f'<text transform="translate(12 {HEIGHT / 2 - 10}) rotate(-90)" text-anchor="middle">'
        f"{escape(up.name)}</text>"
    )
    return parts


def _curve(across: Axis, up: Axis, line: Curve) -> list[str]:
    places = [_place(across, up, point) for point in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    parts = [
        f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>'
    ]
    if line.dotted:
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"><title>'
            f"{escape(line.name)}: {across.label(point[0])}, {up.label(point[1])}</title></circle>"
            for (x, y), point in zip(places, line.points, strict=True)
        ]
    return parts


def _legend(at: int, line: Curve) -> str:
    left, dash = _LEFT + _LEGEND * at, ' stroke-dasharray="5 4"' if line.dashed else ""
    return (
        f'<line x1="{left}" x2="{left + 18}" y1="14" y2="14" stroke="{line.colour}" '
        f'stroke-width="3"{dash}/><text x="{left + 24}" y="18">{escape(line.name)}</text>'
    )


def _place(across: Axis, up: Axis, point: Point) -> Point:
    x = _LEFT + across.share(point[0]) * (WIDTH - _LEFT - _RIGHT)
    y = HEIGHT - _BOTTOM - up.share(point[1]) * (HEIGHT - _TOP - _BOTTOM)
    return x, y


def _svg(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title, quote=True)}" width="{width}" height="{height}" '
        f'font-size="12" font-family="sans-serif" fill="var(--ink)">\n{body}\n</svg>'
    )


STYLE: Final = """
:root { color-scheme: light dark; --paper: #f6f2ea; --surface: #fffdf9; --ink: #28231c;
  --ink-2: #5d554a; --line: #e5ddd0; --brand: #0f6a5a; --bar: #cfe4dd; --accent: #b9501f;
  --danger: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --paper: #181613; --surface: #201d19;
  --ink: #f0eae0; --ink-2: #c3b9aa; --line: #37322b; --brand: #3fa68f; --bar: #1d3831;
  --accent: #f0a06a; --danger: #f2958c; } }
"""
