/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { click, openApp, sees } from "./core_steps";

const pipeline = () => [
    sees(
        ".o_ai_pipeline [data-part='quotations']:has(.o_ai_pipeline_range:contains('Four times out of five')) .o_ai_pipeline_figure",
        "What is expected, with its range"
    ),
    sees(".o_ai_pipeline_verdict:contains('Brier score')", "How good the chances are"),
    sees("table[data-bins='model'] tbody tr", "What was promised and what came true"),
    sees(".o_ai_pipeline_crm:contains('of 50')", "CRM's own score is noted before it is judged"),
];

registry.category("web_tour.tours").add("smart_recommender_quotation_pipeline", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("sale.sale_menu_root"),
        click("[data-menu-xmlid='sale.sale_order_menu']"),
        click(".dropdown-item[data-menu-xmlid='smart_recommender.menu_sale_pipeline']"),
        ...pipeline(),
        click(".o_ai_pipeline_chances"),
        sees(
            ".o_list_view .o_data_row:first .o_data_cell[name='chance']:contains('%')",
            "The most is expected of this one"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_quotation_chance", {
    test: true,
    steps: () => [
        sees(".o_ai_win_chance:contains('%')", "The quotation tells its chance"),
        click(".o_data_row .o_ai_price_advice", "What did clients like this one pay?"),
        sees(
            ".o_ai_price_advice_popover:contains('Bonbonne 12 L') .o_ai_price_advice_quartiles tr:contains('Three quarters'):contains('8.0')"
        ),
        sees(".o_ai_price_advice_bands tr:contains('No discount'):contains('%')"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_quotation_advice_unsaved", {
    test: true,
    steps: () => [
        {
            trigger: ".o_field_widget[name='partner_id'] input",
            run: "text Hôtel 0",
        },
        click(
            ".o_field_widget[name='partner_id'] .o-autocomplete--dropdown-item > a:contains('Hôtel 0')"
        ),
        click(".o_field_x2many_list_row_add a:first"),
        {
            trigger: ".o_selected_row .o_field_widget[name='product_template_id'] input",
            run: "text Bonbonne 25 L",
        },
        click(".o-autocomplete--dropdown-item > a:contains('Bonbonne 25 L')"),
        click(
            ".o_data_row:has(.o_data_cell[name='price_subtotal']:contains('100')) .o_ai_price_advice",
            "An unsaved line has its advice, or says why there is none"
        ),
        sees(".o_ai_price_advice_popover .o_ai_price_advice_silent:contains('Too few')"),
        ...stepUtils.discardForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_quotation_pipeline_phone", {
    test: true,
    steps: () => [
        ...pipeline(),
        {
            content: "Nothing is wider than a phone",
            trigger: ".o_ai_pipeline",
            run() {
                const page = document.querySelector(".o_ai_pipeline");
                if (page.scrollWidth > page.clientWidth) {
                    console.error("the pipeline is wider than the screen");
                }
            },
        },
    ],
});
