"""Train the demonstration: some weeks as they passed, then today, and tell who wants to be told.

What screens compare with the past (the accuracy of forecasts, changes of classes) would be empty
until weeks of trainings have passed. So the first training is preceded by those that nights would
have done, at their time: sales of later days do not exist for them.
"""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytz

from .companies import COMPANIES, find_company
from .timing import local_to_utc

MODELS = ("ai.recommendation.rule", "ai.forecast", "ai.anomaly")
# Days before today, and what was trained in their nights.
NIGHTS = ((63, ("classes",)), (42, ("forecast",)), (35, ("forecast", "classes")),
          (28, ("forecast",)), (21, ("forecast",)), (14, ("forecast",)),
          (7, ("forecast", "classes")))  # fmt: skip
AT_NIGHT = 180  # minute of the local day


def is_trained(env):
    return all(env[model].search_count([], limit=1) for model in MODELS)


def train(env, progress, nights=True):
    """Train all that each company can, the nights before where it is the first time; commits.

    progress : as of :func:`loader.load`; nights : bool, whether there were such nights, for which a
    small history is too short.
    """
    if nights and not is_trained(env):
        _train_nights(env, progress)
    trainings = [(key, kind) for key in COMPANIES for kind in env["ai.training.run"]._kinds()]
    for number, (key, kind) in enumerate(trainings):
        progress("trainings", number, len(trainings))
        _train(env, key, kind)
    progress("trainings", len(trainings), len(trainings))
    progress("figures of the clients, alerts")
    env["ai.client"]._cron_refresh()
    for key in COMPANIES:
        company = find_company(env, key)
        env["ai.stock.alert"].with_company(company)._alert(company)
    env.cr.commit()


def in_company(env, company):
    """The environment of a company's user, who reads French."""
    return env(context={**env.context, "allowed_company_ids": company.ids, "lang": "fr_FR"})


def _train_nights(env, progress):
    today = datetime.now().date()
    for number, (days, kinds) in enumerate(NIGHTS):
        progress("trainings of the last weeks", number, len(NIGHTS))
        for key in COMPANIES:
            night = local_to_utc(today - timedelta(days=days), AT_NIGHT, COMPANIES[key]["tz"])
            for kind in kinds:
                _train_at(env, key, kind, night)
    progress("trainings of the last weeks", len(NIGHTS), len(NIGHTS))


def _train_at(env, key, kind, night):
    """Train as if it were then; night : datetime, naive UTC. All windows of sales end there."""
    extract = env.registry["ai.sales.extract"]
    local = pytz.utc.localize(night).astimezone(pytz.timezone(COMPANIES[key]["tz"]))
    with patch.object(extract, "_local_now", lambda _model, _company: local):
        run = _train(env, key, kind)
    env.cr.execute(
        "UPDATE ai_training_run SET create_date = %(night)s, is_nightly = true,"
        " started_at = %(night)s, ended_at = %(night)s + (ended_at - started_at)"
        " WHERE id = %(id)s",
        {"night": night, "id": run.id},
    )
    env.invalidate_all()
    env.cr.commit()


def _train(env, key, kind):
    company = find_company(env, key)
    run = in_company(env, company)["ai.training.run"]._train_now(company, kind)
    env.cr.commit()
    return run
