/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_expected_stars", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Type a name",
            trigger: ".o_client_desk_search input",
            run: "text hôtel étoilé",
        },
        {
            content: "Search",
            trigger: ".o_client_desk_search button[type='submit']",
            run: "click",
        },
        {
            content: "What the client would think of an offer",
            trigger: ".o_client_offer:contains('Savon 5'):contains('Expected: 4.3 of 5')",
            isCheck: true,
        },
        {
            content: "and nothing where nobody knows",
            trigger: ".o_client_offer:contains('Savon 7'):not(:contains('Expected'))",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_model", {
    test: true,
    steps: () => [
        ...openApp("menu_root"),
        {
            content: "Trainings",
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_training']",
            run: "click",
        },
        {
            content: "All of them",
            trigger: "[data-menu-xmlid='smart_recommender.menu_training_runs']",
            run: "click",
        },
        {
            content: "The model of stars",
            trigger: ".o_data_row:contains('Rating Model') .o_data_cell:first",
            run: "click",
        },
        {
            content: "says how far off it is",
            trigger: ".o_form_view .alert-info:contains('off by')",
            isCheck: true,
        },
        {
            content: "Its errors",
            trigger: "button[name='action_open_rating_errors']",
            run: "click",
        },
        {
            content: "beside those of the mean",
            trigger: ".o_list_view .o_data_row [name='mean_rmse']",
            isCheck: true,
        },
        {
            content: "over time",
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        { trigger: ".o_graph_view canvas", isCheck: true },
    ],
});
