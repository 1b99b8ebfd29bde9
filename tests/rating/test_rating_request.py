"""A client who clicks twice has one request: what two connections see."""

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ...tools.concurrency import OutdatedError
from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestRatingRequest(RatingCommon):
    def test_the_second_click_begins_again_and_finds_the_request_of_the_first(self):
        connection = db_connect(self.env.cr.dbname)
        with connection.cursor() as first_cr, connection.cursor() as second_cr:
            first, second = (
                api.Environment(cr, SUPERUSER_ID, {})["sale.order"] for cr in (first_cr, second_cr)
            )
            second_cr.execute("SELECT count(*) FROM res_company")  # what it sees is of now
            first._ai_await_turn(*self._client(first))
            request = first._ai_new_request(*self._client(first))
            first_cr.commit()
            try:
                with self.assertRaises(OutdatedError):
                    second._ai_await_turn(*self._client(second))
                second_cr.rollback()
                second.env.invalidate_all()
                second._ai_await_turn(*self._client(second))
                self.assertEqual(second._ai_open_request(*self._client(second)).id, request.id)
                second_cr.rollback()
            finally:
                request.unlink()
                first_cr.commit()

    def _client(self, orders):
        """(contact, company) that are there for every connection."""
        return orders.env.ref("base.partner_admin"), orders.env.ref("base.main_company")
