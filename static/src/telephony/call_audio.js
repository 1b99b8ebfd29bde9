/** @odoo-module **/

import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Plays the recording of a call; the server notes who hears it. */
export class CallAudio extends Component {
    static template = xml`
        <audio t-if="props.record.resId" class="o_ai_call_audio w-100" controls="controls"
            preload="none" t-att-src="address"/>`;
    static props = { ...standardFieldProps };

    get address() {
        return `/smart_recommender/telephony/hear/${this.props.record.resId}`;
    }
}

registry.category("fields").add("ai_call_audio", {
    component: CallAudio,
    supportedTypes: ["integer"],
});
