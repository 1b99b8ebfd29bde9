/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";

function openApp() {
    return [
        stepUtils.showAppsMenuItem(),
        { trigger: ".o_app[data-menu-xmlid='smart_recommender.menu_root']", run: "click" },
    ];
}

registry.category("web_tour.tours").add("smart_recommender_run_training", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp(),
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
            content: "and the run waits for its turn",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Waiting')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_switch_rule_off", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp(),
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
