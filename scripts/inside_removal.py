"""Write data with the addon, train, or uninstall it, inside Odoo's own environment.

Called by scripts/removal.py as `python inside_removal.py CONFIG DATABASE write|train|uninstall`.
Any version of the addon takes it.
"""

import sys
from datetime import timedelta

MODULE = "smart_recommender"
ORDERS = 60


def main(config, database, wish):
    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if wish == "uninstall":
            env["ir.module.module"].search([("name", "=", MODULE)]).button_immediate_uninstall()
            return
        if wish == "write":
            write(env)
        train(env)
        cr.commit()


def write(env):
    """Orders of two months, a rule by hand, and a number of one's own in each setting."""
    from odoo import Command, fields

    products = env["product.product"].create(
        [{"name": f"Removal {number}", "list_price": 10.0 + number} for number in range(4)]
    )
    partners = env["res.partner"].create([{"name": f"Removal {number}"} for number in range(5)])
    for number in range(ORDERS):
        basket = products[:2] if number % 3 else products[2:]
        order = env["sale.order"].create(
            {
                "partner_id": partners[number % 5].id,
                "order_line": [Command.create({"product_id": each.id}) for each in basket],
            }
        )
        order.action_confirm()
        order.date_order = fields.Datetime.now() - timedelta(days=number + 1)
        order.message_post(body="Kept")
    env["ai.recommendation.rule"].create(
        {
            "antecedent_ids": [Command.set(products[0].ids)],
            "consequent_id": products[3].id,
        }
    )
    set_each_setting(env)


def set_each_setting(env):
    from psycopg2 import IntegrityError

    from odoo.exceptions import UserError
    from odoo.tools import mute_logger

    for name, field in env.company._fields.items():
        if name.startswith("ai_") and field.store and field.type == "integer" and not field.compute:
            try:
                with mute_logger("odoo.sql_db"), env.cr.savepoint():
                    env.company[name] += 1
                    env.flush_all()
            except (UserError, IntegrityError) as error:  # out of its range
                env.invalidate_all()
                print(f"  {name} stays: {str(error).splitlines()[0]}")


def train(env):
    """Everything that can be trained from these orders."""
    from odoo.exceptions import UserError

    runs = env["ai.training.run"]
    for kind, _name in runs._fields["kind"].selection:
        try:
            with env.cr.savepoint():
                runs._train_now(env.company, kind)
        except UserError as error:
            print(f"  {kind}: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
