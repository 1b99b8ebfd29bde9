"""The rows that a training of credit writes: scores, usual delays, proposals, and the decisions on
them that still stand."""

from odoo import api, models
from odoo.tools import SQL

from ...tools import bulk_rows

# A decision stands while the proposal stays within a quarter of what was decided on.
SAME = 0.25


class AiClientCredit(models.Model):
    _inherit = "ai.client.credit"

    @api.model
    def _replace(self, run, documents, clients, today, scored):
        """Make the rows of a run's company those of its clients.

        documents : Documents, a row an invoice; clients : (m,) int64; today : int, days since 1970;
        scored : (method, days after which it is late, CreditScores or None for no row, what an
        amount of e times the usual one adds to the log odds).
        Returns (clients with a row, credit limits that are proposed).
        """
        method, late_after, scores, effect = scored
        proposed = 0
        if scores is not None and len(clients):
            rows = self._usual_columns(documents, clients, today)
            limits = self._limit_columns(run.company_id, documents, clients, scores.grade, today)
            proposed = limits["state"].count("proposed")
            rows = {
                "company_id": run.company_id.id,
                "run_id": run.id,
                "partner_id": clients,
                "method": method,
                "late_after": late_after,
                "chance": scores.chance,
                "grade": scores.grade,
                "reasons": self._reason_rows(scores),
                **self._amount_columns(documents, clients, effect),
                **rows,
                **limits,
            }
            bulk_rows.merge(self, ("company_id", "partner_id"), rows)
        self.env.cr.execute(
            SQL(
                "DELETE FROM ai_client_credit WHERE company_id = %s AND run_id <> %s",
                run.company_id.id,
                run.id,
            )
        )
        self.env.invalidate_all()
        return (len(clients) if scores is not None else 0), proposed

    @api.model
    def _usual_columns(self, documents, clients, today):
        import numpy as np

        from ...algorithms.treasury.credit_usual import usual_days

        days = usual_days(documents, clients, today)
        known = ~np.isnan(days)
        return {
            "knows_usual": known,
            "usual_days": np.rint(np.where(known, days, 0.0)).astype(np.int64),
        }

    @api.model
    def _amount_columns(self, documents, clients, effect):
        from ...algorithms.treasury.credit_features import usual_amounts

        mean, share = usual_amounts(documents, clients)
        return {"amount_effect": effect, "amount_share": share, "amount_log": mean}

    @api.model
    def _reason_rows(self, scores):
        """[[key, what it adds to the log odds, value behind it], …] of each client, those that add
        nothing left out."""
        from ...algorithms.treasury.credit_features import REASONS

        return [
            [
                [REASONS[key], round(part, 4), round(shown, 4)]
                for key, part, shown in zip(keys, parts, values, strict=True)
                if abs(part) > 1e-9
            ]
            for keys, parts, values in zip(
                scores.reason.tolist(), scores.part.tolist(), scores.shown.tolist(), strict=True
            )
        ]

    @api.model
    def _limit_columns(self, company, documents, clients, grade, today):
        """Proposals, and the decisions on them that still stand."""
        import numpy as np

        from ...algorithms.treasury.credit_usual import proposed_limits

        limits = proposed_limits(documents, clients, grade, today)
        old = {row.partner_id.id: row for row in self.search([("company_id", "=", company.id)])}
        partners = self.env["res.partner"].sudo().with_company(company).browse(clients.tolist())
        current = {partner.id: partner.credit_limit for partner in partners}
        rows = {"proposed_limit": [], "state": [], "decided_by_id": [], "decided_on": []}
        for client, limit in zip(clients.tolist(), limits.tolist(), strict=True):
            row = old.get(client, self.browse())
            stands = row.decided_on and self._is_same(row.proposed_limit, limit)
            none = np.isnan(limit) or limit <= 0 or self._is_same(current[client], limit)
            state = row.state if stands else "none" if none else "proposed"
            rows["state"].append(state)
            rows["proposed_limit"].append(
                row.proposed_limit if stands else 0.0 if np.isnan(limit) else limit
            )
            rows["decided_by_id"].append(row.decided_by_id.id if stands else None)
            rows["decided_on"].append(row.decided_on if stands else None)
        return rows

    @api.model
    def _is_same(self, old, new):
        return abs(new - old) <= SAME * max(abs(new), abs(old)) if new == new else False
