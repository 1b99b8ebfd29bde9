"""Replenishment advice: one row for each company, warehouse and product that is kept in stock.

A row has two halves:

    demand   what training learned: how much is sold a day, how surely, on how many known days
    plan     what follows today: stock, lead time, reorder point, quantity, action and urgency

Training writes both; opening the board refreshes the plan alone, for stock changes with each
delivery and demand does not. Formulas are in ``algorithms.replenishment.reorder_point`` and
``algorithms.replenishment.advice``; ``ai.replenishment.planner`` applies them.

Float columns cannot tell 0 from unknown: ``demand_state`` does. Cover is cut at 999 days, which
stands for anything longer and for products that nobody buys.
"""

from odoo import api, fields, models

COVER_MOST = 999.0
# Days ahead that a row keeps forecasts of: those of ``ai.forecast``.
HORIZONS = (7, 30, 90)
UNIT_DIGITS = "Product Unit of Measure"
ACTIONS = [
    ("order_now", "Order Now"),
    ("watch", "Watch"),
    ("ok", "OK"),
    ("unknown", "Unknown"),
]


class AiReplenishment(models.Model):
    _name = "ai.replenishment"
    _description = "Replenishment Advice"
    _inherit = ["ai.company.row"]
    _order = "urgency desc, cover, id"

    run_id = fields.Many2one("ai.training.run", readonly=True, index=True, ondelete="set null")
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, ondelete="cascade", check_company=True
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="cascade"
    )
    categ_id = fields.Many2one("product.category", string="Category", readonly=True)
    uom_id = fields.Many2one(
        related="product_id.uom_id", string="Unit", help="What the quantities are in."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    # Demand
    demand_state = fields.Selection(
        [
            ("ok", "Known"),
            ("short", "Too Little Known"),
            ("never", "Never Sold"),
        ],
        string="Demand",
        readonly=True,
    )
    daily_demand = fields.Float(
        string="Demand a Day",
        readonly=True,
        digits=(16, 2),
        group_operator=None,
        help="The demand behind the reorder point: the mean of the demand window, or the forecast "
        "where the reorder point follows a service level.",
    )
    mean_demand = fields.Float(
        readonly=True, help="Mean units a day of the demand window, days without stock left out."
    )
    demand_spread = fields.Float(readonly=True, help="Standard deviation of these days.")
    used_demand = fields.Float(
        string="Used a Day",
        readonly=True,
        digits=(16, 2),
        group_operator=None,
        help="Of the mean of the demand window, what productions used or what left for clients "
        "without a sales order.",
    )
    known_days = fields.Integer(
        string="Days Known",
        readonly=True,
        group_operator=None,
        help="Days of the demand window since the first sale, those without stock left out.",
    )
    days_out = fields.Integer(
        string="Days Without Stock",
        readonly=True,
        group_operator=None,
        help="Days of the demand window that began and ended without stock and saw no sale: what "
        "would have been sold is not known.",
    )
    last_sale = fields.Date(readonly=True)
    is_sold_whole = fields.Boolean(
        readonly=True, help="Only ever sold in whole units, and so ordered in whole ones."
    )
    has_forecast = fields.Boolean(readonly=True)
    forecast_7 = fields.Float(readonly=True, help="Units a day forecast for the next 7 days.")
    forecast_30 = fields.Float(readonly=True, help="Units a day forecast for the next 30 days.")
    forecast_90 = fields.Float(readonly=True, help="Units a day forecast for the next 90 days.")
    margin_7 = fields.Float(readonly=True, help="What the range of 7 days lies above the forecast.")
    margin_30 = fields.Float(readonly=True, help="The same of 30 days, units.")
    margin_90 = fields.Float(readonly=True, help="The same of 90 days, units.")
    receipt_vendor_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    receipt_count = fields.Integer(readonly=True)
    receipt_lead = fields.Float(readonly=True, help="Mean days of the vendor's past receipts.")
    receipt_spread = fields.Float(readonly=True, help="Standard deviation of these days.")

    # Plan
    supply = fields.Selection(
        [("buy", "Buy"), ("make", "Manufacture"), ("none", "No Vendor")],
        readonly=True,
    )
    vendor_id = fields.Many2one("res.partner", string="Vendor", readonly=True, ondelete="set null")
    seller_id = fields.Many2one("product.supplierinfo", readonly=True, ondelete="set null")
    unit_cost = fields.Float(
        string="Price",
        readonly=True,
        digits="Product Price",
        group_operator=None,
        help="The vendor's price for one unit, in the company's currency at today's rate; without "
        "a price the cost of the product.",
    )
    order_value = fields.Monetary(readonly=True, help="Quantity to order × price.")
    lead_time = fields.Float(
        readonly=True,
        digits=(16, 1),
        group_operator=None,
        help="Days from the order until the goods are on the shelf.",
    )
    is_default_lead_time = fields.Boolean(
        string="Lead Time by Default",
        readonly=True,
        help="There is no vendor: the lead time from the settings is used.",
    )
    safety_stock = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    rop = fields.Float(
        string="Reorder Point",
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="Order when less than this is available.",
    )
    order_up_to = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    on_hand = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    incoming = fields.Float(
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="Open receipts, transfers and productions, and requests for quotation that arrive "
        "within the lead time and the order cycle.",
    )
    incoming_late = fields.Float(
        string="Late",
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="On order, and should have come before today or has no date. It counts as incoming "
        "for as long again as the lead time, two weeks at most.",
    )
    incoming_left_out = fields.Float(
        string="Not Counted",
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="On order, but too late to count: due after the lead time and the order cycle, long "
        "overdue, or without a date.",
    )
    incoming_word = fields.Char(string="On Order", compute="_compute_incoming_word")
    reserved = fields.Float(
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="What deliveries within the lead time and the order cycle take, or what is kept for "
        "deliveries where the settings say so.",
    )
    available = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    quantity = fields.Float(
        string="To Order",
        readonly=True,
        digits=UNIT_DIGITS,
        group_operator=None,
        help="What is missing up to the reorder point, at least the vendor's minimum, in whole "
        "packages.",
    )
    minimum = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    multiple = fields.Float(readonly=True, digits=UNIT_DIGITS, group_operator=None)
    cover = fields.Float(
        string="Days of Cover",
        readonly=True,
        digits=(16, 1),
        group_operator=None,
        help="How long the available stock lasts at the demand a day; 999 stands for longer.",
    )
    action = fields.Selection(ACTIONS, readonly=True, index=True)
    urgency = fields.Float(
        readonly=True,
        digits=(16, 0),
        group_operator="max",
        help="0 to 100: above 50 what is below its reorder point, 100 where nothing is left; below "
        "50 what has cover for less than 14 days.",
    )
    gap_days = fields.Float(
        string="Gap",
        readonly=True,
        digits=(16, 1),
        group_operator=None,
        help="Days without stock until goods that are ordered today arrive.",
    )
    order_before = fields.Date(
        readonly=True, help="The day on which the stock falls below its reorder point."
    )
    stock_value = fields.Monetary(readonly=True, help="On hand × the cost of the product.")
    is_dead = fields.Boolean(
        string="Dead Stock",
        readonly=True,
        index=True,
        help="In stock, and not sold for as long as the settings say.",
    )
    is_negative = fields.Boolean(string="Negative Stock", readonly=True)
    is_without_price = fields.Boolean(string="No Price", readonly=True)
    orderpoint_id = fields.Many2one(
        "stock.warehouse.orderpoint", string="Reordering Rule", readonly=True, ondelete="set null"
    )
    orderpoint_min = fields.Float(
        string="Min Now",
        related="orderpoint_id.product_min_qty",
        group_operator=None,
        help="From the existing reordering rule.",
    )
    orderpoint_max = fields.Float(
        string="Max Now",
        related="orderpoint_id.product_max_qty",
        group_operator=None,
        help="From the existing reordering rule.",
    )
    date_planned = fields.Datetime(
        string="Planned At", readonly=True, help="When this advice was last found to differ."
    )
    fill_rate_days = fields.Float(
        string="Fill Rate, Safety Days",
        readonly=True,
        digits=(16, 3),
        group_operator="avg",
        help="Replay of the last year: the share of demand that would have been served with "
        "reorder points of lead time and safety days.",
    )
    fill_rate_service = fields.Float(
        string="Fill Rate, Service Level", readonly=True, digits=(16, 3), group_operator="avg"
    )
    is_replayed = fields.Boolean(readonly=True)
    ai_class = fields.Char(related="product_id.ai_class", string="Class")
    explanation = fields.Text(compute="_compute_explanation")
    vendor_summary = fields.Char(
        string="Reliability",
        compute="_compute_vendor_summary",
        help="What the last training found of the vendor's deliveries.",
    )

    _sql_constraints = [
        (
            "product_unique",
            "UNIQUE(company_id, warehouse_id, product_id)",
            "There is one row for each product and warehouse.",
        ),
    ]

    @api.depends("product_id", "warehouse_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.product_id.display_name} ({row.warehouse_id.code})"

    @api.depends("incoming_late", "incoming_left_out")
    @api.depends_context("lang")
    def _compute_incoming_word(self):
        for row in self:
            row.incoming_word = row._incoming_in_words()

    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            row.explanation = row._explain()

    @api.depends("vendor_id")
    def _compute_vendor_summary(self):
        for company in self.company_id:
            rows = self.filtered(lambda row, own=company: row.company_id == own)
            found = self.env["ai.vendor.score"]._of(company, rows.vendor_id)
            for row in rows:
                score = found.get(row.vendor_id.commercial_partner_id)
                row.vendor_summary = score.summary if score else False
