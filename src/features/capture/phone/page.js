// SPDX-License-Identifier: Apache-2.0
// The page without a signal: whom one walks with, the log, a message, what was promised, numbers, and what
// waits.
//
// The page itself is the same for everybody and holds nothing of anyone; this fills it from what this phone
// keeps.
import { sync } from "./send.js";
import { forget, kept, waiting, write, written } from "./store.js";

const AGAIN_MS = 30_000;

const part = (name, root = document) => root.querySelector(`[data-phone="${name}"]`);

// A copy of the first, hidden item of a list for each, filled by `fill(copy, item)`.
function fillList(name, items, fill) {
    const list = part(name);
    const pattern = list.firstElementChild;
    list.replaceChildren(pattern, ...items.map((item) => {
        const copy = pattern.cloneNode(true);
        copy.hidden = false;
        fill(copy, item);
        return copy;
    }));
    list.closest("section").hidden = items.length === 0;
}

// Words with their telephone numbers as links.
function linked(words) {
    return words.split(/(\+?\d[\d\s().-]{5,}\d|\b(?:211|311|911|988)\b)/).map((piece, at) => {
        if (at % 2 === 0) {
            return piece;
        }
        const link = document.createElement("a");
        link.href = `tel:${piece.replace(/[^\d+]/g, "")}`;
        link.textContent = piece;
        return link;
    });
}

class Page {
    constructor() {
        this.data = null;
        this.walk = null; // whom the open form is about
        this.says = part("says").dataset;
        this.isDone = false; // there is a signal, and nothing waits
    }

    async start() {
        for (const form of document.querySelectorAll("[data-phone-form]")) {
            this.watchForm(form);
        }
        const { minutes, day, when } = part("log").elements;
        minutes[0].closest("fieldset").before(part("minutes"));
        part("log").addEventListener("change", () => {
            day.required = when.value === "day";
            const here = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
            day.max = here.toISOString().slice(0, 10);
        });
        window.addEventListener("hashchange", () => this.show());
        window.addEventListener("online", () => this.renew());
        window.addEventListener("pageshow", (event) => event.persisted && location.reload()); // the way back
        document.addEventListener("visibilitychange", () => this.renew());
        setInterval(() => this.isDone || this.renew(), AGAIN_MS);
        await this.load();
        await this.renew();
    }

    // A second tap while the first is being kept does nothing.
    watchForm(form) {
        let pressed = null; // for browsers that do not say which button sent a form
        let isSaving = false;
        form.addEventListener("click", (event) => {
            pressed = event.target.closest("button") ?? pressed;
        });
        form.addEventListener("submit", async (event) => {
            event.preventDefault();
            if (!isSaving) {
                isSaving = true;
                await this.save(form, event.submitter ?? pressed).catch(() => this.say(this.says.failed));
                isSaving = false;
            }
        });
    }

    async load() {
        this.data = await kept().catch(() => null);
        part("none").hidden = this.data !== null;
        fillList("walks", this.data?.walks ?? [], (copy, walk) => {
            part("called", copy).textContent = walk.called;
            const [log, message] = copy.querySelectorAll("a");
            log.href = `#log-${walk.match}`;
            log.hidden = !walk.gives;
            message.href = `#message-${walk.match}`;
            for (const name of copy.querySelectorAll(".usa-sr-only")) {
                name.textContent = `: ${walk.called}`;
            }
        });
        fillList("promises", this.data?.promises ?? [], (copy, promise) => {
            part("words", copy).textContent = promise.words;
            part("when", copy).textContent = promise.when;
        });
        fillList("numbers", this.data?.numbers ?? [], (copy, number) => {
            part("program", copy).textContent = number.program;
            part("words", copy).replaceChildren(...linked(number.words));
            copy.lang = number.lang;
        });
        part("aside").hidden = !(this.data?.aside > 0);
        await this.showWaiting();
        if (this.walk === null) { // else somebody is writing: nothing moves under their hands
            this.show();
        }
    }

