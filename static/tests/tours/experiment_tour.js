/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

function openMenu(name) {
    return [
        ...openApp("menu_root"),
        click("[data-menu-xmlid='smart_recommender.menu_results']"),
        click(`.dropdown-item[data-menu-xmlid='smart_recommender.${name}']`),
    ];
}

registry.category("web_tour.tours").add("smart_recommender_plan_experiment", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMenu("menu_suggestion_results"),
        click(".o_ai_results_empty button", "nobody can tell without an experiment"),
        click(".o_list_button_add"),
        {
            trigger: ".o_field_widget[name=name] input",
            run: "text Printemps",
        },
        click(".o_field_widget[name=looks] input[data-value=sequence]"),
        click("button[name=action_plan]"),
        sees(
            ".o_field_widget[name=plan]:contains('quotations have to be counted')",
            "the plan says how many quotations it takes"
        ),
        click("button[name=action_start]"),
        click(".modal-footer .btn-primary"),
        sees(".o_statusbar_status .o_arrow_button_current[data-value=running]"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suggestion_results", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMenu("menu_suggestion_results"),
        sees(
            ".o_ai_results_attributed .o_ai_results_figure:contains('100')",
            "what was sold from suggestions"
        ),
        sees(
            ".o_ai_results_verdict:contains('more than those without')",
            "beside what an experiment says"
        ),
        sees(".o_ai_results_measures tr[data-measure=revenue]"),
        sees(".o_ai_results_canvas canvas"),
        click("button[data-days='30']"),
        sees("button[data-days='30'].active"),
        sees("table[data-uptake=kinds] tr[data-key=rule]"),
        click(".o_ai_results_sales"),
        sees(".o_list_view .o_data_row:contains('Bonbonne')", "its lines"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_control_quotation", {
    test: true,
    steps: () => [
        click(".o_notebook .nav-link[name=ai_suggestions]"),
        sees(
            ".o_ai_suggestions_empty[data-status=control]:contains('on purpose')",
            "the control says why there is nothing"
        ),
    ],
});
