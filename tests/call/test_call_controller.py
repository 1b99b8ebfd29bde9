"""The screen pop over HTTP, as each role."""

from urllib.parse import parse_qs, quote, urlsplit

from lxml import html

from odoo.tests import HttpCase, tagged

from ..client.phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestCallController(PhoneCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._create_partner(phone="0661223344")

    def _open(self, query, login="sr_operator"):
        self.authenticate(login, login)
        return self.url_open(f"/smart_recommender/call{query}", allow_redirects=False)

    def _arguments(self, query):
        """What the client action gets, as Odoo's router reads it: a plus is a plus there."""
        response = self._open(query)
        self.assertEqual(response.status_code, 303)
        address = urlsplit(response.headers["Location"])
        self.assertEqual(address.path, "/web")
        self.assertIn(address.netloc, ("", urlsplit(self.base_url()).netloc))
        read = parse_qs(address.fragment.replace("+", "%2B"), keep_blank_values=True)
        self.assertEqual(read.pop("action"), ["smart_recommender.client_sheet"])
        menu = self.env.ref("smart_recommender.menu_call_center")
        self.assertEqual(read.pop("menu_id"), [str(menu.id)])
        return {name: value for name, (value,) in read.items()}

    def test_a_known_number_opens_the_sheet_of_its_client(self):
        for written in (
            "0661223344",
            "%2B212661223344",
            "+212661223344",
            "00212661223344",
            "06.61.22.33.44",
        ):
            with self.subTest(written=written):
                self.assertEqual(
                    self._arguments(f"?number={written}"),
                    {"partner_id": str(self.client.id), "number": "+212 661223344"},
                )

    def test_an_unencoded_plus_keeps_a_foreign_number_foreign(self):
        abroad = self._create_partner("Paris", phone="+33612345678")
        self.assertEqual(
            self._arguments("?number=+33612345678"),
            {"partner_id": str(abroad.id), "number": "+336 12345678"},
        )

    def test_an_unknown_number_opens_the_sheet_without_a_client(self):
        self.assertEqual(self._arguments("?number=0661999999"), {"number": "+212 661999999"})
        self.assertEqual(self._arguments("?number=0661"), {"number": "066 1"})

    def test_a_number_of_several_clients_leaves_the_choice(self):
        self._create_partner("Autre", mobile="0661223344")
        self.assertEqual(self._arguments("?number=0661223344"), {"number": "+212 661223344"})

    def test_contacts_of_one_company_count_as_one_client(self):
        office = self._create_partner("Hôtel", is_company=True, phone="0522123456")
        for name in ("Ali", "Salma"):
            self._create_partner(name, parent_id=office.id, phone="0522123456")
        self.assertEqual(self._arguments("?number=0522123456")["partner_id"], str(office.id))

    def test_an_archived_client_does_not_stand_in_the_way_of_an_active_one(self):
        self._create_partner("Ancien", phone="0661223344", active=False)
        self.assertEqual(self._arguments("?number=0661223344")["partner_id"], str(self.client.id))

    def test_no_number_and_a_hidden_one_open_the_empty_sheet(self):
        self.assertEqual(self._arguments(""), {"number": ""})
        self.assertEqual(self._arguments("?number=anonymous"), {"number": "anonymous"})

    def test_what_somebody_sends_is_neither_an_address_nor_markup(self):
        for sent in (
            "//evil.example/",
            "https://evil.example/?a=1&action=other",
            "<script>alert(1)</script>",
            "&action=other&partner_id=1",
            "#action=other",
            "\r\nSet-Cookie: a=b",
            "'\"><img src=x onerror=alert(1)>",
        ):
            with self.subTest(sent=sent):
                response = self._open(f"?number={quote(sent, safe='')}")
                self.assertNotIn("<script>alert", response.text)
                self.assertNotIn("<img src=x", response.text)
                self.assertNotIn("Set-Cookie: a=b", str(response.headers))
                self.assertEqual(
                    list(self._arguments(f"?number={quote(sent, safe='')}")), ["number"]
                )
        for name in ("redirect", "url", "partner_id", "action"):
            self.assertEqual(self._arguments(f"?{name}=https://evil.example"), {"number": ""})

    def test_a_long_number_is_cut(self):
        number = self._arguments(f"?number={'9' * 3000}")["number"]
        self.assertLessEqual(len(number), 65)

    def _refused(self, login, **headers):
        self.authenticate(login, login)
        response = self.url_open("/smart_recommender/call?number=0661223344", headers=headers)
        self.assertEqual(response.status_code, 403)
        self.assertNotIn("Épicerie", response.text)
        return response

    def test_others_are_refused_with_a_reason_and_a_way_on(self):
        for login, way in (("sr_sales", "/web"), ("sr_portal", "/my")):
            with self.subTest(login=login):
                page = html.fromstring(self._refused(login).text)
                self.assertIn("Only operators of the call center", page.text_content())
                self.assertIn(way, page.xpath("//main//a/@href"))

    def test_a_refusal_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        self.env.ref("smart_recommender.refusal_page").update_field_translations(
            "arch_db", {"fr_FR": {"Go to Odoo": "Continuer"}}
        )
        page = html.fromstring(self._refused("sr_sales").text)
        self.assertEqual(page.get("lang"), "fr")
        (way,) = page.xpath("//main//a[@href='/web']")
        self.assertEqual(way.text_content(), "Continuer")

    def test_a_program_is_refused_in_json(self):
        response = self._refused("sr_sales", Accept="application/json")
        self.assertIn("Only operators", response.json()["error"])

    def test_every_route_refuses_with_a_page(self):
        """A route that is added later explains its refusals too; the API answers programs, and
        clients have pages of their own."""
        self.authenticate("sr_portal", "sr_portal")
        ours = [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if ".smart_recommender." in rule.endpoint.func.__module__
            and not rule.rule.startswith(("/smart_recommender/api/", "/my/"))
            and rule.endpoint.routing["auth"] == "user"
        ]
        self.assertTrue(ours)
        for rule in ours:
            with self.subTest(route=rule.rule):
                response = self.url_open(rule.rule)
                self.assertEqual(response.status_code, 403)
                self.assertTrue(html.fromstring(response.text).xpath("//main//a[@href='/my']"))

    def test_who_is_not_logged_in_comes_back_after_the_login(self):
        response = self.url_open(
            "/smart_recommender/call?number=%2B212661223344", allow_redirects=False
        )
        self.assertEqual(response.status_code, 303)
        address = urlsplit(response.headers["Location"])
        self.assertEqual(address.path, "/web/login")
        target = parse_qs(address.query)["redirect"][0]
        self.assertIn("/smart_recommender/call?number=", target)
        self.assertEqual(parse_qs(urlsplit(target).query)["number"][0].strip(" +"), "212661223344")
