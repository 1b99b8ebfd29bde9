/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_alert_to_client", {
    test: true,
    steps: () => [
        sees(".o_data_row:contains('Client 0'):contains('unpaid')", "What somebody owes is told"),
        click(
            ".o_data_row:contains('Client 0') button[name='action_open_client']",
            "Open the client"
        ),
        sees(".o_client_sheet .o_client_overdue:contains('350')", "The sheet says what it owes"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_alert_settings", {
    test: true,
    steps: () => [
        click(
            ".o_data_row:contains('Past the payment date') td[name='threshold']",
            "Choose the payment date"
        ),
        {
            content: "From five days on",
            trigger: ".o_selected_row .o_field_widget[name='threshold'] input",
            run: "text 5",
        },
        click(".o_selected_row .o_field_widget[name='sends_mail'] input", "Clients get a mail"),
        click(".o_list_button_save", "Keep it"),
        sees(
            ".o_list_view:not(:has(.o_selected_row)) .o_data_row:contains('Past the payment')",
            "It is kept"
        ),
    ],
});
