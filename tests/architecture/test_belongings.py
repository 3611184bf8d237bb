"""No table that belongs to an enterprise or an owner is forgotten when two of these become one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.db import db
from app.db.belongings import fate_of, unanswered
from app.tables import load_tables


def test_every_table_that_names_an_enterprise_says_what_becomes_of_it():
    load_tables()

    assert unanswered(db.metadata) == set()


@pytest.mark.parametrize(
    "column",
    [
        sa.Column("enterprise_id", sa.Uuid()),
        sa.Column("owner_id", sa.Uuid()),
        sa.Column("keeper", sa.Uuid(), sa.ForeignKey("enterprise.id")),
    ],
    ids=["without a reference", "of an owner", "under another name"],
)
def test_a_new_table_that_says_nothing_is_noticed_and_stops_a_merger(column):
    metadata = sa.MetaData()
    sa.Table("enterprise", metadata, sa.Column("id", sa.Uuid(), primary_key=True))
    table = sa.Table("pantry", metadata, sa.Column("id", sa.Uuid(), primary_key=True), column)

    assert unanswered(metadata) == {"pantry"}
    with pytest.raises(LookupError, match="pantry"):
        fate_of(table)
