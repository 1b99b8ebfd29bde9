/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

function openAnomalies() {
    return [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']"),
        click("[data-menu-xmlid='smart_recommender.menu_anomalies']"),
        sees(
            ".o_kanban_group:contains('High'):has(.o_kanban_record:contains('Savon')):not(:contains('Fontaine'))",
            "by severity, without those that were ignored"
        ),
    ];
}

/** Choose rows of the list by their products. */
function select(...products) {
    return products.map((product) =>
        click(`.o_data_row:contains('${product}') .o_list_record_selector input`)
    );
}

registry.category("web_tour.tours").add("smart_recommender_anomaly_explain", {
    test: true,
    url: "/web",
    steps: () => [
        ...openAnomalies(),
        sees(".o_kanban_group:first:contains('High')", "the severest column comes first"),
        sees(".o_kanban_group:contains('Medium') .o_kanban_record:contains('Gobelets')"),
        click(
            ".o_kanban_record:contains('Savon'):contains('Spike'):contains('120'):contains('+200')",
            "a card says how much and in which direction"
        ),
        sees(".o_field_widget[name=sentence]:contains('three times as much')", "in one sentence"),
        sees(".o_ai_anomaly_chart[data-drawn] canvas", "the chart is drawn"),
        click(".o_ai_anomaly_table summary"),
        sees(".o_ai_anomaly_table tr:contains('Spike') td:contains('120')", "and said in a table"),
        sees(".o_ai_anomaly_causes:contains('Possible causes')"),
        click(".o_statusbar_buttons button[name=action_explain]"),
        click(".modal-content .o_field_widget[name=reason] input[data-value=promotion]"),
        {
            trigger: ".modal-content .o_field_widget[name=comment] textarea",
            run: "text Ramadan",
        },
        click(".modal-content .o_field_widget[name=exclude_from_training] input"),
        click(".modal-content button[name=action_apply]"),
        sees(
            ".o_field_statusbar .o_arrow_button_current:contains('Explained')",
            "the form says so"
        ),
        sees(".o_form_view .alert-warning:contains('left out of training')"),
        sees(".o-mail-Message:contains('Ramadan')", "the comment is in the history"),
        click(".o_breadcrumb a:contains('Anomalies')"),
        sees(
            ".o_kanban_renderer:has(.o_kanban_record:contains('Gobelets')):not(:contains('Savon'))",
            "it has left the list"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_anomaly_list", {
    test: true,
    url: "/web",
    steps: () => [
        ...openAnomalies(),
        {
            content: "narrow screens keep the buttons of the views in a menu",
            trigger: ".o_cp_switch_buttons",
            run() {
                document.querySelector(".o_switch_view.o_list").click();
            },
        },
        sees(".o_list_view .o_data_row:contains('Savon')"),
        ...select("Savon", "Gobelets"),
        sees(
            ".o_list_selection_box:contains('2'), .o_selection_box:contains('2')",
            "both are chosen"
        ),
        click(".o_control_panel button[name=action_confirm]"),
        sees(
            ".o_list_renderer:has(.o_data_row:contains('Filtre')):not(:contains('Savon')):not(:contains('Gobelets'))",
            "confirmed ones have left the list"
        ),
        ...select("Filtre"),
        click(".o_control_panel button[name=action_ignore]"),
        sees(
            ".o_list_renderer:has(.o_data_row:contains('Bonbonne')):not(:contains('Filtre'))",
            "so have ignored ones"
        ),
        ...select("Bonbonne"),
        click(".o_control_panel button[name=action_explain]", "to explain asks first"),
        sees(".modal-content .o_tag:contains('Bonbonne')"),
        click(".modal-content .btn-secondary:contains('Cancel')"),
        sees(
            "body:not(:has(.modal)) .o_data_row:contains('Bonbonne'):contains('New')",
            "nothing was decided"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_anomaly_read_only", {
    test: true,
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name=sentence]:contains('120 Units')",
            run() {
                if (document.querySelector("button[name=action_confirm]")) {
                    throw new Error("who is no manager may not decide");
                }
            },
        },
    ],
});
