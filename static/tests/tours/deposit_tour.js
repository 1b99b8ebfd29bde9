/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_return_containers", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Type a part of the name",
            trigger: ".o_client_desk_search input",
            run: "text hôtel atl",
        },
        {
            content: "Search",
            trigger: ".o_client_desk_search button[type='submit']",
            run: "click",
        },
        {
            content: "Take the house",
            trigger: ".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))",
            run: "click",
        },
        {
            content: "Eight bottles are late",
            trigger: ".o_client_deposits .text-danger:contains('8 late')",
            isCheck: true,
        },
        {
            content: "Some come back",
            trigger: ".o_client_deposits .o_client_return",
            run: "click",
        },
        {
            content: "How many",
            trigger: ".o_field_widget[name='quantity'] input",
            run: "text 5",
        },
        {
            content: "Log it",
            trigger: "button[name='action_log_return']",
            run: "click",
        },
        {
            content: "Three are left, and the refund stands on a quotation",
            trigger:
                ".o_client_sheet:has(.o_client_quotations .o_client_row a) .o_client_held:contains('3')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_late_containers", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Open the menu of containers",
            trigger: "[data-menu-xmlid='smart_recommender.menu_deposit']",
            run: "click",
        },
        {
            content: "Whoever still has some",
            trigger: "[data-menu-xmlid='smart_recommender.menu_deposit_balances']",
            run: "click",
        },
        {
            content: "The house is late",
            trigger: ".o_data_row.text-danger:contains('Hôtel Atlas')",
            isCheck: true,
        },
        {
            content: "Open its sheet",
            trigger: ".o_data_row button[name='action_open_sheet']",
            run: "click",
        },
        {
            content: "It is there",
            trigger: ".o_client_sheet .o_client_deposits",
            isCheck: true,
        },
    ],
});
