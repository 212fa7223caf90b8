#!/bin/sh
# Prepares an empty data folder at the first start, then runs the server as the user postgres.
set -eu

# NAME_FILE says where the value of NAME is, so that a secret need not be in the environment.
from_file() {
  eval "file=\${$1_FILE:-}"
  [ -n "$file" ] || return 0
  eval "[ -z \"\${$1:-}\" ]" || { echo "error: both $1 and $1_FILE are set" >&2; exit 1; }
  value=$(cat "$file")
  export "$1=$value"
  unset "$1_FILE"
}

refuse() {
  cat >&2 <<'T'
Error: the database is not made yet, and there is no password for its superuser.
  Give one:                     -e POSTGRES_PASSWORD=...
  or a file that holds it:      -e POSTGRES_PASSWORD_FILE=/run/secrets/...
  or let everybody in without:  -e POSTGRES_HOST_AUTH_METHOD=trust   (not where others reach it)
T
  exit 1
}

# What lies in /docker-entrypoint-initdb.d, in the order of names.
run_scripts() {
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
      *.sql) psql -v ON_ERROR_STOP=1 --no-psqlrc -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$script" ;;
      *.sql.gz) gunzip -c "$script" | psql -v ON_ERROR_STOP=1 --no-psqlrc -U "$POSTGRES_USER" -d "$POSTGRES_DB" ;;
      *) continue ;;
    esac
    echo "ran $script"
  done
}

initialize() {
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER
  from_file POSTGRES_DB
  POSTGRES_USER=${POSTGRES_USER:-postgres}
  POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  [ -n "${POSTGRES_PASSWORD:-}" ] || [ "$method" = trust ] || refuse
  export POSTGRES_USER POSTGRES_DB
  secret=$(mktemp)
  printf '%s\n' "${POSTGRES_PASSWORD:-}" >"$secret"
  set -- --username="$POSTGRES_USER" --encoding=UTF8 --locale=C.UTF-8
  [ -z "${POSTGRES_PASSWORD:-}" ] || set -- "$@" --pwfile="$secret"
  # shellcheck disable=SC2086 # several words
  initdb -D "$PGDATA" "$@" ${POSTGRES_INITDB_ARGS:-}
  rm -f "$secret"
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
  # Reachable by nobody else until all is done.
  export PGPASSWORD="${POSTGRES_PASSWORD:-}"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p ${PGPORT:-5432}" -w start
  [ "$POSTGRES_DB" = postgres ] || psql -v ON_ERROR_STOP=1 --no-psqlrc -U "$POSTGRES_USER" -d postgres --set db="$POSTGRES_DB" <<'Q'
CREATE DATABASE :"db";
Q
  run_scripts
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
}

case ${1:-} in -*) set -- postgres "$@" ;; esac
if [ "${1:-}" != postgres ]; then exec "$@"; fi

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /run/postgresql
  chmod 700 "$PGDATA"
  find "$PGDATA" /run/postgresql \! -user postgres -exec chown postgres:postgres {} +
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
mkdir -p "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then initialize; fi
exec "$@"
