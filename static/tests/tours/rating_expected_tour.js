/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_expected_stars", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Type a name",
            trigger: ".o_client_desk_search input",
            run: "text hôtel étoilé",
        },
        click(".o_client_desk_search button[type='submit']", "Search"),
        sees(
            ".o_client_offer:contains('Savon 5'):contains('Expected: 4.3 of 5')",
            "What the client would think of an offer"
        ),
        sees(
            ".o_client_offer:contains('Savon 7'):not(:contains('Expected'))",
            "and nothing where nobody knows"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_model", {
    test: true,
    steps: () => [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_training']", "Trainings"),
        click("[data-menu-xmlid='smart_recommender.menu_training_runs']", "All of them"),
        click(".o_data_row:contains('Rating Model') .o_data_cell:first", "The model of stars"),
        sees(".o_form_view .alert-info:contains('off by')", "says how far off it is"),
        click("button[name='action_open_rating_errors']", "Its errors"),
        sees(".o_list_view .o_data_row [name='mean_rmse']", "beside those of the mean"),
        click(".o_switch_view.o_graph", "over time"),
        sees(".o_graph_view canvas"),
    ],
});
