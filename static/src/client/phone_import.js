/** @odoo-module **/

import { BaseImportModel } from "@base_import/import_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

// As many as can be read; the filter Impossible Phone Number has them all.
const SHOWN = 10;

/**
 * Invalid telephone numbers are imported as they are, and reported.
 *
 * The screen takes every message for an error that stops the import, so that these come beside the
 * messages (see `load` of res.partner). A test shows them among its results. A real import leaves
 * the screen, so that they stay as a notification.
 */
patch(BaseImportModel.prototype, {
    async _callImport(dryrun, args) {
        const result = await super._callImport(dryrun, args);
        const warnings = result.phone_warnings || [];
        if (warnings.length) {
            this._tellPhoneWarnings(dryrun, warnings);
        }
        return result;
    },

    _tellPhoneWarnings(dryrun, warnings) {
        const { skip = 0, has_headers: headers } = this.importOptions;
        const firstRow = skip + (headers ? 2 : 1);
        const lines = warnings
            .slice(0, SHOWN)
            .map(({ rows, message }) => _t("Row %s: %s", firstRow + rows.from, message));
        if (warnings.length > SHOWN) {
            lines.push(_t("And %s more.", warnings.length - SHOWN));
        }
        const title = _t("Invalid numbers are kept; the filter Invalid Phone Number finds them.");
        if (dryrun) {
            this._addMessage("warning", [title, ...lines]);
        } else {
            this.env.services.notification.add(lines.join("\n"), {
                title,
                type: "warning",
                sticky: true,
            });
        }
    },
});
