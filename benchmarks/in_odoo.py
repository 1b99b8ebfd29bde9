"""Benchmarks inside Odoo, which is loaded once: each runs in a child of its own.

Called as `python in_odoo.py DEED CONFIG DATABASE SIZE NAME…` inside the environment of Odoo, on a
database of its own; SIZE is "full", "quick" or "smoke". Its deeds:

    measure   modules here whose `run(env, size)` measures and judges; what they did not commit is
              rolled back. Ends with 1 where one missed a target, but not in the least size, and
              with 2 where one did not run.
    fill      modules here whose `fill(env, size)` makes what a server is asked about, and tells of
              it. Ends with a line of JSON: {name: what it tells}.
"""

import importlib
import json
import os
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# As in Odoo's workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
MISSED, BROKEN = 1, 2


def registry_of(config, database):
    """Odoo's registry of a database, loaded."""
    import odoo
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    return Registry(database)


@contextmanager
def environment(registry):
    """An environment of the superuser, whose changes are kept where the block ends well."""
    from odoo import SUPERUSER_ID, api

    with registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def module_of(name):
    return importlib.import_module(f"benchmarks.{name}")


def measured(registry, name, size):
    """The exit code of one benchmark."""
    from benchmarks.table import FAILED

    with environment(registry) as env:
        module_of(name).run(env, size)
        env.cr.rollback()
    return MISSED if FAILED and size != "smoke" else 0


def fill(registry, names, size):
    with environment(registry) as env:
        told = {name: module_of(name).fill(env, size) for name in names}
        env.cr.execute("ANALYZE")
    print(json.dumps(told))
    return 0


def measure(registry, names, size):
    codes = [ended(started(lambda name=name: measured(registry, name, size))) for name in names]
    return BROKEN if any(code not in (0, MISSED) for code in codes) else max(codes)


def started(work):
    """The number of a child of this process that calls a function, which returns its exit code."""
    import odoo

    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = BROKEN
    try:
        # No two processes may speak over one connection: it makes its own.
        odoo.sql_db._Pool = odoo.sql_db._Pool_readonly = None
        code = work()
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        # Not as the parent would end: nothing that it registered is done twice.
        os._exit(code)


def ended(child):
    """The exit code of a child once it has ended, below zero that of a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(what, config, database, size, *names):
    deed = {"measure": measure, "fill": fill}[what]
    return deed(registry_of(config, database), names, "" if size == "full" else size)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
