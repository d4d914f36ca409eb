# Makes a cluster where the volume is empty, as images of PostgreSQL do by these variables, and becomes its server.
set -eu
bin=/usr/lib/postgresql/15/bin
export PGDATA=/var/lib/postgresql/data
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    "$bin/initdb" --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth=scram-sha-256 --encoding=UTF8
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB;" | "$bin/postgres" --single postgres
fi
exec "$bin/postgres" -c 'listen_addresses=*' -c unix_socket_directories=/tmp
