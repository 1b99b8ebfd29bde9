"""Trainings that are asked for at the same time."""

from . import rpc
from .fault_checks import finding

STARTS = 100


def at_once(lab):
    """100 starts at once from the menu, and two trainings at once without the queue."""
    with lab.served():
        with finding(lab, f"{STARTS} starts at once") as found:
            hundred(lab, found)
        yield found
        with finding(lab, "two trainings at once") as found:
            two(lab, found)
        yield found


def hundred(lab, found):
    before = lab.rows("SELECT coalesce(max(id), 0) FROM ai_training_run")[0][0]
    lab.arm("read", "hold")  # the first of them is under way while the others come
    caller = lab.caller()
    answers = rpc.all_at_once(
        caller.call("ai.training", "action_run_training") for _each in range(STARTS)
    )
    failed = [each for each in answers if isinstance(each, Exception)]
    found.promise("all of them are answered", not failed)
    if failed:
        found.figure("not answered", f"{len(failed)}, such as {failed[0]!r:.120}")
    lab.held("read", 20)
    lab.release("read")
    rows = lab.rows(
        "SELECT kind, count(*), count(DISTINCT training_id) FROM ai_training_run"
        " WHERE id > %s GROUP BY kind",
        before,
    )
    found.promise("one run of each kind", rows and all(count == 1 for _kind, count, _all in rows))
    trainings = lab.rows(
        "SELECT count(DISTINCT training_id) FROM ai_training_run WHERE id > %s", before
    )[0][0]
    found.promise("one training", trainings == 1)
    found.figure("runs", sum(count for _kind, count, _all in rows))
    last = lab.rows("SELECT max(id) FROM ai_training_run")[0][0]
    lab.ended(last, 600)


def two(lab, found):
    lab.disarm()
    caller = lab.caller()
    answers = rpc.all_at_once(
        caller.call("ai.recommendation.rule", "action_generate_rules") for _each in range(2)
    )
    refused = [each for each in answers if isinstance(each, rpc.Refused)]
    broken = [each for each in answers if isinstance(each, rpc.Broken)]
    found.promise("both are answered", not broken)
    told = all("under way" in str(each) for each in refused)
    found.promise("one of them is refused in words, or came later", told and len(refused) < 2)
    found.figure("refused", len(refused))
