/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/views/fields/formatters";
import { ClientSheet } from "../client/client_sheet";
import { Stars } from "./stars";

ClientSheet.components = { ...ClientSheet.components, Stars };

/** On the client sheet: what the client rated, and a complaint out of a low rating. */
patch(ClientSheet.prototype, {
    ratingsText({ count, mean }) {
        const value = formatFloat(mean || 0, { digits: [16, 1] });
        return count === 1
            ? _t("%s on average, 1 rating", value)
            : _t("%(mean)s on average, %(count)s ratings", { mean: value, count });
    },

    async openRating(id) {
        const action = await this.orm.call("rating.rating", "action_ai_open", [[id]]);
        await this.action.doAction(action);
    },

    async openRatings() {
        const action = await this.orm.call("res.partner", "action_open_ai_ratings", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action);
    },

    async complainOfRating(id) {
        const action = await this.orm.call("rating.rating", "action_ai_complain", [[id]]);
        await this.action.doAction(action);
    },
});
