/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const openMenu = (menu, content) => [
    {
        content,
        trigger: "[data-menu-xmlid='smart_recommender.menu_treasury']",
        run: "click",
    },
    {
        content,
        trigger: `[data-menu-xmlid='smart_recommender.${menu}']`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("smart_recommender_credit", {
    test: true,
    steps: () => [
        ...openApp("account.menu_finance"),
        ...openMenu("menu_collections", "Open the collections"),
        {
            content: "Who is likely late comes first",
            trigger: ".o_data_row:first:contains('Hôtel Zagora')",
            isCheck: true,
        },
        ...openMenu("menu_credit_scores", "Open the scores"),
        {
            content: "Its reasons are there",
            trigger: ".o_data_row:contains('Hôtel Zagora'):contains('days late so far')",
            isCheck: true,
        },
        {
            content: "Accept the limit",
            trigger: ".o_data_row:contains('Hôtel Zagora') button[name='action_accept']",
            run: "click",
        },
        {
            content: "It is accepted",
            trigger: ".o_data_row:contains('Hôtel Zagora') td[name='state']:contains('Accepted')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_credit_sheet", {
    test: true,
    steps: () => [
        ...openApp("account.menu_finance"),
        ...openMenu("menu_collections", "Open the collections"),
        {
            content: "Open the sheet",
            trigger: ".o_data_row:contains('Hôtel Zagora') button[name='action_open_sheet']",
            run: "click",
        },
        {
            content: "How it usually pays",
            trigger: ".o_client_paying .o_client_habit:contains('45 days late')",
            isCheck: true,
        },
        {
            content: "And the score",
            trigger: ".o_client_paying .o_client_score:contains('Grade')",
            isCheck: true,
        },
    ],
});
