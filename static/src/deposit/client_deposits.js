/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ClientSheet } from "../client/client_sheet";
import { date, quantity } from "../core/figures";

/** On the client sheet: returnable containers that the client holds, and their return. */
patch(ClientSheet.prototype, {
    dueBack({ quantity: held, late_quantity: late, due }) {
        if (held < 0) {
            return _t("More came back than went out");
        }
        return late > 0
            ? _t("%(quantity)s late, due on %(date)s", {
                  quantity: quantity(late),
                  date: date(due),
              })
            : _t("due on %s", date(due));
    },

    async returnContainers({ container_id: containerId }) {
        const action = await this.orm.call("res.partner", "action_return_containers", [
            [this.props.partnerId],
            containerId,
        ]);
        await this.action.doAction(action, { onClose: () => this.load() });
    },
});
