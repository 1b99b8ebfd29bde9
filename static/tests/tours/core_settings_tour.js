/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

/** The button on the page, by its words, and the screen behind it. */
const openExpertSettings = (words) => [
    click(`button:contains('${words.open}')`),
    sees(`.o_form_view h1:contains('${words.title}')`),
];

function expectHistory() {
    const { value } = document.querySelector(".o_field_widget[name=ai_history_days] input");
    if (value !== "90") {
        throw new Error(`the history window is ${value} instead of 90`);
    }
}

/** Save, upon which Odoo loads the page again: the mark is gone when it has. */
const save = () => [
    { trigger: "body", run: () => document.body.setAttribute("data-before-saving", "") },
    { trigger: ".o_form_button_save", run: "click", expectUnloadPage: true },
];

/** Change a setting, first to what is refused. words : {refused}. */
const changeSetting = (words) => [
    { trigger: ".o_field_widget[name=ai_history_days] input", run: "text 0" },
    click(".o_form_button_save"),
    sees(
        `.modal-body:contains('${words.refused}')`,
        "a number out of range is refused with a sentence that says what to give"
    ),
    click(".modal-footer .btn-primary"),
    sees("body:not(:has(.modal))"),
    { trigger: ".o_field_widget[name=ai_history_days] input", run: "text 90" },
    ...save(),
    {
        trigger: "body:not([data-before-saving]) .o_field_widget[name=ai_history_days] input",
        run: expectHistory,
    },
];

/** Change a setting and an expert one, and find both again. words : {open, title, back, refused}. */
const changeBoth = (words) => [
    ...changeSetting(words),
    ...openExpertSettings(words),
    click(".o_field_widget[name=ai_exclude_free] input"),
    ...save(),
    sees("body:not([data-before-saving]) .o_field_widget[name=ai_exclude_free] input:checked"),
    click(`button:contains('${words.back}')`),
    { trigger: ".o_field_widget[name=ai_history_days] input", run: expectHistory },
    ...openExpertSettings(words),
    sees(".o_field_widget[name=ai_exclude_free] input:checked"),
];

registry.category("web_tour.tours").add("smart_recommender_settings", {
    test: true,
    steps: () =>
        changeBoth({
            open: "Open Expert Settings",
            title: "Expert Settings",
            back: "Back to Settings",
            refused: "History Window is 0: give a number of days from 1 to 36500.",
        }),
});

registry.category("web_tour.tours").add("smart_recommender_settings_in_french", {
    test: true,
    steps: () => [
        ...changeSetting({ refused: "indiquez un nombre de jours de 1 à 36500." }),
        ...openExpertSettings({
            open: "Ouvrir les paramètres experts",
            title: "Paramètres experts",
        }),
        click("button:contains('Retour aux paramètres')"),
        { trigger: ".o_field_widget[name=ai_history_days] input", run: expectHistory },
    ],
});
