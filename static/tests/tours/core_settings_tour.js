/** @odoo-module **/

import { registry } from "@web/core/registry";

/** The button on the page, by its words, and the screen behind it. */
const openExpertSettings = (words) => [
    { trigger: `button:contains('${words.open}')`, run: "click" },
    { trigger: `.o_form_view h1:contains('${words.title}')`, isCheck: true },
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
    { trigger: ".o_form_button_save", run: "click" },
    {
        content: "a number out of range is refused with a sentence that says what to give",
        trigger: `.modal-body:contains('${words.refused}')`,
        isCheck: true,
    },
    { trigger: ".modal-footer .btn-primary", run: "click" },
    { trigger: "body:not(:has(.modal))", isCheck: true },
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
    { trigger: ".o_field_widget[name=ai_exclude_free] input", run: "click" },
    ...save(),
    {
        trigger:
            "body:not([data-before-saving]) .o_field_widget[name=ai_exclude_free] input:checked",
        isCheck: true,
    },
    { trigger: `button:contains('${words.back}')`, run: "click" },
    { trigger: ".o_field_widget[name=ai_history_days] input", run: expectHistory },
    ...openExpertSettings(words),
    { trigger: ".o_field_widget[name=ai_exclude_free] input:checked", isCheck: true },
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
        { trigger: "button:contains('Retour aux paramètres')", run: "click" },
        { trigger: ".o_field_widget[name=ai_history_days] input", run: expectHistory },
    ],
});
