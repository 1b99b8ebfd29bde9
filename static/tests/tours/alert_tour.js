/** @odoo-module **/

import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("smart_recommender_alert_to_client", {
    test: true,
    steps: () => [
        {
            content: "What somebody owes is told",
            trigger: ".o_data_row:contains('Client 0'):contains('unpaid')",
            isCheck: true,
        },
        {
            content: "Open the client",
            trigger: ".o_data_row:contains('Client 0') button[name='action_open_client']",
            run: "click",
        },
        {
            content: "The sheet says what it owes",
            trigger: ".o_client_sheet .o_client_overdue:contains('350')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_alert_settings", {
    test: true,
    steps: () => [
        {
            content: "Choose the payment date",
            trigger: ".o_data_row:contains('Past the payment date') td[name='threshold']",
            run: "click",
        },
        {
            content: "From five days on",
            trigger: ".o_selected_row .o_field_widget[name='threshold'] input",
            run: "text 5",
        },
        {
            content: "Clients get a mail",
            trigger: ".o_selected_row .o_field_widget[name='sends_mail'] input",
            run: "click",
        },
        {
            content: "Keep it",
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "It is kept",
            trigger:
                ".o_list_view:not(:has(.o_selected_row)) .o_data_row:contains('Past the payment')",
            isCheck: true,
        },
    ],
});
