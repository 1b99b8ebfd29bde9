/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Ready or break, and microphone, speaker and volume. */
export class SoftphoneSettings extends Component {
    static template = "smart_recommender.SoftphoneSettings";
    static props = {};

    setup() {
        this.softphone = useService("smart_recommender.softphone");
        this.devices = this.softphone.devices;
        this.chosen = useState(this.devices.state);
        this.presence = useState(this.softphone.presence.state);
        onWillStart(() => this.devices.list());
    }

    get reasons() {
        return this.softphone.state.account.break_reasons || [];
    }

    get present() {
        const { state, reason } = this.presence;
        return state === "break" ? `break-${reason || ""}` : "ready";
    }

    async onPresence(ev) {
        const [state, reason] = ev.target.value.split("-");
        await this.softphone.presence.set(state, Number(reason) || false);
    }

    async onMicrophone(ev) {
        this.devices.choose({ microphone: ev.target.value });
        await this.softphone.calls.changeMicrophone();
    }

    onSpeaker(ev) {
        this.devices.choose({ speaker: ev.target.value });
    }

    onVolume(ev) {
        this.devices.choose({ volume: Number(ev.target.value) / 100 });
    }
}
