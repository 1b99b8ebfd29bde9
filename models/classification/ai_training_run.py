"""Training of ABC/XYZ classes: a few statements and one pass of numpy, so in one turn.

Products that sold nothing in the period need no figures: they are class N. Only the others get a
row in the table of days, which keeps a catalogue of fifty thousand cheap.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("classes", "Product Classes")], ondelete={"classes": "cascade"}
    )
    classes_result_ids = fields.One2many("ai.training.result.classes", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_classes(self):
        """Ask for new classes of the current company; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["classes"])

    def action_open_classes(self):
        """Open the product classes that this run has made. Managers only."""
        return self._open_results("ai_product_class_action")

    def action_open_class_changes(self):
        """Open the changes of class that this run has found. Managers only."""
        return self._open_results("ai_product_class_change_action", context={})

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_classes(self):
        company, extract = self.company_id, self.env["ai.sales.extract"]
        date_from, date_to = extract._class_window(company)
        products = extract._class_products(company)
        if not products:
            raise UserError(self._no_products_message())
        parameters = self._class_parameters()
        used = self.env["ai.product.class"].search([("company_id", "=", company.id)], limit=1)
        by_settings = bool(used) and (used.run_id.parameters or {}) != parameters
        self.write(
            {
                "date_from": date_from,
                "date_to": date_to,
                "product_count": len(products),
                "parameters": parameters,
            }
        )
        table, units, unsold = self._classify(products)
        changed = self.env["ai.product.class"]._replace(self, table, units, unsold, by_settings)
        self._keep_result(class_count=len(products), change_count=changed)
        self.metrics = {"classes": self._count_classes(table, unsold)}

    def _setting_names_classes(self):
        return {
            "days": "ai_class_days",
            "bucket": "ai_class_bucket",
            "services": "ai_include_services",
            "gifts": False,
        }

    def _class_parameters(self):
        """All settings that decide on a class: where they differ, so may classes."""
        company = self.company_id
        limit_a, limit_b = company._ai_abc_limits()
        return {
            "days": company.ai_class_days,
            "bucket": company.ai_class_bucket,
            "abc_a": limit_a,
            "abc_b": limit_b,
            "xyz_x": company.ai_xyz_x,
            "xyz_y": company.ai_xyz_y,
            "services": company.ai_include_services,
            "gifts": not company.ai_exclude_free,
        }

    def _classify(self, products):
        """(AbcXyz of products with a sale or refund, (n,) units sold, ids of the others)."""
        import numpy as np

        from ...algorithms.classification import abc_xyz
        from ...algorithms.core import exceptions
        from ...algorithms.core.demand_panel import demand_panel

        extract, settings = self.env["ai.sales.extract"], self.parameters
        lines = extract._daily_demand(self.company_id, self.date_from, self.date_to, products)
        sold = np.unique(lines["product_id"].to_numpy())
        first = extract._demand_products(self.company_id, self.date_to)
        at = np.searchsorted(sold, lines["product_id"].to_numpy())
        revenue = np.bincount(at, lines["revenue"].to_numpy(), len(sold))
        try:
            panel = demand_panel(lines, self.date_to, settings["days"], sold, first)
            panel = self.env["ai.demand.history"]._known_days(
                self.company_id, self.date_from, panel
            )
            table = abc_xyz.classify(
                panel,
                revenue,
                settings["days"],
                settings["bucket"],
                (settings["abc_a"], settings["abc_b"]),
                (settings["xyz_x"], settings["xyz_y"]),
            )
        except exceptions.BadQuantityError as error:
            raise self.env["ai.demand.history"]._bad_quantity_error(error) from error
        except exceptions.BadFigureError as error:
            raise UserError(self._bad_revenue_message(int(sold[error.row]))) from error
        known = set(sold.tolist())
        unsold = [product for product in products if product not in known]
        return table, panel.sold.sum(axis=1), unsold

    @staticmethod
    def _count_classes(table, unsold):
        counts = {name: int((table.abc == name).sum()) for name in "ABCN"}
        return counts | {"N": counts["N"] + len(unsold)}

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _no_products_message(self):
        return _(
            "%s has nothing to classify: products that are active, for sale and not excluded in "
            "Settings › AI Recommender are needed.",
            self.company_id.name,
        )

    def _bad_revenue_message(self, product_id):
        return _(
            "%s has an order line in the period whose amount is not a number. Correct it and "
            "train again.",
            self.env["product.product"].sudo().browse(product_id).display_name,
        )

    def _advice_classes(self):
        return _(
            "Shorten the class period in Settings › AI Recommender, or raise limit_time_cpu and "
            "limit_memory_hard of the server."
        )

    def _message_classes(self):
        counts = self.metrics["classes"]
        message = _(
            "%(count)s products classified: %(a)s A, %(b)s B, %(c)s C, %(n)s without sales, in "
            "%(seconds)s s.",
            count=self._grouped(self.product_count),
            a=self._grouped(counts["A"]),
            b=self._grouped(counts["B"]),
            c=self._grouped(counts["C"]),
            n=self._grouped(counts["N"]),
            seconds=formatLang(self.env, self.duration, digits=1),
        )
        changes = self._result().change_count
        if changes:
            message += " " + _("%s of them have another class than before.", self._grouped(changes))
        return message
