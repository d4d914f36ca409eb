# Makes a cluster where the volume is empty, as images of databases do, and becomes its server.
set -eu
bin=/usr/lib/postgresql/15/bin
as_postgres() {
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"
}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    chown postgres:postgres "$PGDATA"
    (as_postgres "$bin/initdb" --username=app --pwfile=/run/secrets/db-password --auth=scram-sha-256 --encoding=UTF8)
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
as_postgres "$bin/postgres" -c 'listen_addresses=*' -c unix_socket_directories=
