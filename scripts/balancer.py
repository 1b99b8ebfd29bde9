"""A load balancer in its simplest form: connections go to the servers in turn, past those that are
down. `make cluster` has it in the place of nginx."""

import itertools
import selectors
import socket
import threading
from contextlib import contextmanager, suppress

from odoo_server import INTERFACE


@contextmanager
def balanced(ports):
    """A port whose connections go to one of the ports each, to the end of the block."""
    with socket.create_server((INTERFACE, 0)) as listener:
        turns = itertools.cycle(ports)
        threading.Thread(target=_accept, args=(listener, turns, len(ports)), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener, turns, count):
    # The listener is closed with the block.
    with suppress(OSError):
        while True:
            client, _address = listener.accept()
            threading.Thread(target=_serve, args=(client, turns, count), daemon=True).start()


def _serve(client, turns, count):
    with client:
        for port in itertools.islice(turns, count):
            try:
                server = socket.create_connection((INTERFACE, port), timeout=5)
            except OSError:
                continue
            server.settimeout(None)
            with server, suppress(OSError):
                _join(client, server)
            return


def _join(client, server):
    """Hand on what either side says, until one has no more to say."""
    with selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ, server)
        selector.register(server, selectors.EVENT_READ, client)
        while True:
            for key, _events in selector.select():
                said = key.fileobj.recv(65536)
                if not said:
                    return
                key.data.sendall(said)
