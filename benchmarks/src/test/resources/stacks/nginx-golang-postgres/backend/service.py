"""Lists what it has put into PostgreSQL."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2

with open("/run/secrets/db-password", encoding="ascii") as file:
    PASSWORD = file.read().strip()


def titles():
    database = psycopg2.connect(host="db", user="postgres", dbname="example", password=PASSWORD)
    with database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS blog (id INT PRIMARY KEY, title TEXT)")
        for i in range(5):
            cursor.execute("INSERT INTO blog VALUES (%s, %s) ON CONFLICT DO NOTHING", (i, f"Title #{i}"))
        cursor.execute("SELECT title FROM blog ORDER BY id")
        found = [title for (title,) in cursor]
    database.close()
    return found


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(titles()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 8000), Handler).serve_forever()
