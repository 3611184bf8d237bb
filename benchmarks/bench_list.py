"""List and search at 100,000 enterprises, on both engines, against reading 50 rows by a key."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.guards import TOKEN
from app.accounts.models import Account
from app.core.scope import Scope
from app.db import db
from app.enterprises.queries import count, page
from app.enterprises.rules.list_filter import ListFilter
from benchmarks.measure import Line, milliseconds, report
from benchmarks.stage import ENGINES, stage
from benchmarks.world import PROVINCE, fill
from tests.factories.accounts import signed_in_token

COUNT = 100_000
DEEP_PAGES = 200
# Goals in milliseconds, from docs: performance. A page is one whole request.
PAGE_GOAL_MS = 15.0
SEARCH_GOAL_MS = 20.0
FLAT_WITH_DEPTH = 2.0
FLOOR = (
    "SELECT id, name, search_name FROM enterprise "
    "WHERE search_name > 'k' ORDER BY search_name, id LIMIT 51"
)


def main() -> int:
    """Measure on the engines that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    worst = 0
    for engine in options.engine or ENGINES:
        with stage(engine) as app:
            officer = fill(options.count)
            lines = measured(app, Scope(account_id=officer, areas=(PROVINCE,)))
            title = f"List and search of {options.count:,} enterprises, {engine}"
            worst = max(worst, report(title, lines))
    return worst


def measured(app: Flask, scope: Scope) -> list[Line]:
    """Every case against its floor."""
    floor = milliseconds(lambda: fresh(lambda: list(db.session.execute(text(FLOOR)))))
    first = milliseconds(lambda: fresh(lambda: page(scope, ListFilter())))
    deep_cursor = cursor_after(scope, DEEP_PAGES)
    deep = milliseconds(lambda: fresh(lambda: page(scope, ListFilter(), cursor=deep_cursor)))
    lines = [
        Line(name="rows by key (floor)", ours=floor, floor=floor),
        Line(name="first page", ours=first, floor=floor),
        Line(name=f"page {DEEP_PAGES} against the first", ours=deep, floor=first,
             goal=FLAT_WITH_DEPTH),
    ]  # fmt: skip
    for name, wanted in FILTERS.items():
        spent = milliseconds(lambda wanted=wanted: fresh(lambda: page(scope, wanted)))
        goal = SEARCH_GOAL_MS if wanted.text else PAGE_GOAL_MS
        lines.append(Line(name=f"{name}, against {goal:g} ms", ours=spent, floor=goal, goal=1.0))
    counted = milliseconds(lambda: fresh(lambda: count(scope, ListFilter())))
    lines.append(Line(name="count, capped", ours=counted, floor=floor))
    client = signed_in(app, scope)
    whole = milliseconds(lambda: asked(client))
    lines.append(Line(name="whole request, against 15 ms", ours=whole, floor=PAGE_GOAL_MS))
    return lines


FILTERS = {
    "one regency": ListFilter(area="33.02"),
    "sakit, worst first": ListFilter(health="sakit"),
    "one word": ListFilter(text="rahayu"),
    "two words": ListFilter(text="keripik rahayu"),
    "part of a word": ListFilter(text="kerip"),
    "nobody's name": ListFilter(text="xylofon"),
}


def fresh(work: Callable[[], object]) -> object:
    """Do it with nothing remembered in the session, as each request does."""
    try:
        return work()
    finally:
        db.session.remove()


def cursor_after(scope: Scope, pages: int) -> str | None:
    """The cursor of the page after so many."""
    cursor = None
    for _ in range(pages):
        cursor = page(scope, ListFilter(), cursor=cursor).next_cursor
        db.session.remove()
    return cursor


def signed_in(app: Flask, scope: Scope) -> FlaskClient:
    """The officer's browser."""
    officer = db.session.get(Account, scope.account_id)
    if officer is None:
        raise SystemExit("the world has no officer")
    token = signed_in_token(officer)
    db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client


def asked(client: FlaskClient) -> None:
    """One page of the list as HTML."""
    answer = client.get("/usaha")
    if answer.status_code != 200:
        raise SystemExit(f"/usaha answers {answer.status_code}")
    # The benchmark's own context lies around the request and would be remembered by it.
    g.pop("account", None)
    db.session.remove()


if __name__ == "__main__":
    sys.exit(main())
