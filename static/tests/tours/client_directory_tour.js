/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

function pressEnter() {
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
    document.querySelector(".o_searchview_input").dispatchEvent(enter);
}

registry.category("web_tour.tours").add("smart_recommender_directory", {
    test: true,
    steps: () => [
        sees(
            ".o_list_renderer:has(.o_data_row:contains('Hôtel Atlas')):not(:contains('Fournisseur Tour')):not(:contains('sr_colleague'))",
            "clients, and neither suppliers nor colleagues"
        ),
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
        sees(
            ".o_list_renderer:has(.o_data_row:contains('Hôtel Atlas')):not(:contains('Client 0'))",
            "its client alone"
        ),
        click(".o_searchview_facet:contains('Clients') .o_facet_remove", "no longer the clients"),
        click(".o_searchview_facet:not(:contains('Clients')) .o_facet_remove", "nor the number"),
        click(".o_searchview_dropdown_toggler"),
        click(".o_filter_menu .dropdown-item:contains('Suppliers')"),
        sees(
            ".o_list_renderer:has(.o_data_row:contains('Fournisseur Tour')):not(:contains('Hôtel Atlas'))",
            "suppliers by a filter"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_directory_on_a_phone", {
    test: true,
    steps: () => [
        click(
            ".o_kanban_record:contains('Hôtel Atlas'):contains('0661234567')",
            "a card with the number: open it"
        ),
        sees(
            ".o_client_sheet .o_client_name:contains('Hôtel Atlas')",
            "the sheet, not the contact"
        ),
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
        sees(".o_phone_taken:contains('Hôtel Atlas')", "it is said whose it is"),
        click(".o_form_button_save", "and hinders nobody"),
        sees(".o_form_saved, .o_form_readonly"),
    ],
});
