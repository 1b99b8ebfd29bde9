/** @odoo-module **/

import { SoftphoneCall } from "./softphone_call";
import { cleanNumber } from "./softphone_identity";
import { messages, resultText } from "./softphone_messages";

/** The calls of a softphone: what happens to them, and what the operator does with them. */
export class SoftphoneCalls {
    constructor(softphone) {
        this.softphone = softphone;
        this.byId = new Map();
        this.context = null;
        // Who was handed on last, and to which number.
        this.given = null;
        this.endedAt = 0;
    }

    get state() {
        return this.softphone.state;
    }

    find(id) {
        return this.byId.get(id);
    }

    who({ partner, name, number }) {
        return (partner && partner.name) || name || number;
    }

    get talking() {
        return [...this.byId.values()].filter((call) => call.info.phase === "talking");
    }

    // What the exchange says

    onSession(session, request, isIncoming) {
        if (session.data.isSignal) {
            return;
        }
        const call = new SoftphoneCall(session, request, isIncoming, this.softphone.devices, this);
        if (this.byId.has(call.info.id)) {
            call.info.id = `${call.info.id}-${request.call_id}`;
        }
        this.byId.set(call.info.id, call);
        Object.assign(call.info, this.context);
        this.context = null;
        this.state.calls.push(call.info);
        call.show(this.state.calls[this.state.calls.length - 1]);
        Object.assign(this.state, { notice: "", open: true, now: Date.now() });
        if (isIncoming && call.info.parentId) {
            this.onChild(call.info.parentId);
        }
        this.ring();
        this.identify(call);
    }

    /** A call that comes of another one: is it the client whom we gave away, and nobody took? */
    onChild(parentId) {
        if (this.given && this.given.call.info.id === parentId) {
            const { call, number } = this.given;
            this.given = null;
            call.comeBack();
            // The exchange may have said before that it was done, or that it failed.
            this.softphone.tell(messages.transferFailed(number));
        }
    }

    ring() {
        const { calls } = this.state;
        const waits = calls.find(({ phase }) => phase === "ringing" || phase === "dialling");
        const isTalking = calls.some(({ phase }) => phase === "talking");
        if (!waits || (isTalking && waits.phase === "ringing")) {
            this.softphone.ringer.stop();
        } else {
            const kind = waits.phase === "ringing" ? "in" : "out";
            this.softphone.ringer.start(kind, this.who(waits));
        }
    }

    /** Tell the server of a call, and show the client whom it knows. */
    async identify(call) {
        const found = await this.tell(call, "ringing");
        if (found) {
            Object.assign(call.info, { callId: found.call_id, matches: found.matches });
            if (found.partner && !call.info.partner) {
                call.info.partner = found.partner;
                this.ring();
            }
        }
    }

    tell(call, event, values = {}) {
        const { id, direction, number, parentId } = call.info;
        return this.softphone.log.tell({
            exchange_call_id: id,
            event,
            direction,
            number,
            at: Date.now(),
            ...(parentId ? { parent_call_id: parentId } : {}),
            ...values,
        });
    }

    onAnswered(call) {
        this.ring();
        this.tell(call, "answered");
        this.softphone.presence.follow(true);
        for (const other of this.talking) {
            if (other !== call && !other.info.held) {
                other.setHeld(true);
            }
        }
        if (call.isIncoming) {
            this.softphone.openSheet(call.info);
        }
    }

    async onEnded(call, result) {
        const { info } = call;
        this.byId.delete(info.id);
        this.endedAt = Date.now();
        this.softphone.presence.follow(this.talking.length > 0, Boolean(info.answeredAt));
        this.state.calls = this.state.calls.filter(({ id }) => id !== info.id);
        this.ring();
        const told = call.isRejected ? "" : resultText(result, this.who(info));
        const text = call.lacksMicrophone ? messages.microphone() : told;
        if (text) {
            this.softphone.tell(text);
        } else if (this.softphone.state.status === "lost" || call.wasForgotten) {
            this.softphone.tell(messages.callLost());
        }
        const logged = await this.tell(call, "ended", { result });
        if (logged && logged.call_id) {
            this.state.last = { id: logged.call_id, who: this.who(info) };
        }
    }

