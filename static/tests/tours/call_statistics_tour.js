/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const OPERATOR = ".o_ai_statistics_operator";

registry.category("web_tour.tours").add("smart_recommender_call_statistics", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        { trigger: "[data-menu-xmlid='smart_recommender.menu_calls']", run: "click" },
        { trigger: "[data-menu-xmlid='smart_recommender.menu_call_statistics']", run: "click" },
        {
            content: "Ready figures of all operators, and the results as a pie",
            trigger:
                ".o_ai_statistics:has(.o_ai_block_results canvas) .o_ai_block_summary dd:contains('4')",
            isCheck: true,
        },
        {
            content: "The page says that both revenues are not to be added",
            trigger: ".o_ai_block_operators_revenue:contains('do not add them')",
            isCheck: true,
        },
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
        {
            content: "One call",
            trigger: ".o_ai_block_clients_calls tbody tr:only-child:contains('Hôtel Atlas')",
            isCheck: true,
        },
        { content: "Choose a period", trigger: "button[data-days='90']", run: "click" },
        { content: "by weeks", trigger: ".o_ai_block_days:contains('Week')", isCheck: true },
        {
            content: "The files are of the same operator and period",
            trigger:
                ".o_ai_statistics_files:has(a[href*='days=90'][href*='kind=csv'][href*='user_id=']) a[href*='kind=xlsx']",
            isCheck: true,
        },
        { content: "Look closer", trigger: ".o_ai_statistics_rows", run: "click" },
        {
            content: "The pivot has this operator alone",
            trigger: ".o_pivot:contains('sr_colleague'):not(:contains('sr_operator'))",
            isCheck: true,
        },
    ],
});
