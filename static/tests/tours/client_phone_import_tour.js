/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

const FILE = "name,phone\nTour Un,0661223344\nTour Deux,0661\n";

function openImport() {
    // Odoo 17 reads model, 19 active_model.
    const params = { model: "res.partner", active_model: "res.partner", context: {} };
    const { action } = odoo.__WOWL_DEBUG__.root.env.services;
    action.doAction({ type: "ir.actions.client", tag: "import", params });
}

function chooseFile() {
    const transfer = new DataTransfer();
    transfer.items.add(new File([FILE], "clients.csv", { type: "text/csv" }));
    const input = document.querySelector(".o_action_manager input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("smart_recommender_phone_import", {
    test: true,
    url: "/web",
    steps: () => [
        { content: "the import of clients", trigger: ".o_menu_systray", run: openImport },
        { content: "a file with a bad number", trigger: ".o_import_file", run: chooseFile },
        {
            content: "it has been read; Odoo lists all fields of a client for it, which takes time",
            trigger: "body:not(:has(.o_blockUI)) .o_import_data_content tbody tr",
            timeout: 60000,
            isCheck: true,
        },
        click(".o_control_panel button:contains('Test')", "test it"),
        sees(
            ".o_import_data_content:contains('Row 3'):contains('0661 of Tour Deux')",
            "the test names row and number"
        ),
        sees(".o_import_data_content:contains('Everything seems valid')", "and calls it no error"),
        click(".o_control_panel button:contains('Import')", "import it"),
        sees(
            ".o_notification:contains('Row 3'):contains('0661 of Tour Deux')",
            "the warning stays where the import has gone"
        ),
    ],
});