    // Of somebody else's only that there is something, and when it will go.
    async showWaiting() {
        const records = await waiting().catch(() => []);
        const entries = await Promise.all(records.map((record) =>
            record.author === this.data?.person ? written(record).catch(() => null) : null));
        fillList("waiting", records, (copy, record) => {
            const entry = entries[records.indexOf(record)];
            const [what, state, words] = ["what", "state", "words"].map((name) => part(name, copy));
            const kind = entry?.kind === "contact" ? this.says.contact : this.says.message;
            what.textContent = entry ? kind.replace("%s", entry.called) : this.says.other;
            const isMine = entry ? this.says.waiting : this.says.author;
            state.textContent = record.reason ? this.says.stays : isMine;
            words.textContent = entry?.fields.filter(([name]) => ["line", "words"].includes(name))
                .map(([, value]) => value).join(" ") ?? "";
            const button = copy.querySelector("button");
            button.hidden = !entry;
            button.addEventListener("click", async () => {
                if (button.dataset.sure) {
                    await forget([record.capture]);
                    await this.showWaiting();
                }
                button.dataset.sure = "yes";
                button.textContent = this.says.sure;
            });
        });
    }

    // Sends and looks again; says whether there is a signal.
    async renew() {
        if (document.visibilityState !== "visible") {
            return;
        }
        const before = (await waiting().catch(() => [])).length;
        const { state, aside } = await sync().catch(() => ({ state: "no-signal", aside: 0 }));
        if (this.walk === null) {
            await this.load(); // first: that somebody is signed out is not said above their words
        }
        part("signal").hidden = state !== "signal";
        part("sign-in").hidden = state !== "nobody";
        const after = (await waiting().catch(() => [])).length;
        this.isDone = state === "signal" && after === 0;
        if (aside > 0) {
            part("aside").hidden = false;
            this.say(this.says.aside);
        } else if (state === "signal" && after < before) {
            this.say(after === 0 ? this.says.sent : this.says.some);
        }
    }

    show() {
        const [, view, match] = location.hash.match(/^#(log|message)-(\w+)$/) ?? [null, "home", ""];
        this.walk = this.data?.walks.find((walk) => walk.match === match) ?? null;
        const shown = this.walk ? view : "home";
        for (const section of document.querySelectorAll("[data-phone-view]")) {
            section.hidden = section.dataset.phoneView !== shown;
        }
        if (this.walk) {
            const form = part(view);
            form.reset();
            for (const name of document.querySelectorAll("[data-phone='name']")) {
                name.textContent = this.walk.called;
            }
            form.querySelectorAll("[value='left-message']").forEach((one) => {
                one.hidden = !this.walk.may_leave_message;
            });
            part("minutes").hidden = true;
            document.querySelector("main").focus();
            window.scrollTo(0, 0);
        }
    }

    say(words) {
        const line = part("said");
        line.hidden = false;
        line.querySelector("p").textContent = words;
    }

    async save(form, button) {
        const fields = [...new FormData(form)].filter(([, value]) => value !== "");
        if (button?.name) {
            fields.push([button.name, button.value]);
        }
        const kind = form.dataset.phoneForm;
        const has = (name, value) => fields.some(([one, what]) => one === name && (!value || what === value));
        if (kind === "contact" && has("outcome", "talked") && !has("minutes")) {
            part("minutes").hidden = false;
            part("minutes").scrollIntoView({ block: "center" });
            form.elements.minutes[0].focus({ preventScroll: true });
            return;
        }
        if (kind === "message" && form.elements.words.value.trim() === "") {
            form.elements.words.focus();
            return;
        }
        await write({
            kind, author: this.data.person, match: this.walk.match, called: this.walk.called,
            captured_at: Date.now(), fields,
        });
        history.replaceState(null, "", location.pathname);
        this.show();
        await this.showWaiting();
        this.say(this.says.saved);
        this.renew();
    }
}

export const showPage = () => new Page().start();
