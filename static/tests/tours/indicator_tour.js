/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const tours = registry.category("web_tour.tours");

/** The app opens with the dashboard. */
function openDashboard() {
    return [
        ...openApp("menu_root"),
        sees(".o_ai_dashboard .o_ai_section_title:contains('Overview')"),
    ];
}

function card(code, rest = "") {
    return `.o_ai_card[data-code='${code}'] ${rest}`;
}

/** Whether something is not on the page that others have shown to be there. */
function seesNot(selector) {
    return {
        content: `there is no ${selector}`,
        trigger: ".o_ai_dashboard",
        run: () => {
            if (document.querySelector(selector)) {
                throw new Error(`${selector} is on the page`);
            }
        },
    };
}

tours.add("smart_recommender_dashboard_seller", {
    test: true,
    url: "/web",
    steps: () => [
        ...openDashboard(),
        sees(".o_ai_today dd:contains('8')", "what was sold today"),
        sees(card("revenue", ".o_ai_card_value:contains('400')"), "own orders alone, live"),
        sees(card("revenue", ".o_ai_card_foot:contains('live')")),
        sees(".o_ai_trends canvas[role=img]"),
        sees(".o_ai_top_product:contains('Bonbonne')"),
        seesNot(card("gross_margin")),
        seesNot(".o_ai_strip"),
        click("button[data-days='7']", "another period"),
        sees(card("revenue", ".o_ai_card_value:contains('200')")),
        click(".o_ai_top button[data-measure=quantity]"),
        sees(".o_ai_top tbody tr:first-child:contains('Gobelets')", "cups sell most by number"),
        click(card("revenue", ".o_ai_card_formula"), "how is it computed?"),
        sees(".o_ai_formula:contains('Untaxed amount of confirmed order lines')"),
        click(".o_ai_formula button"),
        click(card("orders", "button.o_ai_card_value"), "the orders behind it"),
        sees(".o_list_view .o_data_row"),
    ],
});

tours.add("smart_recommender_dashboard_manager", {
    test: true,
    url: "/web",
    steps: () => [
        ...openDashboard(),
        sees(card("gross_margin", ".o_ai_card_value")),
        sees(
            card("active_clients", ".o_ai_card_foot:contains('as of')"),
            "stored figures are dated"
        ),
        click(".o_ai_period_own"),
        {
            trigger: ".o_ai_period_form input[name=to]",
            run: ({ anchor } = {}) => {
                const input = anchor || document.querySelector(".o_ai_period_form input[name=to]");
                input.value = "2000-01-01";
                input.dispatchEvent(new Event("input", { bubbles: true }));
            },
        },
        click(".o_ai_period_form button[type=submit]"),
        sees(".o_ai_period_error:contains('must not come after')"),
        click("button[data-days='30']"),
        click(".o_ai_dashboard_edit"),
        click(card("revenue", "[data-tool=later]"), "revenue goes behind orders"),
        sees(".o_ai_overview .o_ai_card:first-child[data-code=orders]"),
        click(card("win_rate", "[data-tool=pin]")),
        sees(".o_ai_overview .o_ai_card[data-code=win_rate]"),
        click(card("refund_rate", "[data-tool=hide]")),
        sees(".o_ai_card_hidden[data-code=refund_rate]"),
        click(".o_ai_dashboard_edit"),
        sees(".o_ai_overview .o_ai_card[data-code=win_rate] .o_ai_card_foot"),
        seesNot(card("refund_rate")),
        click(".o_ai_dashboard_edit"),
        click(".o_ai_dashboard_reset"),
        sees(".o_ai_overview .o_ai_card:first-child[data-code=revenue]"),
        click(".o_ai_dashboard_edit"),
        sees(".o_ai_dashboard_export a[href*='kind=csv']"),
        click(".o_ai_top_compare", "the best products side by side"),
        sees(".o_ai_compare_table tr:contains('Fontaine')"),
        sees(".o_ai_compare canvas[role=img]"),
        click("[data-compare=companies]"),
        sees(".o_ai_compare_companies th:contains('Kivu Test'):contains('1 EUR =')"),
        sees(".o_ai_compare_companies tr[data-code=revenue]"),
    ],
});

tours.add("smart_recommender_dashboard_keeper", {
    test: true,
    url: "/web",
    steps: () => [
        ...openDashboard(),
        sees(card("below_reorder_point", ".o_ai_card_value")),
        sees("[data-strip=forecast].o_ai_panel_empty:contains('can start the training')"),
        seesNot(".o_ai_trends"),
        seesNot(".o_ai_today"),
        click("[data-strip=stock] [data-tile=low]", "what is low"),
        sees(".o_list_view .o_data_row:contains('Gobelets')"),
    ],
});

tours.add("smart_recommender_dashboard_accountant", {
    test: true,
    url: "/web",
    steps: () => [
        ...openDashboard(),
        sees(card("order_cycle", ".o_ai_card_reason"), "nothing is paid yet: it says so"),
        seesNot(".o_ai_trends"),
        seesNot(".o_ai_strip"),
        seesNot(card("revenue")),
    ],
});

tours.add("smart_recommender_dashboard_phone", {
    test: true,
    steps: () => [
        sees(card("revenue", ".o_ai_card_value")),
        sees(".o_ai_trends canvas"),
        sees("[data-strip=stock] [data-tile=low]"),
        {
            content: "one column, and nothing beyond it",
            trigger: ".o_ai_dashboard",
            run: () => {
                const content = document.querySelector(".o_ai_dashboard_content");
                if (content.scrollWidth > content.clientWidth) {
                    throw new Error(`${content.scrollWidth} in ${content.clientWidth} pixels`);
                }
                const cards = [...document.querySelectorAll(".o_ai_overview .o_ai_card")];
                const lefts = new Set(cards.map((each) => each.getBoundingClientRect().left));
                if (cards.length < 4 || lefts.size !== 1) {
                    throw new Error(`${cards.length} cards in ${lefts.size} columns`);
                }
            },
        },
    ],
});
