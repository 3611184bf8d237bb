"""Maps as they are drawn: outlines lead to the map of their area, points to their line."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from app.dashboard.queries.maps import PremisesLine, PremisesMap, VillageMap
from app.dashboard.rules.maps import BANDS, EACH, MapFigure, MapLine
from app.enterprises.queries.areas import Ground
from app.web.filters import health_face, persen
from app.web.maps import (
    CIRCLE,
    DIAMOND,
    RING,
    SQUARE,
    TRIANGLE,
    AreaMap,
    Look,
    Outlined,
    Spot,
    area_map,
    size_for,
)

_BAND_LOOKS = (("good", CIRCLE), ("info", DIAMOND), ("warn", TRIANGLE), ("bad", SQUARE))
_CLASSES = ("sehat", "kurang_sehat", "sakit")
_NO_CLASS = Look(label="Tanpa penilaian yang berlaku", tone="muted", path=RING)


def drawn_villages(found: VillageMap) -> AreaMap | None:
    """The map of a figure by place."""
    looks = _looks(found.figure)
    none = Look(label=found.figure.none, tone="muted", path=RING)
    spots = [
        Spot(
            row=line.row,
            place=line.place,
            text=_said(line, found.figure),
            look=none if line.band is None else looks[line.band],
            size=size_for(line.weight),
        )
        for line in found.lines
        if line.place is not None
    ]
    title = f"{found.figure.label}, {found.name}"
    return _map(title, found.ground, found.figure.key, spots, [*looks, none])


def drawn_premises(found: PremisesMap) -> AreaMap | None:
    """The map of enterprises."""
    looks = {key: _class_look(key) for key in _CLASSES}
    spots = [
        Spot(
            row=line.row,
            place=line.premises.place,
            text=f"{line.premises.name}, {line.village}: {_class_of(line, looks).label}",
            look=_class_of(line, looks),
        )
        for line in found.lines
    ]
    legend = [*looks.values(), _NO_CLASS]
    return _map(f"Titik usaha, {found.name}", found.ground, EACH, spots, legend)


def _looks(figure: MapFigure) -> list[Look]:
    looks = _BAND_LOOKS[::-1] if figure.is_good else _BAND_LOOKS
    return [
        Look(label=label, tone=tone, path=path)
        for label, (tone, path) in zip(BANDS, looks, strict=True)
    ]


def _said(line: MapLine, figure: MapFigure) -> str:
    if line.share is None:
        return f"{line.name}: {figure.none}"
    part = next(cell.value for cell in line.cells if cell.key == figure.part)
    return f"{line.name}: {part} dari {line.weight} ({persen(line.share)})"


def _class_look(key: str) -> Look:
    face = health_face(key)
    return Look(label=face.label, tone=face.tone, path=face.path)


def _class_of(line: PremisesLine, looks: dict[str, Look]) -> Look:
    is_valid = line.shown_class is not None and not line.is_expired
    return looks.get(line.shown_class or "", _NO_CLASS) if is_valid else _NO_CLASS


def _map(
    title: str, ground: Ground, figure: str, spots: Sequence[Spot], legend: Sequence[Look]
) -> AreaMap | None:
    return area_map(
        map_id="peta",
        title=title,
        areas=[
            Outlined(
                name=one.name,
                rings=one.rings,
                href=url_for("dashboard.area_map", wilayah=one.code, tampil=figure)
                if one.code in ground.reached
                else "",
            )
            for one in ground.outlines
        ],
        spots=spots,
        legend=legend,
        sources={one.source for one in ground.outlines},
        box=ground.box,
    )
