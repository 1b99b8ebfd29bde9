"""Operators, supervisors and managers of a call center, and a client with contacts."""

from datetime import timedelta

from odoo import fields

from ..core.common import RecommenderCommon


class CallCenterCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.ma")
        cls.operator = cls._create_user("sr_operator", "smart_recommender.group_call_operator")
        cls.colleague = cls._create_user("sr_colleague", "smart_recommender.group_call_operator")
        cls.supervisor = cls._create_user(
            "sr_supervisor", "smart_recommender.group_call_supervisor"
        )
        cls.call_manager = cls._create_user(
            "sr_call_manager", "smart_recommender.group_call_manager"
        )
        cls.hotel = cls.env["res.partner"].create(
            {
                "name": "Hôtel Atlas",
                "is_company": True,
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.ma").id,
                "phone": "0661234567",
            }
        )
        cls.cook = cls.env["res.partner"].create(
            {"name": "Fatima Cuisine", "parent_id": cls.hotel.id, "phone": "0522987654"}
        )
        cls.clients = cls.env["ai.client"].with_company(cls.company)
        cls.calls = cls.env["ai.call"].with_company(cls.company)

    @classmethod
    def _create_call(cls, partner=None, user=None, hours_ago=1, **vals):
        return cls.calls.create(
            {
                "company_id": cls.company.id,
                "partner_id": (partner or cls.hotel).id,
                "user_id": (user or cls.operator).id,
                "start": fields.Datetime.now() - timedelta(hours=hours_ago),
                **vals,
            }
        )

    def _refresh(self, company=None):
        return self.clients._refresh(company or self.company)

    def _row(self, partner=None, company=None):
        return self.clients._of(company or self.company, partner or self.hotel)

    def _sheet(self, user=None, partner=None):
        partner = (partner or self.hotel).with_user(user or self.operator)
        return partner.with_company(self.company).get_client_sheet()
