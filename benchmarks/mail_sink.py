"""A mail server that accepts all and keeps whom each mail was for."""

import socketserver
import threading
from collections import Counter
from contextlib import contextmanager

OK = b"250 OK\r\n"
ANSWERS = {b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}


class _Session(socketserver.StreamRequestHandler):
    """One connection of a client that speaks SMTP (RFC 5321) as smtplib does."""

    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        recipients = []
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipients.append(line.partition(b"<")[2].partition(b">")[0].decode())
            self.wfile.write(ANSWERS.get(verb, OK))
            if verb == b"QUIT":
                return
            if verb == b"DATA":
                self._take(recipients)
                recipients = []

    def _take(self, recipients):
        for line in self.rfile:
            if line == b".\r\n":
                self.server.received.update(recipients)
                self.wfile.write(OK)
                return


@contextmanager
def mail_sink():
    """A server on a free port: (port, Counter of the mails by address)."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.received = Counter()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.received
        server.shutdown()
