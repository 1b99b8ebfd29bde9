"""Speed and quality beside public peers: `make bench`, or `make bench QUICK=1` for a short one."""

import importlib.util
import os
import subprocess
import sys

from odoo_server import Odoo
from postgres import running_server
from workspace import MODULE, ROOT, port_from, run_main, say

PEERS = ROOT / "requirements-bench.txt"
PEER_MODULES = ("fim", "statsforecast", "statsmodels", "implicit")
# Each leaves the database as it was.
IN_ODOO = ("database.py", "replenishment.py", "phones.py")


def ensure_peers():
    """The peers that only benchmarks need; pyfim comes as source and wants a C compiler."""
    if all(importlib.util.find_spec(name) for name in PEER_MODULES):
        return
    say("installing the peers of the benchmarks")
    for line in PEERS.read_text().splitlines():
        # One by one: where one cannot be built the others still come.
        if line and not line.startswith("#"):
            subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", *line.split()], check=False
            )


def run_pure(quick):
    """Benchmarks without Odoo; returns the names of missed gates."""
    sys.path.insert(0, str(ROOT))
    from benchmarks import (
        anomalies,
        customer_factors,
        forecasts,
        large_catalogue,
        next_item,
        rules,
        stock,
        table,
    )

    for module in (
        rules,
        next_item,
        customer_factors,
        large_catalogue,
        forecasts,
        stock,
        anomalies,
    ):
        module.run(quick)
    return table.FAILED


def run_database(quick):
    with running_server() as server:
        odoo = Odoo(server, port_from("TEST_HTTP_PORT", 8169))
        database = odoo.series.database("bench")
        server.recreate(database)
        try:
            say(f"installing the addon into {database}")
            odoo.install(database, MODULE)
            scripts = [ROOT / "benchmarks" / name for name in IN_ODOO]
            ending = [odoo.config, database, *(["quick"] if quick else [])]
            codes = [
                subprocess.run(
                    [sys.executable, script, *ending], env=odoo.environment(), check=False
                ).returncode
                for script in scripts
            ]
            return max(codes)
        finally:
            server.drop(database)


def main():
    quick = bool(os.environ.get("QUICK"))
    ensure_peers()
    missed = run_pure(quick) if os.environ.get("ONLY") != "database" else []
    code = run_database(quick) if os.environ.get("ONLY") != "pure" else 0
    if missed:
        print(f"\nMissed: {', '.join(missed)}")
    return 1 if missed or code else 0


if __name__ == "__main__":
    run_main(main)
