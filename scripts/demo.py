"""A database with a year of sales, trained, on the screen: `make demo`."""

import os
import socket
import subprocess
import sys

import demo_database
import demo_telephone
from odoo_server import INTERFACE, Odoo, wait_until_ready
from postgres import running_server
from workspace import SetupError, port_from, run_main, say


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((INTERFACE, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} of {INTERFACE} is in use: stop what uses it, or choose another one "
                f"with 'make demo HTTP_PORT={port + 1}'."
            ) from error


def serve(odoo, database):
    """Serve until Ctrl-C, and end with the server."""
    with odoo.started(database) as process:
        wait_until_ready(process, odoo.http_port)
        say(f"serving on http://{INTERFACE}:{odoo.http_port} — Ctrl-C stops it")
        code = process.wait()
    if code:
        raise SetupError(f"Odoo ended with code {code}; the reason is in the log above.")


def main():
    serving = os.environ.get("SERVE", "1") != "0" and "--shell" not in sys.argv
    port = port_from("HTTP_PORT", 8069)
    if serving:
        check_port(port)
    with running_server() as server:
        odoo = Odoo(server, port)
        if "--shell" in sys.argv:
            command = odoo.command(demo_database.name_for(odoo.series), "shell", "--no-http")
            return subprocess.run(command, env=odoo.environment(), check=False).returncode
        database = demo_database.build(server, odoo)
        if serving:
            with demo_telephone.started(odoo, database):
                serve(odoo, database)
    return 0


if __name__ == "__main__":
    run_main(main)
