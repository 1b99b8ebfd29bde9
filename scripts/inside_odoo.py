"""Load the sales history where it is missing, train, print: inside Odoo's own environment.

Called by scripts/demo.py as `python inside_odoo.py CONFIG DATABASE [retrain] [small]`.
"""

import sys

from progress import Progress


def main(config, database, *wishes):
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    registry = Registry(database)
    from odoo.addons.smart_recommender.demo import (
        contracts,
        coupons,
        deposits,
        experiments,
        history,
        loader,
        ratings,
        summary,
        training,
    )

    progress, is_small = Progress(), "small" in wishes
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if not loader.is_loaded(env):
            loader.load(env, progress, share=history.SMALL if is_small else 1.0)
        if not ratings.is_loaded(env):
            ratings.load(env, progress)
        if "retrain" in wishes or not training.is_trained(env):
            training.train(env, progress, nights=not is_small)
        if not experiments.is_loaded(env):
            experiments.load(env, progress)
        for added in (deposits, contracts, coupons):
            if not added.is_loaded(env):
                added.load(env, progress)
        cr.commit()
        summary.show(env, odoo.tools.config["http_port"])


if __name__ == "__main__":
    main(*sys.argv[1:])
