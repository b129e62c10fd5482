#!/bin/sh
# Makes a backup of the catalogue of DATABASE_URL, restores it into a scratch database on the same server, and compares both: the number of
# rows of each table, and the export of all aids. Keeps the dump if they are equal. Exits with 1 if they differ.
#   DATABASE_URL=postgres://… deploy/check-backup.sh moisson.dump
# Stop or pause the workers meanwhile, or runs that end during the check show as differences. Needs pg_dump, pg_restore and psql of the
# server's version, and the right to create databases. MOISSON: the command of Moisson, `node dist/src/cli/main.js` by default.
set -eu

dump=${1:?usage: check-backup.sh <file of the dump>}
: "${DATABASE_URL:?set DATABASE_URL to the database of the catalogue}"
moisson=${MOISSON:-node "$(dirname "$0")/../dist/src/cli/main.js"}
scratch=moisson_check_$$
folder=$(mktemp -d)
# The same address with the name of another database.
scratch_url=$(printf '%s' "$DATABASE_URL" | sed -E "s#^([a-z]+://[^/?]*)(/[^?]*)?#\1/$scratch#")

clean() {
  psql --quiet --no-psqlrc --dbname "$DATABASE_URL" --command "drop database if exists $scratch" >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap clean EXIT
trap 'exit 1' INT TERM

counts() {
  psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "
    select format('select %L, count(*) from moisson.%I;', relname, relname) from pg_class
    where relnamespace = 'moisson'::regnamespace and relkind = 'r' order by relname" |
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1"
}

export_of() {
  DATABASE_URL=$1 REDIS_URL= $moisson aids --json
}

pg_dump --format custom --schema moisson --file "$folder/dump" "$DATABASE_URL"
psql --quiet --no-psqlrc --dbname "$DATABASE_URL" --command "create database $scratch"
pg_restore --exit-on-error --no-owner --no-privileges --dbname "$scratch_url" "$folder/dump"
counts "$DATABASE_URL" >"$folder/counts"
counts "$scratch_url" >"$folder/counts-restored"
export_of "$DATABASE_URL" >"$folder/aids"
export_of "$scratch_url" >"$folder/aids-restored"

if ! diff "$folder/counts" "$folder/counts-restored" >&2; then
  echo "check-backup: the tables differ (< the catalogue, > the restored backup)" >&2
  exit 1
fi
if ! cmp "$folder/aids" "$folder/aids-restored" >&2; then
  echo "check-backup: the exports of all aids differ" >&2
  exit 1
fi
mv "$folder/dump" "$dump"
echo "$dump: restored and compared: $(wc -l <"$folder/counts") tables, export of $(wc -c <"$folder/aids") bytes equal"
