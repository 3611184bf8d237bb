"""What finds an enterprise by words, on each engine; nothing but what the engine itself brings.

SQLite: a full-text table, fed by triggers. It keeps the enterprise's id as a word of its own,
because row numbers may change when a database is compacted or copied. PostgreSQL: an index over
the words. Both hold the words of `Enterprise.search_words`, which are made in Python.
"""

from sqlalchemy import DDL, event

from app.db.triggers import made_with
from app.enterprises.models.register import Enterprise

SEARCH_TABLE = "enterprise_search"

_CREATE_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS enterprise_search USING fts5(
    words, enterprise_id,
    detail = 'column', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
)
"""
_AFTER_INSERT = """
CREATE TRIGGER enterprise_search_insert AFTER INSERT ON enterprise BEGIN
    INSERT INTO enterprise_search (words, enterprise_id) VALUES (new.search_words, new.id);
END
"""
_AFTER_UPDATE = """
CREATE TRIGGER enterprise_search_update AFTER UPDATE OF search_words ON enterprise
WHEN new.search_words <> old.search_words BEGIN
    UPDATE enterprise_search SET words = new.search_words WHERE rowid = (
        SELECT rowid FROM enterprise_search
        WHERE enterprise_search MATCH 'enterprise_id:"' || old.id || '"'
    );
END
"""
_AFTER_DELETE = """
CREATE TRIGGER enterprise_search_delete AFTER DELETE ON enterprise BEGIN
    DELETE FROM enterprise_search WHERE rowid = (
        SELECT rowid FROM enterprise_search
        WHERE enterprise_search MATCH 'enterprise_id:"' || old.id || '"'
    );
END
"""
_CREATE_INDEX = """
CREATE INDEX ix_enterprise_search_words ON enterprise
USING gin (to_tsvector('simple', search_words))
"""
SEARCH_SQLITE = (_CREATE_TABLE, _AFTER_INSERT, _AFTER_UPDATE, _AFTER_DELETE)
SEARCH_POSTGRESQL = (_CREATE_INDEX,)
UNSEARCH_SQLITE = ("DROP TABLE IF EXISTS enterprise_search",)

made_with(Enterprise.__table__, sqlite=SEARCH_SQLITE, postgresql=SEARCH_POSTGRESQL)
for _statement in UNSEARCH_SQLITE:
    event.listen(Enterprise.__table__, "after_drop", DDL(_statement).execute_if(dialect="sqlite"))
