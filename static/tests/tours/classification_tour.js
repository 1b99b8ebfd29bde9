/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

function openMatrix() {
    return [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']"),
        click("[data-menu-xmlid='smart_recommender.menu_class_matrix']"),
    ];
}

function readReason(words) {
    return [
        sees(
            `.o_field_widget[name=reason]:contains('${words}'):contains('their mean')`,
            "with its reason"
        ),
        sees(".o_form_view:contains('has not changed since the first training')"),
    ];
}

registry.category("web_tour.tours").add("smart_recommender_class_matrix", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMatrix(),
        sees(
            ".o_ai_matrix_cell[data-class=AX]:contains('1 product'):contains('72,000'):contains('98'):contains('4,200'):contains('Reorder automatically')",
            "count, revenue, stock and strategy"
        ),
        sees(
            ".o_ai_matrix_cell[data-class=N]:contains('2 products')",
            "what did not sell is there too"
        ),
        sees(
            ".o_ai_matrix_cell[data-class=BY]:disabled:contains('0 products')",
            "an empty cell cannot be opened"
        ),
        sees(".o_ai_matrix:not(:has(.o_ai_matrix_train))", "who may not train has no button"),
        click(".o_ai_matrix_cell[data-class=CZ]"),
        sees(".o_data_row:contains('Bonbonne 19 L'):contains('CZ')", "the products of the cell"),
        sees(".o_list_renderer:not(:contains('Fontaine'))"),
        click(".o_data_row:contains('Gobelets') .o_data_cell[name=name]"),
        click(
            ".o_form_view button[name=action_open_ai_class]:contains('CZ')",
            "the product tells its class"
        ),
        ...readReason("class C"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_reason", {
    test: true,
    steps: () => [
        click(".o_form_view button[name=action_open_ai_class]:contains('AX')"),
        ...readReason("class A"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_matrix_empty", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMatrix(),
        sees(".o_ai_matrix_empty:contains('No product has been classified yet')"),
        click(".o_ai_matrix_train"),
        sees(".o_ai_matrix_training"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_catalog", {
    test: true,
    steps: () => [
        click("button[name=action_add_from_catalog]"),
        sees(
            ".o_kanban_record:contains('Fontaine') .o_ai_class_badge:contains('AX')",
            "a letter on each card"
        ),
        click(".o_searchview_dropdown_toggler"),
        click(".o_filter_menu .dropdown-item:contains('Class A')"),
        sees(
            ".o_kanban_renderer:has(.o_kanban_record:contains('Fontaine')):not(:contains('Bonbonne'))",
            "only those"
        ),
    ],
});
