"""Benchmarks inside Odoo, which is loaded once: each runs in a child of its own.

Called as `python in_odoo.py CONFIG DATABASE SIZE NAME…` inside Odoo's environment, on a database of
its own; SIZE is "full", "quick" or "smoke". A benchmark is a module here whose `run(env, size)`
measures and judges; what it did not commit is rolled back. Ends with 1 where one missed a target,
but not in the least size, and with 2 where one did not run.
"""

import importlib
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


def measured(registry, name, size):
    """The exit code of one benchmark."""
    from benchmarks.table import FAILED

    module = importlib.import_module(f"benchmarks.{name}")
    with environment(registry) as env:
        module.run(env, size)
        env.cr.rollback()
    return MISSED if FAILED and size != "smoke" else 0


def in_child(work):
    """The exit code that a function returns in a child of this process."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = BROKEN
    try:
        code = work()
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        # Not as the parent would end: nothing that it registered is done twice.
        os._exit(code)


def main(config, database, size, *names):
    import odoo

    registry = registry_of(config, database)
    # No two processes may speak over one connection.
    odoo.sql_db.close_all()
    size = "" if size == "full" else size
    codes = [in_child(lambda name=name: measured(registry, name, size)) for name in names]
    return BROKEN if any(code not in (0, MISSED) for code in codes) else max(codes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
