"""Contracts with clients: so much of a product or a category, at a price list, for so long.

A contract begins on a day and lasts so many months; each renewal adds as many. What was agreed on
is held against what was bought in the running period, see :mod:`.ai_client_contract_figures`. One
that is renewed by hand stays in the list, overdue, until somebody renews or ends it.
"""

from dateutil.relativedelta import relativedelta

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools.compat import check_access, is_convertible
from ...tools.rights import check_group

JOB = "smart_recommender.ir_cron_client_contracts"


class AiClientContract(models.Model):
    _name = "ai.client.contract"
    _description = "Client Contract"
    _inherit = ["ai.company.row", "ai.editable.row", "ai.company.job", "mail.thread"]
    _order = "state desc, end_date, id"
    _editable = frozenset(
        {
            "name",
            "company_id",
            "partner_id",
            "start_date",
            "months",
            "product_id",
            "categ_id",
            "quantity",
            "quantity_per",
            "uom_id",
            "pricelist_id",
            "renewal",
            "notice_days",
        }
    )

    name = fields.Char(string="Reference", help="As it stands on the paper.")
    company_id = fields.Many2one(default=lambda self: self.env.company, readonly=False)
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index=True,
        help="What its contacts order counts too.",
    )
    state = fields.Selection(
        [("running", "Running"), ("ended", "Terminated")],
        required=True,
        readonly=True,
        default="running",
        copy=False,
        index=True,
        tracking=True,
    )
    start_date = fields.Date(
        string="Start", required=True, default=fields.Date.context_today, tracking=True
    )
    months = fields.Integer(
        string="Duration",
        required=True,
        default=12,
        tracking=True,
        help="Months of a period; a renewal adds as many.",
    )
    renewal_count = fields.Integer(string="Renewals", readonly=True, copy=False)
    end_date = fields.Date(
        string="Last Day", compute="_compute_end_date", store=True, index=True, tracking=True
    )
    product_id = fields.Many2one(
        "product.product",
        string="Product",
        check_company=True,
        ondelete="restrict",
        domain=[("sale_ok", "=", True)],
        tracking=True,
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        ondelete="restrict",
        tracking=True,
        help="With all categories below it.",
    )
    quantity = fields.Float(
        string="Quantity Agreed",
        digits="Product Unit of Measure",
        tracking=True,
        help="Zero: nothing was agreed on.",
    )
    quantity_per = fields.Selection(
        [("month", "a month"), ("period", "in all")],
        string="Agreed For",
        required=True,
        default="month",
        tracking=True,
        help="Each month, or the whole period.",
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        help="Of a category, what is sold in units that cannot be converted is not counted.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price List",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="New quotations for the client take it while the contract runs.",
    )
    renewal = fields.Selection(
        [("manual", "By hand"), ("auto", "Automatic")],
        required=True,
        default="manual",
        tracking=True,
    )
    notice_days = fields.Integer(
        string="Notice",
        default=30,
        tracking=True,
        help="Days before the last one from which the contract is due: to be renewed, or ended "
        "before it renews itself.",
    )
    due_date = fields.Date(string="Due From", compute="_compute_due_date", store=True, index=True)

    _sql_constraints = [
        ("months_positive", "CHECK(months > 0)", "Give a contract at least one month."),
        ("quantity_positive", "CHECK(quantity >= 0)", "Give a quantity of zero or more."),
        ("notice_positive", "CHECK(notice_days >= 0)", "Give a notice of zero days or more."),
    ]

    @api.depends("start_date", "months", "renewal_count")
    def _compute_end_date(self):
        for contract in self:
            months = (contract.months or 0) * (contract.renewal_count + 1)
            start = contract.start_date
            contract.end_date = start and start + relativedelta(months=months, days=-1)

    @api.depends("end_date", "notice_days")
    def _compute_due_date(self):
        for contract in self:
            end = contract.end_date
            contract.due_date = end and end - relativedelta(days=contract.notice_days)

    @api.depends("product_id")
    def _compute_uom_id(self):
        usual = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        for contract in self:
            contract.uom_id = contract.product_id.uom_id or contract.uom_id or usual

    @api.depends("name", "commercial_partner_id", "product_id", "categ_id")
    def _compute_display_name(self):
        for contract in self:
            subject = contract.product_id.display_name or contract.categ_id.display_name
            parts = (contract.commercial_partner_id.name, contract.name or subject)
            contract.display_name = " – ".join(filter(None, parts))

    @api.constrains("product_id", "categ_id", "quantity")
    def _check_subject(self):
        for contract in self:
            if contract.product_id and contract.categ_id:
                raise ValidationError(
                    _(
                        "The contract of %s is of a product or of a category, not of both: empty "
                        "one of them.",
                        contract.partner_id.display_name,
                    )
                )
            if contract.quantity and not (contract.product_id or contract.categ_id):
                raise ValidationError(
                    _(
                        "A quantity is agreed on with %s: say of which product or category.",
                        contract.partner_id.display_name,
                    )
                )

    @api.constrains("product_id", "uom_id")
    def _check_unit(self):
        for contract in self:
            product = contract.product_id
            if product and not is_convertible(contract.uom_id, product.uom_id):
                raise ValidationError(
                    _(
                        "%(unit)s cannot be converted into %(own)s, the unit of %(product)s: "
                        "choose another unit.",
                        unit=contract.uom_id.name,
                        own=product.uom_id.name,
                        product=product.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_renew(self):
        """Add one more period. Supervisors only."""
        self._check_supervisor()
        check_access(self, "write")
        for contract in self:
            if contract.state != "running":
                raise UserError(_("%s has ended: duplicate it instead.", contract.display_name))
            contract._renew()
        return True

    def action_end(self):
        """The contract is over. Supervisors only."""
        self._check_supervisor()
        check_access(self, "write")
        self.sudo().write({"state": "ended"})
        return True

    def action_open_sheet(self):
        """The client sheet of the client. Operators only."""
        self.ensure_one()
        return self.partner_id.action_open_client_sheet()

    # ------------------------------------------------------------------
    # Business
    # ------------------------------------------------------------------

    @api.model
    def _check_supervisor(self):
        check_group(
            self.env,
            "smart_recommender.group_call_supervisor",
            _("Only supervisors of the call center renew and end contracts. Ask one of them."),
        )

    def _renew(self):
        self.ensure_one()
        contract = self.sudo()
        contract.renewal_count += 1
        contract.message_post(body=_("Renewed until %s.", format_date(self.env, contract.end_date)))

    @api.model
    def _cron_renew(self):
        """Renew in every company what renews itself; one that fails leaves the others alone."""
        self._each_company(self.env["res.company"].search([]), "_renew_due", JOB)

    @api.model
    def _renew_due(self, company):
        """Renew the contracts of a company that renew themselves and are over."""
        today = self.env["ai.sales.extract"]._local_now(company).date()
        contracts = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("renewal", "=", "auto"),
                ("end_date", "<", today),
            ]
        )
        for contract in contracts:
            while contract.end_date < today:
                contract._renew()

    @api.model
    def _pricelists_of(self, entities, day):
        """{(company, commercial entity): price list that a contract gives it on a day}, of those
        that have one; the contract that began last decides."""
        contracts = self.sudo().search(
            [
                ("commercial_partner_id", "in", entities._origin.ids),
                ("state", "=", "running"),
                ("pricelist_id", "!=", False),
                ("start_date", "<=", day),
                ("end_date", ">=", day),
            ],
            order="start_date, id",
        )
        return {
            (contract.company_id, contract.commercial_partner_id): contract.pricelist_id
            for contract in contracts
        }
