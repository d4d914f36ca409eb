package dev.bench.measure.storage;

import dev.bench.target.Place;
import java.time.Duration;

/**
 * Writes the part of the script that starts a database in the place, as a user without privileges, and asks it by its own
 * client on the loopback interface: one connection, whose requests wait for each other.
 *
 * <p>PostgreSQL runs with the settings that initdb gives it, so that a commit is flushed before it is answered; pgbench's own
 * tables are written out before it is timed. Redis is told to flush its append-only file before every answer. What servers
 * log goes to memory, as what clients find does.
 */
final class DatabaseScript {
    /** Debian keeps the programs of every PostgreSQL here, in a directory of its version. */
    static final String POSTGRES_VERSIONS = "/usr/lib/postgresql";

    /** Begins pgbench's own words, after how often each latency was seen, in microseconds. */
    static final String SAID = "said";

    /** What pgbench's log of every transaction may grow to, at some ten thousand a second, in the memory it is kept in. */
    private static final Duration WHOLLY_LOGGED = Duration.ofSeconds(60);

    private static final int READY_TRIES = 1200;

    private static final String FUNCTIONS = """
            as() { user=$1; shift; setpriv --reuid="$user" --regid="$user" --init-groups "$@"; }
            serve() {
              name=$1; data=%1$s/$name; memory=/dev/shm/$name
              say %2$s $name
              { mkdir -p $data $memory && chmod 700 $data $memory && chown "$name:$name" $data $memory && "on_$name"; } \\
                >/dev/shm/said 2>&1 </dev/null
              status=$?
              say %3$s $name $status
              if [ $status = 0 ]; then cat /dev/shm/found; else cat /dev/shm/said; cat $memory/log 2>/dev/null; fi
              say %4$s $name
              [ $status = 0 ] || exit 1
              rm -rf $data $memory
            }
            """;

    private static final String POSTGRES = """
            on_postgres() {
              PATH=$(ls -d %4$s/*/bin 2>/dev/null | sort -V | tail -n 1):$PATH
              export PATH PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres LC_ALL=C
              cd $data || return
              as postgres initdb -D $data --auth=trust --encoding=UTF8 --locale=C --no-sync || return
              as postgres pg_ctl -D $data -l $memory/log -w -t 600 -s \\
                -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start || return
              as postgres pgbench --initialize --quiet || return
              as postgres psql --quiet --command=checkpoint || return
              as postgres pgbench --no-vacuum --client=1 --time=%1$d --log --log-prefix=$memory/transaction \\
                --sampling-rate=%2$s >/dev/shm/found || return
              as postgres pg_ctl -D $data -w -t 600 -s -m fast stop || return
              cd / || return
              sed -i 's/^/%3$s /' /dev/shm/found
              cat $memory/transaction.* | cut -d ' ' -f 3 | sort -n | uniq -c >>/dev/shm/found
            }
            """;

    private static final String REDIS = """
            on_redis() {
              cd $data || return
              as redis redis-server --bind 127.0.0.1 --port 6379 --daemonize no --logfile $memory/log --dir $data \\
                --save '' --appendonly yes --appendfsync always &
              tries=0
              until [ "$(redis-cli -h 127.0.0.1 -p 6379 ping 2>&1)" = PONG ]; do
                tries=$((tries + 1))
                kill -0 $! && [ $tries -lt %1$d ] || return 1
                sleep 0.05
              done
              redis-benchmark -h 127.0.0.1 -p 6379 -c 1 -n %2$d -t set --csv >/dev/shm/found || return
              redis-cli -h 127.0.0.1 -p 6379 shutdown nosave || return
              wait $! || return
              cd /
            }
            """;

    private DatabaseScript() {}

    /** Returns the functions that the lines need. */
    static String functions(StorageSettings settings) {
        StringBuilder functions = new StringBuilder(
                FUNCTIONS.formatted(Place.DIRECTORY, JobScript.BEGIN, JobScript.OUTPUT, JobScript.END));
        if (settings.asksFor(StorageJob.POSTGRES)) {
            double logged = Math.min(
                    1, WHOLLY_LOGGED.toMillis() / (double) settings.runtime().toMillis());
            functions.append(POSTGRES.formatted(seconds(settings.runtime()), logged, SAID, POSTGRES_VERSIONS));
        }
        if (settings.asksFor(StorageJob.REDIS)) {
            functions.append(REDIS.formatted(READY_TRIES, settings.requests()));
        }
        return functions.toString();
    }

    /** Returns how long pgbench is told to last, which counts whole seconds. */
    static long seconds(Duration runtime) {
        return (runtime.toMillis() + 999) / 1000;
    }

    /** Returns the line that does a job. */
    static String line(StorageJob job) {
        return "serve " + job.word();
    }
}
