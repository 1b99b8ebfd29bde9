"""Low ratings among the alerts: told within a minute, taken back as soon as they are dealt with."""

import textwrap

from odoo import _, api, models

from .ai_alert_rule import LOW

LOW_JOB = "smart_recommender.ir_cron_low_ratings"
SHOWN = 160


class AiClientAlert(models.Model):
    _inherit = "ai.client.alert"

    @api.model
    def _cron_low_ratings(self):
        """Raise and close the alerts of low ratings in every company."""
        companies = self.env["res.company"].search([("ai_enabled", "=", True)])
        self._each_company(companies, "_alert_low_ratings", LOW_JOB)

    @api.model
    def _alert_low_ratings(self, company):
        return self._alert(company, LOW)

    def _sentence_low_rating(self):
        rating = self.env["rating.rating"].sudo().browse(int(self.key or 0)).exists()
        if not rating:
            return _("A low rating, which was taken back")
        comment = textwrap.shorten(rating.feedback or "", SHOWN, placeholder="…")
        # The product in the language of who reads it.
        words = {
            "product": rating.ai_product_tmpl_id.display_name or rating.res_name,
            "stars": rating._ai_stars(),
            "comment": comment,
        }
        if comment:
            return _("%(stars)s for %(product)s: %(comment)s", **words)
        return _("%(stars)s for %(product)s, without a comment", **words)
