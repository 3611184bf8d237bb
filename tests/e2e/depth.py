"""What an office gathers over time and a fresh demo lacks: a count, a referral, an overlap, a
doubt."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.queries import is_allowed
from app.enterprises.queries.reach import in_area
from app.enterprises.rules.consents import OTHER_OFFICE
from app.enterprises.services.consents import give_consent
from app.interventions import services
from app.interventions.frames.cohort import load_cohort
from app.interventions.frames.report import case_rows, count_all, figures_of
from app.interventions.models import EffectReport, Intervention
from app.interventions.services.referring import Wish
from app.quality.queries.facts import facts_of
from app.quality.rules.checks import doubts
from app.quality.rules.facts import Around
from app.quality.services.checking import keep_doubts
from tests.e2e.depth_certificates import fill_the_permits
from tests.e2e.depth_credit import fill_the_loans
from tests.e2e.depth_field import fill_the_phones
from tests.e2e.depth_market import fill_the_market
from tests.e2e.depth_office import fill_the_office
from tests.e2e.depth_products import fill_the_shelves
from tests.e2e.depth_programme import tell_of_places
from tests.e2e.depth_report import make_a_report
from tests.e2e.site import Site
from tests.factories.interventions import intervention


def deepen(site: Site) -> str:
    """Give the area of the officer who is surveyed what takes time; the code of a referral."""
    site.bind()
    with site.app.app_context():
        people = select(Account.id, Membership.area_code).join(Membership)
        officers = people.where(Membership.role == Role.LABOUR_OFFICER).order_by(Account.id)
        officer_id, area_code = db.session.execute(officers.limit(1)).one()
        mentor_id = db.session.scalars(_busy_mentors().limit(1)).one()
        db.session.rollback()
        fill_the_office(area_code, officer_id=officer_id, mentor_id=mentor_id)
        fill_the_market(area_code, officer_id=officer_id, mentor_id=mentor_id)
        fill_the_permits(area_code, officer_id=officer_id, mentor_id=mentor_id)
        fill_the_phones(area_code)
        fill_the_loans(area_code, officer_id=officer_id)
        fill_the_shelves(area_code, officer_id=officer_id)
        make_a_report(area_code, officer_id=officer_id)
        tell_of_places(area_code, officer_id=officer_id)
        for area in ("", area_code):
            _count(area, officer_id)
        _doubt(area_code)
        return _refer(_overlapping(area_code), officer_id)


def _busy_mentors():
    """Mentors who have something to do: the first of them is surveyed."""
    people = select(Account.id).join(Membership).where(Membership.role == Role.MENTOR)
    return people.join(Enterprise, Enterprise.mentor_id == Account.id).order_by(Account.id)


def _count(area_code, officer_id) -> None:
    with transaction():
        services.ask_effects(area_code=area_code, scope=everywhere(), by=officer_id)
    report_id = db.session.scalars(
        select(EffectReport.id).where(EffectReport.area_code == area_code)
    ).one()
    counted = count_all(load_cohort(area_code))
    services.store_cases(report_id=report_id, rows=case_rows(report_id, counted))
    with transaction():
        services.finish_effects(report_id=report_id, figures=figures_of(counted))


def _doubt(area_code):
    """An enterprise whose NIB can't be right, found as the job finds it."""
    with transaction():
        row = db.session.scalars(
            select(Enterprise).where(in_area(area_code)).order_by(Enterprise.id.desc()).limit(1)
        ).one()
        row.nib, enterprise_id, regency = "12345", row.id, row.village_code[:5]
    facts = [one for one in facts_of(regency, phones={}) if one.enterprise_id == enterprise_id]
    with transaction():
        keep_doubts([enterprise_id], doubts(facts[0], Around()))


def _overlapping(area_code):
    """Two running therapies of one enterprise for one need; gives the first."""
    busy = select(Intervention.enterprise_id).where(Intervention.therapy_code.in_(("T01", "T29")))
    enterprise = db.session.scalars(
        select(Enterprise)
        .where(in_area(area_code), Enterprise.id.not_in(busy), Enterprise.life_cycle == "aktif")
        .order_by(Enterprise.id)
        .limit(1)
    ).one()
    made = [
        intervention(
            enterprise=enterprise,
            therapy_code=code,
            state="berjalan",
            indicators=["MNJ1"],
            budget_year=local_today().year,
            due_on=local_today() + timedelta(days=30),
        ).id
        for code in ("T01", "T29")
    ]
    return made[0]


def _refer(intervention_id, officer_id) -> str:
    item = db.session.get_one(Intervention, intervention_id)
    owner_id = db.session.get_one(Enterprise, item.enterprise_id).owner_id
    is_agreed = is_allowed(owner_id, OTHER_OFFICE)
    with transaction():
        if not is_agreed:
            give_consent(
                scope=everywhere(),
                owner_id=owner_id,
                purpose_key=OTHER_OFFICE,
                way="tanda_tangan",
                witness=None,
                given_on=local_today(),
                by=officer_id,
            )
        sent = services.refer(
            intervention_id=intervention_id,
            version=1,
            wish=Wish(
                office="plut",
                office_name="PLUT Banyumas",
                phone=None,
                request="Mohon pelatihan buku kas",
                answer_due_on=None,
            ),
            scope=everywhere(),
            by=officer_id,
        )
    return sent.code
