"""Applications and loans: of one enterprise, of the lender one works for, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.scope import Scope
from app.credit.models import Lender, Loan, LoanStep
from app.credit.queries.consented import is_consented
from app.credit.queries.judging import judge, terms_of_loan
from app.credit.queries.loan_reach import lent, loan_row
from app.credit.queries.offers import offer
from app.credit.queries.reach import own_lender_ids
from app.credit.rules.affordability import PURPOSES
from app.credit.rules.calculation import Calculation, calculated
from app.credit.rules.judging import LEADS, Judged, from_json
from app.credit.rules.loan_states import APPROVED, ASKED, COMMITTEE, DRAFT, REFUSED, STATES
from app.credit.rules.offers import Offer, outside
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import enterprise as enterprise_within

PAGE_SIZE = 50
WAITING = (*ASKED, APPROVED)
_FIRST_WORDS = {
    **STATES,
    COMMITTEE: "Disetujui orang pertama",
    APPROVED: "Pencairan disetujui orang pertama",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """One application or loan as a list shows it."""

    id: UUID
    enterprise_id: UUID
    state: str
    amount: int
    state_on: date
    lender: str
    owner: str
    enterprise: str
    principal_left: int

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step of the story."""

    words: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseLoans:
    """The loans of one enterprise, newest first."""

    enterprise_id: UUID
    enterprise_name: str
    owner_id: UUID
    lines: tuple[LoanLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPage:
    """One application with what the rules say of it and its story; `judged` is what was kept, or
    what they say today while it is still a draft or handed in. `offer` is what its offer, if it
    names one, said on that day."""

    row: Loan
    lender: Lender
    enterprise: Enterprise
    owner: Owner
    calculation: Calculation
    offer: Offer | None
    judged: Judged
    is_kept: bool
    story: tuple[Told, ...]
    refusal: str
    exception_by: str
    is_consented: bool

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return STATES[self.row.state]

    @property
    def purpose_words(self) -> str:
        """What the money is for."""
        return PURPOSES[self.row.purpose]

    @property
    def outside(self) -> tuple[str, ...]:
        """How it does not fit the offer that it names, in words."""
        return outside(self.offer, self.calculation.terms) if self.offer else ()

    @property
    def leads(self) -> tuple[tuple[str, str], ...]:
        """What helps before a loan does, by the codes of the therapies."""
        codes = {code for one in self.judged.blocks for code in one.therapies}
        return tuple((code, words) for code, words in LEADS.items() if code in codes)


def loans_of(scope: Scope, enterprise_id: UUID) -> EnterpriseLoans:
    """The applications and loans of one enterprise.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    row = enterprise_within(scope, enterprise_id)
    return EnterpriseLoans(
        enterprise_id=row.id,
        enterprise_name=row.name,
        owner_id=row.owner_id,
        lines=tuple(_lines(Loan.enterprise_id == row.id, limit=None)),
    )


def waiting_at(scope: Scope, *, page: int = 0) -> tuple[list[LoanLine], bool]:
    """One page of what waits at the lenders that one works for, the oldest first, after that the
    drafts one made oneself; and whether there are more. The first page is 0."""
    own_draft = (Loan.state == DRAFT) & (Loan.made_by == scope.account_id)
    waiting = lent(scope) & or_(Loan.state.in_(WAITING), own_draft)
    lines = _lines(waiting, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE, is_work_first=True)
    return lines[:PAGE_SIZE], len(lines) > PAGE_SIZE


def ended_at(scope: Scope) -> list[LoanLine]:
    """What was refused lately by the lenders that one works for; at most `PAGE_SIZE`."""
    return _lines(lent(scope) & (Loan.state == REFUSED), limit=PAGE_SIZE)


def loan_page(scope: Scope, loan_id: UUID, *, as_lender: bool) -> LoanPage:
    """One application.

    Raises:
        NotFound: not reached, see `loan_row`.
    """
    loan, enterprise = loan_row(scope, loan_id, as_lender=as_lender)
    kept = from_json(loan.judged)
    story = _story(loan)
    people = names([loan.exception_by])
    on = loan.state_on if kept else local_today()
    return LoanPage(
        row=loan,
        lender=db.session.get_one(Lender, loan.lender_id),
        enterprise=enterprise,
        owner=db.session.get_one(Owner, loan.owner_id),
        calculation=calculated(terms_of_loan(loan), "Pinjaman ini"),
        offer=offer(loan.offer_code, on=on) if loan.offer_code else None,
        judged=kept or judge(loan, enterprise, on=on),
        is_kept=kept is not None,
        story=story,
        refusal=next((one.reason for one in story if one.words == STATES[REFUSED]), ""),
        exception_by=people.get(loan.exception_by, "") if loan.exception_by else "",
        is_consented=_is_consented(loan),
    )


def borrowers(scope: Scope, lender_id: UUID) -> list[tuple[UUID, str, str]]:
    """Enterprises that a lender of the caller may see, with their owners, by name."""
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.name, Owner.name.label("owner"))
        .join(Owner, Owner.id == Enterprise.owner_id)
        .where(
            is_consented(Enterprise.owner_id, lender_id),
            select(Lender.id)
            .where(Lender.id == lender_id, Lender.id.in_(own_lender_ids(scope)))
            .exists(),
        )
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    return [(row.id, row.name, row.owner) for row in rows]


def _lines(
    condition: ColumnElement[bool],
    *,
    limit: int | None,
    offset: int = 0,
    is_work_first: bool = False,
) -> list[LoanLine]:
    order = (
        (case((Loan.state == DRAFT, 1), else_=0), Loan.state_on, Loan.made_at, Loan.id)
        if is_work_first
        else (Loan.made_at.desc(), Loan.id.desc())
    )
    rows = db.session.execute(
        select(
            Loan,
            Lender.name.label("lender"),
            Owner.name.label("owner"),
            Enterprise.name.label("enterprise"),
        )
        .join(Lender, Lender.id == Loan.lender_id)
        .join(Owner, Owner.id == Loan.owner_id)
        .join(Enterprise, Enterprise.id == Loan.enterprise_id)
        .where(condition)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return [_line(row.Loan, row.lender, row.owner, row.enterprise) for row in rows]


def _line(loan: Loan, lender: str, owner: str, enterprise: str) -> LoanLine:
    return LoanLine(
        id=loan.id,
        enterprise_id=loan.enterprise_id,
        state=loan.state,
        amount=loan.amount,
        state_on=loan.state_on,
        lender=lender,
        owner=owner,
        enterprise=enterprise,
        principal_left=loan.principal_left,
    )


def _story(loan: Loan) -> tuple[Told, ...]:
    """Every step, oldest first; a first word stands as a word and not as a step that is none."""
    steps = db.session.scalars(
        select(LoanStep)
        .where(LoanStep.loan_id == loan.id)
        .order_by(LoanStep.happened_at, LoanStep.id)
    ).all()
    people = names([one.by for one in steps])
    told: list[Told] = []
    before = ""
    for step in steps:
        # A first word leaves the loan where it stands.
        words = _FIRST_WORDS if step.to_state == before else STATES
        told.append(
            Told(
                words=words[step.to_state],
                reason=step.reason,
                by=people.get(step.by, ""),
                at=step.happened_at,
            )
        )
        before = step.to_state
    return tuple(told)


def _is_consented(loan: Loan) -> bool:
    found = select(Loan.id).where(Loan.id == loan.id, is_consented(Loan.owner_id, Loan.lender_id))
    return db.session.scalars(found).one_or_none() is not None
