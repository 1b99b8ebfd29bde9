"""What a complaint is, who is told of it and who may see it."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCommon

WORDS = "À voir avec lui"


@tagged("post_install", "-at_install")
class TestComplaint(ComplaintCommon):
    def test_a_complaint_has_a_number_a_deadline_and_who_answers(self):
        complaint = self._complain()
        self.assertRegex(complaint.name, r"^REC/\d{4}/\d{4}$")
        self.assertEqual(complaint.state, "new")
        self.assertEqual(complaint.responsible_id, self.operator)
        self.assertGreater(complaint.deadline, complaint.create_date)

    def test_the_motive_says_who_answers(self):
        self.late.user_id = self.colleague
        complaint = self._complain()
        self.assertEqual(complaint.responsible_id, self.colleague)
        self.assertEqual(complaint.activity_ids.user_id, self.colleague)

    def test_the_leader_of_the_motives_team_answers_where_nobody_is_named(self):
        team = self.env["crm.team"].create(
            {"name": "Livraisons", "user_id": self.colleague.id, "company_id": self.company.id}
        )
        self.late.team_id = team
        self.assertEqual(self._complain().responsible_id, self.colleague)

    def test_sales_is_told_by_an_activity_and_no_lead_is_made(self):
        seller = self._create_user("sr_seller", "sales_team.group_sale_salesman")
        self.hotel.user_id = seller
        leads = self.env["crm.lead"].search_count([])
        complaint = self._complain(partner_id=self.cook.id)
        self.assertEqual(complaint.activity_ids.user_id, seller)
        self.assertIn("Hôtel Atlas", complaint.activity_ids.summary)
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)
        self.assertEqual(complaint.with_user(seller).read(["name"])[0]["name"], complaint.name)
        other = self._create_user("sr_other", "sales_team.group_sale_salesman")
        self.assertFalse(self.complaints.with_user(other).search([("id", "=", complaint.id)]))

    def test_the_client_and_its_open_opportunities_show_open_complaints(self):
        seller = self._create_user("sr_seller", "sales_team.group_sale_salesman")
        self.hotel.user_id = seller
        lead = self.env["crm.lead"].create(
            {
                "name": "Fontaines",
                "type": "opportunity",
                "partner_id": self.cook.id,
                "user_id": seller.id,
                "company_id": self.company.id,
            }
        )
        self._complain()
        self._complain(partner_id=self.cook.id, resolution="Remboursé").action_solve()
        partner = self.hotel.with_user(seller)
        self.assertEqual((partner.open_complaint_count, partner.complaint_count), (1, 2))
        self.assertEqual(lead.with_user(seller).open_complaint_count, 1)
        found = self.complaints.with_user(seller).search(
            lead.with_user(seller).action_open_complaints()["domain"]
        )
        self.assertEqual(len(found), 2)

    def test_who_is_complained_about_does_not_see_it(self):
        complaint = self._complain(employee_id=self.colleague.id)
        complaint.message_post(body=WORDS, partner_ids=[])
        self.assertNotIn(self.colleague.partner_id, complaint.message_partner_ids)
        hidden = self.complaints.with_user(self.colleague)
        self.assertFalse(hidden.search([("id", "=", complaint.id)]))
        with self.assertRaises(AccessError):
            complaint.with_user(self.colleague).read(["name"])
        self.assertFalse(self._sheet(self.colleague)["complaints"]["rows"])
        self.assertTrue(self._sheet(self.operator)["complaints"]["rows"])

    def test_who_is_named_later_is_taken_off(self):
        self.late.user_id = self.colleague
        complaint = self._complain()
        self.assertIn(self.colleague.partner_id, complaint.message_partner_ids)
        complaint.write({"employee_id": self.colleague.id, "responsible_id": self.operator.id})
        self.assertNotIn(self.colleague.partner_id, complaint.message_partner_ids)
        self.assertNotIn(self.colleague, complaint.activity_ids.user_id)

    def test_it_is_solved_or_refused_with_words_only(self):
        complaint = self._complain().with_user(self.operator)
        complaint.action_start()
        self.assertEqual(complaint.state, "in_progress")
        with self.assertRaisesRegex(UserError, complaint.name):
            complaint.action_solve()
        with self.assertRaisesRegex(UserError, "Say in .* why"):
            complaint.action_refuse()
        complaint.resolution = "Une bonbonne offerte"
        complaint.action_solve()
        self.assertEqual(complaint.state, "solved")
        self.assertTrue(complaint.closed_at)
        with self.assertRaisesRegex(UserError, "closed"):
            complaint.action_start()

    def test_states_and_deadlines_are_not_written_by_hand(self):
        complaint = self._complain().with_user(self.operator)
        for vals in ({"state": "solved"}, {"level": 2}, {"deadline": "2030-01-01 00:00:00"}):
            with self.assertRaises(AccessError):
                complaint.write(vals)

    def test_what_belongs_to_another_client_is_refused(self):
        order = self._create_order([self.bottle], partner=self.partner)
        with self.assertRaisesRegex(ValidationError, order.name):
            self._complain(order_id=order.id)

    def test_a_replacement_is_free_and_linked_once(self):
        complaint = self._complain(product_id=self.bottle.id).with_user(self.operator)
        action = complaint.action_new_replacement()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(complaint.replacement_id, order)
        self.assertEqual(order.origin, complaint.name)
        self.assertEqual(order.order_line.product_id, self.bottle)
        self.assertEqual(order.amount_total, 0)
        with self.assertRaisesRegex(UserError, order.name):
            complaint.action_new_replacement()

    def test_a_client_without_an_address_gets_no_mail_but_a_remedy(self):
        complaint = self._complain().with_user(self.operator)
        self.hotel.email = False
        with self.assertRaisesRegex(UserError, "Hôtel Atlas has no e-mail address"):
            complaint.action_write_to_client()
        self.hotel.email = "hotel@example.com"
        action = complaint.action_write_to_client()
        composer = self.env["mail.compose.message"].with_user(self.operator)
        composer = composer.with_context(**action["context"]).create({})
        self.assertIn(complaint.name, composer.subject)
        self.assertEqual(composer.partner_ids, self.hotel)

    def test_repeated_complaints_stand_out(self):
        first, second = self._complain(), self._complain(product_id=self.bottle.id)
        self.assertFalse((first | second).filtered("is_repeated"))
        third = self._complain(partner_id=self.cook.id)
        self.assertEqual((third.client_repeat, third.product_repeat), (3, 0))
        self.assertTrue(third.is_repeated)
        self.assertIn(third, self.complaints.search([("is_repeated", "=", True)]))
        self.assertEqual(self._sheet()["complaints"]["recent"], 3)

    def test_the_other_company_sees_none(self):
        complaint = self._complain()
        company = self._create_company("SR Autre")
        stranger = self._create_user("sr_stranger", "smart_recommender.group_call_manager", company)
        theirs = self.env(user=stranger, context={"allowed_company_ids": company.ids})
        self.assertFalse(theirs["ai.complaint"].search([("id", "=", complaint.id)]))

    def test_what_each_role_may_do(self):
        complaint = self._complain()
        for user in (self.operator, self.colleague, self.supervisor, self.call_manager):
            complaint.with_user(user).description = "Précisé"
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            complaint.with_user(self.supervisor).unlink()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.late.with_user(self.supervisor).name = "Retard"
        self.late.with_user(self.call_manager).name = "Retard"
        complaint.with_user(self.call_manager).unlink()
        self.assertFalse(complaint.exists())
