"""Workers that are killed, and connections that are ended, in the middle of a training."""

from contextlib import closing

from .fault_checks import finding, goes_on, passed_on
from .fault_points import POINTS

LOCK_HOLDERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory'"


def killed(lab):
    """kill -9 of cron's worker, at each point of a training."""
    with lab.served():
        for point in POINTS:
            with finding(lab, f"kill -9 at {point.replace('_', ' ')}") as found:
                lab.arm(point, "kill")
                number = lab.ask("rules")[0]
                found.promise("the worker came there", lab.sprung(point))
                state, _error = goes_on(lab, found, number)
                found.promise("the run is done", state == "done")
            yield found


def killed_for_good(lab):
    """A worker that dies at each attempt: the third is the last, and says why."""
    with lab.served(), finding(lab, "kill -9 at every attempt") as found:
        number = None
        for _attempt in range(3):
            lab.arm("mine", "kill")
            number = number or lab.ask("rules")[0]
            found.promise("the worker came there", lab.sprung("mine"))
        state, error = goes_on(lab, found, number)
        found.promise("it fails after the third", state == "failed" and "attempts: 3" in error)
    yield found


def terminated(lab):
    """pg_terminate_backend of all connections, of the one that works, and of the one that locks."""
    with lab.served():
        for name, condition in (
            ("of all", "true"),
            ("of the work", "query ~ 'ai_training|sale_order' AND state = 'idle in transaction'"),
            ("of its lock", f"pid IN ({LOCK_HOLDERS})"),
        ):
            with finding(lab, f"pg_terminate_backend {name}") as found:
                lab.arm("mine", "hold")
                number, after = lab.ask("rules", "customers")
                found.promise("the worker came there", lab.held("mine"))
                found.figure("ended connections", terminate(lab, condition))
                lab.release("mine")
                goes_on(lab, found, number)
                passed_on(lab, found, after)
            yield found


def terminate(lab, condition):
    """End connections of cron's worker to the database; how many."""
    question = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        f" WHERE datname = current_database() AND pid <> pg_backend_pid() AND {condition}"
    )
    with closing(lab.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
