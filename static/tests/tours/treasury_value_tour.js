/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_value", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Open the clients",
            trigger: "[data-menu-xmlid='smart_recommender.menu_clients']",
            run: "click",
        },
        {
            content: "Open their value",
            trigger: "[data-menu-xmlid='smart_recommender.menu_client_value_call']",
            run: "click",
        },
        {
            content: "Open the sheet of the best one",
            trigger: ".o_data_row:first button[name='action_open_sheet']",
            run: "click",
        },
        {
            content: "What it is worth, and whether it still is a client",
            trigger: ".o_client_worth:contains('expected') .o_client_chance:contains('likely')",
            isCheck: true,
        },
    ],
});
