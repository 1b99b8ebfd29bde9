"""A client that owes money, its operator, and the morning's job."""

from ..client.common import CallCenterCommon
from ..core.invoicing_common import InvoicingCommon


class ClientAlertCommon(InvoicingCommon, CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"ai_enabled": True, "email": "contact@example.com"})
        cls.alerts = cls.env["ai.client.alert"].with_company(cls.company)
        cls.partner.write(
            {"ai_operator_id": cls.operator.id, "email": "client@example.com", "lang": "en_US"}
        )
        cls.order = cls._create_order([(cls.bottle, 10.0)], partner=cls.partner)
        cls.line = cls.order.order_line

    @classmethod
    def _rule(cls, kind, **vals):
        rule = cls.env["ai.alert.rule"]._of(cls.company)[kind]
        rule.write(vals)
        return rule

    def _only(self, kind, **vals):
        """Switch all other alerts off."""
        for name, rule in self.env["ai.alert.rule"]._of(self.company).items():
            rule.active = name == kind
        return self._rule(kind, **vals)

    def _run(self, company=None):
        return self.alerts._alert(company or self.company)
