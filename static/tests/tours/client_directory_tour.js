/** @odoo-module **/

import { registry } from "@web/core/registry";

function pressEnter() {
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
    document.querySelector(".o_searchview_input").dispatchEvent(enter);
}

registry.category("web_tour.tours").add("smart_recommender_directory", {
    test: true,
    steps: () => [
        {
            content: "clients, and neither suppliers nor colleagues",
            trigger:
                ".o_list_renderer:has(.o_data_row:contains('Hôtel Atlas')):not(:contains('Fournisseur Tour')):not(:contains('sr_colleague'))",
            isCheck: true,
        },
        {
            content: "type a number as it is read out",
            trigger: ".o_searchview_input",
            run: "text 06 61 23 45 67",
        },
        {
            content: "and Enter",
            trigger: ".o_searchview_autocomplete:contains('Name or Number')",
            run: pressEnter,
        },
        {
            content: "its client alone",
            trigger:
                ".o_list_renderer:has(.o_data_row:contains('Hôtel Atlas')):not(:contains('Client 0'))",
            isCheck: true,
        },
        {
            content: "no longer the clients",
            trigger: ".o_searchview_facet:contains('Clients') .o_facet_remove",
            run: "click",
        },
        {
            content: "nor the number",
            trigger: ".o_searchview_facet:not(:contains('Clients')) .o_facet_remove",
            run: "click",
        },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .dropdown-item:contains('Suppliers')", run: "click" },
        {
            content: "suppliers by a filter",
            trigger:
                ".o_list_renderer:has(.o_data_row:contains('Fournisseur Tour')):not(:contains('Hôtel Atlas'))",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_directory_on_a_phone", {
    test: true,
    steps: () => [
        {
            content: "a card with the number: open it",
            trigger: ".o_kanban_record:contains('Hôtel Atlas'):contains('0661234567')",
            run: "click",
        },
        {
            content: "the sheet, not the contact",
            trigger: ".o_client_sheet .o_client_name:contains('Hôtel Atlas')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_number_taken", {
    test: true,
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "text Hôtel Atlas bis",
        },
        {
            content: "the number of somebody else",
            trigger: ".o_field_widget[name=phone] input",
            run: "text 0661234567",
        },
        { trigger: ".o_field_widget[name=email] input", run: "text bis@example.com" },
        {
            content: "it is said whose it is",
            trigger: ".o_phone_taken:contains('Hôtel Atlas')",
            isCheck: true,
        },
        { content: "and hinders nobody", trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_readonly", isCheck: true },
    ],
});
