/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const openMenu = (entry) => [
    click(
        ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_clients']",
        "Open the menu of clients"
    ),
    click(`.dropdown-item[data-menu-xmlid='smart_recommender.${entry}']`, `Open ${entry}`),
];

const next = (trigger) => ({ content: "Call next", trigger, run: "click" });

const sheetWith = (why) =>
    sees(
        `.o_action_manager:has(.o_client_desk_why:contains('${why}')) .o_client_sheet`,
        `The sheet of the next client, with why: ${why}`
    );

registry.category("web_tour.tours").add("smart_recommender_call_next", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        sees(
            ".o_client_desk_queue:contains('4 clients to call'):contains('Suspended: 1'):contains('Without a number: 1')",
            "The desk says how many clients there are, and who is left out"
        ),
        next(".o_client_desk_queue .o_client_desk_next"),
        sheetWith("answers at this hour"),
        click(".o_client_log_call", "Nobody answers: log it"),
        click(".o_field_widget[name='result'] input[data-value='no_answer']", "No answer"),
        click(".o_form_button_save", "Save the call"),
        sees(".o_client_sheet .o_client_call_row:contains('No Answer')", "The sheet tells it"),
        next(".o_control_panel .o_client_desk_next"),
        sees(
            ".o_action_manager:has(.o_client_desk_why) .o_client_sheet:not(:has(.o_client_call_row))",
            "Another client, who was not called yet"
        ),
        ...openMenu("menu_client_to_call"),
        sees(
            ".o_list_view:has(.o_data_row:contains('product due')):has(.o_data_row:eq(2)):not(:has(.o_data_row:contains('Client 4')))",
            "The list says why to call; who was called is gone from it"
        ),
        next(".o_control_panel button[name='action_call_next']"),
        sheetWith("answers at this hour"),
    ],
});
