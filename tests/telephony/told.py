"""What an exchange tells, kept for the test: it asks Odoo itself, one request after the other."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Told:
    """A server on loopback that takes everything; `requests` is a list of (method, path, headers,
    body) in the order in which they came."""

    def __init__(self):
        self.requests = []
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802 (the library's own name)
                body = self.rfile.read(int(self.headers["Content-Length"]))
                requests.append((self.command, self.path, dict(self.headers), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_PUT = do_POST  # noqa: N815

            def log_message(self, *arguments):
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
