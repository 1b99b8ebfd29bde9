/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const answer = () => [
    {
        content: "Say what the client is to read",
        trigger: ".modal-content .o_field_widget[name='answer'] textarea",
        run: "text Nous vous l'échangeons",
    },
    {
        content: "Publish it",
        trigger: ".modal-content button[name='action_publish']",
        run: "click",
    },
    {
        content: "It stands below the rating, which is read by that",
        trigger:
            ".o_form_view:has(.o_field_widget[name='ai_review'] [aria-checked='true']:contains('Read')) .o_field_widget[name='publisher_comment']:contains('échangeons')",
        isCheck: true,
    },
];

const chooseMotive = () => [
    {
        content: "The complaint is filled in, but for what it is about",
        trigger:
            ".o_form_view:has(button.oe_stat_button[name='action_open_rating']) .o_field_widget[name='motive_id'] input",
        run: "text Quality",
    },
    {
        content: "It is about quality",
        trigger:
            ".o_field_widget[name='motive_id'] .o-autocomplete--dropdown-item > a:contains('Quality')",
        run: "click",
    },
    {
        content: "Save it",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "It leads back to the rating",
        trigger: ".o_form_view:has(button[name='action_start']) button[name='action_open_rating']",
        run: "click",
    },
];

registry.category("web_tour.tours").add("smart_recommender_rating_review", {
    test: true,
    steps: () => [
        {
            content: "One star, with its comment",
            trigger:
                ".o_data_row:has([aria-label='1 of 5 stars']) td[name='feedback']:contains('Fuit de partout')",
            run: "click",
        },
        {
            content: "Answer it",
            trigger: "button[name='action_ai_answer']",
            run: "click",
        },
        ...answer(),
        {
            content: "It becomes a complaint",
            trigger: ".o_statusbar_buttons button[name='action_ai_complain']",
            run: "click",
        },
        ...chooseMotive(),
        {
            content: "Which shows the complaint, and makes no second one",
            trigger:
                ".o_form_view:not(:has(.o_statusbar_buttons button[name='action_ai_complain'])) button.oe_stat_button[name='action_ai_complain']",
            run: "click",
        },
        {
            content: "It is the same one",
            trigger: ".o_form_view button[name='action_start']",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_reject", {
    test: true,
    steps: () => [
        {
            content: "Open it",
            trigger: ".o_data_row td[name='feedback']:contains('Fuit de partout')",
            run: "click",
        },
        {
            content: "Reject it",
            trigger: "button[name='action_ai_reject']",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal-content .o_field_widget[name='reason'] input",
            run: "text Parle du livreur",
        },
        {
            content: "Reject it with that",
            trigger: ".modal-content button[name='action_reject']",
            run: "click",
        },
        {
            content: "It counts nowhere, and says why",
            trigger: ".alert-warning:contains('Parle du livreur')",
            isCheck: true,
        },
        {
            content: "Bring it back",
            trigger: "button[name='action_ai_restore']",
            run: "click",
        },
        {
            content: "It counts again",
            trigger: ".o_form_view:not(:has(.alert-warning)) button[name='action_ai_reject']",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_on_a_phone", {
    test: true,
    steps: () => [
        {
            content: "A card with its stars: open it",
            trigger:
                ".o_kanban_record:has([aria-label='1 of 5 stars']):contains('Fuit de partout')",
            run: "click",
        },
        {
            content: "Open what can be done",
            trigger: ".o_statusbar_buttons .dropdown-toggle",
            run: "click",
        },
        {
            content: "Answer it",
            trigger: "button[name='action_ai_answer']",
            run: "click",
        },
        {
            content: "Say what the client is to read",
            trigger: ".modal-content .o_field_widget[name='answer'] textarea",
            run: "text Nous vous l'échangeons",
        },
        {
            content: "Publish it",
            trigger: ".modal-content button[name='action_publish']",
            run: "click",
        },
        {
            content: "It stands below the rating",
            trigger: ".o_field_widget[name='publisher_comment']:contains('échangeons')",
            isCheck: true,
        },
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
        {
            content: "Search",
            trigger: ".o_client_desk_search button[type='submit']",
            run: "click",
        },
        {
            content: "Take the house",
            trigger: ".o_client_desk_match:contains('Hôtel Zagora'):not(:contains('Fatima'))",
            run: "click",
        },
        {
            content: "Two ratings, three stars on average",
            trigger:
                ".o_client_ratings .o_client_ratings_mean:contains('3.0 on average, 2 ratings')",
            isCheck: true,
        },
        {
            content: "What is good gives no reason to complain",
            trigger:
                ".o_client_rating[data-stars='5']:contains('Parfait'):not(:has(.o_client_rating_complain))",
            isCheck: true,
        },
        {
            content: "The bad one does",
            trigger: ".o_client_rating[data-stars='1'] .o_client_rating_complain",
            run: "click",
        },
        ...chooseMotive(),
        {
            content: "It is the rating",
            trigger: ".o_form_view [aria-label='1 of 5 stars']",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_rating_product", {
    test: true,
    steps: () => [
        {
            content: "The product with its weighted mean: open its ratings",
            trigger:
                ".o_data_row:has([aria-label='3 of 5 stars']) td[name='product_tmpl_id']:contains('Bonbonne 19 L')",
            run: "click",
        },
        {
            content: "Both are listed: open the bad one",
            trigger:
                ".o_list_view:has([aria-label='5 of 5 stars']) .o_data_row:has([aria-label='1 of 5 stars']) td[name='feedback']",
            run: "click",
        },
        {
            content: "A salesperson only reads: go to the product",
            trigger:
                ".o_form_view:not(:has(button[name='action_ai_answer'])) button[name='action_ai_open_product']",
            run: "click",
        },
        {
            content: "Its stars are on a button",
            trigger: "button.oe_stat_button[name='action_open_ai_ratings']:contains('2 Ratings')",
            isCheck: true,
        },
        {
            content: "And on a page of their own",
            trigger: ".o_notebook_headers .nav-link[name='ai_ratings']",
            run: "click",
        },
        {
            content: "One of each end, and why there are two means",
            trigger:
                ".o_ai_rating_bars:has(.o_ai_rating_bar[data-stars='5'][aria-label='5 stars: 1']):has(.o_ai_rating_bar[data-stars='1'][aria-label='1 star: 1']) .o_ai_rating_why:contains('counts as 5 further ratings')",
            isCheck: true,
        },
    ],
});
