/** @odoo-module **/

import { patch } from "@web/core/utils/patch";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormRenderer } from "@web/views/form/form_renderer";
import { toStringExpression } from "@web/views/utils";

const PAGE = "ai_suggestions";

/**
 * How many suggestions there are, on the title of their tab: "AI Suggestions (5)".
 *
 * A closed page of a notebook draws nothing, so that its title reads the record of the form.
 */
patch(FormCompiler.prototype, {
    compileNotebook() {
        const notebook = super.compileNotebook(...arguments);
        for (const slot of notebook.children) {
            if (slot.getAttribute("name") === toStringExpression(PAGE)) {
                const title = slot.getAttribute("title");
                slot.setAttribute("title", `__comp__.aiSuggestionsTitle(${title})`);
            }
        }
        return notebook;
    },
});

patch(FormRenderer.prototype, {
    aiSuggestionsTitle(title) {
        const suggestions = this.props.record.data[PAGE];
        const count = suggestions ? suggestions.items.length : 0;
        return count ? `${title} (${count})` : title;
    },
});
