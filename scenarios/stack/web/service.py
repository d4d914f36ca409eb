"""Answers every request with what PostgreSQL and Redis answered to it."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2
import redis

with open(os.environ["PASSWORD_FILE"], encoding="ascii") as file:
    PASSWORD = file.read().strip()
CACHE = redis.Redis.from_url(os.environ["CACHE"])


def asked():
    """Asks both, and returns one line that tells of it."""
    database = psycopg2.connect(os.environ["DATABASE"], password=PASSWORD, connect_timeout=10)
    try:
        with database.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
    finally:
        database.close()
    return f"PostgreSQL and Redis answered: version {version}, request {CACHE.incr('requests')}\n"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status, text = 200, "healthy\n"
        if self.path != "/health":
            try:
                text = asked()
            except (psycopg2.Error, redis.RedisError) as error:
                status, text = 502, f"no answer: {error}\n"
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


# Nothing ends a container's first process that does not say so itself.
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())
ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
