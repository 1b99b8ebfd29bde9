"""The telephone exchange of a company: where browsers register, and what it may tell Odoo.

The exchange shows a key with what it tells; only its digest is kept, and the key is shown once.
"""

import hashlib
import hmac
import re
import secrets

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.compat import check_access
from ...tools.rights import check_group

KEY_BYTES = 32
LONGEST_RETENTION = 3650
LONGEST_AFTER_CALL = 1800
SHOWN = "smart_recommender.ai_telephony_key_view_form"
_ADDRESS = re.compile(r"wss?://[^\s/@]+(/\S*)?", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w.-]+(:\d{1,5})?|\[[\da-fA-F:]+\](:\d{1,5})?")
_ICE = {"stun": re.compile(r"stuns?:\S+"), "turn_url": re.compile(r"turns?:\S+")}
_CODE = re.compile(r"[\d*#]{1,16}")


class AiTelephonyServer(models.Model):
    _name = "ai.telephony.server"
    _description = "Telephone Exchange"
    _inherit = ["ai.editable.row", "ai.company.row"]
    _order = "company_id, id"
    _editable = frozenset(
        {
            "name",
            "active",
            "company_id",
            "websocket_url",
            "domain",
            "realm",
            "stun",
            "turn_url",
            "turn_user",
            "turn_password",
            "recording",
            "retention_days",
            "level2_extension",
            "after_call_seconds",
            "ready_code",
            "break_code",
        }
    )

    name = fields.Char(required=True, default="Exchange")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(readonly=False, default=lambda self: self.env.company)
    websocket_url = fields.Char(
        string="WebSocket Address",
        required=True,
        help="Where browsers register, such as wss://exchange.example.com:8089/ws.",
    )
    domain = fields.Char(
        required=True, help="What stands behind the @ of a SIP address, without a scheme."
    )
    realm = fields.Char(
        required=True,
        default="asterisk",
        help="What the exchange asks passwords for; of Asterisk it is asterisk unless set.",
    )
    stun = fields.Char(string="STUN Server", help="Such as stun:stun.example.com:3478.")
    turn_url = fields.Char(string="TURN Server", help="Such as turn:turn.example.com:3478.")
    turn_user = fields.Char(string="TURN User")
    turn_secret = fields.Char(groups=fields.NO_ACCESS, copy=False)
    turn_password = fields.Char(
        string="TURN Password",
        compute="_compute_turn_password",
        inverse="_inverse_turn_password",
        help="What is typed here is kept and never shown again to whoever looks.",
    )
    recording = fields.Selection(
        [
            ("off", "Never"),
            ("announced", "After an announcement"),
            ("asked", "With the client's consent"),
        ],
        string="Calls Are Recorded",
        required=True,
        default="off",
    )
    retention_days = fields.Integer(
        string="Recordings Kept For", required=True, default=90, help="Days; then they are deleted."
    )
    level2_extension = fields.Char(
        string="Queue of Level 2", help="Extension to which operators pass what they cannot solve."
    )
    after_call_seconds = fields.Integer(
        string="Time After a Call",
        required=True,
        default=0,
        help="Seconds for notes, in which the queue does not ring; operators may end it sooner.",
    )
    ready_code = fields.Char(default="*47", help="Dialled when an operator is ready for the queue.")
    break_code = fields.Char(default="*46", help="Dialled when an operator leaves the queue.")
    key_digest = fields.Char(groups=fields.NO_ACCESS, copy=False, index="btree_not_null")
    key_made_on = fields.Datetime(readonly=True, copy=False)
    account_ids = fields.One2many("ai.telephony.account", "server_id", string="Accounts")

    def _compute_turn_password(self):
        self.turn_password = False

    def _inverse_turn_password(self):
        for server in self:
            server.sudo().turn_secret = server.turn_password

    @api.constrains("company_id", "active")
    def _check_one(self):
        for server in self.filtered("active"):
            same = [("company_id", "=", server.company_id.id), ("id", "!=", server.id)]
            if self.sudo().search_count(same, limit=1):
                raise ValidationError(
                    _(
                        "%s has an exchange already. Archive it before you activate another one.",
                        server.company_id.name,
                    )
                )

    @api.constrains(
        "websocket_url", "domain", "realm", "stun", "turn_url", "ready_code", "break_code"
    )
    def _check_addresses(self):
        for server in self:
            wrong = server._wrong_address()
            if wrong:
                field = self._fields[wrong]._description_string(self.env)
                raise ValidationError(
                    _(
                        "%(server)s: %(field)s is not written as its help shows. Correct it.",
                        server=server.name,
                        field=field,
                    )
                )

    def _wrong_address(self):
        """Name of the first field that is not written as it has to be, None where all are."""
        patterns = {
            "websocket_url": _ADDRESS,
            "domain": _DOMAIN,
            "realm": re.compile(r'[^\s":][^":\r\n]*'),
            **_ICE,
            "ready_code": _CODE,
            "break_code": _CODE,
        }
        wrong = (
            name
            for name, pattern in patterns.items()
            if self[name] and not pattern.fullmatch(self[name])
        )
        return next(wrong, None)

    @api.constrains("retention_days")
    def _check_retention(self):
        for server in self:
            if not 1 <= server.retention_days <= LONGEST_RETENTION:
                raise ValidationError(
                    _(
                        "%(server)s: keep recordings from 1 to %(most)s days.",
                        server=server.name,
                        most=LONGEST_RETENTION,
                    )
                )

    @api.constrains("after_call_seconds")
    def _check_after_call(self):
        for server in self:
            if not 0 <= server.after_call_seconds <= LONGEST_AFTER_CALL:
                raise ValidationError(
                    _(
                        "%(server)s: the time after a call is 0 to %(most)s seconds.",
                        server=server.name,
                        most=LONGEST_AFTER_CALL,
                    )
                )

    @api.constrains("level2_extension")
    def _check_level2(self):
        for server in self:
            if server.level2_extension and not _CODE.fullmatch(server.level2_extension):
                raise ValidationError(
                    _("%s: an extension has digits, * and # alone.", server.level2_extension)
                )

    def write(self, vals):
        # The digest of a password is of its realm too.
        moved = self.browse()
        if "realm" in vals:
            moved = self.filtered(lambda server: server.realm != vals["realm"])
        done = super().write(vals)
        if moved:
            accounts = moved.sudo().with_context(active_test=False).account_ids
            accounts.write({"ha1": False})
        if "turn_password" in vals:
            self.invalidate_recordset(["turn_password"])
        return done

    @api.model_create_multi
    def create(self, vals_list):
        servers = super().create(vals_list)
        servers.invalidate_recordset(["turn_password"])
        return servers

    @api.model
    def _not_editable_message(self):
        return _("Keys of an exchange are made with the button New Key.")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_new_key(self):
        """Make a key for the exchange, which ends the one before, and show it once.

        Managers of the call center only.
        """
        self.ensure_one()
        check_group(
            self.env,
            "smart_recommender.group_call_manager",
            _("Only managers of the call center make keys of the exchange."),
        )
        check_access(self, "write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": _("Key of the Exchange"),
            "views": [(self.env.ref(SHOWN).id, "form")],
            "target": "new",
            "context": {"default_key": self.sudo()._make_key()},
        }

    def _make_key(self):
        """A new key, as text; its digest is kept."""
        key = secrets.token_urlsafe(KEY_BYTES)
        self.write({"key_digest": _digest(key), "key_made_on": fields.Datetime.now()})
        return key

    @api.model
    def _of(self, company):
        """The exchange of a company, empty where it has none; sudo."""
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    @api.model
    def _by_key(self, key):
        """The exchange whose key this is, empty where it is nobody's; sudo."""
        digest = _digest(key)
        server = self.sudo().search([("key_digest", "=", digest)], limit=1)
        return server if hmac.compare_digest(server.key_digest or "", digest) else server.browse()

    def _ice_servers(self):
        """STUN and TURN as a browser's RTCPeerConnection takes them."""
        self.ensure_one()
        servers = [{"urls": self.stun}] if self.stun else []
        if self.turn_url:
            turn = {"urls": self.turn_url}
            if self.turn_user:
                turn |= {"username": self.turn_user, "credential": self.turn_secret or ""}
            servers.append(turn)
        return servers


def _digest(key):
    return hashlib.sha256(key.encode()).hexdigest()
