-- After every migration, as the owner: the past is read and added to, nothing else.
-- Of words, an erasure empties the row; a trigger holds it to that.
-- pulih-migrate.service runs it. The triggers of the tables say the same to everybody.
REVOKE UPDATE, DELETE, TRUNCATE ON history_entry, read_entry FROM pulih_app;
REVOKE DELETE, TRUNCATE ON history_words FROM pulih_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM pulih_app;
