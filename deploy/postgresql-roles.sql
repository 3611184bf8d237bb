-- Two roles: the owner changes the schema (migrate, restore, backup), the other one works in it.
-- Run once as a superuser, before the first migration:  psql -f deploy/postgresql-roles.sql
-- then give both a password with \password, or let them come by socket (peer).
CREATE ROLE pulih_owner LOGIN;
CREATE ROLE pulih_app LOGIN;
CREATE DATABASE pulih OWNER pulih_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
\connect pulih
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO pulih_owner;
-- The job engine keeps its tables apart.
CREATE SCHEMA dbos AUTHORIZATION pulih_owner;
GRANT USAGE ON SCHEMA public, dbos TO pulih_app;
ALTER DEFAULT PRIVILEGES FOR ROLE pulih_owner IN SCHEMA public, dbos
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO pulih_app;
ALTER DEFAULT PRIVILEGES FOR ROLE pulih_owner IN SCHEMA public, dbos
    GRANT USAGE, SELECT ON SEQUENCES TO pulih_app;
ALTER DEFAULT PRIVILEGES FOR ROLE pulih_owner IN SCHEMA public, dbos
    GRANT EXECUTE ON FUNCTIONS TO pulih_app;
