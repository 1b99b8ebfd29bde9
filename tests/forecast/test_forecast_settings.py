from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..core.settings_common import SettingsCommon

BOUNDS = {
    "ai_forecast_days": (14, 3650),
    "ai_discontinued_days": (14, 3650),
}


@tagged("post_install", "-at_install")
class TestForecastSettings(SettingsCommon):
    def test_each_bound_is_enforced(self):
        self.assertBounds(BOUNDS)

    def test_the_message_names_setting_value_and_range(self):
        with self.assertRaises(ValidationError) as caught:
            self.company.ai_forecast_days = 3
        self.assertEqual(
            str(caught.exception), "Forecast History is 3: give a number of days from 14 to 3650."
        )

    def test_forecasts_learn_from_so_many_days_of_the_company(self):
        self.company.resource_calendar_id.tz = "Africa/Lubumbashi"  # UTC+2, no summer time
        self.company.ai_forecast_days = 30
        with freeze_time("2026-03-10 22:30:00"):  # the 11th there
            first, last = self.env["ai.sales.extract"]._demand_window(self.company)
        self.assertEqual((first, last), (date(2026, 2, 9), date(2026, 3, 10)))
