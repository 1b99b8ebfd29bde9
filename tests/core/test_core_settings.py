from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ...tools.setting_range import SHARE
from .common import RecommenderCommon
from .settings_common import SettingsCommon
from .tours import TourCase


@tagged("post_install", "-at_install")
class TestSettings(RecommenderCommon):
    def test_settings_are_those_of_the_company(self):
        other = self._create_company("Autre")
        settings = self.env["res.config.settings"].create({"company_id": self.company.id})
        settings.ai_history_days = 90
        settings.ai_excluded_product_ids = self.soap
        settings.execute()
        self.assertEqual(self.company.ai_history_days, 90)
        self.assertEqual(self.company.ai_excluded_product_ids, self.soap)
        self.assertEqual(other.ai_history_days, 365)
        self.assertFalse(other.ai_excluded_product_ids)

    def test_the_page_opens_and_saves(self):
        with Form(self.env["res.config.settings"]) as form:
            form.ai_history_days = 90
        form.save().execute()
        self.assertEqual(self.company.ai_history_days, 90)

    def test_the_expert_screen_opens_and_saves(self):
        action = self.env["res.config.settings"].create({}).action_ai_open_expert_settings()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.company", self.company.id))
        view_id, _kind = action["views"][0]
        with Form(self.company, view=self.env["ir.ui.view"].browse(view_id)) as form:
            form.ai_exclude_free = True
        self.assertTrue(self.company.ai_exclude_free)

    def test_defaults_are_the_documented_ones(self):
        expected = {
            "ai_enabled": True,
            "ai_history_days": 365,
            "ai_min_support": 0.01,
            "ai_min_orders": 3,
            "ai_min_confidence": 0.2,
            "ai_min_lift": 1.1,
            "ai_max_antecedent": 2,
            "ai_suggestion_limit": 8,
        }
        company = self._create_company("Nouvelle")
        self.assertEqual({name: company[name] for name in expected}, expected)

    def test_a_new_company_is_checked_too(self):
        for value in (0, float("nan")):
            with self.assertRaises(ValidationError) as caught:
                self._create_company("Fausse", ai_history_days=value)
            self.assertIn("from 1 to 36500", str(caught.exception))


@tagged("post_install", "-at_install")
class TestSettingRanges(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds({"ai_history_days": (1, 36500)})

    def test_every_number_has_a_range(self):
        numbers = {
            name
            for name, field in self.company._fields.items()
            if name.startswith("ai_") and field.type in ("integer", "float", "monetary")
        }
        self.assertEqual(set(self.company._ai_setting_ranges()), numbers)

    def test_all_faults_are_named_at_once(self):
        with self.assertRaises(ValidationError) as caught:
            self.company.write({"ai_history_days": 0, "ai_forecast_days": 3})
        self.assertEqual(
            str(caught.exception).splitlines(),
            [
                "History Window is 0: give a number of days from 1 to 36500.",
                "Forecast History is 3: give a number of days from 14 to 3650.",
            ],
        )

    def test_the_message_is_in_the_language_of_who_saves(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        company = self.company.with_context(lang="fr_FR")
        with self.assertRaises(ValidationError) as caught:
            company.write({"ai_service_level": 0.2})
        self.assertIn(
            "vaut 20\u00a0%\u00a0: indiquez un pourcentage de 50\u00a0% à 99,9\u00a0%.",
            str(caught.exception),
        )


@tagged("post_install", "-at_install")
class TestSettingScreens(SettingsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.env["res.config.settings"]
        cls.expert = cls.env.ref("smart_recommender.res_company_view_form_expert")

    def _fields_of(self, model, view, path):
        arch = etree.fromstring(model.get_view(view.id, "form")["arch"])
        names = arch.xpath(f"{path}//field/@name")
        self.assertEqual(len(names), len(set(names)), "a field stands twice on a screen")
        return {name for name in names if name.startswith("ai_")}

    def _screens(self):
        page = self._fields_of(
            self.settings,
            self.env.ref("base.res_config_settings_view_form"),
            "//app[@name='smart_recommender']",
        )
        return page, self._fields_of(self.env["res.company"], self.expert, "//sheet")

    def test_each_setting_is_on_one_screen(self):
        page, expert = self._screens()
        settings = {name for name in self.company._fields if name.startswith("ai_")}
        self.assertEqual((page - {"ai_replay_text"}) | expert, settings)
        self.assertEqual(page & expert, set())

    def test_every_number_has_its_unit_beside_it(self):
        for model, view, path in (
            (self.settings, self.env.ref("base.res_config_settings_view_form"), "//app"),
            (self.env["res.company"], self.expert, "//sheet"),
        ):
            arch = etree.fromstring(model.get_view(view.id, "form")["arch"])
            for node in arch.xpath(f"{path}//field[starts-with(@name, 'ai_')]"):
                name = node.get("name")
                if model._fields[name].type in ("integer", "float"):
                    beside = node.getnext()
                    has_unit = beside is not None and (beside.text or "").strip()
                    with self.subTest(setting=name):
                        self.assertTrue(has_unit or node.get("widget") == "percentage")

    def test_shares_are_read_and_written_in_percent_on_both_screens(self):
        ranges = self.company._ai_setting_ranges()
        shares = {name for name, allowed in ranges.items() if allowed.kind == SHARE}
        found = set()
        for model, view in (
            (self.settings, self.env.ref("base.res_config_settings_view_form")),
            (self.env["res.company"], self.expert),
        ):
            arch = etree.fromstring(model.get_view(view.id, "form")["arch"])
            found |= {
                node.get("name")
                for node in arch.xpath("//field[@widget='percentage']")
                if node.get("name").startswith("ai_")
            }
        self.assertEqual(found, shares)

    def test_the_page_is_short_and_mirrors_nothing_else(self):
        page, _expert = self._screens()
        self.assertLessEqual(len(page), 20)
        self.assertEqual({name for name in self.settings._fields if name.startswith("ai_")}, page)

    def test_only_administrators_open_the_screens(self):
        users = [
            new_test_user(self.env, "sr_trainer", "smart_recommender.group_manager"),
            new_test_user(self.env, "sr_rights", "base.group_erp_manager"),
        ]
        for user in users:
            with self.subTest(user=user.login):
                settings = self.settings.with_user(user)
                with self.assertRaises(AccessError):
                    settings.create({})
                with self.assertRaisesRegex(AccessError, "administrators"):
                    settings.action_ai_open_expert_settings()
                companies = self.env["res.company"].with_user(user)
                arch = companies.get_view(self.expert.id, "form")["arch"]
                self.assertNotIn("ai_", arch)
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertNotIn(self.env.ref("smart_recommender.menu_settings").id, menus)
        with self.assertRaises(AccessError):
            self.company.with_user(users[0]).write({"ai_exclude_free": True})


@tagged("post_install", "-at_install")
class TestSettingTours(SettingsCommon, TourCase):
    """The story in a real browser."""

    def _settings_are_found_again(self, tour, lang):
        new_test_user(
            self.env,
            "sr_admin",
            "base.group_system,smart_recommender.group_manager",
            password="sr_admin",
            lang=lang,
        )
        self.start_tour(self._page("res_config_settings_action"), tour, login="sr_admin")
        self.assertEqual(self.company.ai_history_days, 90)

    def test_an_administrator_changes_a_setting_and_an_expert_one(self):
        self._settings_are_found_again("smart_recommender_settings", "en_US")
        self.assertTrue(self.company.ai_exclude_free)

    def test_an_administrator_changes_a_setting_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["smart_recommender"], ["fr_FR"])
        self._settings_are_found_again("smart_recommender_settings_in_french", "fr_FR")
