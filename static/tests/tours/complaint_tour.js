/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_complaint_in_a_call", {
    test: true,
    steps: () => [
        sees(
            ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            "The client is on the line"
        ),
        click(".o_client_complain", "First click: a complaint"),
        sees(
            ".o_complaint_form #complaint_order:has(option:checked:contains('S'))",
            "Its last order is chosen already"
        ),
        click(".o_complaint_motive:contains('Late Delivery')", "Second click: the motive saves it"),
        sees(
            ".o_client_sheet:has(.o_client_call) .o_client_complaints .o_client_row:contains('Late Delivery')",
            "The sheet shows it, and the call still runs"
        ),
        click(".o_client_call_log", "End the call"),
        click(".modal-footer .o_form_button_save", "Log it"),
        sees(".o_client_sheet:not(:has(.o_client_call)) .o_client_call_row", "The call is logged"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_complaint_solved", {
    test: true,
    steps: () => [
        click(
            ".o_data_row.text-danger:contains('Hôtel Atlas') td[name='motive_id']",
            "Open the late one, which is red"
        ),
        sees(
            ".o_form_view:has(.alert-danger:contains('Past its deadline')) .alert-warning:contains('In 90 days')",
            "It says that it is late, and that it is the third"
        ),
        click("button[name='action_start']", "Start"),
        sees(
            ".o_statusbar_status .o_arrow_button_current:contains('In Progress')",
            "It is in progress"
        ),
        click("button[name='action_solve']", "Solve it without a word"),
        sees(".modal-body:contains('Say what was done')", "It asks what was done"),
        click(".modal-footer .btn-primary", "Close the refusal"),
        {
            content: "Say it",
            trigger: ".o_field_widget[name='resolution'] textarea",
            run: "text Livré ce matin, avec une bonbonne offerte.",
        },
        click("button[name='action_solve']", "Solve it"),
        sees(".o_statusbar_status .o_arrow_button_current:contains('Solved')", "It is solved"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_complaint_escalated", {
    test: true,
    steps: () => [
        click(".o_data_row:contains('Hôtel Atlas') td[name='motive_id']", "Open the complaint"),
        click("button[name='action_escalate']", "Escalate it"),
        {
            content: "Say why",
            trigger: ".modal-content .o_field_widget[name='reason'] textarea",
            run: "text Le client menace de partir.",
        },
        click(".modal-content button[name='action_escalate']", "Hand it over"),
        sees(
            ".o_form_view:has(.o_arrow_button_current:contains('Escalated')) .alert-info:contains('Le client menace de partir.')",
            "It is escalated, with the reason"
        ),
    ],
});
