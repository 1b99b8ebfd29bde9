"""What cash is made of in the next 90 days, and its futures.

Of what is owed and ordered now and the habits that the last training learned; a what-if changes
what is expected and nothing else.
"""

from odoo import _, api, models
from odoo.exceptions import UserError

from ..core.ai_training_run import SEED

HORIZON = 90
FURTHEST_DAYS = 365
POSTING = ("at_date", "monthly", "quarterly", "yearly")


class AiCashForecast(models.AbstractModel):
    _name = "ai.cash.forecast"
    _description = "Cash Forecast"

    # ------------------------------------------------------------------
    # What will be paid
    # ------------------------------------------------------------------

    @api.model
    def _rows(self, company):
        """All that is expected, as ``ai.treasury.extract._open_entries`` tells it."""
        extract = self.env["ai.treasury.extract"]
        today = extract._today(company)
        return [
            *extract._open_entries(company),
            *extract._orders_to_invoice(company),
            *self.env["ai.cash.line"]._days_of(company, today, today + HORIZON),
            *self._posting_drafts(company, today),
        ]

    @api.model
    def _posting_drafts(self, company, today):
        """Invoices and bills that will post themselves, but for those of orders, which count as
        such already."""
        extract = self.env["ai.treasury.extract"]
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "draft"),
                ("auto_post", "in", POSTING),
                ("move_type", "in", ("out_invoice", "out_refund", "in_invoice", "in_refund")),
                ("invoice_line_ids.sale_line_ids", "=", False),
                ("invoice_line_ids.purchase_line_id", "=", False),
            ]
        )
        return [
            {
                "key": f"draft:{move.id}",
                "kind": "planned",
                "partner_id": move.commercial_partner_id.id or 0,
                "due": max(
                    extract._number(move.invoice_date_due or move.date or move.invoice_date), today
                ),
                "amount": -move.amount_total_signed
                if move.move_type.startswith("in")
                else move.amount_total_signed,
                "res_model": move._name,
                "res_id": move.id,
                "name": move.name if move.name and move.name != "/" else move.display_name,
            }
            for move in moves
        ]

    @api.model
    def _arrays(self, rows):
        """algorithms.treasury.items.Items of rows, which the place of a row tells apart."""
        from ...algorithms.treasury.items import KINDS, items

        return items(
            range(len(rows)),
            [KINDS.index(row["kind"]) for row in rows],
            [row["partner_id"] for row in rows],
            [row["due"] for row in rows],
            [row["amount"] for row in rows],
        )

    @api.model
    def _what_if(self, rows, asked):
        """Items as a what-if changes them, None where it changes nothing."""
        from ...algorithms.treasury import items

        unknown = set(asked) - {"partner_id", "days", "without", "earlier"}
        if unknown:
            raise UserError(
                _("A what-if does not know %s. Reload the page.", ", ".join(sorted(unknown)))
            )
        days, earlier = self._days_asked(asked, "days"), self._days_asked(asked, "earlier")
        partner = self.env["res.partner"].browse(int(asked.get("partner_id") or 0)).exists()
        entity = partner.commercial_partner_id.id
        gone = set(asked.get("without") or ())
        places = [place for place, row in enumerate(rows) if row["key"] in gone]
        if not ((entity and days) or earlier or places):
            return None
        changed = self._arrays(rows)
        if entity and days:
            changed = items.paying_later(changed, entity, days)
        if earlier:
            changed = items.collected_earlier(changed, earlier)
        return items.without(changed, places) if places else changed

    @api.model
    def _days_asked(self, asked, name):
        days = int(asked.get(name) or 0)
        if abs(days) > FURTHEST_DAYS:
            raise UserError(_("Give at most %s days.", FURTHEST_DAYS))
        return days

    # ------------------------------------------------------------------
    # How it is known
    # ------------------------------------------------------------------

    @api.model
    def _habits(self, company):
        """({"clients", "vendors": Habits, "paces"}, sentences that say where they come from,
        whether a training learned them)."""
        known = self.env["ai.model.store"]._last(company, "cash")
        if known:
            run = self.env["ai.training.run"].search(
                [("company_id", "=", company.id), ("kind", "=", "cash"), ("state", "=", "done")],
                limit=1,
            )
            return known, [run._verdict_cash()], True
        words = _(
            "Nothing has been learned yet: everybody is expected to pay on the due day, and how "
            "sure that is is not known. A manager starts it from the menu AI Recommender › "
            "Training › Run AI Training."
        )
        return self._no_habits(), [words], False

    @api.model
    def _no_habits(self):
        from ...algorithms.treasury.delays import usual
        from ...algorithms.treasury.documents import Documents
        from ...algorithms.treasury.pace import Pace

        none = usual(Documents(*([] for _column in range(5))), 0)
        return {"clients": none, "vendors": none, "paces": (Pace(), Pace())}

    @api.model
    def _simulated(self, company, rows, habits, balance, changed=None):
        from ...algorithms.treasury.cash import simulate

        return simulate(
            self._arrays(rows) if changed is None else changed,
            habits["clients"],
            habits["vendors"],
            self.env["ai.treasury.extract"]._today(company),
            SEED,
            balance,
            company.ai_cash_limit,
            HORIZON,
            habits["paces"],
        )
