"""Who may do what in the call center, model by model, and in which company."""

from odoo.tests import tagged

from ..client.common import CallCenterCommon

OPERATIONS = ("read", "write", "create", "unlink")
ROLES = ("seller", "operator", "supervisor", "call_manager")
# r, w, c and u as in OPERATIONS; the columns are the ROLES. Sellers are outside of the call center.
MATRIX = {
    "ai.client": ("", "r", "r", "r"),
    "ai.client.contract": ("", "r", "rwc", "rwcu"),
    "ai.client.event": ("", "", "r", "r"),
    "ai.client.decision": ("", "", "r", "r"),
    "ai.client.arrival": ("", "r", "r", "r"),
    "ai.client.suspend": ("", "", "rwcu", "rwcu"),
    "ai.call": ("", "rwc", "rwc", "rwcu"),
    "ai.call.report": ("", "", "r", "r"),
    "ai.telephony.server": ("", "", "r", "rwcu"),
    "ai.telephony.account": ("", "r", "r", "rwcu"),
    "ai.call.running": ("", "", "r", "r"),
    "ai.call.hearing": ("", "", "r", "r"),
    "ai.operator.break": ("", "r", "r", "rwcu"),
    "ai.operator.presence": ("", "r", "r", "r"),
    "ai.queue.caller": ("", "", "r", "r"),
    "ai.complaint": ("r", "rwc", "rwc", "rwcu"),
    "ai.complaint.motive": ("r", "r", "r", "rwcu"),
    "ai.complaint.cause": ("r", "r", "rwc", "rwcu"),
    "ai.client.alert": ("", "r", "r", "r"),
    "ai.alert.rule": ("", "", "r", "rw"),
    "ai.deposit.balance": ("", "", "r", "r"),
    "ai.deposit.return": ("", "rwcu", "rwcu", "rwcu"),
}


@tagged("post_install", "-at_install")
class TestCallCenterRights(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("sr_seller", "sales_team.group_sale_salesman")
        cls.portal = cls._create_user("sr_portal", "base.group_portal")

    def _may(self, model, user):
        access = self.env["ir.model.access"].with_user(user)
        return "".join(
            operation[0]
            for operation in OPERATIONS
            if access.check(model, operation, raise_exception=False)
        )

    def test_what_each_role_may_do(self):
        for model, columns in MATRIX.items():
            for role, expected in zip(ROLES, columns, strict=True):
                with self.subTest(model=model, role=role):
                    self.assertEqual(self._may(model, getattr(self, role)), expected)

    def test_portal_users_may_do_nothing(self):
        for model in MATRIX:
            with self.subTest(model=model):
                self.assertEqual(self._may(model, self.portal), "")

    def test_every_model_of_a_company_is_hidden_from_the_others(self):
        """Each has a rule of all users for its company."""
        for model in MATRIX:
            if "company_id" not in self.env[model]._fields or self.env[model]._transient:
                continue
            with self.subTest(model=model):
                rules = self.env["ir.rule"].search(
                    [("model_id.model", "=", model), ("groups", "=", False)]
                )
                self.assertTrue(
                    rules.filtered(lambda rule: "company_ids" in rule.domain_force), model
                )
