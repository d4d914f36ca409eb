"""Counts visits in Redis, and says who counted."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import redis

COUNTER = redis.Redis(host="redis")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{socket.gethostname()}: number of visits is {COUNTER.incr('visits')}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 5000), Handler).serve_forever()
