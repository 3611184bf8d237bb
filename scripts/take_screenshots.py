"""Pictures of the main pages, from a demo world that is made for it.

sh scripts/screenshots [NAME ...]
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Select, func, select

from app.accounts.models import Account, Membership
from app.accounts.queries import scope_of
from app.core.permissions import Permission, Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.models import Enterprise
from app.enterprises.services import imports
from app.health.models import HealthAssessment
from app.interventions.models import Intervention
from app.interventions.rules.states import PROPOSED
from app.mentoring.models import Visit
from tests.cases import messy_sheets
from tests.e2e.site import Site
from tests.e2e.watch import chromium_path

CHECKOUT = Path(__file__).resolve().parent.parent
SCREENS = CHECKOUT / "docs" / "screens"
ENTERPRISES = "300"
WIDTHS = (360, 1280)
# A phone's picture is long and thin; more of it says nothing.
HEIGHTS = {360: 1400, 1280: 1600}
NAMED = {Role.LABOUR_OFFICER: "disnaker@demo.test", Role.MENTOR: "pendamping@demo.test"}
# Flat colours: a palette shrinks a picture to a quarter.
COLOURS = 96

MESSY_LIST = (
    ("DATA UMKM PMI PURNA KABUPATEN BANYUMAS",),
    (),
    ("No", "Nama UMKM", "Nama Pemilik", "NIK", "No HP", "Jenis Usaha", "Desa", "Kecamatan",
     "Mulai Usaha", "Modal", "Omset/bln"),
    (1, "Keripik Contoh Asih", "Asih Contoh", "3302045708850011", "0812 0000 0101",
     "Keripik singkong", "Losari", "Rawalo", "17 Agt 2021", "2,5 jt", "3.000.000"),
    (2, "Batik Contoh Kenanga", "Kenanga Contoh", "3302044203900012", "0812 0000 0102",
     "Batik tulis", "Losari", "Rawalo", "2020", "Rp 5.000.000,-", "±1,5 jt"),
    (3, "Tempe Contoh Wangi", "Wangi Contoh", 3302045101800013.0, "0812 0000 0103",
     "Tempe", "Losari", "Rawalo", "17/08/2022", "10M", "2 jt"),
    (4, "Jahit Contoh Rapi", "Rapi Contoh", "3302046510880014", "0812 0000 0104",
     "Jahit baju", "Losarri", "Rawalo", "01/03/2023", "750rb", "900.000"),
    ("", "JUMLAH", "", "", "", "", "", "", "", "", "7.400.000"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page as one person sees it."""

    name: str
    role: Role | None
    path: str


PICTURES = (
    Picture(name="masuk", role=None, path="/masuk"),
    Picture(name="dasbor", role=Role.LABOUR_OFFICER, path="/dasbor"),
    Picture(name="perpindahan", role=Role.LABOUR_OFFICER, path="/dasbor/perpindahan"),
    Picture(name="daftar-kerja", role=Role.LABOUR_OFFICER, path="/daftar-kerja"),
    Picture(name="daftar-usaha", role=Role.LABOUR_OFFICER, path="/usaha"),
    Picture(name="usaha", role=Role.LABOUR_OFFICER, path="/usaha/{enterprise}"),
    Picture(name="usaha-kesehatan", role=Role.LABOUR_OFFICER, path="/usaha/{enterprise}/kesehatan"),
    Picture(name="usaha-terapi", role=Role.LABOUR_OFFICER, path="/usaha/{enterprise}/terapi"),
    Picture(name="usaha-kunjungan", role=Role.LABOUR_OFFICER, path="/usaha/{enterprise}/kunjungan"),
    Picture(name="usaha-riwayat", role=Role.LABOUR_OFFICER, path="/usaha/{enterprise}/riwayat"),
    Picture(name="usaha-baru", role=Role.LABOUR_OFFICER, path="/usaha/baru"),
    Picture(name="penilaian", role=Role.LABOUR_OFFICER, path="/penilaian/{assessment}"),
    Picture(name="impor", role=Role.LABOUR_OFFICER, path="/impor"),
    Picture(name="impor-periksa", role=Role.LABOUR_OFFICER, path="/impor/{dry_run}"),
    Picture(name="pendamping", role=Role.LABOUR_OFFICER, path="/pendamping"),
    Picture(
        name="penugasan-pratinjau", role=Role.LABOUR_OFFICER, path="/penugasan/pratinjau?{handover}"
    ),
    Picture(name="penugasan", role=Role.LABOUR_OFFICER, path="/penugasan"),
    Picture(name="terapi-putuskan", role=Role.LABOUR_OFFICER, path="/terapi/{proposal}/putuskan"),
    Picture(name="terapi-persetujuan", role=Role.LABOUR_OFFICER, path="/terapi/persetujuan"),
    Picture(name="alat", role=Role.LABOUR_OFFICER, path="/alat"),
    Picture(name="peta", role=Role.LABOUR_OFFICER, path="/peta"),
    Picture(name="indikator-program", role=Role.LABOUR_OFFICER, path="/program/indikator"),
    Picture(name="laporan", role=Role.LABOUR_OFFICER, path="/laporan"),
    Picture(name="instrumen", role=Role.LABOUR_OFFICER, path="/instrumen"),
    Picture(name="hari-ini", role=Role.MENTOR, path="/hari-ini"),
    Picture(name="kunjungan-baru", role=Role.MENTOR, path="/kunjungan/baru/{own}"),
    Picture(name="penilaian-isi", role=Role.MENTOR, path="/penilaian/baru/{own}/keu"),
)


