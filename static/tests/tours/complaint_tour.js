/** @odoo-module **/

import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("smart_recommender_complaint_in_a_call", {
    test: true,
    steps: () => [
        {
            content: "The client is on the line",
            trigger: ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            isCheck: true,
        },
        {
            content: "First click: a complaint",
            trigger: ".o_client_complain",
            run: "click",
        },
        {
            content: "Its last order is chosen already",
            trigger: ".o_complaint_form #complaint_order:has(option:checked:contains('S'))",
            isCheck: true,
        },
        {
            content: "Second click: the motive saves it",
            trigger: ".o_complaint_motive:contains('Late Delivery')",
            run: "click",
        },
        {
            content: "The sheet shows it, and the call still runs",
            trigger:
                ".o_client_sheet:has(.o_client_call) .o_client_complaints .o_client_row:contains('Late Delivery')",
            isCheck: true,
        },
        {
            content: "End the call",
            trigger: ".o_client_call_log",
            run: "click",
        },
        {
            content: "Log it",
            trigger: ".modal-footer .o_form_button_save",
            run: "click",
        },
        {
            content: "The call is logged",
            trigger: ".o_client_sheet:not(:has(.o_client_call)) .o_client_call_row",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_complaint_solved", {
    test: true,
    steps: () => [
        {
            content: "Open the late one, which is red",
            trigger: ".o_data_row.text-danger:contains('Hôtel Atlas') td[name='motive_id']",
            run: "click",
        },
        {
            content: "It says that it is late, and that it is the third",
            trigger:
                ".o_form_view:has(.alert-danger:contains('Past its deadline')) .alert-warning:contains('In 90 days')",
            isCheck: true,
        },
        {
            content: "Start",
            trigger: "button[name='action_start']",
            run: "click",
        },
        {
            content: "It is in progress",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('In Progress')",
            isCheck: true,
        },
        {
            content: "Solve it without a word",
            trigger: "button[name='action_solve']",
            run: "click",
        },
        {
            content: "It asks what was done",
            trigger: ".modal-body:contains('Say what was done')",
            isCheck: true,
        },
        {
            content: "Close the refusal",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Say it",
            trigger: ".o_field_widget[name='resolution'] textarea",
            run: "text Livré ce matin, avec une bonbonne offerte.",
        },
        {
            content: "Solve it",
            trigger: "button[name='action_solve']",
            run: "click",
        },
        {
            content: "It is solved",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Solved')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_complaint_escalated", {
    test: true,
    steps: () => [
        {
            content: "Open the complaint",
            trigger: ".o_data_row:contains('Hôtel Atlas') td[name='motive_id']",
            run: "click",
        },
        {
            content: "Escalate it",
            trigger: "button[name='action_escalate']",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal-content .o_field_widget[name='reason'] textarea",
            run: "text Le client menace de partir.",
        },
        {
            content: "Hand it over",
            trigger: ".modal-content button[name='action_escalate']",
            run: "click",
        },
        {
            content: "It is escalated, with the reason",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains('Escalated')) .alert-info:contains('Le client menace de partir.')",
            isCheck: true,
        },
    ],
});
