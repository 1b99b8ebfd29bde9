/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const openMenu = (entry) => [
    {
        content: "Open the menu of clients",
        trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_clients']",
        run: "click",
    },
    {
        content: `Open ${entry}`,
        trigger: `.dropdown-item[data-menu-xmlid='smart_recommender.${entry}']`,
        run: "click",
    },
];

const next = (trigger) => ({ content: "Call next", trigger, run: "click" });

const sheetWith = (why) => ({
    content: `The sheet of the next client, with why: ${why}`,
    trigger: `.o_action_manager:has(.o_client_desk_why:contains('${why}')) .o_client_sheet`,
    isCheck: true,
});

registry.category("web_tour.tours").add("smart_recommender_call_next", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "The desk says how many clients there are, and who is left out",
            trigger:
                ".o_client_desk_queue:contains('4 clients to call'):contains('Suspended: 1'):contains('Without a number: 1')",
            isCheck: true,
        },
        next(".o_client_desk_queue .o_client_desk_next"),
        sheetWith("answers at this hour"),
        {
            content: "Nobody answers: log it",
            trigger: ".o_client_log_call",
            run: "click",
        },
        {
            content: "No answer",
            trigger: ".o_field_widget[name='result'] input[data-value='no_answer']",
            run: "click",
        },
        { content: "Save the call", trigger: ".o_form_button_save", run: "click" },
        {
            content: "The sheet tells it",
            trigger: ".o_client_sheet .o_client_call_row:contains('No Answer')",
            isCheck: true,
        },
        next(".o_control_panel .o_client_desk_next"),
        {
            content: "Another client, who was not called yet",
            trigger:
                ".o_action_manager:has(.o_client_desk_why) .o_client_sheet:not(:has(.o_client_call_row))",
            isCheck: true,
        },
        ...openMenu("menu_client_to_call"),
        {
            content: "The list says why to call; who was called is gone from it",
            trigger:
                ".o_list_view:has(.o_data_row:contains('product due')):has(.o_data_row:eq(2)):not(:has(.o_data_row:contains('Client 4')))",
            isCheck: true,
        },
        next(".o_control_panel button[name='action_call_next']"),
        sheetWith("answers at this hour"),
    ],
});
