/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

function openMatrix() {
    return [
        ...openApp("menu_root"),
        {
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='smart_recommender.menu_class_matrix']",
            run: "click",
        },
    ];
}

function readReason(words) {
    return [
        {
            content: "with its reason",
            trigger: `.o_field_widget[name=reason]:contains('${words}'):contains('their mean')`,
            isCheck: true,
        },
        {
            trigger: ".o_form_view:contains('has not changed since the first training')",
            isCheck: true,
        },
    ];
}

registry.category("web_tour.tours").add("smart_recommender_class_matrix", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMatrix(),
        {
            content: "count, revenue, stock and strategy",
            trigger:
                ".o_ai_matrix_cell[data-class=AX]:contains('1 product'):contains('72,000'):contains('98'):contains('4,200'):contains('Reorder automatically')",
            isCheck: true,
        },
        {
            content: "what did not sell is there too",
            trigger: ".o_ai_matrix_cell[data-class=N]:contains('2 products')",
            isCheck: true,
        },
        {
            content: "an empty cell cannot be opened",
            trigger: ".o_ai_matrix_cell[data-class=BY]:disabled:contains('0 products')",
            isCheck: true,
        },
        {
            content: "who may not train has no button",
            trigger: ".o_ai_matrix:not(:has(.o_ai_matrix_train))",
            isCheck: true,
        },
        { trigger: ".o_ai_matrix_cell[data-class=CZ]", run: "click" },
        {
            content: "the products of the cell",
            trigger: ".o_data_row:contains('Bonbonne 19 L'):contains('CZ')",
            isCheck: true,
        },
        {
            trigger: ".o_list_renderer:not(:contains('Fontaine'))",
            isCheck: true,
        },
        {
            trigger: ".o_data_row:contains('Gobelets') .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "the product tells its class",
            trigger: ".o_form_view button[name=action_open_ai_class]:contains('CZ')",
            run: "click",
        },
        ...readReason("class C"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_reason", {
    test: true,
    steps: () => [
        {
            trigger: ".o_form_view button[name=action_open_ai_class]:contains('AX')",
            run: "click",
        },
        ...readReason("class A"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_matrix_empty", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMatrix(),
        {
            trigger: ".o_ai_matrix_empty:contains('No product has been classified yet')",
            isCheck: true,
        },
        { trigger: ".o_ai_matrix_train", run: "click" },
        { trigger: ".o_ai_matrix_training", isCheck: true },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_class_catalog", {
    test: true,
    steps: () => [
        {
            trigger: "button[name=action_add_from_catalog]",
            run: "click",
        },
        {
            content: "a letter on each card",
            trigger: ".o_kanban_record:contains('Fontaine') .o_ai_class_badge:contains('AX')",
            isCheck: true,
        },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .dropdown-item:contains('Class A')", run: "click" },
        {
            content: "only those",
            trigger:
                ".o_kanban_renderer:has(.o_kanban_record:contains('Fontaine')):not(:contains('Bonbonne'))",
            isCheck: true,
        },
    ],
});
