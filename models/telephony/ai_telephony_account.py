"""Telephone accounts of operators. Passwords are forgotten: what is kept is HA1, the MD5 digest
of extension, realm and password by which SIP proves a password (RFC 2617). HA1 opens the account,
so that nobody but its own user is told it, by :meth:`AiTelephonyAccount.my_account` alone.
"""

import hashlib
import re

from odoo import _, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.compat import check_access
from ...tools.rights import check_group

_EXTENSION = re.compile(r"\w[\w.-]{0,31}", re.ASCII)
SHORTEST = 8


class AiTelephonyAccount(models.Model):
    _name = "ai.telephony.account"
    _description = "Telephone Account"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "extension"
    _rec_name = "extension"
    _check_company_auto = True
    _editable = frozenset({"company_id", "user_id", "server_id", "extension", "active", "password"})

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users",
        string="Operator",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    server_id = fields.Many2one(
        "ai.telephony.server",
        string="Exchange",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
        default=lambda self: self.env["ai.telephony.server"]._of(self.env.company).id,
    )
    extension = fields.Char(required=True)
    ha1 = fields.Char(groups=fields.NO_ACCESS, copy=False)
    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        help="That of the extension at the exchange. It is never shown again.",
    )
    has_password = fields.Boolean(string="Ready", compute="_compute_has_password")

    _sql_constraints = [
        (
            "user_unique",
            "UNIQUE(user_id, company_id)",
            "This operator has an account in this company already.",
        ),
        (
            "extension_unique",
            "UNIQUE(server_id, extension)",
            "This extension belongs to another account.",
        ),
    ]

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        for account in self.filtered("password"):
            account.set_secret(account.password)

    @api.depends("ha1")
    def _compute_has_password(self):
        for account, known in zip(self, self.sudo(), strict=True):
            account.has_password = bool(known.ha1)

    @api.constrains("extension")
    def _check_extension(self):
        for account in self:
            if not _EXTENSION.fullmatch(account.extension):
                raise ValidationError(
                    _(
                        "%s is no extension: use letters, digits, dots, dashes and underscores.",
                        account.extension,
                    )
                )

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for account in self:
            user = account.user_id.sudo()
            if user.share or account.company_id not in user.company_ids:
                raise ValidationError(
                    _(
                        "%(user)s does not work in %(company)s. Choose one of its users.",
                        user=user.name,
                        company=account.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        accounts.invalidate_recordset(["password", "has_password"])
        return accounts

    def write(self, vals):
        # HA1 is of one extension and server.
        if {"extension", "server_id"} & set(vals) and "password" not in vals:
            self.sudo().filtered(lambda account: account._is_moved(vals)).write({"ha1": False})
        done = super().write(vals)
        if "password" in vals:
            self.invalidate_recordset(["password", "has_password"])
        return done

    def _is_moved(self, vals):
        return (
            vals.get("extension", self.extension) != self.extension
            or vals.get("server_id", self.server_id.id) != self.server_id.id
        )

    @api.model
    def _not_editable_message(self):
        return _("Set the password of an account; what is kept of it is not written directly.")

    def set_secret(self, password):
        """Keep HA1 of a password and forget it. Managers of the call center only.

        Raises UserError for a password that is too short.
        """
        self.ensure_one()
        check_group(
            self.env,
            "smart_recommender.group_call_manager",
            _("Only managers of the call center set passwords of telephone accounts."),
        )
        check_access(self, "write")
        if not isinstance(password, str) or len(password) < SHORTEST:
            raise UserError(
                _(
                    "%(extension)s: the password needs %(length)s characters or more.",
                    extension=self.extension,
                    length=SHORTEST,
                )
            )
        words = f"{self.extension}:{self.server_id.sudo().realm}:{password}"
        digest = hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()
        self.sudo().ha1 = digest
        return True

    @api.model
    def my_account(self):
        """What the user's own browser registers with in the current company. Operators only.

        None without an active account with a password, else
        {"extension", "uri", "display_name", "websocket_url", "realm", "ha1",
        "ice_servers": [{"urls", "username"?, "credential"?}], "recording": off, announced or asked,
        "level2": extension or False, "ready_code", "break_code", "after_call": seconds,
        "presence": {"state", "reason": id or False}, "break_reasons": [{"id", "name"}]}.
        """
        self.env["ai.client"]._check_operator()
        account = self._of_user(self.env.user, self.env.company)
        server = account.server_id
        if not (account.ha1 and server.active):
            return None
        presence = self.env["ai.operator.presence"]
        return {
            "extension": account.extension,
            "uri": f"sip:{account.extension}@{server.domain}",
            "display_name": self.env.user.name,
            "websocket_url": server.websocket_url,
            "realm": server.realm,
            "ha1": account.ha1,
            "ice_servers": server._ice_servers(),
            "recording": server.recording,
            "level2": server.level2_extension or False,
            "ready_code": server.ready_code or "",
            "break_code": server.break_code or "",
            "after_call": server.after_call_seconds,
            "presence": presence._chosen(self.env.user, self.env.company),
            "break_reasons": self.env["ai.operator.break"]._choices(self.env.company),
        }

    @api.model
    def _of_user(self, user, company):
        """The active account of a user, empty where there is none; sudo."""
        mine = [("user_id", "=", user.id), ("company_id", "=", company.id)]
        return self.sudo().search(mine, limit=1)

    @api.model
    def _user_of(self, server, extension):
        """The user with an extension, empty where nobody has it."""
        found = [("server_id", "=", server.id), ("extension", "=", extension)]
        return self.sudo().search(found, limit=1).user_id if extension else self.env["res.users"]
