#!/bin/sh
# In the container of the database, after postgresql-roles.sql: the passwords of both roles.
psql -q --username "${POSTGRES_USER:-postgres}" --dbname postgres -v ON_ERROR_STOP=1 \
    -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" <<'SQL'
ALTER ROLE pulih_owner PASSWORD :'owner';
ALTER ROLE pulih_app PASSWORD :'app';
SQL
