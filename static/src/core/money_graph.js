/** @odoo-module **/

/*
 * `js_class="ai_money_graph"`: a graph whose amounts name their currency, as totals do (`money.js`).
 */

import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { formatMoney } from "./money";

class MoneyGraphRenderer extends GraphRenderer {
    formatValue(value, ...others) {
        const { measure, fields } = this.model.metaData;
        return fields[measure]?.type === "monetary"
            ? formatMoney(value, { humanReadable: Math.abs(value) >= 1000 })
            : super.formatValue(value, ...others);
    }
}

registry.category("views").add("ai_money_graph", { ...graphView, Renderer: MoneyGraphRenderer });