def main() -> int:
    """Take all pictures, or those that are named."""
    wanted = set(sys.argv[1:]) or {picture.name for picture in PICTURES}
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.run("db", "upgrade")
        site.run("places", "load")
        site.run("demo", "load", "--seed", "1", "--enterprises", ENTERPRISES)
        with site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(),
                args=[] if os.geteuid() else ["--no-sandbox"],
            )
            take(browser, site, [picture for picture in PICTURES if picture.name in wanted])
            browser.close()
    return 0


def take(browser: Browser, site: Site, pictures: list[Picture]) -> None:
    """Take these pictures at both widths."""
    with site.app.app_context():
        people = {role: person(role) for role in {one.role for one in pictures} if role}
        cookies = {role: site.cookie_of(account) for role, account in people.items()}
        places = subjects()
    for picture in pictures:
        for width in WIDTHS:
            context = browser.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 800},
                device_scale_factor=1,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
            )
            if picture.role:
                context.add_cookies([cookies[picture.role]])
            page = context.new_page()
            answer = page.goto(picture.path.format(**places), wait_until="networkidle")
            if answer is None or answer.status != 200:
                raise SystemExit(f"{picture.path} answers {answer and answer.status}")
            store(page.screenshot(full_page=True), SCREENS / f"{picture.name}-{width}.png", width)
            context.close()
            print(f"{picture.name}-{width}.png")


def store(png: bytes, path: Path, width: int) -> None:
    """Write a picture, cut and with few colours."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, HEIGHTS[width])))
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def person(role: Role) -> Account:
    """The one whom the demo world names for this role."""
    found = db.session.scalars(select(Account).where(Account.email == NAMED[role])).one()
    db.session.rollback()
    return found


def subjects() -> dict[str, str]:
    """What the addresses of the pictures name."""
    officer = person(Role.LABOUR_OFFICER)
    area = db.session.scalar(
        select(Membership.area_code).where(Membership.account_id == officer.id)
    )
    return {**story(area or ""), **duties(area or "")}


def story(area: str) -> dict[str, str]:
    """An enterprise with a story, and its last assessment."""
    visits = (
        select(func.count())
        .where(Visit.enterprise_id == Enterprise.id)
        .correlate(Enterprise)
        .scalar_subquery()
    )
    told: Select[tuple[UUID]] = (
        select(Enterprise.id)
        .where(
            Enterprise.village_code.startswith(area),
            Enterprise.has_plan,
            Enterprise.mentor_id.is_not(None),
            Enterprise.health_class.is_not(None),
        )
        .order_by((Enterprise.health_class == "kurang_sehat").desc(), visits.desc(), Enterprise.id)
    )
    enterprise = db.session.scalars(told.limit(1)).first()
    if enterprise is None:
        raise SystemExit("the demo world has no enterprise with a story there")
    assessment = db.session.scalars(
        select(HealthAssessment.id)
        .where(HealthAssessment.enterprise_id == enterprise)
        .order_by(HealthAssessment.assessed_on.desc(), HealthAssessment.id)
        .limit(1)
    ).first()
    return {
        "enterprise": str(enterprise),
        "assessment": str(assessment),
        "dry_run": str(dry_run(person(Role.LABOUR_OFFICER))),
    }


def dry_run(officer: Account) -> UUID:
    """A checked import of a list as offices keep it, with rows to mend."""
    content = messy_sheets.workbook(("Daftar", MESSY_LIST))
    with transaction():
        run = imports.start_run(
            scope=scope_of(officer.id, Permission.ENTERPRISE_IMPORT),
            content=content,
            file_name="data umkm pmi purna 2026.xlsx",
            only_sheet=None,
            by=officer.id,
        )
        importing.store_file(run.id, content)
        run_id = run.id
    importing.check_run(run_id)
    db.session.rollback()
    return run_id


def duties(area: str) -> dict[str, str]:
    """What waits for the officer, and an enterprise in the mentor's care."""
    mentor = person(Role.MENTOR).id
    of_others = select(Enterprise.id).where(
        Enterprise.village_code.startswith(area),
        Enterprise.mentor_id.is_not(None),
        Enterprise.mentor_id != mentor,
    )
    moving = db.session.scalars(of_others.order_by(Enterprise.search_name).limit(5)).all()
    proposal = db.session.scalars(
        select(Intervention.id)
        .join(Enterprise, Enterprise.id == Intervention.enterprise_id)
        .where(Intervention.state == PROPOSED, Enterprise.village_code.startswith(area))
        .order_by(Intervention.proposed_at, Intervention.id)
        .limit(1)
    ).one()
    own = db.session.scalars(
        select(Enterprise.id)
        .where(Enterprise.mentor_id == mentor, Enterprise.health_class == "sakit")
        .order_by(Enterprise.search_name)
        .limit(1)
    ).one()
    chosen = [("pendamping", mentor), *(("usaha", one) for one in moving)]
    return {"own": str(own), "proposal": str(proposal), "handover": urlencode(chosen)}


if __name__ == "__main__":
    sys.exit(main())
