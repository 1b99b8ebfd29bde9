"""Coupons on paper: eight to a page, by managers only, noted each time; what can be scanned."""

import re
from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ...models.coupon import report_coupon
from ...tools.svg_barcode import barcode
from .common import OPTION, CouponCommon

REPORT = "smart_recommender.report_coupon"
# Modules of a QR code of 21 rows; the three large squares at its corners.
FINDER = 7


@tagged("post_install", "-at_install")
class TestCouponPaper(CouponCommon):
    def _paper(self, coupons, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.call_manager)
        report = report.with_context(allowed_company_ids=self.company.ids)
        return html.fromstring(report._render_qweb_html(REPORT, coupons.ids)[0])

    def _prints(self, coupons):
        return self.env["ai.coupon.print"].search([("coupon_ids", "in", coupons.ids)])

    def _words(self, node):
        return " ".join(node.text_content().split())

    def test_a_coupon_bears_all_that_a_client_needs(self):
        coupon = self._coupon(1250.0)
        (ticket,) = self._paper(coupon).xpath("//div[@class='o_ai_coupon']")
        words = self._words(ticket)
        code = coupon.code
        for part in (
            coupon.name,
            "Hôtel Atlas",
            "1,250.00",
            f"ID {code[:4]} {code[4:8]} {code[8:12]} {code[12:]}",
            f"PIN {coupon._pin()}",
            self.company.name,
            coupon.expiry_date.strftime("%m/%d/%Y"),
        ):
            self.assertIn(part, words)
        self.assertEqual(len(ticket.xpath(".//svg/path")), 2)
        self.assertEqual(len(ticket.xpath(".//div[contains(@class, 'o_ai_corner')]")), 4)

    def test_eight_are_on_a_page_and_none_lies_on_another(self):
        coupons = self._coupon(number=17)
        pages = self._paper(coupons).xpath("//div[@class='o_ai_coupon_page']")
        found = [page.xpath("./div[@class='o_ai_coupon']/@style") for page in pages]
        self.assertEqual([len(page) for page in found], [8, 8, 1])
        corners = [tuple(map(int, re.findall(r"\d+", style))) for style in found[0]]
        self.assertEqual(len(set(corners)), 8)
        for left, top in corners:
            self.assertLessEqual(left + report_coupon.WIDTH, 210)
            self.assertLessEqual(top + report_coupon.HEIGHT, 292)

    def test_each_is_in_the_language_of_its_client(self):
        self._translate("report_coupon_ticket", "arch_db", {"Printed on": "Tiré le"})
        self.hotel.lang = "fr_FR"
        self.partner.lang = "en_US"
        first, second = self._paper(
            self._coupon(1250.0) | self._coupon(1250.0, partners=self.partner)
        ).xpath("//div[@class='o_ai_coupon']")
        self.assertIn("Printed on", self._words(second))
        self.assertIn("Tiré le", self._words(first))
        self.assertIn("1 250,00", self._words(first).replace("\u202f", " ").replace("\xa0", " "))

    def test_what_is_left_is_what_is_printed(self):
        coupon = self._coupon(100.0)
        coupon.remaining = 40.0
        words = self._words(self._paper(coupon))
        self.assertIn("40.00", words)
        self.assertNotIn("100.00", words)

    def test_each_print_is_noted(self):
        coupons = self._coupon(number=2) | self._coupon()
        self._paper(coupons)
        notes = self._prints(coupons)
        self.assertEqual(len(notes), 2)
        self.assertEqual(notes.user_id, self.call_manager)
        self.assertEqual(set(notes.mapped("how")), {"paper"})
        self.assertEqual(sorted(notes.mapped("count")), [1, 2])
        self.assertEqual(notes.coupon_ids, coupons)
        self.assertTrue(all(coupons.mapped("printed_date")))
        self._paper(coupons[:1])
        self.assertEqual(len(self._prints(coupons)), 3)

    def test_only_managers_see_pins(self):
        coupon = self._coupon()
        for user in (self.operator, self.supervisor, self.salesperson):
            for see in (lambda u=user: self._paper(coupon, u), coupon.with_user(user).action_print):
                with self.assertRaises(AccessError, msg=user.login):
                    see()
        self.assertFalse(self._prints(coupon))
        self.assertFalse(coupon.printed_date)
        action = coupon.with_user(self.call_manager).action_print()
        self.assertEqual(action["report_name"], REPORT)

    def test_coupons_of_another_company_are_not_printed(self):
        other = self._create_company("SR Ailleurs")
        coupon = self._coupon(partners=self.shared_partner, company=other)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._paper(coupon)

    def test_what_cannot_be_used_is_not_printed(self):
        good, used, expired = self._coupon(), self._coupon(), self._coupon()
        used.write({"state": "used", "remaining": 0})
        self._expire(expired)
        for coupon, word in ((used, "Used"), (expired, "Expired")):
            with self.assertRaisesRegex(UserError, f"{re.escape(coupon.name)}.*{word}"):
                self._paper(good | coupon)
        self.assertFalse(self._prints(good))

    def test_more_than_a_worker_can_draw_is_refused_in_words(self):
        coupons = self._coupon(number=3)
        with (
            self.assertRaisesRegex(UserError, "3 coupons are too many"),
            self._most(2),
        ):
            self._paper(coupons)

    def test_a_batch_prints_what_has_not_been_printed_yet(self):
        batch = self._generate(number=5).with_user(self.call_manager)
        with self._most(3):
            first = batch.action_print()
            self._paper(self.coupons.browse(first["context"]["active_ids"]))
            second = batch.action_print()
            self._paper(self.coupons.browse(second["context"]["active_ids"]))
        printed = [*first["context"]["active_ids"], *second["context"]["active_ids"]]
        self.assertEqual(sorted(printed), sorted(batch.coupon_ids.ids))
        with self.assertRaisesRegex(UserError, "All coupons"):
            batch.action_print()

    def test_new_pins_are_printed_again(self):
        batch = self._generate().with_user(self.call_manager)
        self._paper(batch.coupon_ids)
        with patch.dict(config.options, {f"{OPTION}_2": "another key for the tests of coupons"}):
            batch.action_renew_pins()
            action = batch.action_print()
        self.assertEqual(action["context"]["active_ids"], batch.coupon_ids.ids)

    def _most(self, count):
        return patch.object(report_coupon, "MOST", count)

    def test_nobody_writes_or_deletes_what_was_noted(self):
        self._paper(self._coupon())
        note = self.env["ai.coupon.print"].search([], limit=1).with_user(self.call_manager)
        for deed in (
            lambda: note.write({"count": 0}),
            note.unlink,
            lambda: note.create({"batch_id": note.batch_id.id, "how": "paper"}),
            lambda: note.write({"coupon_ids": [Command.clear()]}),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                deed()


@tagged("post_install", "-at_install")
class TestBarcode(CouponCommon):
    def test_bars_are_those_of_code_128(self):
        """Start C, seven pairs of digits, check, stop: 11 modules each and 13 at the end."""
        drawn = barcode("Code128", "12345678901231")
        module = drawn.width / (9 * 11 + 13)
        ends = []
        for left, width in re.findall(r"M([\d.]+) 0h([\d.]+)v", drawn.path):
            ends += [float(left), float(left) + float(width)]
        widths = [round((b - a) / module) for a, b in zip([0, *ends], [*ends, drawn.width])]  # noqa: B905
        # ISO/IEC 15417: start C is 211232, 12 is 112232, 34 is 131123.
        self.assertEqual("".join(map(str, widths[1:19])), "211232112232131123")

    def test_a_qr_code_has_its_three_finders(self):
        drawn = barcode("QR", "12345678901231")
        module = drawn.width / 21
        dark = set()
        for x, y, w, h in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", drawn.path):
            left, top = round(float(x) / module), round(float(y) / module)
            for column in range(left, left + round(float(w) / module)):
                dark |= {(row, column) for row in range(top, top + round(float(h) / module))}
        for row, column in ((0, 0), (0, 21 - FINDER), (21 - FINDER, 0)):
            square = {(row, column + place) for place in range(FINDER)}
            self.assertLessEqual(square, dark)
            self.assertNotIn((row + 1, column + 1), dark)

    def test_other_texts_are_told_by_other_bars(self):
        for kind in ("Code128", "QR"):
            paths = {barcode(kind, text).path for text in ("12345678901231", "12345678901249")}
            self.assertEqual(len(paths), 2)
