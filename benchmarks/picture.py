"""The picture of the performance page: seconds against services, and start-up beside the smallest program.

The same figures make the same file, byte for byte, with the same version of matplotlib. Its ground is light and covers
everything, so it can be read on a dark page, too; lines differ in their marks and have their names beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from statistics import median
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from caseload import seconds
from common import Record

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GROUND, INK, FAINT = "#fbfaf7", "#262a30", "#5a5e66"
BLUE, ORANGE = "#1e5096", "#96500a"
LINES = {
    "one": ("one process", BLUE, "o", "-"),
    "two": ("two processes", ORANGE, "s", "--"),
    "floor": ("the floor", FAINT, "^", ":"),
}
SHOWN = {
    "hello": "hello-world (Typer)",
    "pushpull --help": "pushpull --help",
    "pushpull compare": "pushpull compare",
    "pushpull suggest, four services": "pushpull suggest",
    "http --version": "http --version",
    "copier --version": "copier --version",
}
TITLE = "Seconds for many services, and how long commands take to start"
STYLE = {
    "svg.hashsalt": "pushpull",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def draw(sizes: Sequence[Record], commands: Sequence[Record]) -> str:
    """Return the picture as SVG."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(8, 3.4), facecolor=GROUND, layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        if sizes:
            _lines(left, sizes)
        if commands:
            _bars(right, [each for each in commands if each["name"] in SHOWN])
        stream = StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Title": TITLE})
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(lines).replace("<svg ", '<svg role="img" ', 1) + "\n"


def _lines(axes: Axes, sizes: Sequence[Record]) -> None:
    _plain(axes)
    rows = [size["rows"] for size in sizes]
    for way, (name, color, mark, dash) in LINES.items():
        values = [median(seconds(size, way)) for size in sizes]
        axes.plot(rows, values, color=color, marker=mark, linestyle=dash, markersize=5, linewidth=1.5, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(rows, [f"{each:,}" for each in rows])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.minorticks_off()
    axes.grid(visible=True, color="#dcd9d2", linewidth=0.6)
    axes.set_xlabel("services in the sheet")
    axes.set_ylabel("seconds, start to end")
    axes.set_title("A whole caseload", loc="left", fontsize=10)
    axes.legend(frameon=False, loc="upper left")


def _bars(axes: Axes, commands: Sequence[Record]) -> None:
    _plain(axes)
    names, times = [SHOWN[each["name"]] for each in commands], [each["times"] for each in commands]
    colors = [BLUE if name.startswith("pushpull") else FAINT for name in names]
    axes.barh(names, times, color=colors, height=0.6)
    for place, value in enumerate(times):
        axes.text(value, place, f" {value:.2f}", va="center")
    axes.invert_yaxis()
    axes.set_xlim(0, max(times) * 1.2)
    axes.set_xlabel("times the hello-world")
    axes.set_title("From start to end", loc="left", fontsize=10)


def _plain(axes: Axes) -> None:
    axes.set_facecolor(GROUND)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
