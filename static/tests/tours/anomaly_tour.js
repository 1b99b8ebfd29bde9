/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

function openAnomalies() {
    return [
        ...openApp("menu_root"),
        {
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']",
            run: "click",
        },
        { trigger: "[data-menu-xmlid='smart_recommender.menu_anomalies']", run: "click" },
        {
            content: "by severity, without those that were ignored",
            trigger:
                ".o_kanban_group:contains('High'):has(.o_kanban_record:contains('Savon')):not(:contains('Fontaine'))",
            isCheck: true,
        },
    ];
}

/** Choose rows of the list by their products. */
function select(...products) {
    return products.map((product) => ({
        trigger: `.o_data_row:contains('${product}') .o_list_record_selector input`,
        run: "click",
    }));
}

registry.category("web_tour.tours").add("smart_recommender_anomaly_explain", {
    test: true,
    url: "/web",
    steps: () => [
        ...openAnomalies(),
        {
            content: "the severest column comes first",
            trigger: ".o_kanban_group:first:contains('High')",
            isCheck: true,
        },
        {
            trigger: ".o_kanban_group:contains('Medium') .o_kanban_record:contains('Gobelets')",
            isCheck: true,
        },
        {
            content: "a card says how much and in which direction",
            trigger:
                ".o_kanban_record:contains('Savon'):contains('Spike'):contains('120'):contains('+200')",
            run: "click",
        },
        {
            content: "in one sentence",
            trigger: ".o_field_widget[name=sentence]:contains('three times as much')",
            isCheck: true,
        },
        {
            content: "the chart is drawn",
            trigger: ".o_ai_anomaly_chart[data-drawn] canvas",
            isCheck: true,
        },
        { trigger: ".o_ai_anomaly_table summary", run: "click" },
        {
            content: "and said in a table",
            trigger: ".o_ai_anomaly_table tr:contains('Spike') td:contains('120')",
            isCheck: true,
        },
        { trigger: ".o_ai_anomaly_causes:contains('Possible causes')", isCheck: true },
        { trigger: ".o_statusbar_buttons button[name=action_explain]", run: "click" },
        {
            trigger: ".modal-content .o_field_widget[name=reason] input[data-value=promotion]",
            run: "click",
        },
        {
            trigger: ".modal-content .o_field_widget[name=comment] textarea",
            run: "text Ramadan",
        },
        {
            trigger: ".modal-content .o_field_widget[name=exclude_from_training] input",
            run: "click",
        },
        { trigger: ".modal-content button[name=action_apply]", run: "click" },
        {
            content: "the form says so",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Explained')",
            isCheck: true,
        },
        {
            trigger: ".o_form_view .alert-warning:contains('left out of training')",
            isCheck: true,
        },
        {
            content: "the comment is in the history",
            trigger: ".o-mail-Message:contains('Ramadan')",
            isCheck: true,
        },
        { trigger: ".o_breadcrumb a:contains('Anomalies')", run: "click" },
        {
            content: "it has left the list",
            trigger:
                ".o_kanban_renderer:has(.o_kanban_record:contains('Gobelets')):not(:contains('Savon'))",
            isCheck: true,
        },
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
        { trigger: ".o_list_view .o_data_row:contains('Savon')", isCheck: true },
        ...select("Savon", "Gobelets"),
        {
            content: "both are chosen",
            trigger: ".o_list_selection_box:contains('2'), .o_selection_box:contains('2')",
            isCheck: true,
        },
        { trigger: ".o_control_panel button[name=action_confirm]", run: "click" },
        {
            content: "confirmed ones have left the list",
            trigger:
                ".o_list_renderer:has(.o_data_row:contains('Filtre')):not(:contains('Savon')):not(:contains('Gobelets'))",
            isCheck: true,
        },
        ...select("Filtre"),
        { trigger: ".o_control_panel button[name=action_ignore]", run: "click" },
        {
            content: "so have ignored ones",
            trigger:
                ".o_list_renderer:has(.o_data_row:contains('Bonbonne')):not(:contains('Filtre'))",
            isCheck: true,
        },
        ...select("Bonbonne"),
        {
            content: "to explain asks first",
            trigger: ".o_control_panel button[name=action_explain]",
            run: "click",
        },
        { trigger: ".modal-content .o_tag:contains('Bonbonne')", isCheck: true },
        { trigger: ".modal-content .btn-secondary:contains('Cancel')", run: "click" },
        {
            content: "nothing was decided",
            trigger: "body:not(:has(.modal)) .o_data_row:contains('Bonbonne'):contains('New')",
            isCheck: true,
        },
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
