"""Two operators at once do not get the same client: with two connections, as it happens."""

from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..client.common import CallCenterCommon


@tagged("post_install", "-at_install")
class TestCallReservation(CallCenterCommon):
    """The clients of these tests are those of Odoo itself: other connections see them."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        self.one, self.other = self._connection(), self._connection()

    def _connection(self):
        cr = sql_db.db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, self.env.ref("base.user_admin").id, {})

    def _forget(self):
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("DELETE FROM ai_call_reservation")

    def _reserve(self, env):
        company, partner = env.ref("base.main_company"), env.ref("base.partner_root")
        return env["ai.call.reservation"]._reserve(company, partner)

    def test_at_the_same_moment_one_passes_on(self):
        self.assertTrue(self._reserve(self.one))
        self.assertFalse(self._reserve(self.other))

    def test_who_began_before_the_other_ended_tries_again(self):
        # The second connection has its view of the data before the first has written.
        self.other["ai.call.reservation"].search_count([])
        self.assertTrue(self._reserve(self.one))
        self.one.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            self._reserve(self.other)
        # What Odoo does with it: the request begins anew.
        self.other.cr.rollback()
        self.assertFalse(self._reserve(self.other))

    def test_it_ends_by_itself(self):
        self.assertTrue(self._reserve(self.one))
        self.one.cr.execute(
            "UPDATE ai_call_reservation SET until = %s",
            [fields.Datetime.now() - timedelta(seconds=1)],
        )
        self.one.cr.commit()
        self.assertTrue(self._reserve(self.other))


@tagged("post_install", "-at_install")
class TestReservationsDeleted(CallCenterCommon):
    def test_old_ones_are_deleted(self):
        reservations = self.env["ai.call.reservation"]
        self.assertTrue(reservations._reserve(self.company, self.hotel))
        self.assertTrue(reservations._reserve(self.company, self.partner))
        reservations.search([("partner_id", "=", self.hotel.id)]).until = (
            fields.Datetime.now() - timedelta(days=2)
        )
        reservations._delete_ended()
        left = reservations.search([("company_id", "=", self.company.id)])
        self.assertEqual(left.partner_id, self.partner)
