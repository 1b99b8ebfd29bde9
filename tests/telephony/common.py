"""An exchange with two operators' accounts, and what browsers tell of calls."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..client.common import CallCenterCommon

PASSWORD = "correct horse battery staple"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(64)


class TelephonyCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls._create_server(cls.company)
        cls.account = cls._create_account(cls.operator, "101")
        cls.second = cls._create_account(cls.colleague, "102")
        cls.portal = cls._create_user("sr_tel_portal", "base.group_portal")
        cls.seller = cls._create_user("sr_tel_seller", "sales_team.group_sale_salesman")
        cls.presences = cls.env["ai.operator.presence"]

    @classmethod
    def _create_server(cls, company, **vals):
        return cls.env["ai.telephony.server"].create(
            {
                "company_id": company.id,
                "websocket_url": "wss://telephone.example.com/ws",
                "domain": "telephone.example.com",
                "stun": "stun:stun.example.com:3478",
                "turn_url": "turn:turn.example.com",
                "turn_user": "odoo",
                "turn_password": "relay password",
                "level2_extension": "200",
                **vals,
            }
        )

    @classmethod
    def _create_account(cls, user, extension, server=None):
        server = server or cls.server
        return cls.env["ai.telephony.account"].create(
            {
                "company_id": server.company_id.id,
                "user_id": user.id,
                "server_id": server.id,
                "extension": extension,
                "password": PASSWORD,
            }
        )

    def _seconds(self, ago=0):
        """Seconds since 1970, so many ago."""
        moment = fields.Datetime.now() - timedelta(seconds=ago)
        return int((moment - fields.Datetime.to_datetime("1970-01-01")).total_seconds())

    def _tell(self, event, ago=0, user=None, key="call-1", **values):
        """What the browser of an operator tells."""
        calls = self.env["ai.call"].with_user(user or self.operator).with_company(self.company)
        return calls.softphone_event(
            {
                "exchange_call_id": key,
                "event": event,
                "direction": "in",
                "number": "0661234567",
                "at": 1000 * self._seconds(ago),
                **values,
            }
        )

    def _told(self, server=None, **values):
        """What the exchange tells of a call that has ended."""
        return self.env["ai.call"]._exchange_event(
            server or self.server,
            {
                "call_id": "call-1",
                "direction": "in",
                "caller": "0661234567",
                "called": "0522000000",
                "extension": "101",
                "started": self._seconds(100),
                "answered": self._seconds(90),
                "ended": self._seconds(30),
                "billsec": 60,
                "disposition": "ANSWERED",
                **values,
            },
        )

    def _logged(self, key="call-1"):
        found = [("exchange_call_id", "=", key), ("company_id", "=", self.company.id)]
        return self.env["ai.call"].search(found)

    def _assert_refused(self, work):
        """Neither rights nor the field let a user do this."""
        with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"):
            try:
                with self.env.cr.savepoint():
                    work()
            except (AccessError, ValueError, KeyError):
                return
        self.fail("nothing was refused")

    def _callbacks(self, partner=None):
        call = self.env.ref("mail.mail_activity_data_call")
        return (partner or self.hotel).activity_ids.filtered(
            lambda activity: activity.activity_type_id == call
        )

    def _silent(self, user, seconds):
        """The browser of a user has not been heard of for so long."""
        row = self.presences._now_of(user, self.company)
        row.seen_at = fields.Datetime.now() - timedelta(seconds=seconds)
        return row
