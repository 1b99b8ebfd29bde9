/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { click, openApp, sees } from "./core_steps";

function service(name) {
    // The one way in from outside of a component.
    return odoo.__WOWL_DEBUG__.root.env.services[name];
}

async function workOffTheQueue(count) {
    const cron = await service("orm").search("ir.cron", [
        ["cron_name", "=", "AI Recommender: run the requested trainings"],
    ]);
    for (let turn = 0; turn < count; turn++) {
        await service("orm").call("ir.cron", "method_direct_trigger", [cron]);
    }
}

registry.category("web_tour.tours").add("smart_recommender_run_training", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_recommendation_rules']"),
        sees(".o_view_nocontent:contains('No rule yet')", "an empty list says what to do"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_training']"),
        click("[data-menu-xmlid='smart_recommender.menu_run_training']"),
        sees(
            ".o_notification:contains('AI training started')",
            "it is said at once that it started"
        ),
        sees(
            ".o_field_statusbar .o_arrow_button_current:contains('Waiting')",
            "and each kind waits for its turn"
        ),
        {
            trigger: ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules')",
            run: () => workOffTheQueue(1),
        },
        sees(
            ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules'):contains('Done')",
            "the page follows, and says how far it is"
        ),
        sees(".o_field_statusbar .o_arrow_button_current:contains('Running')"),
        {
            trigger: ".o_field_widget[name=run_ids] .o_data_row:contains('Product Classes')",
            run: () => workOffTheQueue(11),
        },
        {
            content: "until all has ended",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Done')",
            timeout: 60000,
            isCheck: true,
        },
        sees(".alert-success:contains(' done.')", "with a summary"),
        click(
            ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules') button[name=get_formview_action]",
            "a kind has a page of its own"
        ),
        {
            trigger: "button[name=action_open_rules]",
            run() {
                // What the bus says at the end.
                service("smart_recommender.training").ended({
                    training: 0,
                    title: "AI training finished",
                    message: "7 of 7 done.",
                    type: "success",
                });
            },
        },
        sees(
            ".o_notification:contains('7 of 7 done.') .o_notification_buttons button",
            "one message for the whole training opens it"
        ),
        click("button[name=action_open_training]"),
        sees(".o_field_widget[name=run_ids] .o_data_row:contains('Demand Forecasts')"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_switch_rule_off", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_recommendation_rules']"),
        click(
            ".o_list_view .o_data_row:first .o_field_widget[name=active] input",
            "switch the first rule off"
        ),
        click(".o_list_button_add"),
        {
            content: "write a manual rule",
            trigger: ".o_field_widget[name=antecedent_ids] input",
            run: "text Savon",
        },
        click(
            ".o_field_widget[name=antecedent_ids] .o-autocomplete--dropdown-item > a:contains('Savon')"
        ),
        {
            trigger: ".o_field_widget[name=consequent_id] input",
            run: "text Filtre",
        },
        click(
            ".o_field_widget[name=consequent_id] .o-autocomplete--dropdown-item > a:contains('Filtre')"
        ),
        ...stepUtils.saveForm(),
        sees(
            ".o_field_widget[name=explanation]:contains('Not counted yet')",
            "the rule explains itself"
        ),
    ],
});
