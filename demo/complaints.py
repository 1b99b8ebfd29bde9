"""A month of complaints: most of them solved, some open, two late, one with a supervisor."""

from datetime import timedelta

import numpy as np

from . import planted
from .companies import COMPANIES
from .timing import past

WORDS = {
    "late": ("Livraison promise lundi, arrivée mercredi.", "Le chauffeur n'est pas passé."),
    "faulty": ("Deux bonbonnes fissurées.", "Il manquait un carton."),
    "quality": ("Personne ne rappelle.", "Facture reçue deux fois."),
    "employees": ("Le livreur a été impoli avec l'accueil.",),
}
DONE = {
    "late": ("Relivré le jour même, avec des excuses.", "planning"),
    "faulty": ("Remplacé à la livraison suivante.", "loading"),
    "quality": ("Rappelé et expliqué.", "order"),
    "employees": ("Le responsable des tournées a présenté ses excuses.", "conduct"),
}
SHARES = {"late": 0.4, "faulty": 0.3, "quality": 0.2, "employees": 0.1}


def load_complaints(env, context, history, progress):
    """Add complaints about orders of the last weeks; commits."""
    progress("complaints")
    atlas = context.companies["atlas"]
    operators = env["res.users"].search([("login", "in", ("operatrice", "superviseur"))])
    rng = np.random.default_rng(20)
    for number in range(planted.COMPLAINTS):
        repeats = number < planted.REPEATED_COMPLAINTS
        client = planted.COMPLAINER if repeats else int(rng.integers(2, 60))
        motive = str(rng.choice(list(SHARES), p=list(SHARES.values())))
        days = number * planted.COMPLAINT_DAYS // planted.COMPLAINTS
        complaint = _take(
            env, context, atlas, operators[number % len(operators)], client, motive, rng
        )
        _date_back(complaint, history.today - timedelta(days=days), int(rng.integers(540, 1020)))
        _go_on(env, complaint, number, motive)
    env.cr.commit()


def _take(env, context, company, operator, client, motive, rng):
    """One about the client's newest order, where there is one, and a product of it."""
    partner = context.customers[client]
    order = env["sale.order"].search(
        [
            ("partner_id", "=", partner.id),
            ("company_id", "=", company.id),
            ("state", "=", "sale"),
        ],
        order="date_order desc, id desc",
        limit=1,
    )
    sold = order.order_line.filtered(lambda line: line.product_id.type != "service")
    words = WORDS[motive]
    return (
        env["ai.complaint"]
        .with_company(company)
        .create(
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "motive_id": env.ref(f"smart_recommender.complaint_motive_{motive}").id,
                "user_id": operator.id,
                "order_id": order.id,
                "picking_id": order.picking_ids[:1].id,
                "product_id": sold[:1].product_id.id if motive == "faulty" else False,
                "description": words[int(rng.integers(len(words)))],
            }
        )
    )


def _date_back(complaint, day, minute):
    """Let it have been taken on a day; its deadline follows."""
    moment = past(day, minute, COMPANIES["atlas"]["tz"])
    complaint.env.flush_all()
    complaint.env.cr.execute(
        "UPDATE ai_complaint SET create_date = %s, waiting_since = %s WHERE id = %s",
        (moment, moment, complaint.id),
    )
    complaint.invalidate_recordset()
    complaint._set_deadline()


def _go_on(env, complaint, number, motive):
    """The newest are open, one of them escalated; the next two are late; the rest is solved."""
    if number < planted.OPEN_COMPLAINTS:
        if number == 1:
            complaint._escalate_by_hand("Client important, troisième réclamation ce mois.")
        elif number:
            complaint.action_start()
        return
    if number < planted.OPEN_COMPLAINTS + planted.LATE_COMPLAINTS:
        complaint.action_start()
        return
    words, cause = DONE[motive]
    complaint.write(
        {
            "resolution": words,
            "cause_id": env.ref(f"smart_recommender.complaint_cause_{cause}").id,
        }
    )
    complaint.action_solve()
    complaint.closed_at = complaint.deadline
