"""Servers that stop or start anew in the middle of a training, and a clock that is set back."""

import shlex
import signal
import subprocess
import time
from pathlib import Path

from .fault_checks import finding, goes_on, next_works, passed_on
from .fault_disk import administrator

DAY = 86_400


def signals(lab):
    """SIGHUP, by which Odoo starts anew, and SIGTERM, after which it is started again."""
    for number in (signal.SIGHUP, signal.SIGTERM):
        with lab.served(), finding(lab, f"{number.name} in a training") as found:
            lab.arm("mine", "hold")
            run = lab.ask("rules")[0]
            found.promise("the worker came there", lab.held("mine"))
            lab.tell(number)
            time.sleep(2)
            lab.release("mine")
            if number == signal.SIGTERM:
                found.promise("the server ends", lab.gone())
                with lab.served():
                    goes_on(lab, found, run)
                    found.promise("the run is done", lab.run(run)[0] == "done")
                    # Asked of a server that runs.
                    next_works(lab, found)
            else:
                state, _error = goes_on(lab, found, run)
                found.promise("the run is done", state == "done")
        yield found


def clock(lab):
    """The clock of cron's worker is set back a day in the middle of a training."""
    with lab.served(), finding(lab, "clock set back a day (patched in the worker)") as found:
        lab.arm("mine", f"back {DAY}")
        number, after = lab.ask("rules", "customers")
        state, _error = goes_on(lab, found, number)
        found.promise("the run is done", state == "done")
        passed_on(lab, found, after)
        lasted = lab.rows("SELECT duration FROM ai_training_run WHERE id = %s", number)[0][0]
        found.promise("its duration is none below zero", lasted >= 0)
    yield found


def restarted(lab):
    """PostgreSQL is stopped at once in the middle of a training, and started five seconds later."""
    from postgres import DATA

    # Numbers that a copied database has drawn since the last one would be drawn again.
    administrator(lab, "CHECKPOINT")
    with lab.served(), finding(lab, "PostgreSQL stopped and started") as found:
        lab.arm("mine", "hold")
        number = lab.ask("rules")[0]
        found.promise("the worker came there", lab.held("mine"))
        restart(DATA)
        lab.release("mine")
        goes_on(lab, found, number)
    yield found


def restart(data, away=5):
    """Stop and start the embedded server as it was. data : its folder; away : seconds between."""
    program, *options = shlex.split(data.joinpath("postmaster.opts").read_text())
    owner = data.stat().st_uid
    user = {"user": owner} if owner else {}
    base = [Path(program).with_name("pg_ctl"), "-D", data, "-w"]
    subprocess.run(
        [*base, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, **user
    )
    time.sleep(away)
    start = [*base, "-l", data / "log", "-o", shlex.join(options), "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, **user)
