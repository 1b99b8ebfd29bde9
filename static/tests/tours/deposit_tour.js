/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_return_containers", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Type a part of the name",
            trigger: ".o_client_desk_search input",
            run: "text hôtel atl",
        },
        click(".o_client_desk_search button[type='submit']", "Search"),
        click(
            ".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))",
            "Take the house"
        ),
        sees(".o_client_deposits .text-danger:contains('8 late')", "Eight bottles are late"),
        click(".o_client_deposits .o_client_return", "Some come back"),
        {
            content: "How many",
            trigger: ".o_field_widget[name='quantity'] input",
            run: "text 5",
        },
        click("button[name='action_log_return']", "Log it"),
        sees(
            ".o_client_sheet:has(.o_client_quotations .o_client_row a) .o_client_held:contains('3')",
            "Three are left, and the refund stands on a quotation"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_late_containers", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        click("[data-menu-xmlid='smart_recommender.menu_deposit']", "Open the menu of containers"),
        click(
            "[data-menu-xmlid='smart_recommender.menu_deposit_balances']",
            "Whoever still has some"
        ),
        sees(".o_data_row.text-danger:contains('Hôtel Atlas')", "The house is late"),
        click(".o_data_row button[name='action_open_sheet']", "Open its sheet"),
        sees(".o_client_sheet .o_client_deposits", "It is there"),
    ],
});
