/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const answer = () => [
    {
        content: "Say what the client is to read",
        trigger: ".modal-content .o_field_widget[name='answer'] textarea",
        run: "text Nous vous l'échangeons",
    },
    click(".modal-content button[name='action_publish']", "Publish it"),
    sees(
        ".o_form_view:has(.o_field_widget[name='ai_review'] [aria-checked='true']:contains('Read')) .o_field_widget[name='publisher_comment']:contains('échangeons')",
        "It stands below the rating, which is read by that"
    ),
];

const chooseMotive = () => [
    {
        content: "The complaint is filled in, but for what it is about",
        trigger:
            ".o_form_view:has(button.oe_stat_button[name='action_open_rating']) .o_field_widget[name='motive_id'] input",
        run: "text Quality",
    },
    click(
        ".o_field_widget[name='motive_id'] .o-autocomplete--dropdown-item > a:contains('Quality')",
        "It is about quality"
    ),
    click(".o_form_button_save", "Save it"),
    click(
        ".o_form_view:has(button[name='action_start']) button[name='action_open_rating']",
        "It leads back to the rating"
    ),
];

registry.category("web_tour.tours").add("smart_recommender_rating_review", {
    test: true,
    steps: () => [
        click(
            ".o_data_row:has([aria-label='1 of 5 stars']) td[name='feedback']:contains('Fuit de partout')",
            "One star, with its comment"
        ),
        click("button[name='action_ai_answer']", "Answer it"),
        ...answer(),
        click(".o_statusbar_buttons button[name='action_ai_complain']", "It becomes a complaint"),
        ...chooseMotive(),
        click(
            ".o_form_view:not(:has(.o_statusbar_buttons button[name='action_ai_complain'])) button.oe_stat_button[name='action_ai_complain']",
            "Which shows the complaint, and makes no second one"
        ),
        sees(".o_form_view button[name='action_start']", "It is the same one"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_reject", {
    test: true,
    steps: () => [
        click(".o_data_row td[name='feedback']:contains('Fuit de partout')", "Open it"),
        click("button[name='action_ai_reject']", "Reject it"),
        {
            content: "Say why",
            trigger: ".modal-content .o_field_widget[name='reason'] input",
            run: "text Parle du livreur",
        },
        click(".modal-content button[name='action_reject']", "Reject it with that"),
        sees(".alert-warning:contains('Parle du livreur')", "It counts nowhere, and says why"),
        click("button[name='action_ai_restore']", "Bring it back"),
        sees(
            ".o_form_view:not(:has(.alert-warning)) button[name='action_ai_reject']",
            "It counts again"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_on_a_phone", {
    test: true,
    steps: () => [
        click(
            ".o_kanban_record:has([aria-label='1 of 5 stars']):contains('Fuit de partout')",
            "A card with its stars: open it"
        ),
        click(".o_statusbar_buttons .dropdown-toggle", "Open what can be done"),
        click("button[name='action_ai_answer']", "Answer it"),
        {
            content: "Say what the client is to read",
            trigger: ".modal-content .o_field_widget[name='answer'] textarea",
            run: "text Nous vous l'échangeons",
        },
        click(".modal-content button[name='action_publish']", "Publish it"),
        sees(
            ".o_field_widget[name='publisher_comment']:contains('échangeons')",
            "It stands below the rating"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_sheet", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        {
            content: "Type a part of the name",
            trigger: ".o_client_desk_search input",
            run: "text hôtel zag",
        },
        click(".o_client_desk_search button[type='submit']", "Search"),
        click(
            ".o_client_desk_match:contains('Hôtel Zagora'):not(:contains('Fatima'))",
            "Take the house"
        ),
        sees(
            ".o_client_ratings .o_client_ratings_mean:contains('3.0 on average, 2 ratings')",
            "Two ratings, three stars on average"
        ),
        sees(
            ".o_client_rating[data-stars='5']:contains('Parfait'):not(:has(.o_client_rating_complain))",
            "What is good gives no reason to complain"
        ),
        click(".o_client_rating[data-stars='1'] .o_client_rating_complain", "The bad one does"),
        ...chooseMotive(),
        sees(".o_form_view [aria-label='1 of 5 stars']", "It is the rating"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_product", {
    test: true,
    steps: () => [
        click(
            ".o_data_row:has([aria-label='3 of 5 stars']) td[name='product_tmpl_id']:contains('Bonbonne 19 L')",
            "The product with its weighted mean: open its ratings"
        ),
        click(
            ".o_list_view:has([aria-label='5 of 5 stars']) .o_data_row:has([aria-label='1 of 5 stars']) td[name='feedback']",
            "Both are listed: open the bad one"
        ),
        click(
            ".o_form_view:not(:has(button[name='action_ai_answer'])) button[name='action_ai_open_product']",
            "A salesperson only reads: go to the product"
        ),
        sees(
            "button.oe_stat_button[name='action_open_ai_ratings']:contains('2 Ratings')",
            "Its stars are on a button"
        ),
        click(".o_notebook_headers .nav-link[name='ai_ratings']", "And on a page of their own"),
        sees(
            ".o_ai_rating_bars:has(.o_ai_rating_bar[data-stars='5'][aria-label='5 stars: 1']):has(.o_ai_rating_bar[data-stars='1'][aria-label='1 star: 1']) .o_ai_rating_why:contains('counts as 5 further ratings')",
            "One of each end, and why there are two means"
        ),
    ],
});
