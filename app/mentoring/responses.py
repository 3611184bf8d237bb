"""The board of assignments as a map: the same villages as its table."""

from __future__ import annotations

from flask import url_for

from app.enterprises.queries.areas import Ground
from app.mentoring.queries.board import Board, VillageLine
from app.web.maps import (
    CIRCLE,
    SQUARE,
    TRIANGLE,
    AreaMap,
    Look,
    Outlined,
    Spot,
    area_map,
    size_for,
)

_ALL = Look(label="Semua usaha punya pendamping", tone="good", path=CIRCLE)
_SOME = Look(label="Sebagian belum punya", tone="warn", path=TRIANGLE)
_NONE = Look(label="Semua belum punya", tone="bad", path=SQUARE)


def drawn_board(board: Board, ground: Ground) -> AreaMap | None:
    """The villages of the board: how many enterprises, and whether somebody looks after them."""
    linked = {one.code for one in ground.parts}
    return area_map(
        map_id="peta",
        title="Usaha dan pendamping per desa",
        areas=[
            Outlined(
                name=one.name,
                rings=one.rings,
                href=url_for("mentoring.board", wilayah=one.code, lihat="peta")
                if one.code in linked
                else "",
            )
            for one in ground.outlines
        ],
        spots=[
            Spot(
                row=line.row,
                place=line.place,
                text=_said(line),
                look=_look(line),
                size=size_for(line.total),
            )
            for line in board.villages
            if line.place is not None
        ],
        legend=[_ALL, _SOME, _NONE],
        sources={one.source for one in ground.outlines},
        box=ground.box,
    )


def _look(line: VillageLine) -> Look:
    if not line.without_mentor:
        return _ALL
    return _NONE if line.without_mentor == line.total else _SOME


def _said(line: VillageLine) -> str:
    return f"{line.label}: {line.total} usaha, {line.without_mentor} belum punya pendamping"
