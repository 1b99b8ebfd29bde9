/** @odoo-module **/

import { reactive } from "@odoo/owl";
import { Kept } from "./softphone_storage";

const NONE = { microphone: "", speaker: "", volume: 1 };

/** Microphone, speaker and volume that the operator chose, kept in this browser. */
export class Devices {
    constructor() {
        this.kept = new Kept("devices", NONE);
        this.state = reactive({ ...NONE, ...this.kept.get(), microphones: [], speakers: [] });
        this.players = new Set();
        if (navigator.mediaDevices) {
            navigator.mediaDevices.addEventListener("devicechange", () => this.list());
        }
    }

    async list() {
        const found = await navigator.mediaDevices.enumerateDevices();
        const of = (kind) =>
            found
                .filter((device) => device.kind === kind && device.deviceId)
                .map(({ deviceId, label }) => ({ id: deviceId, label: label || deviceId }));
        Object.assign(this.state, { microphones: of("audioinput"), speakers: of("audiooutput") });
    }

    choose(values) {
        Object.assign(this.state, values);
        const { microphone, speaker, volume } = this.state;
        this.kept.set({ microphone, speaker, volume });
        this.players.forEach((player) => this.apply(player));
    }

    /** What a call asks the browser for; a device that is gone gives way to another one. */
    constraints(video) {
        const { microphone } = this.state;
        const audio = { echoCancellation: true, noiseSuppression: true };
        return { audio: microphone ? { ...audio, deviceId: { ideal: microphone } } : audio, video };
    }

    apply(player) {
        const { speaker, volume } = this.state;
        player.volume = volume;
        if (player.setSinkId && speaker) {
            player.setSinkId(speaker).catch((error) => {
                console.warn("The chosen speaker cannot be used:", error);
            });
        }
    }

    /** An element that plays what is heard, until it is closed. */
    open() {
        const player = new Audio();
        player.autoplay = true;
        this.players.add(player);
        this.apply(player);
        return player;
    }

    close(player) {
        player.pause();
        player.srcObject = null;
        this.players.delete(player);
    }
}
