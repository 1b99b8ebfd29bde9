"""Odoo's command line, with points at which the worker of a training can be made to fail.

Called as `python fault_points.py [ARGUMENT OF ODOO…]`, with a folder in FAULT_POINTS: a server that
starts itself anew keeps its environment. A file of the folder named as a point holds a deed, done
once by the next worker that comes there: `kill`, `hold` (until the file `POINT.held` is gone),
`burn SECONDS` of the processor, or `back SECONDS`, by which the clock of the process is set back.
Without a file all runs as usual.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

POINTS = ("read", "mine", "insert", "before_publishing", "after_publishing")
MOST_HELD = 120


def main():
    folder = Path(os.environ["FAULT_POINTS"])
    del sys.path[0]  # the names of our modules are not for Odoo's imports
    import odoo.cli
    from odoo.cli import server as cli
    from odoo.modules.registry import Registry
    from odoo.service import server

    cli.check_root_user = lambda: None
    preload = server.preload_registries

    def preload_and_arm(databases):
        code = preload(databases)
        for database in databases if not code else ():
            arm(Registry(database), folder)
        return code

    # Workers are forked from the process that has loaded the registry.
    server.preload_registries = preload_and_arm
    odoo.cli.main()


def arm(registry, folder):
    """Put the points into the classes of a registry. folder : Path."""
    from odoo.addons.smart_recommender.algorithms.suggestion import association_rules

    extract, rules = registry["ai.sales.extract"], registry["ai.recommendation.rule"]
    run = registry["ai.training.run"]
    around(extract, "_order_items", folder, before="read")
    around(association_rules, "mine_rules", folder, before="mine")
    around(rules, "_insert_trained", folder, after="insert")
    around(run, "_finish", folder, after="before_publishing")
    around(run, "_show", folder, after="after_publishing", when=lambda run: run.state == "done")


def around(owner, name, folder, before="", after="", when=lambda *_a: True):
    """Do deeds before and after a function. when : of its arguments, whether it is the one."""
    function = getattr(owner, name)

    def called(*arguments, **options):
        if before and when(*arguments):
            trap(folder, before)
        result = function(*arguments, **options)
        if after and when(*arguments):
            trap(folder, after)
        return result

    setattr(owner, name, called)


def trap(folder, point):
    """Do what the file of a point says, once."""
    file = folder / point
    try:
        deed, _space, amount = file.read_text().partition(" ")
        file.unlink()
    except FileNotFoundError:
        return
    DEEDS[deed](folder, point, float(amount or 0))


def kill(_folder, _point, _amount):
    """As the kernel does it: nothing is rolled back, flushed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def hold(folder, point, _amount):
    """Wait there, and tell in `POINT.held` which process does."""
    held = folder / f"{point}.held"
    held.write_text(str(os.getpid()))
    end = time.monotonic() + MOST_HELD
    while held.exists() and time.monotonic() < end:
        time.sleep(0.05)


def burn(_folder, _point, amount):
    end = time.process_time() + amount
    while time.process_time() < end:
        pass


def back(_folder, _point, amount):
    """Set the clock that Odoo and the addon ask back, for the life of this worker."""
    from odoo import fields

    now, moment = fields.Datetime.now, time.time
    fields.Datetime.now = staticmethod(lambda *_a: now() - timedelta(seconds=amount))
    time.time = lambda: moment() - amount


DEEDS = {"kill": kill, "hold": hold, "burn": burn, "back": back}

if __name__ == "__main__":
    main()
