/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_operator_board", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        click("[data-menu-xmlid='smart_recommender.menu_calls']"),
        click("[data-menu-xmlid='smart_recommender.menu_operator_board']"),
        sees(
            ".o_ai_operator_board_operators tr:contains('101'):contains('Hôtel Atlas')",
            "An operator talks with a client"
        ),
        sees(
            ".o_ai_operator_board_waiting tr:contains('<b>sales</b>')",
            "A caller waits, whatever it is called"
        ),
    ],
});
