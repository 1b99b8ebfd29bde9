/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

function openMenu(name) {
    return [
        ...openApp("menu_root"),
        {
            trigger: "[data-menu-xmlid='smart_recommender.menu_results']",
            run: "click",
        },
        {
            trigger: `.dropdown-item[data-menu-xmlid='smart_recommender.${name}']`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("smart_recommender_plan_experiment", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMenu("menu_suggestion_results"),
        {
            content: "nobody can tell without an experiment",
            trigger: ".o_ai_results_empty button",
            run: "click",
        },
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "text Printemps",
        },
        {
            trigger: ".o_field_widget[name=looks] input[data-value=sequence]",
            run: "click",
        },
        { trigger: "button[name=action_plan]", run: "click" },
        {
            content: "the plan says how many quotations it takes",
            trigger: ".o_field_widget[name=plan]:contains('quotations have to be counted')",
            isCheck: true,
        },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=running]",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suggestion_results", {
    test: true,
    url: "/web",
    steps: () => [
        ...openMenu("menu_suggestion_results"),
        {
            content: "what was sold from suggestions",
            trigger: ".o_ai_results_attributed .o_ai_results_figure:contains('100')",
            isCheck: true,
        },
        {
            content: "beside what an experiment says",
            trigger: ".o_ai_results_verdict:contains('more than those without')",
            isCheck: true,
        },
        {
            trigger: ".o_ai_results_measures tr[data-measure=revenue]",
            isCheck: true,
        },
        { trigger: ".o_ai_results_canvas canvas", isCheck: true },
        { trigger: "button[data-days='30']", run: "click" },
        { trigger: "button[data-days='30'].active", isCheck: true },
        {
            trigger: "table[data-uptake=kinds] tr[data-key=rule]",
            isCheck: true,
        },
        { trigger: ".o_ai_results_sales", run: "click" },
        {
            content: "its lines",
            trigger: ".o_list_view .o_data_row:contains('Bonbonne')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_control_quotation", {
    test: true,
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=ai_suggestions]",
            run: "click",
        },
        {
            content: "the control says why there is nothing",
            trigger: ".o_ai_suggestions_empty[data-status=control]:contains('on purpose')",
            isCheck: true,
        },
    ],
});
