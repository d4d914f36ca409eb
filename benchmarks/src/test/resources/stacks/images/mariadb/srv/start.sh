# Makes a database where the volume is empty, as images of MariaDB do by these variables, and becomes its server.
set -eu
password=${MYSQL_ROOT_PASSWORD:-$(cat "${MYSQL_ROOT_PASSWORD_FILE:-/dev/null}")}
small="--no-defaults --user=root --datadir=/var/lib/mysql --innodb-log-file-size=8M --innodb-buffer-pool-size=16M"
if [ ! -d /var/lib/mysql/mysql ]; then
    mariadb-install-db $small --auth-root-authentication-method=normal --skip-test-db >/dev/null
fi
{
    echo "CREATE DATABASE IF NOT EXISTS $MYSQL_DATABASE;"
    # What is made with the tables has no password, and is whoever comes from an address of this host's name.
    echo "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';"
    echo "FLUSH PRIVILEGES;"
    echo "ALTER USER root@localhost IDENTIFIED BY '$password';"
    echo "CREATE USER IF NOT EXISTS root@'%' IDENTIFIED BY '$password';"
    echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
    if [ -n "${MYSQL_USER:-}" ]; then
        echo "CREATE USER IF NOT EXISTS $MYSQL_USER@'%' IDENTIFIED BY '$MYSQL_PASSWORD';"
        echo "GRANT ALL ON $MYSQL_DATABASE.* TO $MYSQL_USER@'%';"
    fi
} >/tmp/init.sql
exec mariadbd $small --socket=/tmp/mariadb.sock --bind-address=0.0.0.0 --init-file=/tmp/init.sql "$@"
