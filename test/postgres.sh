#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A private PostgreSQL for tests, on a socket in a folder of its own:  test/postgres.sh start|stop DIR
# start prints the URL. The server refuses to run as root, so root hands it to the user "postgres" of the
# package. Nothing in it survives a power cut: tests do not need that, and it makes them fast.
set -eu
action=${1:-}
folder=${2:-}
if [ -z "$folder" ] || { [ "$action" != start ] && [ "$action" != stop ]; }; then
    echo "usage: test/postgres.sh start|stop DIR" >&2
    exit 2
fi
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
    echo "postgres.sh: PostgreSQL is not installed; script/setup test installs it" >&2
    exit 1
fi

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups env -u BEENTHERE_POSTGRES_URL "$@")
    else
        "$@"
    fi
}

if [ "$action" = stop ]; then
    as_postgres "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    exit 0
fi

mkdir -p "$folder"
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
fi
chmod 755 "$folder"
as_postgres "$programs/initdb" -D "$folder/data" -U beenthere -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
    >"$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; exit 1; }
as_postgres "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 30 start -o \
    "-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" \
    >/dev/null || { tail -n 5 "$folder/data/server.log" >&2; exit 1; }
as_postgres "$programs/createdb" -h "$folder" -U beenthere beenthere
# The socket's folder, with its slashes escaped, stands where a host would.
echo "postgresql:///beenthere?host=$folder&user=beenthere"
