"""Whether somebody who names an ID, a PIN and a client may use a coupon.

An unknown ID, a wrong PIN, another client and a locked coupon get one answer, by the same
statements. The answer is returned and never raised, so that the counters of wrong tries survive.
Each try holds the counters of who asks and the coupon's row to the end of its transaction: of
several at once, each sees what the ones before have left. PostgreSQL refuses to go on from an older
sight of them, and Odoo runs such a request again.
"""

import logging
from dataclasses import dataclass

from odoo import _, api, fields, models
from odoo.tools import SQL, format_amount, format_date

from ...algorithms.coupon import luhn, names, pin
from ...tools.rights import check_group

_logger = logging.getLogger(__name__)
NOBODY = 0
VALIDATORS = {
    "operator": "smart_recommender.group_call_operator",
    "supervisor": "smart_recommender.group_call_supervisor",
}


@dataclass(frozen=True)
class _Claim:
    """What a coupon is compared with: its row, or one that nobody can meet."""

    id: int = NOBODY
    uuid: str = ""
    holder_key: int = NOBODY
    key_version: int = 0
    entity_id: int = NOBODY
    entity_name: str = ""
    partner_name: str = ""
    state: str = "valid"


class AiCoupon(models.Model):
    _inherit = "ai.coupon"

    @api.model
    def check_coupon(self, code, pin, client_name):
        """Whether a coupon may be used, what is left of it, and on what.

        code : 14 digits, with blanks between them or not; pin : 4 digits; client_name : as the
        client's commercial entity or contact is called, but for case and accents.
        Returns {"ok", "message"} and, where it is ok, {"coupon": {"id", "name", "amount",
        "remaining", "currency_id", "expiry", "client"}, "uses": as of ``_uses``}. Raises
        AccessError for who may not validate.
        """
        company = self.env.company
        coupon, refusal = self._checked(code, pin, client_name, company)
        return refusal or {**coupon._answer(), "uses": coupon._uses(company)}

    @api.model
    def _checked(self, code, pin, client_name, company, entity=None):
        """(coupon, None) where it may be used, else (no coupon, answer that says why not).

        entity : commercial entity that it must belong to, if not any that bears the name.
        """
        self._check_validator(company)
        code, given = ("".join(str(text or "").split()) for text in (code, pin))
        typing = self._typing_error(code, given)
        if typing:
            return self.browse(), self._refusal(typing)
        tries = self.env["ai.coupon.limit"].sudo()._hold()
        if self._is_limited(company, tries):
            return self.browse(), self._refusal(
                _("There were too many wrong coupons from here. Try again in an hour.")
            )
        claim = self._claim(code, company)
        if not self._is_met(claim, given, client_name, entity):
            self._count_wrong(claim, company)
            return self.browse(), self._refusal(self._wrong_message(company))
        coupon = self.browse(claim.id)
        unusable = coupon._unusable_message(claim.state)
        if unusable:
            return self.browse(), self._refusal(unusable)
        return coupon, None

    # ------------------------------------------------------------------
    # Who may ask, and how often
    # ------------------------------------------------------------------

    @api.model
    def _check_validator(self, company):
        """Raise an AccessError for users who may not validate coupons of a company."""
        messages = {
            "operator": _("Only operators of the call center validate coupons. Ask one of them."),
            "supervisor": _(
                "Only supervisors of the call center validate coupons. Ask one of them."
            ),
        }
        validator = company.sudo().ai_coupon_validator
        check_group(self.env, VALIDATORS[validator], messages[validator])

    @api.model
    def _may_validate(self, company):
        """Whether the user may validate coupons of a company."""
        return self.env.user.has_group(VALIDATORS[company.sudo().ai_coupon_validator])

    @api.model
    def _typing_error(self, code, given):
        """What is wrong with an ID and a PIN as such, which tells nothing about any coupon."""
        if not luhn.is_valid(code):
            return _("This ID has a typing error: read its 14 digits again.")
        if not (len(given) == pin.LENGTH and given.isascii() and given.isdigit()):
            return _("The PIN has 4 digits.")
        return ""

    @api.model
    def _is_limited(self, company, tries):
        """Whether who asks has to wait. tries : as of ``ai.coupon.limit._hold``."""
        company = company.sudo()
        most = {"user": company.ai_coupon_user_tries, "address": company.ai_coupon_address_tries}
        return any(count >= most[kind] for kind, count in tries.items())

    # ------------------------------------------------------------------
    # Right or wrong
    # ------------------------------------------------------------------

    @api.model
    def _claim(self, code, company):
        """What a code stands for in a company, its row held to the end of the transaction."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT coupon.id, batch.uuid, coupon.holder_key, batch.key_version,
                       entity.id, entity.name, partner.name, %(state)s
                  FROM ai_coupon coupon
                  JOIN ai_coupon_batch batch ON batch.id = coupon.batch_id
                  JOIN res_partner partner ON partner.id = coupon.partner_id
                  JOIN res_partner entity ON entity.id = coupon.commercial_partner_id
                 WHERE coupon.code = %(code)s AND coupon.company_id = %(company)s
                   FOR UPDATE OF coupon
                """,
                state=self._field_to_sql("coupon", "state"),
                code=code,
                company=company.id,
            ),
            # Whoever comes second is told to look again, which a log need not tell with the code.
            log_exceptions=False,
        )
        row = self.env.cr.fetchone()
        return _Claim(*row) if row else _Claim()

    @api.model
    def _is_met(self, claim, given, client_name, entity):
        """Whether PIN and client are those of a claim; all is compared, whatever is wrong."""
        keys = self.env["ai.coupon.key"]
        newest = keys._newest()
        key = keys._keys().get(claim.key_version or newest)
        if key is None:
            _logger.error("Key %s of coupons is missing on this server.", claim.key_version)
        right = pin.derive(key or b"?", f"{claim.uuid}:{claim.holder_key}".encode())
        name = names.folded(str(client_name or ""))
        own = [names.folded(each or "") for each in (claim.entity_name, claim.partner_name)]
        named = [pin.is_same(name, each) for each in own]
        checks = [
            claim.id != NOBODY,
            key is not None,
            pin.is_same(given, right),
            bool(name) and any(named),
            entity is None or entity.id == claim.entity_id,
            claim.state != "locked",
        ]
        return all(checks)

    @api.model
    def _count_wrong(self, claim, company):
        """Count a wrong try against the coupon, if there is one, and against who asks."""
        most = company.sudo().ai_coupon_wrong_tries
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_coupon
                   SET wrong_tries = wrong_tries + 1,
                       state = CASE WHEN wrong_tries + 1 >= %(most)s THEN 'locked' ELSE state END,
                       locked_date = CASE WHEN wrong_tries + 1 >= %(most)s THEN %(now)s END
                 WHERE id = %(id)s AND state = 'valid'
                """,
                most=most,
                now=fields.Datetime.now(),
                id=claim.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_model(["wrong_tries", "state", "locked_date"])
        limits = self.env["ai.coupon.limit"].sudo()
        limits._count()
        _logger.info("Wrong coupon by user %s from %s", self.env.uid, limits._address() or "here")

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    @api.model
    def _refusal(self, message):
        return {"ok": False, "message": message}

    @api.model
    def _wrong_message(self, company):
        return _(
            "There is no coupon with this ID and this PIN for this client, or it is locked: %s "
            "wrong tries lock one, and a manager of the call center unlocks it.",
            company.sudo().ai_coupon_wrong_tries,
        )

    def _unusable_message(self, state):
        """Why a coupon cannot be used by its own client; empty where it can."""
        coupon = self.sudo()
        if state == "expired":
            day = format_date(self.env, coupon.expiry_date)
            return _("Coupon %(name)s has expired: %(day)s was its last day.",
                     name=coupon.name, day=day)  # fmt: skip
        if state == "used":
            return _("Coupon %s has been used already.", coupon.name)
        if state == "cancelled":
            return _("Coupon %s was cancelled.", coupon.name)
        return ""

    def _answer(self):
        """What is said of a coupon that may be used."""
        self.ensure_one()
        coupon = self.sudo()
        money = format_amount(self.env, coupon.remaining, coupon.currency_id)
        return {
            "ok": True,
            "message": _(
                "Coupon %(name)s is good for %(money)s until %(day)s.",
                name=coupon.name,
                money=money,
                day=format_date(self.env, coupon.expiry_date),
            ),
            "coupon": {
                "id": coupon.id,
                "name": coupon.name,
                "amount": coupon.amount,
                "remaining": coupon.remaining,
                "currency_id": coupon.currency_id.id,
                "expiry": fields.Date.to_string(coupon.expiry_date),
                "client": coupon.commercial_partner_id.name,
            },
        }
