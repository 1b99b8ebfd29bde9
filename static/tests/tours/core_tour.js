/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { openApp } from "./core_steps";

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
        {
            trigger:
                ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_recommendation_rules']",
            run: "click",
        },
        {
            content: "an empty list says what to do",
            trigger: ".o_view_nocontent:contains('No rule yet')",
            isCheck: true,
        },
        {
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_training']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='smart_recommender.menu_run_training']",
            run: "click",
        },
        {
            content: "it is said at once that it started",
            trigger: ".o_notification:contains('AI training started')",
            isCheck: true,
        },
        {
            content: "and each kind waits for its turn",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Waiting')",
            isCheck: true,
        },
        {
            trigger: ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules')",
            run: () => workOffTheQueue(1),
        },
        {
            content: "the page follows, and says how far it is",
            trigger:
                ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules'):contains('Done')",
            isCheck: true,
        },
        {
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Running')",
            isCheck: true,
        },
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
        {
            content: "with a summary",
            trigger: ".alert-success:contains(' done.')",
            isCheck: true,
        },
        {
            content: "a kind has a page of its own",
            trigger:
                ".o_field_widget[name=run_ids] .o_data_row:contains('Association Rules') button[name=get_formview_action]",
            run: "click",
        },
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
        {
            content: "one message for the whole training opens it",
            trigger: ".o_notification:contains('7 of 7 done.') .o_notification_buttons button",
            isCheck: true,
        },
        {
            trigger: "button[name=action_open_training]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=run_ids] .o_data_row:contains('Demand Forecasts')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_switch_rule_off", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_root"),
        {
            trigger:
                ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_recommendation_rules']",
            run: "click",
        },
        {
            content: "switch the first rule off",
            trigger: ".o_list_view .o_data_row:first .o_field_widget[name=active] input",
            run: "click",
        },
        { trigger: ".o_list_button_add", run: "click" },
        {
            content: "write a manual rule",
            trigger: ".o_field_widget[name=antecedent_ids] input",
            run: "text Savon",
        },
        {
            trigger:
                ".o_field_widget[name=antecedent_ids] .o-autocomplete--dropdown-item > a:contains('Savon')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=consequent_id] input",
            run: "text Filtre",
        },
        {
            trigger:
                ".o_field_widget[name=consequent_id] .o-autocomplete--dropdown-item > a:contains('Filtre')",
            run: "click",
        },
        ...stepUtils.saveForm(),
        {
            content: "the rule explains itself",
            trigger: ".o_field_widget[name=explanation]:contains('Not counted yet')",
            isCheck: true,
        },
    ],
});
