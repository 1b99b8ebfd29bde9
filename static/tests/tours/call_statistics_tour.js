/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const OPERATOR = ".o_ai_statistics_operator";

registry.category("web_tour.tours").add("smart_recommender_call_statistics", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        click("[data-menu-xmlid='smart_recommender.menu_calls']"),
        click("[data-menu-xmlid='smart_recommender.menu_call_statistics']"),
        sees(
            ".o_ai_statistics:has(.o_ai_block_results canvas) .o_ai_block_summary dd:contains('4')",
            "Ready figures of all operators, and the results as a pie"
        ),
        sees(
            ".o_ai_block_operators_revenue:contains('do not add them')",
            "The page says that both revenues are not to be added"
        ),
        {
            content: "Choose an operator",
            trigger: OPERATOR,
            run: ({ anchor } = {}) => {
                const select = anchor || document.querySelector(OPERATOR);
                const options = [...select.options];
                select.value = options.find(({ text }) => text.startsWith("sr_colleague")).value;
                select.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        sees(".o_ai_block_clients_calls tbody tr:only-child:contains('Hôtel Atlas')", "One call"),
        click("button[data-days='90']", "Choose a period"),
        sees(".o_ai_block_days:contains('Week')", "by weeks"),
        sees(
            ".o_ai_statistics_files:has(a[href*='days=90'][href*='kind=csv'][href*='user_id=']) a[href*='kind=xlsx']",
            "The files are of the same operator and period"
        ),
        click(".o_ai_statistics_rows", "Look closer"),
        sees(
            ".o_pivot:contains('sr_colleague'):not(:contains('sr_operator'))",
            "The pivot has this operator alone"
        ),
    ],
});
