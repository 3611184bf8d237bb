"""The committed build is that of the sources, and small."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
ASSETS = CHECKOUT / "app" / "web" / "assets"
FIELD = CHECKOUT / "app" / "field" / "static"
DIST = CHECKOUT / "app" / "web" / "static" / "dist"
MANIFEST = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))


def digest(content: bytes) -> str:
    """As the build writes it."""
    return hashlib.sha256(content).hexdigest()


def sources_digest() -> str:
    """The fingerprint of all sources, reckoned as `build.mjs` does."""
    folders = (ASSETS, FIELD)
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    paths += [CHECKOUT / "package.json", CHECKOUT / "package-lock.json"]
    names = sorted(path.relative_to(CHECKOUT).as_posix() for path in paths)
    lines = [f"{name} {digest((CHECKOUT / name).read_bytes())}\n" for name in names]
    return digest("".join(lines).encode())


def compressed_size(name: str) -> int:
    """Bytes that travel."""
    return len(gzip.compress((DIST / MANIFEST["files"][name]).read_bytes(), compresslevel=9))


def test_build_is_fresh_or_npm_run_build_was_forgotten():
    assert MANIFEST["sources"] == sources_digest()


def test_built_files_are_named_by_their_content():
    for plain, stored in MANIFEST["files"].items():
        stem, ending = plain.rsplit(".", 1)
        content = (DIST / stored).read_bytes()

        assert stored == f"{stem}-{digest(content)[:12]}.{ending}"


def test_nothing_old_lies_beside_the_build():
    built = set(MANIFEST["files"].values())
    lighter = {f"{name}.br" for name in built if name.endswith((".js", ".css"))}

    assert {path.name for path in DIST.iterdir()} == {"manifest.json", *built, *lighter}


def test_style_sheet_and_scripts_are_light():
    assert compressed_size("pulih.css") <= 14_000
    assert compressed_size("pulih.js") <= 4_000
    # Of the pages that calculate alone.
    assert compressed_size("hitung.js") <= 2_000


def test_the_app_of_mentors_leaves_room_for_its_page():
    sizes = [
        (DIST / f"{MANIFEST['files'][name]}.br").stat().st_size
        for name in ("lapangan.css", "lapangan.js", "lapangan-sw.js")
    ]

    assert sum(sizes) <= 46_000


def test_the_movable_map_leaves_room_for_its_page():
    assert compressed_size("peta.css") <= 4_000
    assert compressed_size("peta.js") <= 46_000


def test_build_carries_no_font_image_or_foreign_address():
    both = ("pulih.css", "peta.css")
    styles = "".join((DIST / MANIFEST["files"][name]).read_text(encoding="utf-8") for name in both)

    assert "@font-face" not in styles
    assert "url(" not in styles
    assert "GDS Transport" not in styles


def test_only_one_script_talks_to_the_server():
    talking = [path.name for path in (ASSETS / "js").glob("*.js") if "fetch(" in path.read_text()]

    assert talking == ["requests.js"]
