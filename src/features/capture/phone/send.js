// SPDX-License-Identifier: Apache-2.0
// When there is a signal: renews what is kept, and sends what waits as its author, until it was confirmed.
import { dropData, forget, keep, keptPerson, newName, refuse, waiting, written } from "./store.js";

const BATCH_MOST = 20;
const BYTES_MOST = 60_000; // of the 64 KiB that a form may have
const ANSWER_MS = 20_000;

// AbortSignal.timeout() is younger than many phones.
function patience() {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ANSWER_MS);
    return controller.signal;
}

function body(token, entries) {
    const batch = entries.map(({ called, ...entry }) => entry); // whom it is for is known there
    const said = JSON.stringify({ now: Date.now(), entries: batch });
    return new URLSearchParams({ token, once: newName(), batch: said });
}

// As many from the first on as fit; at least one.
function packed(token, entries) {
    let count = Math.min(entries.length, BATCH_MOST);
    while (count > 1 && body(token, entries.slice(0, count)).toString().length > BYTES_MOST) {
        count--;
    }
    return entries.slice(0, count);
}

// What became of a batch: whether it was taken at all, and how many of it were kept aside. Deleted here only
// when the server has counted them there.
async function sendBatch(token, entries, records) {
    const answer = await fetch("/phone/send", {
        method: "POST",
        body: body(token, entries),
        redirect: "manual",
        signal: patience(),
    });
    if (answer.status !== 200) {
        return { isTaken: false, isUnfit: [413, 422].includes(answer.status), aside: 0 };
    }
    const said = await answer.json();
    const confirmed = said.entries.filter((one) => one.state !== "refused").map((one) => one.capture);
    if (said.count !== confirmed.length) {
        return { isTaken: false, isUnfit: false, aside: 0 };
    }
    await forget(confirmed);
    const refused = said.entries.filter((one) => one.state === "refused");
    await refuse(refused.map(({ capture, reason }) =>
        ({ ...records.find((record) => record.capture === capture), reason })));
    const aside = said.entries.filter((one) => one.state === "aside").length;
    return { isTaken: true, isUnfit: false, aside };
}

// How many were kept aside. One that this phone cannot read, or the server cannot, holds up no other.
async function sendAll(data) {
    const own = (await waiting()).filter((record) => record.author === data.person);
    const read = await Promise.allSettled(own.map(written));
    let left = read.filter((one) => one.status === "fulfilled").map((one) => one.value);
    let aside = 0;
    let isSingly = false;
    while (left.length > 0) {
        const some = isSingly ? left.slice(0, 1) : packed(data.token, left);
        const result = await sendBatch(data.token, some, own);
        if (!result.isTaken && !result.isUnfit) {
            break;
        }
        aside += result.aside;
        if (result.isUnfit && some.length > 1) {
            isSingly = true;
        } else {
            left = left.slice(some.length);
        }
    }
    return aside;
}

/** What the program gives whoever is signed in; "nobody" when nobody is; null without a signal. */
export async function ask() {
    try {
        const answer = await fetch("/phone/data", {
            redirect: "manual", cache: "no-store", signal: patience(),
        });
        if (answer.type === "opaqueredirect") {
            return "nobody";
        }
        return answer.status === 200 ? await answer.json() : null;
    } catch {
        return null;
    }
}

async function renewAndSend() {
    const data = await ask();
    if (data === null) {
        return { state: "no-signal", aside: 0 };
    }
    const person = await keptPerson();
    if (person !== null && person !== data.person) { // somebody else, or nobody
        await dropData();
    } else if (person !== null) {
        await keep(data);
        await renewPage(data.lang);
    }
    if (data === "nobody") {
        return { state: "nobody", aside: 0 };
    }
    const aside = await sendAll(data).catch(() => 0); // the signal is gone again: it waits on
    return { state: "signal", aside };
}

// The page without a signal is kept in the language that was read last.
async function renewPage(lang) {
    const [name] = await caches.keys();
    const shown = name && await caches.match("/offline", { ignoreVary: true });
    if (shown && !(await shown.text()).includes(`<html lang="${lang}"`)) {
        await (await caches.open(name)).add("/offline");
    }
}

/** { state, aside }: "signal", "no-signal", or "nobody" is signed in; and how many of what was sent were kept
 * aside. One tab at a time; the others wait for it. */
export const sync = () => navigator.locks ? navigator.locks.request("phone", renewAndSend) : renewAndSend();
