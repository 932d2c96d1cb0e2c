"""Reports for people: an edition as HTML or as a few sentences, a mission as a drawing.

`render_report` needs the extra ``report``; `render_summary`, `draw_network`
and `SearchPlot` need nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utm.report.attention_point import Attention
    from utm.report.coastlines import land_outlines
    from utm.report.html import render_report
    from utm.report.network_map import draw_network
    from utm.report.search_plot import SearchPlot
    from utm.report.summary import KeyFigure, Summary, render_summary

__all__ = [
    "Attention",
    "KeyFigure",
    "SearchPlot",
    "Summary",
    "draw_network",
    "land_outlines",
    "render_report",
    "render_summary",
]

_HOMES = {
    "Attention": "attention_point",
    "KeyFigure": "summary",
    "SearchPlot": "search_plot",
    "Summary": "summary",
    "draw_network": "network_map",
    "land_outlines": "coastlines",
    "render_report": "html",
    "render_summary": "summary",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"utm.report.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
