"""Stars of 60 clients that follow their tastes, comments, and a client who logs in to the portal.

A trade gives more stars to the families of products that it likes (``planted.TASTES``), besides
what a client, a product and chance do.
"""

from datetime import timedelta

import numpy as np

from odoo import Command

from . import planted
from .companies import find_company
from .customers import CUSTOMERS
from .deposits import customers_of

LOGIN = "client"
COMMENTS = {
    5: ("Parfait, on en reprendra.", "Excellent rapport qualité-prix.", "Livré à l’heure."),
    4: ("Bien, comme d’habitude.", "Bon produit, emballage à revoir."),
    3: ("Correct, sans plus.",),
    2: ("Moins bon que la dernière fois.", "Deux cartons abîmés à la livraison."),
    1: ("Arrivé cassé, personne ne rappelle.", "Ne correspond pas à la photo."),
}  # fmt: skip
ANSWERS = {
    2: "Nous en avons parlé à notre transporteur : vos prochains cartons seront renforcés.",
    1: "Toutes nos excuses. Nous vous rappelons aujourd’hui pour le remplacer.",
}
COMMENTED, ANSWERED, DAYS = 0.35, 0.4, 120
REJECTED = "Ce commentaire parle d’un autre fournisseur."


def is_loaded(env):
    return bool(env["res.users"].search([("login", "=", LOGIN)], limit=1))


def load(env, progress):
    """Add them to the first company of a demonstration whose orders are loaded; commits."""
    progress("ratings")
    atlas = find_company(env, "atlas")
    customers = customers_of(env)
    rng = np.random.default_rng(20)
    rated = load_ratings(env, atlas, customers, rng)
    moderate(rated)
    create_login(env, atlas, customers[planted.RATES_ON_PORTAL])
    env.cr.commit()


def load_ratings(env, company, customers, rng):
    """Ratings of what the planted clients bought; all comments are still to be read."""
    vals_list = []
    traits = {}
    for position in planted.RATING_CLIENTS:
        client = customers[position]
        bought = env["ai.sales.extract"]._bought_templates(company, client)
        products = env["product.product"].browse(row["product_id"] for row in bought)
        leaning = rng.normal(0, 0.3)
        for product in products:
            liked = traits.setdefault(product.default_code, rng.normal(0, 0.35))
            mean = 3.7 + leaning + liked + taste(position, product.default_code or "")
            stars = int(np.clip(np.rint(mean + rng.normal(0, 0.6)), 1, 5))
            vals_list.append(_vals(env, company, client, product, stars, rng))
    ratings = env["rating.rating"].create(vals_list)
    _date_back(env, ratings, rng)
    return ratings


def taste(position, code):
    """How many stars more a client gives to a product because of its trade."""
    lovers = planted.TASTES.get(code[:3])
    if not lovers:
        return 0.0
    name = CUSTOMERS[position].name
    has_taste = any(name.startswith(trades) for trades in planted.TASTES.values())
    return 0.8 if name.startswith(lovers) else -0.6 if has_taste else 0.0


def _vals(env, company, client, product, stars, rng):
    comment = str(rng.choice(COMMENTS[stars])) if rng.random() < COMMENTED else False
    return {
        "res_model_id": env["ir.model"]._get_id("product.template"),
        "res_id": product.product_tmpl_id.id,
        "partner_id": client.id,
        "ai_company_id": company.id,
        "rating": stars,
        "feedback": comment,
        "consumed": True,
        "ai_review": "new" if comment else "accepted",
    }


def _date_back(env, ratings, rng):
    """Spread ratings over the last months."""
    ages = rng.integers(0, DAYS * 24, len(ratings))
    now = env.cr.now()
    ratings.flush_recordset()
    for rating, hours in zip(ratings, ages.tolist(), strict=True):
        env.cr.execute(
            "UPDATE rating_rating"
            "   SET create_date = %(at)s, write_date = %(at)s, ai_rated_on = %(at)s"
            " WHERE id = %(id)s",
            {"at": now - timedelta(hours=hours), "id": rating.id},
        )
    ratings.invalidate_recordset()


def moderate(ratings):
    """Read all comments but those of the last days, answer the worst, reject one."""
    manager = ratings.env.ref("base.user_admin").partner_id
    commented = ratings.filtered("feedback").sorted(lambda rating: (rating.create_date, rating.id))
    for number, rating in enumerate(commented[: -planted.UNREAD_COMMENTS]):
        vals = {"ai_review": "accepted"}
        if int(rating.rating) in ANSWERS and number % 5 < 5 * ANSWERED:
            vals |= {"publisher_comment": ANSWERS[int(rating.rating)], "publisher_id": manager.id}
        rating.write(vals)
    commented[:1].write(
        {"ai_review": "rejected", "ai_rejected_reason": REJECTED, "consumed": False}
    )


def create_login(env, company, client):
    """A user of the portal who looks after the purchases of a client."""
    client.email = f"{LOGIN}@example.com"
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "login": LOGIN,
                "password": LOGIN,
                "partner_id": client.id,
                "lang": "fr_FR",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "groups_id": [Command.set(env.ref("base.group_portal").ids)],
            }
        )
    )
