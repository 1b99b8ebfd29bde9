"""Settings of reorder points and replenishment advice."""

from odoo import _, api, fields, models

from ...tools.setting_range import DAYS, SHARE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_rop_method = fields.Selection(
        [("days", "Lead Time and Safety Days"), ("service", "Service Level")],
        string="Reorder Point",
        default="days",
        required=True,
        help="Lead time and safety days: average daily demand × (lead time + safety days). "
        "Service level: forecast demand during the lead time, plus what its error and that "
        "of the lead time require.",
    )
    ai_default_lead_time = fields.Float(
        string="Lead Time Without Vendor",
        default=7.0,
        help="Days from the order to the receipt of a product that has no vendor.",
    )
    ai_safety_days = fields.Float(
        string="Safety Days",
        default=3.0,
        help="Days of demand that the stock should still hold when the goods arrive.",
    )
    ai_service_level = fields.Float(
        string="Service Level",
        digits=(16, 4),
        default=0.95,
        help="The share of lead times that should pass without running out of stock.",
    )
    ai_demand_days = fields.Integer(
        string="Demand Window",
        default=60,
        help="The days whose mean is the average daily demand. Days without stock do not count.",
    )
    ai_available_stock = fields.Selection(
        [
            ("outgoing", "On Hand + Incoming − Promised Deliveries"),
            ("reserved", "On Hand + Incoming − Reserved"),
            ("on_hand", "On Hand Only"),
        ],
        string="Available Stock",
        default="outgoing",
        required=True,
        help="What is compared with the reorder point. Promised deliveries are those that clients "
        "wait for, reserved or not. Requests for quotation count as incoming; what arrives after "
        "the lead time and the order cycle does not.",
    )
    ai_use_receipts = fields.Boolean(
        string="Lead Times of Past Receipts",
        help="Use the lead times that vendors kept, not the ones they promised. A few receipts are "
        "drawn towards the promise.",
    )
    ai_cycle_days = fields.Float(
        string="Order Cycle",
        help="Days of demand to order beyond the reorder point, so that orders are fewer and "
        "larger; 0 fills up to the reorder point.",
    )
    ai_dead_stock_days = fields.Integer(
        string="Dead Stock After",
        default=90,
        help="Products in stock without a sale for this many days are dead stock.",
    )
    ai_stock_alerts = fields.Boolean(
        string="Stock Alerts",
        default=True,
        help="Every morning one activity for each responsible user with the products that newly "
        "fell below their reorder point, and those that became dead stock.",
    )

    @api.model
    def _ai_setting_ranges(self):
        return super()._ai_setting_ranges() | {
            "ai_safety_days": Range(0, 365, DAYS),
            "ai_service_level": Range(0.5, 0.999, SHARE),
            "ai_default_lead_time": Range(0, 365, DAYS),
            "ai_demand_days": Range(14, 365, DAYS),
            "ai_cycle_days": Range(0, 365, DAYS, _("0 fills up to the reorder point")),
            "ai_dead_stock_days": Range(14, 3650, DAYS),
        }
