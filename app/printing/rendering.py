"""Rendering a sheet with typst, inside a folder that holds nothing else."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

from app.printing.signs import printable
from app.web.filters import waktu

logger = logging.getLogger(__name__)

# More rows than this are printed by the worker.
ROWS_AT_ONCE = 200
# Tagged, titled, readable aloud; a template that can't hold it is refused in its tests.
STANDARD: Final = "ua-1"
LAYOUTS = Path(__file__).parent / "layouts"
# The fonts inside the library, so that every machine prints the same sheet.
_FONTS = typst.Fonts(include_system_fonts=False)
_BEGINNINGS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"<svg", "svg"))


def render_pdf(
    template: Path,
    content: Mapping[str, Any],
    *,
    title: str,
    made_at: datetime,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The sheet as PDF/UA-1; the same arguments give the same bytes.

    `template` finds `content`, `title` and `made_at` in `/layouts/sheet.typ`, and `pictures`
    (JPEG, PNG or SVG, by name) through its `picture` and `chart`. `made_at` is aware.

    Raises:
        ValueError: a picture is neither JPEG, PNG nor SVG, or content is no plain JSON.
        RuntimeError: the template is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="pulih-sheet-") as folder:
        root = Path(folder)
        # Typst reads nothing outside its root: not our settings, not another sheet's pictures.
        shutil.copytree(LAYOUTS, root / "layouts")
        shutil.copyfile(template, root / "sheet.typ")
        files = _lay_out(pictures or {}, root / "pictures")
        inputs = {
            "content": json.dumps(printable(content), allow_nan=False),
            "pictures": json.dumps(files),
            "title": printable(title) or "Lembar",
            "made_at": waktu(made_at),
        }
        return _compiled(root, inputs, made_at)


def _compiled(root: Path, inputs: dict[str, str], made_at: datetime) -> bytes:
    compiler = typst.Compiler(
        root / "sheet.typ",
        root=root,
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        # Packages would be fetched from afar; none is used, and none is found here.
        package_path=root / "packages",
        package_cache_path=root / "packages",
    )
    try:
        made, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=STANDARD, timestamp=int(made_at.timestamp())
        )
    except typst.TypstError as error:
        raise RuntimeError(f"{error.message}\n{error.diagnostic}") from error
    except BaseException as error:
        # A panic inside the library is no Exception to Python and would end the whole process.
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise RuntimeError("the renderer broke down") from error
    for warning in warnings:
        logger.warning("sheet: %s", warning.message)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _lay_out(pictures: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Write the pictures under names of ours; gives the path by the name they are asked by."""
    folder.mkdir()
    paths = {}
    for number, (name, content) in enumerate(pictures.items()):
        file = f"{number}.{_kind(name, content)}"
        (folder / file).write_bytes(content)
        paths[name] = f"/pictures/{file}"
    return paths


def _kind(name: str, content: bytes) -> str:
    for beginning, kind in _BEGINNINGS:
        if content.lstrip().startswith(beginning):
            return kind
    raise ValueError(f"picture {name!r} is neither JPEG, PNG nor SVG")
