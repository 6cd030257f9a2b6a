"""Biểu đồ: the statistics as SVG pictures, for the desk and for any page."""

from typing import Any

import pygal
from lxml import etree
from pygal.style import Style

from vanthu.messages import say
from vanthu.register.tallies import STANDINGS, shares

COLOURS = {"in_time": "#2f7d4f", "done_late": "#d39a1c", "open": "#4f7cac", "overdue": "#b3261e", "dropped": "#9aa1a9"}
"""Of each standing; in the workbook's charts too."""

_MOST = 12
_NAME = 34
"""Letters of a name beside its bar."""


def svg(stats: dict[str, Any], dimension: str) -> str:
    """One dimension of `tallies.tallies` (unit, doc_type, issuer, month) as stacked bars, without scripts; nothing outside is asked for.

    It has a style sheet of its own: serve it under an address of its own and show it with `<img>`.
    """
    upright = dimension == "month"
    rows = list(shares(stats["by"][dimension][-12:] if upright else stats["by"][dimension], _MOST))
    if not upright:
        rows.reverse()  # horizontal bars are drawn from below
    kind = pygal.StackedBar if upright else pygal.HorizontalStackedBar
    chart = kind(
        title=say(f"stats.by_{dimension}"),
        x_labels=[_short(label(row["name"], dimension)) for row in rows],
        style=_STYLE,
        js=(),
        width=900,
        height=420 if upright else 150 + 34 * max(len(rows), 3),
        legend_at_bottom=True,
        truncate_legend=-1,
        legend_at_bottom_columns=len(STANDINGS),
        margin=16,
        no_data_text=say("stats.none"),
        value_formatter=lambda value: f"{value:.0f}" if value else "",
    )
    chart.uuid = f"stats-{dimension}"
    for standing in STANDINGS:
        chart.add(say(f"stats.{standing}"), [row[standing] for row in rows])
    tree = chart.render_tree()
    for script in [element for element in tree.iter() if str(element.tag).rpartition("}")[2] == "script"]:
        script.getparent().remove(script)
    return str(etree.tostring(tree, encoding="unicode"))


def label(name: str | None, dimension: str) -> str:
    """A tally's name as it is shown: `tháng 03/2024`, `Công văn`."""
    if name is None:
        return say("stats.unknown")
    if dimension == "month":
        year, month = name.split("-")
        return f"{month}/{year}"
    return name[:1].upper() + name[1:]


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


_STYLE = Style(
    colors=tuple(COLOURS.values()),
    background="white",
    plot_background="white",
    font_family='"Liberation Sans", Arial, sans-serif',
    title_font_size=18,
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    no_data_font_size=18,
    opacity=1,
    opacity_hover=0.8,
    transition="0s",
)
