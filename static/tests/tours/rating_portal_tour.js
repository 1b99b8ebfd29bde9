/** @odoo-module **/

import { registry } from "@web/core/registry";
import { sees } from "./core_steps";

const card = (name) => `.o_client_product:contains('${name}')`;

/** Choose stars as a click on their label does. */
const giveStars = (name, number) => ({
    content: `Give ${number} stars`,
    trigger: `${card(name)} .o_client_stars`,
    run() {
        const place = document.evaluate(
            `//article[contains(., '${name}')]//input[@name='stars'][@value='${number}']`,
            document,
            null,
            XPathResult.FIRST_ORDERED_NODE_TYPE
        ).singleNodeValue;
        place.labels[0].click();
        if (!place.checked) {
            throw new Error("A click on a star chooses none");
        }
    },
});

/** A page is there once its filter is the chosen one. */
const isShown = (filter) =>
    sees(`.o_client_page_only .btn-primary:contains('${filter}')`, `Only “${filter}” is shown`);

const save = (name) => ({
    content: "Save them",
    trigger: `${card(name)} .o_client_stars_form button.btn-primary`,
    run: "click",
    expectUnloadPage: true,
});

registry.category("web_tour.tours").add("smart_recommender_rating_portal", {
    test: true,
    url: "/my",
    steps: () => [
        {
            content: "The first page of the portal leads to the products",
            trigger: "a[href='/my/products']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Only what is not rated yet",
            trigger: ".o_client_page_only a:contains('To rate')",
            run: "click",
            expectUnloadPage: true,
        },
        isShown("To rate"),
        giveStars("Bonbonne", 4),
        {
            content: "Say why",
            trigger: `${card("Bonbonne")} textarea`,
            run: "text Bonne eau",
        },
        save("Bonbonne"),
        {
            content: "It is saved, and no longer among those to rate",
            trigger: ".o_client_page_done",
            run() {
                if (document.querySelector(".o_client_page").textContent.includes("Bonne eau")) {
                    throw new Error("What was rated is still to be rated");
                }
            },
        },
        {
            content: "See what was rated",
            trigger: ".o_client_page_only a:contains('Rated')",
            run: "click",
            expectUnloadPage: true,
        },
        isShown("Rated"),
        giveStars("Bonbonne", 2),
        save("Bonbonne"),
        {
            content: "Take them back",
            trigger: `.o_client_page:has(.o_client_page_done) ${card("Bonbonne")} .o_client_take_back`,
            run: "click",
            expectUnloadPage: true,
        },
        sees(".o_client_page_empty", "Nothing is rated any more"),
        {
            content: "See what may suit",
            trigger: "a[href='/my/recommendations']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Ask for what is due again",
            trigger: ".o_client_product:contains('Bonbonne') .o_client_ask_form button",
            run: "click",
            expectUnloadPage: true,
        },
        sees(".o_client_page_done:contains('S0')", "The request has a number"),
        {
            content: "Order an earlier order again",
            trigger: ".o_client_past_orders form button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "This request has a number too",
            // Once the page's own code is there: ending earlier would break it off.
            trigger: "body:has(.o-main-components-container) .o_client_page_done:contains('S0')",
            isCheck: true,
        },
    ],
});
