"""Every number on any page, opened by every role: number = list = file, on a random world."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import SplitResult, parse_qs, urlsplit

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException

from app.accounts.models import Account
from app.core.permissions import Role
from app.db import db
from app.demo.loading.loader import load_world
from app.enterprises.rules import export_limits
from tests.browserless import CleanClient
from tests.e2e.crawl import Links
from tests.integration.dashboard.page_numbers import Figure, Numbers, numbers_of
from tests.integration.demo.conftest import LAST_ON, put_villages, unseen

SEED, SIZE = 7, 30
# Pages of one kind that are looked at, with and without words in their address.
OF_A_KIND = 2
PEOPLE = {
    Role.ADMIN: "admin",
    Role.LABOUR_OFFICER: "disnaker",
    Role.MENTOR: "pendamping",
    Role.VILLAGE_OFFICER: "desa",
    Role.ENTREPRENEUR: "usaha",
    Role.COOPERATIVE_OFFICER: "koperasi",
}
WHO_COUNT = (Role.ADMIN, Role.LABOUR_OFFICER, Role.VILLAGE_OFFICER)
# Files are made in the same way for all who may; an area's officer fetches each.
WHO_FETCH = (Role.LABOUR_OFFICER,)
FILES = {"/usaha": "/usaha/unduh", "/dasbor/usaha": "/dasbor/usaha"}
# What the programme counts that is no enterprise; its file is made at once.
AMOUNTS = "/program/daftar"
# Facts about one thing, plans and sums: there is nothing that could be listed one by one.
NOT_A_COUNT_OF_ROWS = {
    ("enterprises.show", "Jumlah"),
    ("enterprises.show", "Laki-laki"),
    ("enterprises.show", "Perempuan"),
    # Villages of a mentor, and loads before and after a plan that was not carried out.
    ("mentoring.board", "Desa"),
    ("mentoring.board", "Kosong"),
    # How long one visit took.
    ("mentoring.report_list", "Menit"),
    # On how many days one check found a tool used.
    ("aid.tool", "Hari dipakai"),
    # For how many days one permit stands where it is.
    ("certificate_board.lines", "Hari"),
    ("mentoring.hand_over_form", "Daya tampung"),
    ("mentoring.hand_over_form", "Sebelum"),
    ("mentoring.hand_over_form", "Sesudah"),
    # People of one enterprise, in the list that a sum of people leads to.
    ("programme.amounts", "Orang"),
    # Rupiah of a schedule, whose columns say so.
    *(
        (page, word)
        for page in (
            "loan_calculator.show",
            "loan_calculator.enterprise",
            "loan_applications.show",
            "lender_loans.show",
            "loans.show",
        )
        for word in ("Angsuran", "Pokok", "Bunga", "Margin", "Dibayar", "Sisa pokok", "Jumlah")
    ),
    # How late one loan is, and the number that a member has.
    ("loan_totals.loans", "Hari menunggak"),
    ("cooperative.index", "Nomor"),
    # Counts of what is listed on the same page.
    ("mentoring.today", ""),
    ("interventions.enterprise", "Terapi"),
}
# Sums over the rows of the list that they lead to, with the column that they sum.
SUMS = {"tempat kosong pada pendamping": "Kosong", "menit Lama bertemu": "Menit"}
# People who work, summed over the enterprises that the list of the programme names.
PEOPLE_WHO_WORK = ("pekerja", "dibayar_", "keluarga_")


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A world of chance, the same for the same seed; a person may fetch many files of it."""
    monkeypatch.setattr(export_limits, "PER_DAY", 100_000)
    put_villages()
    load_world(seed=SEED, enterprises=SIZE, last_on=LAST_ON, progress=unseen)


def test_every_number_is_as_long_as_its_list_and_its_file(world, app, as_role):
    faults = []
    opened: Counter[str] = Counter()

    for role, mail in PEOPLE.items():
        email = f"{mail}@demo.test"
        person = db.session.scalars(sa.select(Account).where(Account.email == email)).one()
        client = as_role(role, account=person)
        lists: dict[tuple[str, str | None], tuple[str, Figure]] = {}
        for path, endpoint, page in pages(client, app):
            faults += [f"{role} {path}: {fault}" for fault in sums_of(page)]
            for figure in page.figures:
                if figure.href:
                    faults += differing(role, path, figure, lists.get((figure.href, None)))
                    lists.setdefault((figure.href, summed_in(figure)), (path, figure))
                elif (endpoint, figure.label) not in NOT_A_COUNT_OF_ROWS:
                    faults.append(f"{role} {path}: {figure.value} {figure.label} leads nowhere")
        for (href, _), (path, figure) in lists.items():
            opened[role] += 1
            found = list(unlike(client, href, figure, fetch=role in WHO_FETCH))
            faults += [f"{role} {path}: {figure.value} {figure.label} → {one}" for one in found]

    assert not faults, "\n".join(faults)
    assert all(
        opened[role] > 10 for role in (Role.ADMIN, Role.LABOUR_OFFICER, Role.VILLAGE_OFFICER)
    )


