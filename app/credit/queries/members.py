"""Members of lenders: only of those one works for, and only who agreed to be seen by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select

from app.accounts.queries import names
from app.core.errors import NotFound
from app.core.scope import Scope
from app.core.text import search_text
from app.credit.models import Lender, Member, SavingRow
from app.credit.queries.consented import is_consented, joined_with_consent
from app.credit.queries.reach import own_lender_ids
from app.credit.rules.savings import IN, SAVING_KINDS, SAVING_WAYS
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.places.queries import path_labels

PAGE_SIZE = 50
_SIGNED = case((SavingRow.direction == IN, SavingRow.amount), else_=-SavingRow.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One member as a list shows it."""

    id: UUID
    owner_id: UUID
    number: int
    name: str
    village: str
    joined_on: date
    left_on: date | None
    saved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """One page of members; `before` and `after` say whether there are others."""

    lines: tuple[MemberLine, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An owner who lets the lender see the business and isn't its member."""

    owner_id: UUID
    name: str
    enterprises: str
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingLine:
    """One line of a ledger. `undone` and `undoes` are the receipts of the other line of a pair."""

    id: UUID
    kind: str
    kind_words: str
    direction_words: str
    is_in: bool
    amount: int
    balance: int
    happened_on: date
    receipt: str
    note: str
    undone: str | None
    undoes: str | None

    @property
    def may_be_undone(self) -> bool:
        """Whether it still counts and is no undoing itself."""
        return self.undone is None and self.undoes is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    """One member with what they saved, newest first."""

    row: Member
    lender: Lender
    owner: Owner
    enterprises: tuple[Enterprise, ...]
    village: str
    balances: tuple[tuple[str, str, int], ...]
    saved: int
    lines: tuple[SavingLine, ...]
    page: int
    has_more: bool

    @property
    def enterprise_names(self) -> str:
        """What the member's enterprises are called."""
        return ", ".join(one.name for one in self.enterprises)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was paid in or taken out, as the member takes it home."""

    line: SavingLine
    member: Member
    lender: Lender
    owner_name: str
    clerk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many members a lender has that may be seen, and what they saved."""

    members: int
    saved: int


def seen(scope: Scope) -> ColumnElement[bool]:
    """The condition on `Member` that the caller works there and its owner agreed to be seen."""
    return and_(
        Member.lender_id.in_(own_lender_ids(scope)), is_consented(Member.owner_id, Member.lender_id)
    )


def member(scope: Scope, member_id: UUID, *, locked: bool = False) -> Member:
    """One member; `locked` holds its row until the transaction ends.

    Raises:
        NotFound: unknown, elsewhere, or without consent: the answer is the same.
    """
    statement = select(Member).where(Member.id == member_id, seen(scope))
    if locked:
        statement = statement.with_for_update(of=Member)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound("member_unknown", message="Anggota ini tidak ditemukan.")
    return found


def members(
    scope: Scope, lender_id: UUID, *, text: str = "", has_left: bool = False, page: int = 1
) -> Members:
    """One page of the members of a lender, by number; found by a part of the name or the number."""
    left = Member.left_on.is_not(None) if has_left else Member.left_on.is_(None)
    statement = (
        select(Member, Owner.name)
        .join(Owner, Owner.id == Member.owner_id)
        .where(Member.lender_id == lender_id, left, seen(scope))
    )
    if text.isdecimal():
        statement = statement.where(Member.number == int(text[:9]))
    elif text:
        statement = statement.where(Owner.search_name.contains(search_text(text), autoescape=True))
    rows = db.session.execute(
        statement.order_by(Member.number, Member.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()
    shown = rows[:PAGE_SIZE]
    saved = _saved(row.Member.id for row in shown)
    villages = _villages(row.Member.owner_id for row in shown)
    return Members(
        lines=tuple(
            MemberLine(
                id=row.Member.id,
                owner_id=row.Member.owner_id,
                number=row.Member.number,
                name=row.name,
                village=villages.get(row.Member.owner_id, ""),
                joined_on=row.Member.joined_on,
                left_on=row.Member.left_on,
                saved=saved.get(row.Member.id, 0),
            )
            for row in shown
        ),
        number=page,
        has_more=len(rows) > PAGE_SIZE,
    )


def counted(scope: Scope, lender_id: UUID) -> Counted:
    """How many members there are who may be seen, and what all those saved."""
    of_lender = and_(Member.lender_id == lender_id, Member.lender_id.in_(own_lender_ids(scope)))
    number = select(func.count()).select_from(Member).where(of_lender, Member.left_on.is_(None))
    saved = (
        select(func.coalesce(func.sum(_SIGNED), 0))
        .select_from(Member)
        .join(SavingRow, SavingRow.member_id == Member.id)
        .where(of_lender)
    )
    found = [
        db.session.scalar(joined_with_consent(one, Member.owner_id, lender_id))
        for one in (number, saved)
    ]
    return Counted(members=int(found[0] or 0), saved=int(found[1] or 0))


def candidates(scope: Scope, lender_id: UUID, *, text: str = "") -> list[Candidate]:
    """Owners who agreed to be seen by a lender and aren't its members, by name; at most 50."""
    belongs = select(Member.owner_id).where(Member.lender_id == lender_id, Member.left_on.is_(None))
    statement = select(Owner).where(_may_join(scope, lender_id), Owner.id.not_in(belongs))
    if text:
        statement = statement.where(Owner.search_name.contains(search_text(text), autoescape=True))
    owners = db.session.scalars(
        statement.order_by(Owner.search_name, Owner.id).limit(PAGE_SIZE)
    ).all()
    named: dict[UUID, list[str]] = {}
    for one in _enterprises(owner.id for owner in owners):
        named.setdefault(one.owner_id, []).append(one.name)
    villages = _villages(owner.id for owner in owners)
    return [
        Candidate(
            owner_id=owner.id,
            name=owner.name,
            enterprises=", ".join(named.get(owner.id, [])),
            village=villages.get(owner.id, ""),
        )
        for owner in owners
    ]


def candidate(scope: Scope, lender_id: UUID, owner_id: UUID) -> Owner:
    """An owner who agreed to be seen by a lender.

    Raises:
        NotFound: unknown, not asked, or the caller doesn't work there: the answer is the same.
    """
    found = db.session.scalars(
        select(Owner).where(Owner.id == owner_id, _may_join(scope, lender_id))
    ).one_or_none()
    if found is None:
        raise NotFound("owner_unknown", message="Pemilik ini tidak ditemukan.")
    return found


def member_page(scope: Scope, member_id: UUID, *, page: int = 1) -> MemberPage:
    """One member with a page of the ledger.

    Raises:
        NotFound: as `member`.
    """
    row = member(scope, member_id)
    rows = list(
        db.session.scalars(
            select(SavingRow)
            .where(SavingRow.member_id == row.id)
            .order_by(SavingRow.recorded_at.desc(), SavingRow.id.desc())
            .offset((page - 1) * PAGE_SIZE)
            .limit(PAGE_SIZE + 1)
        )
    )
    of_kind = balances([row.id]).get(row.id, {})
    enterprises = tuple(_enterprises([row.owner_id]))
    return MemberPage(
        row=row,
        lender=db.session.get_one(Lender, row.lender_id),
        owner=db.session.get_one(Owner, row.owner_id),
        enterprises=enterprises,
        village=_villages([row.owner_id]).get(row.owner_id, ""),
        balances=tuple((key, words, of_kind.get(key, 0)) for key, words in SAVING_KINDS.items()),
        saved=sum(of_kind.values()),
        lines=tuple(_lines(rows[:PAGE_SIZE])),
        page=page,
        has_more=len(rows) > PAGE_SIZE,
    )


def saving(scope: Scope, row_id: UUID) -> SavingRow:
    """One line of a ledger.

    Raises:
        NotFound: unknown, or of a member who may not be seen: the answer is the same.
    """
    found = db.session.scalars(
        select(SavingRow)
        .join(Member, Member.id == SavingRow.member_id)
        .where(SavingRow.id == row_id, seen(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("saving_unknown", message="Catatan simpanan ini tidak ditemukan.")
    return found


def receipt(scope: Scope, row_id: UUID) -> Receipt:
    """The receipt of one line.

    Raises:
        NotFound: as `saving`.
    """
    row = saving(scope, row_id)
    of_member = db.session.get_one(Member, row.member_id)
    return Receipt(
        line=next(iter(_lines([row]))),
        member=of_member,
        lender=db.session.get_one(Lender, of_member.lender_id),
        owner_name=db.session.get_one(Owner, of_member.owner_id).name,
        clerk=names([row.recorded_by]).get(row.recorded_by, ""),
    )


def balances(member_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """What members saved, by kind."""
    found: dict[UUID, dict[str, int]] = {}
    for row in db.session.execute(
        select(SavingRow.member_id, SavingRow.kind, func.sum(_SIGNED).label("saved"))
        .where(SavingRow.member_id.in_(list(member_ids)))
        .group_by(SavingRow.member_id, SavingRow.kind)
    ):
        found.setdefault(row.member_id, {})[row.kind] = int(row.saved)
    return found


def _may_join(scope: Scope, lender_id: UUID) -> ColumnElement[bool]:
    works_there = select(Lender.id).where(
        Lender.id == lender_id, Lender.id.in_(own_lender_ids(scope))
    )
    return and_(works_there.exists(), is_consented(Owner.id, lender_id))


def _saved(member_ids: Iterable[UUID]) -> dict[UUID, int]:
    return {key: sum(kinds.values()) for key, kinds in balances(member_ids).items()}


def _enterprises(owner_ids: Iterable[UUID]) -> list[Enterprise]:
    return list(
        db.session.scalars(
            select(Enterprise)
            .where(Enterprise.owner_id.in_(list(owner_ids)))
            .order_by(Enterprise.search_name, Enterprise.id)
        )
    )


def _villages(owner_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Where the first enterprise of each owner is."""
    codes: dict[UUID, str] = {}
    for one in _enterprises(owner_ids):
        codes.setdefault(one.owner_id, one.village_code)
    labels = path_labels(codes.values())
    return {key: labels.get(code, "") for key, code in codes.items()}


def _lines(rows: list[SavingRow]) -> Iterable[SavingLine]:
    ids = [row.id for row in rows]
    others: dict[Any, str] = {}
    undone: dict[Any, str] = {}
    if ids:
        wanted = [row.undoes_id for row in rows if row.undoes_id is not None]
        for one in db.session.execute(
            select(SavingRow.id, SavingRow.receipt).where(SavingRow.id.in_(wanted))
        ):
            others[one.id] = one.receipt
        for other in db.session.execute(
            select(SavingRow.undoes_id, SavingRow.receipt).where(SavingRow.undoes_id.in_(ids))
        ):
            undone[other.undoes_id] = other.receipt
    for row in rows:
        yield SavingLine(
            id=row.id,
            kind=row.kind,
            kind_words=SAVING_KINDS[row.kind],
            direction_words=SAVING_WAYS[row.direction],
            is_in=row.direction == IN,
            amount=row.amount,
            balance=row.balance,
            happened_on=row.happened_on,
            receipt=row.receipt,
            note=row.note,
            undone=undone.get(row.id),
            undoes=others.get(row.undoes_id),
        )
