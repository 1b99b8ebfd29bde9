"""`make soak` in its parts that need no server: what is done, saved and written."""

import asyncio
import math
from collections import Counter

import pytest
import soak
from workspace import SetupError

from benchmarks import (
    rpc,
    soak_clients,
    soak_figures,
    soak_load,
    soak_mix,
    soak_picture,
    soak_report,
)
from benchmarks.soak import Measured, Plan


class Server:
    """Stands in for Odoo. broken : answers that are lost, after the work or before."""

    def __init__(self, broken=0, after=True):
        self.orders, self.broken, self.after = {}, broken, after

    async def call(self, _model, method, arguments=()):
        if method == "search":
            mark = arguments[0][0][2]
            return [number for number, known in self.orders.items() if known == mark]
        lost = self.broken > 0
        self.broken -= lost
        if not lost or self.after:
            self.orders[len(self.orders) + 1] = arguments[0]["client_order_ref"]
        if lost:
            raise rpc.Broken("no answer")
        return len(self.orders)


def seller_on(server, monkeypatch):
    monkeypatch.setattr(soak_clients, "WAIT", 0)
    told = {"partners": [1], "products": list(range(9))}
    return soak_clients.Seller(server, told, soak_mix.Ledger(), 1)


def test_deeds_have_their_shares_and_begin_with_a_quotation():
    deeds = soak_mix.deeds(3)
    assert next(deeds) == "create"
    counts = Counter(next(deeds) for _each in range(200))
    assert counts == {name: 2 * share for name, share in soak_mix.SHARES.items()}


@pytest.mark.parametrize("after", [True, False])
def test_a_quotation_whose_answer_is_lost_is_made_once(after, monkeypatch):
    server, measured = Server(broken=2, after=after), soak_clients.Round()
    seller = seller_on(server, monkeypatch)
    asyncio.run(seller.deed("create", seller.create, measured))
    assert len(server.orders) == len(seller.ledger.saved) == 1
    assert measured.failures["create"] == (1 if after else 2)
    # What was found to be there was not timed.
    assert len(measured.seconds["create"]) == (0 if after else 1)


def test_what_was_confirmed_is_looked_for():
    ledger = soak_mix.Ledger(sent={"a", "b", "c", "d"}, saved={"a": 1, "b": 2, "c": 3})
    ledger.confirm(1, "x")
    ledger.confirm(3, "y")
    ledger.suspect(3, "z")
    rows = [(1, "a", "other"), (3, "c", "z"), (4, "c", None), (5, "d", None)]
    assert ledger.reconciled(rows) == {"saved": 3, "lost": 2, "doubled": 1}


def test_a_percentile_is_a_measurement():
    values = tuple(range(1, 21))
    assert soak_figures.percentile(values, 0.95) == 19
    assert soak_figures.percentile(values, 0.5) == 10
    assert soak_figures.percentile((7,), 0.95) == 7
    assert math.isnan(soak_figures.percentile((), 0.5))


def test_neighbours_in_time_differ_in_state():
    plan = Plan((1, 5), 560, 2, 1)
    loads = plan.loads()
    assert len(loads) == len(plan) == 28
    assert plan.seconds == 20
    assert all(one[0] != other[0] for one, other in zip(loads, loads[1:], strict=False))


def test_saving_is_compared_where_one_side_is_asked_for_nothing_else():
    plan = Plan((1, 5), 560, 2, 1)
    loads = plan.loads()
    assert loads.count(("without", 1)) == loads.count(("idle", 1)) == 6
    assert loads.count(("idle", 5)) == loads.count(("training", 1)) == 2
    assert plan.compares(1)
    assert not plan.compares(5)
    assert not Plan((5,), 10, 1, 1).compares(5)


@pytest.mark.parametrize("large", [True, False])
def test_a_large_quotation_is_asked_for_where_it_may(large):
    asked = []

    class Asking:
        plain = False

        async def work(self, *_arguments):
            pass

        async def deed(self, name, _do, _measured):
            asked.append(name)

        nothing = large = None

    soak_load.loaded(lambda _seed: Asking(), 1, 0.1, 0, large=large)
    assert asked == ["nothing", "large"] if large else ["nothing"]


def measured(create=0.1, lost=0):
    """As much as the report needs: each deed 40 times in each state, with five clients."""
    found = Measured()
    for state in soak_figures.STATES:
        one = soak_clients.Round()
        for name in soak_figures.SHOWN:
            one.seconds[name] = [0.1] * 40
        one.seconds["create"] = [create if state == "idle" else 0.1] * 40
        found.rounds[state, 5] = one
        found.saved[state] = Counter(saved=40, lost=lost, doubled=0, empty=0, mixed=0)
    return found


def test_the_report_names_what_was_missed():
    plan = Plan((5,), 10, 1, 1)
    page, missed = soak_report.page(measured(), plan, ["- words"])
    assert not missed
    assert "| suggestions | 40 | 100 | 100 | 1.0 | 0 |" in page
    _page, missed = soak_report.page(measured(create=0.2, lost=1), plan, [])
    assert missed == ["quotations lost", "p95 of saving, with over without"]


def test_the_picture_has_a_bar_for_each_figure():
    picture = soak_picture.picture(measured().cells())
    assert picture.count("<title>create: 100 ms</title>") == len(soak_figures.STATES)
    assert soak_picture.height(0.001) == 0
    assert soak_picture.height(100) == soak_picture.HEIGHT


def test_settings_are_read_or_refused(monkeypatch):
    monkeypatch.setenv("CLIENTS", "1, 5,20")
    assert soak.numbers("CLIENTS", "1") == (1, 5, 20)
    monkeypatch.setenv("CLIENTS", "many")
    with pytest.raises(SetupError, match="CLIENTS=many is not understood"):
        soak.numbers("CLIENTS", "1,5,20")
    assert soak.size_of(200_000) == "200k lines"
    with pytest.raises(SetupError, match="LINES=5 is not a size"):
        soak.size_of(5)


def test_the_report_says_what_it_was_measured_on():
    told = {"lines": 200_000, "rules": 376}
    lines = "\n".join(soak_report.heading(told, Plan((5,), 10, 1, 1), "nothing else"))
    assert "200,000 order lines, 376 rules; 5 loads of" in lines
    assert lines.endswith("- Meanwhile: nothing else")
