"""What finds an enterprise by words, on each engine; nothing but what the engine itself brings.

SQLite: a full-text table, fed by triggers. It keeps the enterprise's id as a word of its own,
because row numbers may change when a database is compacted or copied. PostgreSQL: an index over
the words. Both hold the words of `Enterprise.search_words`, which are made in Python.
"""

from sqlalchemy import DDL, Table, event

from app.enterprises.models.register import Enterprise

SEARCH_TABLE = "enterprise_search"

_ROW_OF = (
    f"(SELECT rowid FROM {SEARCH_TABLE} "  # noqa: S608 - a name of our own
    f"WHERE {SEARCH_TABLE} MATCH 'enterprise_id:\"' || old.id || '\"')"
)
SEARCH_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {SEARCH_TABLE} USING fts5("
    "words, enterprise_id, detail = 'column', prefix = '2 3', "
    "tokenize = 'unicode61 remove_diacritics 0')",
    "CREATE TRIGGER enterprise_search_insert AFTER INSERT ON enterprise BEGIN "
    f"INSERT INTO {SEARCH_TABLE} (words, enterprise_id) VALUES (new.search_words, new.id); END",
    "CREATE TRIGGER enterprise_search_update AFTER UPDATE OF search_words ON enterprise "
    "WHEN new.search_words <> old.search_words BEGIN "
    f"UPDATE {SEARCH_TABLE} SET words = new.search_words WHERE rowid = {_ROW_OF}; END",
    "CREATE TRIGGER enterprise_search_delete AFTER DELETE ON enterprise BEGIN "
    f"DELETE FROM {SEARCH_TABLE} WHERE rowid = {_ROW_OF}; END",  # noqa: S608
)
SEARCH_POSTGRESQL = (
    "CREATE INDEX ix_enterprise_search_words ON enterprise "
    "USING gin (to_tsvector('simple', search_words))",
)
UNSEARCH_SQLITE = (f"DROP TABLE IF EXISTS {SEARCH_TABLE}",)

_TABLE = Enterprise.__table__

for _statement in SEARCH_SQLITE:
    event.listen(_TABLE, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in SEARCH_POSTGRESQL:
    event.listen(_TABLE, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
for _statement in UNSEARCH_SQLITE:
    event.listen(_TABLE, "after_drop", DDL(_statement).execute_if(dialect="sqlite"))
