// SPDX-License-Identifier: Apache-2.0
// Shows what is new on a page that stays open, while somebody looks at it.
//
// The server tells only that there is something, and about what. The page then asks for itself again and
// takes over the regions that are marked (data-live="match 0123456789abc, me"). Nothing moves under a
// person's hands: a region in which somebody types or has the focus stays as it is, and a line offers to show
// the rest.
import { watchCounts } from "./count.js";

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 5 * 60 * 1000;
const SPREAD_MS = 3000; // when everybody is told to look, not all ask in the same moment

const regionsOf = (page) => [...page.querySelectorAll("[data-live]")];

function wants(region, said) {
    const names = region.dataset.live.split(",").map((name) => name.trim());
    return said === "all" || names.includes(said) || names.includes(said.split(" ")[0]);
}

// XMLHttpRequest makes a document without any markup sink: the content policy allows no Trusted Types policy.
function load() {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const asked = location.pathname + location.search;
        request.open("GET", asked);
        request.responseType = "document";
        request.onerror = reject;
        request.onload = () => {
            const came = request.responseURL === "" ? asked : new URL(request.responseURL).pathname;
            const isThis = request.status === 200 && asked.startsWith(came);
            return isThis && request.response ? resolve(request.response) : reject(new Error("another page"));
        };
        request.send();
    });
}

function isBusy(region) {
    const fields = [...region.querySelectorAll("textarea, input:not([type='hidden'])")];
    return region.contains(document.activeElement) ||
        fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
}

function openOnes(region) {
    return [...region.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
}

function take(region, fresh) {
    const opened = openOnes(region);
    region.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const summary of region.querySelectorAll("details > summary")) {
        summary.parentElement.open = summary.parentElement.open || opened.includes(summary.textContent);
    }
    watchCounts(region);
}

// "taken", "kept" when somebody is busy there, or "same".
function renew(region, fresh) {
    const plain = (one) => one.textContent.replace(/\s+/g, " ");
    if (plain(region) === plain(fresh)) {
        return "same";
    }
    if (isBusy(region)) {
        return "kept";
    }
    take(region, fresh);
    return "taken";
}

function say(line, outcomes) {
    if (!outcomes.includes("taken") && !outcomes.includes("kept")) {
        return;
    }
    line.textContent = line.dataset.words;
    if (outcomes.includes("kept")) {
        const link = document.createElement("a");
        link.href = location.pathname + location.search;
        link.textContent = line.dataset.show;
        line.append(" ", link);
    }
}

async function look(line, said) {
    const here = regionsOf(document);
    if (!here.some((region) => wants(region, said))) {
        return;
    }
    const there = regionsOf(await load());
    const isAlike = here.length === there.length &&
        here.every((region, at) => region.dataset.live === there[at].dataset.live);
    say(line, isAlike ? here.map((region, at) => renew(region, there[at])) : ["kept"]);
}

// One look at a time; what is told meanwhile is looked at once more.
function lookingIn(line) {
    let waiting = new Set();
    let isLooking = false;
    return async function hear(said) {
        waiting.add(said);
        if (isLooking) {
            return;
        }
        isLooking = true;
        while (waiting.size > 0) {
            const names = waiting;
            waiting = new Set();
            if (names.has("all")) {
                await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
            }
            for (const name of names.has("all") ? ["all"] : names) {
                await look(line, name).catch(() => {}); // the page stays as it is
            }
        }
        isLooking = false;
    };
}

export function watchLive() {
    const line = document.querySelector("[data-live-line]");
    if (!line || !window.EventSource) {
        return;
    }
    const hear = lookingIn(line);
    let since = line.dataset.since;
    let stream = null;
    let timer = 0;
    let wait = FIRST_WAIT_MS;
    const close = () => {
        clearTimeout(timer);
        stream?.close();
        stream = null;
    };
    const open = () => {
        close();
        if (document.visibilityState !== "visible") {
            return;
        }
        stream = new EventSource(`/live?since=${since}`);
        stream.addEventListener("here", (event) => {
            since = event.lastEventId;
            wait = FIRST_WAIT_MS;
        });
        stream.addEventListener("new", (event) => {
            since = event.lastEventId;
            hear(event.data);
        });
        stream.addEventListener("error", () => {
            close();
            timer = setTimeout(open, wait * (0.5 + Math.random()));
            wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        });
    };
    document.addEventListener("visibilitychange", open);
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", (event) => event.persisted && open());
    open();
}
