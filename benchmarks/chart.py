"""Draws figures as a small picture that reads on light and dark pages."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

_WIDTH, _HEIGHT = 720, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 48, 96, 56
_COLOURS = ("#2f80c8", "#c8782f", "#3c9a5f", "#9a5fb8")
_STYLE = (
    "text{font:13px sans-serif;fill:#445}.t{font-size:15px;font-weight:600}.g{stroke:#8888;stroke-width:.6}"
    "@media(prefers-color-scheme:dark){text{fill:#dde}}"
)


def line_chart(
    path: Path, title: str, across: str, up: str, series: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    """Writes lines over two logarithmic axes as SVG.

    Args:
        path: of the file.
        title: stands above.
        across, up: what the axes count.
        series: for each line its name and its points.
    """
    points = [point for line in series.values() for point in line]
    xs, ys = _decades([x for x, _ in points]), _decades([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        share_x = (math.log10(x) - xs[0]) / (xs[-1] - xs[0])
        share_y = (math.log10(y) - ys[0]) / (ys[-1] - ys[0])
        return (
            round(_LEFT + share_x * (_WIDTH - _LEFT - _RIGHT), 1),
            round(_HEIGHT - _BOTTOM - share_y * (_HEIGHT - _TOP - _BOTTOM), 1),
        )

    parts = [f'<text class="t" x="16" y="26">{escape(title)}</text>']
    for power in ys:
        x, y = place(10 ** xs[0], 10**power)
        parts.append(f'<path class="g" d="M{x} {y}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{10**power:,}</text>')
    for power in xs:
        x, y = place(10**power, 10 ** ys[0])
        parts.append(f'<text x="{x}" y="{y + 20}" text-anchor="middle">{10**power:,}</text>')
    parts.append(f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 12}" text-anchor="end">{escape(across)}</text>')
    parts.append(f'<text x="16" y="{_TOP - 12}">{escape(up)}</text>')
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [place(*point) for point in line]
        beside = 20 if number == 2 else -9  # lines lie close together: one of them has its figures below
        path_of = " ".join(f"{x},{y}" for x, y in placed)
        parts.append(f'<polyline points="{path_of}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        for (x, y), (_, value) in zip(placed, line, strict=True):
            parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>')
            parts.append(f'<text x="{x}" y="{y + beside}" text-anchor="middle">{_short(value)}</text>')
        x = 16 + number * 176
        parts.append(f'<rect x="{x}" y="38" width="12" height="12" rx="2" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="49">{escape(name)}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(parts)
    path.write_text(f"{head}<title>{escape(title)}</title><style>{_STYLE}</style>\n{body}\n</svg>\n", encoding="utf-8")


def _decades(values: Sequence[float]) -> range:
    first = math.floor(math.log10(min(values)))
    return range(first, max(first + 1, math.ceil(math.log10(max(values)))) + 1)


def _short(value: float) -> str:
    if value >= 1e6:
        return f"{value / 1e6:.1f}M"
    return f"{value / 1000:.0f}k" if value >= 9950 else f"{value / 1000:.1f}k" if value >= 1000 else f"{value:.0f}"
