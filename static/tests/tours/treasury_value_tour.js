/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_value", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        click("[data-menu-xmlid='smart_recommender.menu_clients']", "Open the clients"),
        click("[data-menu-xmlid='smart_recommender.menu_client_value_call']", "Open their value"),
        click(
            ".o_data_row:first button[name='action_open_sheet']",
            "Open the sheet of the best one"
        ),
        sees(
            ".o_client_worth:contains('expected') .o_client_chance:contains('likely')",
            "What it is worth, and whether it still is a client"
        ),
    ],
});