    /** Somebody else is at the other end, after a colleague's transfer. */
    async onIdentity(call) {
        const { info } = call;
        info.partner = false;
        const found = await this.softphone.orm.silent.call("res.partner", "find_by_number", [
            info.number,
        ]);
        const match = found.matches.find(({ id }) => id === found.only_id);
        if (match) {
            info.partner = { id: match.id, name: match.name };
        }
        await this.softphone.openSheet(info);
    }

    onMicrophoneLost() {
        this.softphone.tell(messages.microphoneLost());
    }

    onSilent() {
        this.softphone.tell(messages.sound());
    }

    /** After the exchange was away: calls that it does not know any more end. */
    probe() {
        for (const call of this.talking) {
            call.wasForgotten = true;
            call.probe();
        }
    }

    // What the operator does

    /** context: { partnerId, partnerName, video, consults: id of the call of the client }. */
    async dial(number, context = {}) {
        const { softphone } = this;
        if (!softphone.line || !softphone.line.isRegistered) {
            softphone.tell(messages.notReady());
            return;
        }
        await Promise.all(
            this.talking.filter(({ info }) => !info.held).map((call) => call.setHeld(true))
        );
        const { partnerId, partnerName, video = false, consults = false } = context;
        this.context = { consults, parentId: consults || "" };
        if (partnerId) {
            this.context.partner = { id: partnerId, name: partnerName };
        }
        softphone.line.dial(cleanNumber(number), softphone.devices.constraints(video));
    }

    answer(id, video = false) {
        this.find(id).answer(this.softphone.line, video);
    }

    async reject(id) {
        this.find(id).reject();
    }

    hangUp(id) {
        this.find(id).hangUp();
    }

    hangUpAll() {
        [...this.byId.values()].forEach((call) => call.hangUp());
    }

    toggleMuted(id) {
        const call = this.find(id);
        call.setMuted(!call.info.muted);
    }

    async toggleHeld(id) {
        const call = this.find(id);
        if (call.info.held) {
            const others = this.talking.filter((other) => other !== call && !other.info.held);
            await Promise.all(others.map((other) => other.setHeld(true)));
        }
        await call.setHeld(!call.info.held);
    }

    /**
     * What the client said to being recorded, or that it was announced; the exchange records from
     * then on. consent: announced, given or refused
     */
    async noteConsent(id, consent) {
        const call = this.find(id);
        call.info.consent = consent;
        this.tell(call, "answered", { consent });
        if (consent !== "refused") {
            await this.setRecorded(id, true);
        }
    }

    async setRecorded(id, recorded) {
        const done = await this.find(id).setRecorded(recorded);
        if (!done) {
            this.softphone.tell(messages.notRecorded());
        }
    }

    press(id, key) {
        this.find(id).press(key);
    }

    /** Give the client to a number at once; the client stays where it cannot be reached. */
    async transfer(id, number) {
        const call = this.find(id);
        await call.setHeld(true);
        await this.finish(call, this.softphone.line.target(cleanNumber(number)), number);
    }

    /** Give the client to the colleague with whom the operator speaks. */
    async completeTransfer(id) {
        const consultation = this.find(id);
        const call = this.find(consultation.info.consults);
        const target = consultation.session.remote_identity.uri.toString();
        await this.finish(call, target, consultation.info.number, consultation);
    }

    async finish(call, target, number, consulted) {
        this.given = { call, number };
        const outcome = await call.refer(target, consulted);
        const isDone = outcome === "done";
        if (isDone) {
            this.tell(call, "transferred", { transferred_to: number });
        }
        if (outcome !== "failed") {
            call.hangUp();
        }
        if (isDone && consulted) {
            consulted.hangUp();
        }
        const say = isDone ? messages.transferred : messages.transferFailed;
        this.softphone.tell(say(number));
    }

    async changeMicrophone() {
        await Promise.all(this.talking.map((call) => call.changeMicrophone()));
        this.softphone.tell("");
    }
}