def pages(client: CleanClient, app: Flask) -> Iterator[tuple[str, str, Numbers]]:
    """The pages that links lead to, a few of each kind, with what they say in numbers."""
    addresses = app.url_map.bind("localhost")
    waiting, known, kinds = deque(["/"]), {"/"}, Counter[tuple[str, bool]]()
    while waiting:
        path = waiting.popleft()
        try:
            endpoint = str(addresses.match(urlsplit(path).path, method="GET")[0])
        except HTTPException:
            continue
        kind = (endpoint, "?" in path)
        if endpoint == "static" or kinds[kind] == OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = client.get(path)
        links = Links()
        if answer.mimetype == "text/html":
            html = answer.get_data(as_text=True)
            links.feed(html)
            yield path, endpoint, numbers_of(html)
        answer.close()
        for target in (*links.found, answer.location or ""):
            if target.startswith("/") and target not in known:
                known.add(target)
                waiting.append(target)


def differing(
    role: str, path: str, figure: Figure, known: tuple[str, Figure] | None
) -> Iterator[str]:
    """What two pages say differently of one list."""
    if figure.label not in SUMS and known is not None and known[1].value != figure.value:
        yield f"{role} {path}: {figure.value} but {known[0]}: {known[1].value} for {figure.href}"


def sums_of(page: Numbers) -> Iterator[str]:
    """Rows of a matrix that don't add up to what stands at their end."""
    cells: Counter[str] = Counter()
    totals: dict[str, int] = {}
    for figure in page.figures:
        words = parse_qs(urlsplit(figure.href).query)
        if "/dasbor/usaha" in figure.href and "awal" in words:
            start, value = words["awal"][0], int(figure.value.replace(".", ""))
            if "akhir" in words:
                cells[start] += value
            else:
                totals[start] = value
    for start, total in totals.items():
        if cells[start] != total:
            yield f"row {start} holds {cells[start]}, its sum says {total}"


def unlike(client: CleanClient, href: str, figure: Figure, *, fetch: bool) -> Iterator[str]:
    """How the list behind a number, or its file, has another length."""
    answer = client.get(href)
    if answer.status_code != 200:
        yield f"{href} answers {answer.status_code}"
        return
    first = numbers_of(answer.get_data(as_text=True))
    number = int(figure.value.rstrip("+").replace(".", ""))
    column = summed_in(figure)
    if column is not None:
        if first.sums[column] != number:
            yield f"{href} sums to {first.sums[column]}"
        return
    if first.counted is not None and first.counted != figure.value:
        yield f"{href} says {first.counted}"
    rows = row_count(client, first)
    if rows != number:
        yield f"{href} shows {rows} rows"
    if fetch and number:
        in_file = lines_in_file(client, urlsplit(href))
        if in_file not in (None, number):
            yield f"the file of {href} holds {in_file} rows"


def lines_in_file(client: CleanClient, address: SplitResult) -> int | None:
    """How many rows the file of a list holds; None where no file is looked at."""
    if address.path == AMOUNTS:
        return line_count(client, f"{AMOUNTS}/unduh?{address.query}")
    making = FILES.get(address.path)
    return file_row_count(client, f"{making}?{address.query}") if making else None


def summed_in(figure: Figure) -> str | None:
    """The column of the list behind a figure that it sums; None where it counts the rows."""
    address = urlsplit(figure.href)
    fact = parse_qs(address.query).get("angka", [""])[0]
    if address.path == AMOUNTS and fact.startswith(PEOPLE_WHO_WORK):
        return "Orang"
    return SUMS.get(figure.label)


def row_count(client: CleanClient, page: Numbers) -> int:
    """The rows of a list over all its pages."""
    count = page.row_count
    while page.next_href:
        page = numbers_of(client.get(page.next_href).get_data(as_text=True))
        count += page.row_count
    return count


def file_row_count(client: CleanClient, address: str) -> int:
    """The rows of the file of a list, and of those who withdrew, which it only counts."""
    made = client.post(address)
    with client.get(f"{made.location}/berkas") as answer:
        book = openpyxl.load_workbook(BytesIO(answer.data), read_only=True)
    about = {row[0]: row[1] for row in book["Keterangan"].iter_rows(values_only=True)}
    return int(about["Jumlah baris"]) + int(about["Tidak ikut karena pemilik menarik diri"])


def line_count(client: CleanClient, address: str) -> int:
    """The lines of a file that is made at once: below four of words, an empty one, the headings."""
    with client.get(address) as answer:
        book = openpyxl.load_workbook(BytesIO(answer.data))
    return int(book["Daftar"].max_row) - 6
