"""Import of 50,000 rows from the shell, against reading the same file alone."""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter
from sqlalchemy import func, select

from app.db import db
from app.enterprises.models import Enterprise
from app.places.models import Area
from benchmarks.measure import MEGABYTE, Line, Spent, program, report
from benchmarks.stage import ENGINES, IMPORT_BYTES, IMPORT_ROWS, stage
from benchmarks.world import PRODUCTS, fill

COUNT = 50_000
REGENCY = "33.02"
GOAL = 6.0
MEMORY_GOAL = 400 * MEGABYTE
READ_ALONE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
print(sum(1 for row in book.get_sheet_by_index(0).iter_rows()))
"""
HEADERS = (
    "No", "Nama Pemilik", "NIK", "L/P", "Tgl Lahir", "No HP", "Kategori PMI", "Negara Penempatan",
    "Pekerjaan di LN", "Lama Bekerja (tahun)", "Tgl Pulang", "Pendidikan", "Nama Usaha", "Produk",
    "Alamat Usaha", "Dusun", "Desa", "Kecamatan", "Mulai Usaha", "Modal", "Omset/bln",
    "TK Laki-laki", "TK Perempuan", "NIB", "Keterangan",
)  # fmt: skip


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        worst = max(worst, measured(engine, options.count))
    return worst


def measured(engine: str, count: int) -> int:
    """Import one file into an empty register; print the figures."""
    with tempfile.TemporaryDirectory() as name, stage(engine) as app:
        book = Path(name) / "daftar.xlsx"
        write_book(book, count, villages())
        officer = str(fill(0))
        environment = environment_of(app.config["SQLALCHEMY_DATABASE_URI"], Path(name))
        db.session.remove()
        alone = program("-c", READ_ALONE, str(book))
        start = program("-m", "flask", "--app", "wsgi", "enterprises", "--help", env=environment)
        command = ("-m", "flask", "--app", "wsgi", "enterprises", "import", str(book))
        first = program(*command, "--as", officer, "--json", env=environment)
        stored = db.session.scalar(select(func.count()).select_from(Enterprise))
        db.session.remove()
        again = program(*command, "--as", officer, "--json", env=environment)
        counts = json.loads(
            subprocess.run(
                [sys.executable, *command, "--as", officer, "--check-only", "--json"],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )["counts"]
        print(f"\n{book.stat().st_size / MEGABYTE:.1f} MB, {stored:,} stored, then {counts}")
    return report(f"Import of {count:,} rows, {engine}", lines(alone, start, first, again))


def lines(alone: Spent, start: Spent, first: Spent, again: Spent) -> list[Line]:
    """What was spent, without what any command spends on starting."""
    return [
        Line(name="reading alone (floor)", ours=alone.cpu, floor=alone.cpu, unit="s"),
        Line(
            name="new rows, CPU", ours=first.cpu - start.cpu, floor=alone.cpu, goal=GOAL, unit="s"
        ),
        Line(
            name="the same file again, CPU", ours=again.cpu - start.cpu, floor=alone.cpu, unit="s"
        ),
        Line(
            name="memory against 400 MB",
            ours=first.peak / MEGABYTE,
            floor=MEMORY_GOAL / MEGABYTE,
            goal=1.0,
            unit="MB",
        ),
    ]


def villages() -> list[tuple[str, str]]:
    """Villages and their districts, by name."""
    district = Area.__table__.alias()
    rows = db.session.execute(
        select(Area.name, district.c.name)
        .join(district, district.c.code == Area.parent_code)
        .where(Area.level == "desa", Area.code.startswith(REGENCY + "."))
        .order_by(Area.code)
    )
    found = [(row[0], row[1]) for row in rows]
    db.session.remove()
    return found


def environment_of(url: str, folder: Path) -> dict[str, str]:
    """The environment in which commands work on this stage."""
    return os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": "a key for benchmarks that opens nothing else",
        "NIK_KEY": base64.b64encode(b"n" * 32).decode(),
        "NIK_INDEX_KEY": base64.b64encode(b"i" * 32).decode(),
        "IMPORT_MAX_ROWS": str(IMPORT_ROWS),
        "IMPORT_MAX_BYTES": str(IMPORT_BYTES),
    }


def write_book(path: Path, count: int, places: list[tuple[str, str]]) -> None:
    """A workbook as offices keep it: a title above, texts for numbers that are names."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_string(0, 0, "DAFTAR USAHA PMI PURNA KABUPATEN BANYUMAS")
        for place, header in enumerate(HEADERS):
            sheet.write_string(2, place, header)
        for number in range(count):
            for place, value in enumerate(one_row(chance, number, places)):
                if isinstance(value, int):
                    sheet.write_number(number + 3, place, value)
                else:
                    sheet.write_string(number + 3, place, value)


def one_row(
    chance: random.Random, number: int, places: list[tuple[str, str]]
) -> tuple[str | int, ...]:
    """One line, each with a NIK of its own."""
    village, district = chance.choice(places)
    day, month, year = number % 28 + 1, number // 28 % 12 + 1, 60 + number // 336 % 40
    serial = number // (28 * 12 * 40) + 1
    product = chance.choice(PRODUCTS)
    return (
        number + 1,
        f"Sri Contoh {number}",
        f"330204{day:02}{month:02}{year:02}{serial:04}",
        "L",
        f"{day:02}/{month:02}/19{year:02}",
        f"0812{number:08}",
        "Purna",
        chance.choice(("Hong Kong", "Taiwan", "Malaysia")),
        "Asisten rumah tangga",
        chance.randrange(1, 15),
        f"{day:02}/{month:02}/2021",
        "SMP",
        f"{product} {number}",
        product,
        f"Jl. Contoh No. {number % 200}",
        f"Dusun {number % 5 + 1}",
        village,
        district,
        f"{day:02}/{month:02}/2022",
        f"Rp {chance.randrange(1, 40) * 500_000:,}".replace(",", "."),
        f"{chance.randrange(5, 90) * 100_000:,}".replace(",", "."),
        chance.randrange(3),
        chance.randrange(3),
        "",
        "",
    )


if __name__ == "__main__":
    sys.exit(main())
