"""Which alerts of clients a company wants: a switch, a threshold, whom they tell.

A subject adds a kind by extending ``kind``, ``_kinds`` and, for each kind, a method
``_facts_<kind>`` here and a method ``_sentence_<kind>`` of ``ai.client.alert``.
"""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.compat import check_access

OPERATORS = "smart_recommender.group_call_operator"


class AiAlertRule(models.Model):
    _name = "ai.alert.rule"
    _description = "Alert of Clients: Settings"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "company_id, kind"
    _rec_name = "kind"
    _editable = frozenset(
        {"active", "threshold", "tell", "user_id", "sends_mail", "template_id", "mail_days"}
    )

    kind = fields.Selection([], required=True, readonly=True)
    active = fields.Boolean(string="On", default=True)
    threshold = fields.Integer(help="From where on the alert is raised, in the unit beside it.")
    unit = fields.Char(compute="_compute_of_kind")
    tell = fields.Selection(
        [
            ("operator", "Operator in charge"),
            ("supervisor", "A supervisor"),
            ("user", "This user"),
            ("nobody", "Nobody"),
        ],
        required=True,
        default="operator",
        help="Where a client has no operator in charge, a supervisor is told.",
    )
    user_id = fields.Many2one("res.users", string="User", domain=[("share", "=", False)])
    can_mail = fields.Boolean(compute="_compute_of_kind")
    sends_mail = fields.Boolean(
        string="Mail to the Client",
        help="Off until a manager switches it on: nobody is written to by surprise.",
    )
    template_id = fields.Many2one(
        "mail.template", string="Mail Template", domain=[("model", "=", "ai.client.alert")]
    )
    mail_days = fields.Integer(
        string="Days Between Mails",
        default=7,
        help="A client gets no second mail of any alert before so many days have passed.",
    )
    last_run = fields.Datetime(readonly=True)
    open_count = fields.Integer(string="Open Alerts", compute="_compute_open_count")

    _sql_constraints = [
        ("kind_unique", "UNIQUE(company_id, kind)", "A company has one rule of each alert."),
    ]

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_of_kind(self):
        kinds = self._kinds()
        units = {
            "days": _("days"),
            "percent": _("per cent of the limit"),
            "stars": _("stars and below"),
            "": "",
        }
        for rule in self:
            kind = kinds.get(rule.kind)
            rule.unit = units[kind.unit] if kind else ""
            rule.can_mail = bool(kind and kind.template)

    def _compute_open_count(self):
        counts = dict(
            self.env["ai.client.alert"]._read_group(
                [("rule_id", "in", self.ids), ("is_open", "=", True)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.open_count = counts.get(rule, 0)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            rule.display_name = labels.get(rule.kind, "")

    @api.constrains("threshold", "mail_days")
    def _check_numbers(self):
        kinds = self._kinds()
        for rule in self:
            least = kinds[rule.kind].least
            if rule.threshold < least:
                raise ValidationError(
                    _(
                        "%(alert)s: give a threshold of at least %(least)s.",
                        alert=rule.display_name,
                        least=least,
                    )
                )
            if rule.mail_days < 1:
                raise ValidationError(
                    _("%s: leave at least one day between two mails.", rule.display_name)
                )

    @api.constrains("sends_mail", "template_id")
    def _check_mail(self):
        for rule in self.filtered("sends_mail"):
            if not rule.template_id:
                raise ValidationError(
                    _("%s: choose the template of the mail to the client.", rule.display_name)
                )
            if not rule.company_id.email:
                raise ValidationError(
                    _(
                        "%s has no e-mail address for clients to answer to. Enter it in the "
                        "company's settings, then switch the mails on.",
                        rule.company_id.name,
                    )
                )

    @api.constrains("tell", "user_id", "company_id")
    def _check_user(self):
        for rule in self.filtered(lambda each: each.tell == "user"):
            if rule.company_id not in rule.user_id.company_ids:
                raise ValidationError(
                    _(
                        "%(alert)s: choose a user of %(company)s to tell.",
                        alert=rule.display_name,
                        company=rule.company_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # Kinds
    # ------------------------------------------------------------------

    @api.model
    def _kinds(self):
        """{value of ``kind``: Kind}: to be extended."""
        return {}

    @api.model
    def _of(self, company):
        """The rules of a company, {kind: rule}; those it has not got yet are made."""
        rules = self.sudo().with_context(active_test=False)
        found = {rule.kind: rule for rule in rules.search([("company_id", "=", company.id)])}
        missing = [name for name in self._kinds() if name not in found]
        made = rules.create([self._prepare_rule(company, name) for name in missing])
        return {**found, **{rule.kind: rule for rule in made}}

    @api.model
    def _prepare_rule(self, company, name):
        kind = self._kinds()[name]
        template = kind.template and self.env.ref(kind.template, raise_if_not_found=False)
        return {
            "company_id": company.id,
            "kind": name,
            "threshold": kind.threshold,
            "tell": kind.tell,
            "template_id": template.id if template else False,
            "mail_days": kind.mail_days,
        }

    def _today(self):
        """The company's day."""
        return self.env["ai.sales.extract"]._local_now(self.company_id).date()

    def _facts(self):
        """What holds now, a list of Fact; nothing where the alert is switched off."""
        self.ensure_one()
        return getattr(self, f"_facts_{self.kind}")() if self.active else []

    # ------------------------------------------------------------------
    # Whom to tell
    # ------------------------------------------------------------------

    def _users_for(self, partners):
        """Who is told of each of some clients, as the rule says; False for nobody."""
        self.ensure_one()
        if self.tell in ("user", "nobody"):
            return [self.tell == "user" and self.user_id] * len(partners)
        supervisor = self.env["ai.alert"]._supervisors(self.company_id)[:1]
        if self.tell == "supervisor":
            return [supervisor] * len(partners)
        return [self._operator_for(partner) or supervisor for partner in partners]

    def _operator_for(self, partner):
        """Who looks after a client, where that is an operator of the company."""
        operator = self.env["ai.client.alert"]._operator_of(partner)
        may = self.env["ai.alert"]._may_be_told
        return may(operator, self.company_id, (OPERATORS,)) and operator

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_open_rules(self):
        """The alerts of the current company, those that are switched off too."""
        check_access(self, "write")
        self._of(self.env.company)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_alert_rule_action"
        )
        return {**action, "domain": [("company_id", "=", self.env.company.id)]}

    def action_open_alerts(self):
        """The alerts of a rule."""
        self.ensure_one()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_client_alert_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)]}
