/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

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
        sees(".o_data_row:first:contains('Hôtel Zagora')", "Who is likely late comes first"),
        ...openMenu("menu_credit_scores", "Open the scores"),
        sees(
            ".o_data_row:contains('Hôtel Zagora'):contains('days late so far')",
            "Its reasons are there"
        ),
        click(
            ".o_data_row:contains('Hôtel Zagora') button[name='action_accept']",
            "Accept the limit"
        ),
        sees(
            ".o_data_row:contains('Hôtel Zagora') td[name='state']:contains('Accepted')",
            "It is accepted"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_credit_sheet", {
    test: true,
    steps: () => [
        ...openApp("account.menu_finance"),
        ...openMenu("menu_collections", "Open the collections"),
        click(
            ".o_data_row:contains('Hôtel Zagora') button[name='action_open_sheet']",
            "Open the sheet"
        ),
        sees(".o_client_paying .o_client_habit:contains('45 days late')", "How it usually pays"),
        sees(".o_client_paying .o_client_score:contains('Grade')", "And the score"),
    ],
});
