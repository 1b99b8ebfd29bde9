/** @odoo-module **/

/*
 * `js_class="ai_open_list"`: a list whose groups are open on every level.
 *
 * Odoo 17 opens those of the first level where a view says `expand="1"`, and leaves the groups within
 * them closed.
 */

import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";

class OpenListModel extends listView.Model {
    _loadGroupedList(config, ...others) {
        config.openGroupsByDefault = true;
        return super._loadGroupedList(config, ...others);
    }
}

registry.category("views").add("ai_open_list", { ...listView, Model: OpenListModel });
