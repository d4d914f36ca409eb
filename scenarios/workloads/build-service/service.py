"""Answers every request with a greeting and the number of requests so far."""

from http.server import BaseHTTPRequestHandler, HTTPServer

from counting import Counter
from greeting import greet

COUNTER = Counter()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{greet('bench')}, request {COUNTER.next()}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


HTTPServer(("", 8080), Handler).serve_forever()
