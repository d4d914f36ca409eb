"""Shows which targets Prometheus has found up; no more of Grafana than that."""

import json
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

QUERY = "http://prometheus:9090/api/v1/query?query=up"
USER = os.environ["GF_SECURITY_ADMIN_USER"]


def panel():
    with urllib.request.urlopen(QUERY, timeout=10) as answer:
        found = json.load(answer)["data"]["result"]
    return "".join(f"{one['metric']['job']} is {'up' if one['value'][1] == '1' else 'down'}\n" for one in found)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            status, text = 200, f"Welcome, {USER}\n{panel()}"
        except urllib.error.URLError as error:
            status, text = 502, f"no answer: {error}\n"
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", 3000), Handler).serve_forever()
