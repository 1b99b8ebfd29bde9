/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

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
        click("[data-menu-xmlid='smart_recommender.menu_treasury']"),
        click(".dropdown-item[data-menu-xmlid='smart_recommender.menu_cash_page']"),
        sees(".o_ai_cash_today .o_ai_cash_figure:contains('1,000.00')", "what there is today"),
        sees(
            ".o_ai_cash_totals section[data-days='30'] .o_ai_cash_figure:contains('350.00')",
            "in 30 days: the invoice came in, the bill and the rent went out"
        ),
        sees(
            ".o_ai_cash_crossing.alert-warning:contains('due day')",
            "which is below the limit, if everybody pays on the due day"
        ),
        sees(
            ".o_ai_cash_untrained:contains('Nothing has been learned')",
            "nothing was learned, so that no range is shown"
        ),
        sees(".o_ai_cash_totals:not(:contains('80 %'))"),
        sees(".o_ai_cash_canvas canvas"),
        sees(
            ".o_ai_cash_weeks tbody tr:first-child td:contains('950.00')",
            "a week whose end is known"
        ),
        {
            content: "The client pays a month late",
            trigger: PARTNER,
            run: choose(PARTNER, "Hôtel Zagora"),
        },
        sees(
            ".o_ai_cash_totals section[data-days='30'] .o_ai_cash_base:contains('350.00'):contains('-300.00')",
            "its amount is missed in 30 days, not in 90"
        ),
        sees(".o_ai_cash_totals section[data-days='90'] .o_ai_cash_figure:contains('350.00')"),
        click(
            ".o_ai_cash_items tr:contains('Sotrapil') input.o_ai_cash_counts",
            "The bill falls away"
        ),
        sees(".o_ai_cash_crossing:contains('stays above')", "the limit holds"),
        sees(".o_ai_cash_items tr.o_ai_cash_gone:contains('Sotrapil')"),
        {
            content: "Nobody pays later, but reminders go out earlier",
            trigger: ".o_ai_cash_earlier",
            run: "text 5",
        },
        sees(
            ".o_ai_cash_totals section[data-days='7'] .o_ai_cash_figure:contains('950.00')",
            "in 7 days the invoice came in"
        ),
        click(".o_ai_cash_reset"),
        sees(".o_ai_cash:not(:has(.o_ai_cash_base)):not(:has(.o_ai_cash_gone))", "As it is"),
        click(".o_ai_cash_items tr:contains('Hôtel Zagora') .o_ai_cash_open", "Open the invoice"),
        sees(".o_form_view .o_field_widget[name=partner_id]:contains('Hôtel Zagora')"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_cash_empty", {
    test: true,
    steps: () => [
        click(".o_ai_cash_empty .o_ai_cash_planned", "nothing to foresee"),
        sees(".o_view_nocontent:contains('Salaries'), .o_list_view", "what can be planned"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_cash_refused", {
    test: true,
    steps: () => [sees(".o_ai_cash_refused:contains('Only who reads invoices')")],
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
        click(
            ".o_ai_cash_items tr:contains('Sotrapil') input.o_ai_cash_counts",
            "The bill falls away"
        ),
        sees(".o_ai_cash_crossing:contains('stays above')"),
    ],
});
