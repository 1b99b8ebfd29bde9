"""What is in use gives way unless what is newly learned is surely worse."""

from dataclasses import replace

import numpy as np

from algorithms.core.champion import is_worse
from algorithms.treasury.lifetime_duel import Lifetime, duel
from algorithms.treasury.purchase_value import fit_values
from algorithms.treasury.purchases import buying_from, fit_purchases
from benchmarks.receivables_made import made_orders


def learned(made, today):
    rows = buying_from(made.client, made.day, made.amount, today)
    return Lifetime(fit_purchases(rows), fit_values(rows), today)


def test_figures_that_were_well_learned_are_no_reason_to_keep_them():
    made = made_orders(5, clients=1000)
    found = duel(learned(made, made.today - 60), made.client, made.day, made.amount, made.today)
    assert found.clients > 500
    assert not found.is_worse
    assert abs(found.new / found.old - 1) < 0.1


def test_bad_figures_give_way():
    made = made_orders(5, clients=1000)
    old = learned(made, made.today - 60)
    bad = replace(old, purchases=replace(old.purchases, a=1e-3, b=50.0, alpha=3.0))
    found = duel(bad, made.client, made.day, made.amount, made.today)
    assert found.new < found.old
    assert not found.is_worse


def test_what_is_newly_and_badly_learned_does_not_replace(monkeypatch):
    made = made_orders(5, clients=1000)
    old = learned(made, made.today - 60)
    bad = replace(old.purchases, a=1e-3, b=50.0, alpha=3.0)
    monkeypatch.setattr(
        "algorithms.treasury.lifetime_duel.fit_purchases", lambda _rows, _prior: bad
    )
    found = duel(old, made.client, made.day, made.amount, made.today)
    assert found.new > found.old
    assert found.is_worse


def test_without_a_day_since_there_is_no_duel():
    made = made_orders(5, clients=300)
    found = duel(learned(made, made.today), made.client, made.day, made.amount, made.today)
    assert (found.clients, found.is_worse) == (0, False)
    old = learned(made, made.today - 60)
    few = made.client < 60
    found = duel(old, made.client[few], made.day[few], made.amount[few], made.today)
    assert (found.clients, found.is_worse) == (0, False)


def test_a_loss_is_worse_only_beyond_chance():
    rng = np.random.default_rng(1)
    old = rng.random(200)
    assert not is_worse(old, old)
    assert not is_worse(old, old - 0.1)
    assert is_worse(old, old + 0.1)
    noise = rng.normal(0, 1, 200)
    assert not is_worse(old, old + noise - noise.mean() + 0.05)
    # One client's invoices are one case.
    assert not is_worse(old, old + 0.1, np.zeros(200, int))
    assert not is_worse([1.0], [2.0])
