"""What every fault has to leave behind, see docs/DEVELOP.md."""

from contextlib import contextmanager

from .fault_lab import INTERVAL
from .fault_report import Finding
from .rule_watch import watching

# Seconds of a training, on a machine that is busy.
WORK = 10
READABLE = "old results stay readable, never mixed"
ENDS = "the run ends, done or failed with a reason"
SOON = "it goes on within one cron interval"
NEXT = "the next training works"
FREE = "nothing stays locked or running"


@contextmanager
def finding(lab, name):
    """A Finding of what the block does; rules are read beside it, and it has to leave all well."""
    found = Finding(name)
    with watching(lab.connect, lab.company) as watch:
        yield found
        if not found.skipped and NEXT not in found.promises:
            next_works(lab, found)
    found.promise(READABLE, watch.is_clean)
    found.figure("reads", f"{watch.reads}, {watch.empty} empty, {watch.mixed} mixed")


def goes_on(lab, found, number, extra=WORK):
    """The run of a fault ends. extra : seconds that it may take beyond cron's interval."""
    state, attempt, error, lasted = lab.ended(number)
    found.promise(ENDS, state == "done" or (state == "failed" and error))
    found.promise(SOON, lasted <= INTERVAL + extra)
    found.figure("ended", f"{state} at attempt {attempt} after {lasted:.0f} s")
    if error:
        found.figure("it says", f"“{error:.160}”".replace("\n", " "))
    return state, error


def passed_on(lab, found, number):
    """What waits behind the run of a fault has its turn as soon."""
    _state, _attempt, _error, lasted = lab.ended(number)
    found.promise("what waited behind it is not forgotten", lasted <= INTERVAL + WORK)


def next_works(lab, found):
    """Another training is done, and leaves no lock and no running row."""
    lab.disarm()
    numbers = lab.ask("rules")
    if not numbers:
        found.promise(NEXT, False)
        return
    state, _attempt, error, _lasted = lab.ended(numbers[0])
    found.promise(NEXT, state == "done")
    if error:
        found.figure("next", error)
    # The lock ends after the row is written.
    found.promise(FREE, lab.until(lambda: not lab.locks() and not unended(lab), 10))


def unended(lab):
    question = "SELECT count(*) FROM ai_training_run WHERE state IN ('pending', 'running')"
    return lab.rows(question)[0][0]
