"""Companies of three countries, an operator, and partners with telephone numbers."""

from odoo.tests import tagged

from ..core.common import RecommenderCommon


@tagged("post_install", "-at_install")
class PhoneCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whoever has a number in this database is not called in these tests.
        cls.env.cr.execute(
            "UPDATE res_partner SET phone_e164 = NULL, mobile_e164 = NULL, phone_third_e164 = NULL,"
            " phone_further_e164 = NULL"
        )
        cls.env.cr.execute("UPDATE crm_lead SET phone_sanitized = NULL")
        cls.env.invalidate_all()
        cls.morocco, cls.algeria, cls.congo, cls.france = (
            cls.env.ref(f"base.{code}") for code in ("ma", "dz", "cd", "fr")
        )
        cls.company.country_id = cls.morocco
        cls.operator = cls._create_user("sr_operator", "smart_recommender.group_call_operator")
        cls.outsider = cls._create_user("sr_plain", "base.group_user")
        cls.portal = cls._create_user("sr_portal", "base.group_portal")
        cls.people = cls.env["res.partner"]

    @classmethod
    def _create_partner(cls, name="Épicerie Atlas", **vals):
        return cls.people.create({"name": name, **vals})

    def _found(self, number, user=None, **context):
        return self.people.with_user(user or self.operator).with_context(**context).find_by_number(
            number
        )  # fmt: skip
