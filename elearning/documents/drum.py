"""The rings of a bronze drum, drawn from their numbers: the guilloche of the certificate, on paper and on pages.

Lengths are millimetres from the centre of the drum; angles are radians, clockwise from three o'clock. A picture is
made once and then kept, since the typesetter takes an SVG eight times faster than it would draw the rings itself.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin, tau
from typing import Final

PAPER: Final = "#fcfbf8"
LINE: Final = "#e3c4b8"
STAR: Final = "#ead2c7"
RIM: Final = "#f4e8e1"
FIELD: Final = (-217.5, -75.5, 276, 189)
"""What the inner rule of the frame leaves of an A4 sheet, seen from the centre: left, top, width, height."""

CIRCLES: Final = (12.8, 13.9, 17.1, 22.1, 23.1, 29.9, 42.5, 43.5, 48.5, 49.5, 55.7, 56.7, 73.7, 74.7, 81.3)
CHANNEL: Final = "M-11.6 8.2L-96.45 93.05L-93.06 96.44L-8.21 11.59z"
"""The straight way, 45 degrees to the lower left, that lets the voice out and makes the tail of the mark."""
RIM_OUTLINE: Final = "M-61.57 64.96A89.5 89.5 0 1 0 -88.74 11.65L-80.19 76.79L-62.48 59.09A86 86 0 1 1 -59.09 62.48z"

Point = tuple[float, float]


@lru_cache(maxsize=1)
def drum_svg() -> str:
    """The drum with its channel and rim, cut to the field of the certificate, as one SVG element without styles."""
    left, top, width, height = FIELD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f'<g fill="none" stroke="{LINE}" stroke-width="0.22">{"".join(_rings())}</g>'
        f'<path fill="{PAPER}" d="{CHANNEL}"/><path fill="{RIM}" d="{RIM_OUTLINE}"/></svg>'
    )


def _rings() -> Iterator[str]:
    """The rings from the star at the centre outwards."""
    yield f'<path fill="{STAR}" stroke="none" d="{_zigzag(14, 11.6, 4.4, turned=0.5)}"/>'
    yield f'<path d="{_zigzag(14, 11.6, 9.6)}"/>'
    yield from (f'<circle r="{radius}"/>' for radius in CIRCLES)
    yield _dots(15.5, 56, size=0.9)
    yield from _chain(19.6, 40, (1.42, 0.62))
    yield f'<path d="{_zigzag(64, 27.6, 24.2)}"/><path d="{_zigzag(64, 28.8, 25.4)}"/>'
    yield from _guilloche(36.2, 5.4, waves=24, strands=4)
    yield _ticks(46, 150, length=3.4)
    yield from _chain(52.6, 72, (2.11, 0.92))
    yield from _guilloche(65.2, 7.4, waves=32, strands=6)
    yield f'<path d="{_zigzag(128, 80, 76)}"/>'
    yield _dots(83.2, 220, size=1)


def _polar(radius: float, angle: float) -> Point:
    return radius * cos(angle), radius * sin(angle)


def _written(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _zigzag(count: int, outer: float, inner: float, *, turned: float = 0) -> str:
    """Rays, teeth and saw edges: a closed line between two radii, turned by a part of one tooth."""
    step = pi / count
    corners = (_polar(inner if k % 2 else outer, (k + 2 * turned) * step) for k in range(2 * count))
    return f"M{_written(corners)}z"


def _dots(radius: float, count: int, *, size: float) -> str:
    """Dots are one circle with round dashes of no length, which keeps the file small."""
    gap = tau * radius / count
    return f'<circle r="{radius}" stroke-width="{size}" stroke-linecap="round" stroke-dasharray="0 {gap:.5f}"/>'


def _ticks(radius: float, count: int, *, length: float) -> str:
    pitch = tau * radius / count
    return f'<circle r="{radius}" stroke-width="{length}" stroke-dasharray="{pitch / 5:.5f} {pitch * 4 / 5:.5f}"/>'


def _chain(radius: float, count: int, sizes: tuple[float, ...]) -> Iterator[str]:
    """Small circles within each other, side by side along a ring."""
    for size in sizes:
        links = (
            f"M{x - size:.2f} {y:.2f}a{size} {size} 0 1 0 {2 * size} 0a{size} {size} 0 1 0 {-2 * size} 0"
            for x, y in (_polar(radius, tau * k / count) for k in range(count))
        )
        yield f'<path d="{"".join(links)}"/>'


def _guilloche(middle: float, swing: float, *, waves: int, strands: int) -> Iterator[str]:
    """Strands of one wave, each a part of a wave behind the last: the net that money and diplomas wear."""
    for strand in range(strands):
        yield f'<path d="{_wave(middle, swing, waves, tau * strand / strands)}"/>'


def _wave(middle: float, swing: float, waves: int, phase: float) -> str:
    """r = middle + swing · sin(waves · angle + phase), as cubics that share their tangents where they meet."""
    steps = waves * 4
    third = tau / steps / 3
    knots = [_knot(middle, swing, waves, phase, tau * k / steps) for k in range(steps + 1)]
    cubics = (
        "C" + _written([(x0 + u0 * third, y0 + v0 * third), (x1 - u1 * third, y1 - v1 * third), (x1, y1)])
        for ((x0, y0), (u0, v0)), ((x1, y1), (u1, v1)) in pairwise(knots)
    )
    return f"M{_written([knots[0][0]])}{''.join(cubics)}z"


def _knot(middle: float, swing: float, waves: int, phase: float, angle: float) -> tuple[Point, Point]:
    """A point of the wave and its speed there, by the angle."""
    radius = middle + swing * sin(waves * angle + phase)
    slope = swing * waves * cos(waves * angle + phase)
    c, s = cos(angle), sin(angle)
    return (radius * c, radius * s), (slope * c - radius * s, slope * s + radius * c)
