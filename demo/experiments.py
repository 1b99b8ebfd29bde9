"""Suggestions that were taken, and two experiments: in one of them something was to be found.

Orders of the year become quotations that showed suggestions. Companions of a bundle count as added
by a click now and then; nothing of what was sold changes for it. In the experiment with a planted
uplift, every other quotation that saw suggestions also took a maintenance contract: a service, of
which neither forecasts nor rules know. In the A/A test both arms saw the same.
"""

import json
from datetime import timedelta

import numpy as np

from odoo import fields
from odoo.tools import SQL

from . import planted
from .companies import find_company
from .loader import QUIET

SEED = 5
# From the first suggestions of a quotation to its confirmation.
MOST_HOURS = 60
SHOWN = ["rule", "rule", "affinity", "reorder", "similar", "popular", "popular"]


def is_loaded(env):
    return bool(env["ai.experiment"].search_count([], limit=1))


def load(env, progress):
    """Log the year's quotations, and evaluate the experiments; commits."""
    progress("suggestions that were taken, experiments")
    env = env(context={**env.context, **QUIET})
    company = find_company(env, "atlas")
    rng = np.random.default_rng(SEED)
    experiments = [_experiment(env, company, plan) for plan in planted.EXPERIMENTS]
    orders = _orders(env, company)
    arms = {order: _log(env, order, experiments, rng) for order in orders}
    _take_contracts(env, arms, rng)
    _take_companions(env, [order for order, arm in arms.items() if arm == "shown"], rng)
    env.invalidate_all()
    for experiment, _plan in experiments:
        experiment._evaluate()
    env.cr.commit()


def _experiment(env, company, plan):
    """(ai.experiment, its plan), as it would be had it run."""
    now = fields.Datetime.now()
    experiment = env["ai.experiment"].create(
        {
            "name": plan.name,
            "company_id": company.id,
            "unit": "order",
            "control_sees": plan.control_sees,
            "end_date": (now - timedelta(days=plan.last)).date(),
            "target_effect": 0.2,
        }
    )
    experiment.write(
        {
            "state": "ended",
            "salt": plan.name,
            "started_at": now - timedelta(days=plan.first),
            "ended_at": now - timedelta(days=plan.last - 1),
            "end_reason": "son dernier jour est passé",
        }
    )
    return experiment, plan


def _orders(env, company):
    """Orders of the company that had something to suggest; not those that take goods back."""
    orders = env["sale.order"].search(
        [("company_id", "=", company.id), ("state", "in", ("sale", "cancel"))],
        order="date_order, id",
    )
    return orders.filtered(lambda order: order.amount_untaxed > 0)


def _log(env, order, experiments, rng):
    """Log a quotation as its tab would have; returns its arm, "shown" outside of experiments."""
    exposed = order.date_order - timedelta(hours=float(rng.uniform(0.1, MOST_HOURS)))
    experiment = next((e for e, _plan in experiments if e.started_at <= exposed < e.ended_at), None)
    unit = f"order:{order.id}" if experiment else f"client:{order.partner_id.id}"
    arm = experiment._arm_of(unit) if experiment else "shown"
    kinds = [str(kind) for kind in rng.choice(SHOWN, size=6)]
    env.cr.execute(
        SQL(
            """
            INSERT INTO ai_exposure (company_id, order_id, partner_id, experiment_id, arm, unit,
                                     exposed_at, suggestion_count, kinds)
                 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            order.company_id.id,
            order.id,
            order.partner_id.commercial_partner_id.id,
            experiment.id if experiment else None,
            arm,
            unit,
            exposed,
            len(kinds),
            json.dumps(sorted(kinds, key=SHOWN.index)),
        )
    )
    return arm


def _take_contracts(env, arms, rng):
    """The planted uplift: a contract on a part of the quotations that saw suggestions."""
    effects = {plan.name: plan.taken for plan in planted.EXPERIMENTS}
    exposures = env["ai.exposure"].search(
        [("experiment_id", "!=", False), ("arm", "=", "shown")], order="id"
    )
    product = env["product.product"].search([("default_code", "=", planted.CONTRACT)], limit=1)
    taken = exposures.filtered(
        lambda each: (
            rng.random() < effects[each.experiment_id.name]
            and each.order_id.state == "sale"
            and arms.get(each.order_id) == "shown"
        )
    )
    lines = env["sale.order.line"].create(
        [
            {
                "order_id": each.order_id.id,
                "product_id": product.id,
                "product_uom_qty": 1.0,
                "ai_source": "tab",
                "ai_kind": "rule",
                "ai_rank": 1,
                "ai_added_qty": 1.0,
            }
            for each in taken
        ]
    )
    _date(env, lines)


def _take_companions(env, orders, rng):
    """Companions of a bundle's head that a click may have added."""
    companions = {
        companion: bundle.head for bundle in planted.BUNDLES for companion in bundle.companions
    }
    lines = (
        env["sale.order"]
        .concat(*orders)
        .order_line.filtered(
            lambda line: line.product_id.default_code in companions and not line.ai_source
        )
    )
    for line in lines:
        heads = line.order_id.order_line.product_id.mapped("default_code")
        if companions[line.product_id.default_code] not in heads or rng.random() > 0.4:
            continue
        rank = int(min(rng.geometric(0.5), 6))
        line.write(
            {
                "ai_source": "sheet" if rng.random() < 0.2 else "tab",
                "ai_kind": str(rng.choice(["rule", "rule", "affinity", "reorder", "popular"])),
                "ai_rank": rank,
                "ai_added_qty": max(line.product_uom_qty, 0.0),
            }
        )
    _date(env, lines.filtered("ai_source"))


def _date(env, lines):
    """Created when their quotations were, and not today."""
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE sale_order_line line SET create_date = exposure.exposed_at
              FROM ai_exposure exposure
             WHERE exposure.order_id = line.order_id AND line.id IN %s
            """,
            tuple(lines.ids or [0]),
        )
    )


def show(env):
    """What the experiments found beside what is planted, on the terminal."""
    # pylint: disable=print-used
    env = env(context={**env.context, "lang": "en_US"})
    for experiment in env["ai.experiment"].search([], order="started_at"):
        print(
            f"{experiment.name:<38} {_planted(env, experiment):.0%} planted. {experiment.verdict}"
        )


def _planted(env, experiment):
    """What contracts brought a quotation with suggestions, over the control's mean."""
    lines = env["sale.order.line"].search(
        [
            ("product_id.default_code", "=", planted.CONTRACT),
            ("ai_source", "!=", False),
            ("order_id", "in", experiment.exposure_ids.order_id.ids),
        ]
    )
    found = experiment.result_ids[:1]
    if not (experiment.treated_count and found.control_mean):
        return 0.0
    return sum(lines.mapped("price_subtotal")) / experiment.treated_count / found.control_mean
