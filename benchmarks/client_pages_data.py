"""A shop whose clients rate: sales, stars and portal users, kept in the database.

Run by in_odoo.py; tells :mod:`benchmarks.client_pages`.
"""

import json

import numpy as np

from .database import sales_of

SIZES = {
    "": ("100k lines", 100_000),
    "quick": ("100k lines", 100_000),
    "smoke": ("100 orders", 300),
}
CLIENTS = 8
PASSWORD = "bench-client"


def fill(env, size):
    lines, count = SIZES[size]
    company = sales_of(env, lines)
    rate(env, company, count)
    env["ai.training.run"].with_company(company)._train_now(company, "customers")
    logins = [client_of(env, company, partner_id) for partner_id in buyers(env, company)]
    return {"database": env.cr.dbname, "logins": logins, "password": PASSWORD}


def buyers(env, company):
    """Ids of the clients with most orders: their pages are the longest."""
    env.cr.execute(
        """
        SELECT partner_id FROM sale_order WHERE company_id = %s
      GROUP BY partner_id ORDER BY count(*) DESC, partner_id LIMIT %s
        """,
        (company.id, CLIENTS),
    )
    return [row[0] for row in env.cr.fetchall()]


def rate(env, company, count):
    """So many ratings of random clients and products, no pair twice."""
    env.cr.execute(
        "SELECT DISTINCT partner_id FROM sale_order WHERE company_id = %s", (company.id,)
    )
    partners = np.array([row[0] for row in env.cr.fetchall()])
    env.cr.execute(
        """
        SELECT DISTINCT product.product_tmpl_id
          FROM sale_order_line line JOIN product_product product ON product.id = line.product_id
         WHERE line.company_id = %s
        """,
        (company.id,),
    )
    templates = np.array([row[0] for row in env.cr.fetchall()])
    rng = np.random.default_rng(0)
    cells = rng.choice(len(partners) * len(templates), count, replace=False)
    rows = zip(
        partners[cells // len(templates)].tolist(),
        templates[cells % len(templates)].tolist(),
        rng.integers(1, 6, count).tolist(),
        strict=True,
    )
    env.flush_all()
    model = env["ir.model"]._get_id("product.template")
    env.cr.execute(
        """
        INSERT INTO rating_rating (res_model_id, res_model, res_id, partner_id, ai_company_id,
               ai_commercial_partner_id, rating, consumed, ai_review, ai_rated_on,
               ai_product_tmpl_id, create_date, write_date)
        SELECT %s, 'product.template', template, partner, %s, partner, stars, TRUE, 'accepted',
               now(), template, now(), now()
          FROM json_to_recordset(%s) AS each (partner int, template int, stars int)
        """,
        (
            model,
            company.id,
            json.dumps(
                [
                    {"partner": partner, "template": template, "stars": stars}
                    for partner, template, stars in rows
                ]
            ),
        ),
    )
    env.invalidate_all()


def client_of(env, company, partner_id):
    """The login of a portal user of a client."""
    login = f"bench_client_{partner_id}"
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "login": login,
            "password": PASSWORD,
            "partner_id": partner_id,
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "groups_id": [(6, 0, env.ref("base.group_portal").ids)],
        }
    )
    return login
