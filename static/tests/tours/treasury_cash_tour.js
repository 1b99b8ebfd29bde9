/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const PARTNER = ".o_ai_cash_partner";

function choose(selector, start) {
    return ({ anchor } = {}) => {
        const select = anchor || document.querySelector(selector);
        const options = [...select.options];
        select.value = options.find(({ text }) => text.startsWith(start)).value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

registry.category("web_tour.tours").add("smart_recommender_cash", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("account.menu_finance"),
        { trigger: "[data-menu-xmlid='smart_recommender.menu_treasury']", run: "click" },
        {
            trigger: ".dropdown-item[data-menu-xmlid='smart_recommender.menu_cash_page']",
            run: "click",
        },
        {
            content: "what there is today",
            trigger: ".o_ai_cash_today .o_ai_cash_figure:contains('1,000.00')",
            isCheck: true,
        },
        {
            content: "in 30 days: the invoice came in, the bill and the rent went out",
            trigger:
                ".o_ai_cash_totals section[data-days='30'] .o_ai_cash_figure:contains('350.00')",
            isCheck: true,
        },
        {
            content: "which is below the limit, if everybody pays on the due day",
            trigger: ".o_ai_cash_crossing.alert-warning:contains('due day')",
            isCheck: true,
        },
        {
            content: "nothing was learned, so that no range is shown",
            trigger: ".o_ai_cash_untrained:contains('Nothing has been learned')",
            isCheck: true,
        },
        {
            trigger: ".o_ai_cash_totals:not(:contains('80 %'))",
            isCheck: true,
        },
        { trigger: ".o_ai_cash_canvas canvas", isCheck: true },
        {
            content: "a week whose end is known",
            trigger: ".o_ai_cash_weeks tbody tr:first-child td:contains('950.00')",
            isCheck: true,
        },
        {
            content: "The client pays a month late",
            trigger: PARTNER,
            run: choose(PARTNER, "Hôtel Zagora"),
        },
        {
            content: "its amount is missed in 30 days, not in 90",
            trigger:
                ".o_ai_cash_totals section[data-days='30'] .o_ai_cash_base:contains('350.00'):contains('-300.00')",
            isCheck: true,
        },
        {
            trigger:
                ".o_ai_cash_totals section[data-days='90'] .o_ai_cash_figure:contains('350.00')",
            isCheck: true,
        },
        {
            content: "The bill falls away",
            trigger: ".o_ai_cash_items tr:contains('Sotrapil') input.o_ai_cash_counts",
            run: "click",
        },
        {
            content: "the limit holds",
            trigger: ".o_ai_cash_crossing:contains('stays above')",
            isCheck: true,
        },
        {
            trigger: ".o_ai_cash_items tr.o_ai_cash_gone:contains('Sotrapil')",
            isCheck: true,
        },
        {
            content: "Nobody pays later, but reminders go out earlier",
            trigger: ".o_ai_cash_earlier",
            run: "text 5",
        },
        {
            content: "in 7 days the invoice came in",
            trigger:
                ".o_ai_cash_totals section[data-days='7'] .o_ai_cash_figure:contains('950.00')",
            isCheck: true,
        },
        { trigger: ".o_ai_cash_reset", run: "click" },
        {
            content: "As it is",
            trigger: ".o_ai_cash:not(:has(.o_ai_cash_base)):not(:has(.o_ai_cash_gone))",
            isCheck: true,
        },
        {
            content: "Open the invoice",
            trigger: ".o_ai_cash_items tr:contains('Hôtel Zagora') .o_ai_cash_open",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=partner_id]:contains('Hôtel Zagora')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_cash_empty", {
    test: true,
    steps: () => [
        {
            content: "nothing to foresee",
            trigger: ".o_ai_cash_empty .o_ai_cash_planned",
            run: "click",
        },
        {
            content: "what can be planned",
            trigger: ".o_view_nocontent:contains('Salaries'), .o_list_view",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_cash_refused", {
    test: true,
    steps: () => [
        {
            trigger: ".o_ai_cash_refused:contains('Only who reads invoices')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_cash_phone", {
    test: true,
    steps: () => [
        {
            content: "nothing is wider than the screen",
            trigger: ".o_ai_cash",
            run: () => {
                const { scrollWidth, clientWidth } = document.querySelector(".o_ai_cash_content");
                if (scrollWidth > clientWidth) {
                    throw new Error(`${scrollWidth} px on a screen of ${clientWidth}`);
                }
            },
        },
        {
            content: "The bill falls away",
            trigger: ".o_ai_cash_items tr:contains('Sotrapil') input.o_ai_cash_counts",
            run: "click",
        },
        {
            trigger: ".o_ai_cash_crossing:contains('stays above')",
            isCheck: true,
        },
    ],
});
