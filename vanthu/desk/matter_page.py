"""Vụ việc và báo cáo: the documents of a matter as a picture, and who has reported on a document and who has not."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk.page import place_of, render

ROW, WIDTH, INDENT = 78, 760, 34
_MOST = 60


def thread(request: Request) -> Response:
    """The matter of a document: its papers from the first to the last, lines from each to what it answers or carries out."""
    entry_id = request.path_params["id"]
    with place_of(request) as place:
        lines = place.register.matters.thread(entry_id)[:_MOST]
        related = place.register.matters.related(entry_id)
    nodes = drawn(lines)
    return render(request, "thread.html", id=entry_id, nodes=nodes, related=related, width=WIDTH, height=ROW * len(nodes) + 10, row=ROW)


def drawn(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each paper with its place on the picture, and the bends of the lines that lead to it."""
    places = {line["id"]: n for n, line in enumerate(lines)}
    out = []
    for n, line in enumerate(lines):
        top = 6 + n * ROW
        ties = []
        for one in line["relations"]:
            if one["document"] in places and places[one["document"]] != n:
                other = places[one["document"]]
                bend = INDENT - 8 - 6 * min(3, abs(n - other) - 1)
                ties.append({"relation": one["relation"], "path": f"M {INDENT} {top + 24} H {bend} V {6 + other * ROW + 40} H {INDENT}"})
        out.append(line | {"left": INDENT, "top": top, "ties": ties})
    return out


def matrix(request: Request) -> Response:
    """Units and their reports on one document."""
    with place_of(request) as place:
        found = place.register.matters.matrix(request.path_params["id"])
    return render(request, "matrix.html", matrix=found, id=request.path_params["id"])
