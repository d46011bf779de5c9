// SPDX-License-Identifier: Apache-2.0
// The page on which somebody turns it on for this phone, or off.
import { ask, sync } from "./send.js";
import { dropAll, dropData, isMarked, keptPerson, turnOn, waiting } from "./store.js";

// The only script address that this program makes in a script, and a constant.
function workerAddress() {
    const policy = window.trustedTypes?.createPolicy("worker", { createScriptURL: () => "/worker.js" });
    return policy ? policy.createScriptURL("") : "/worker.js";
}

async function turnOnHere() {
    const data = await ask();
    if (data === null || data === "nobody") {
        throw new Error("no signal");
    }
    await navigator.serviceWorker.register(workerAddress(), { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    await turnOn(data);
}

async function show(root) {
    const [person, left] = [await keptPerson(), await waiting()];
    const isLeaving = location.hash === "#sign-out" && left.length > 0;
    for (const part of root.querySelectorAll("[data-phone-when]")) {
        const when = part.dataset.phoneWhen;
        part.hidden = !{
            on: person !== null,
            off: person === null,
            waiting: left.length > 0,
            left: person === null && left.length > 0, // turned off, or nobody's any more
            leaving: isLeaving,
        }[when];
    }
    for (const count of root.querySelectorAll("[data-phone-count]")) {
        count.textContent = String(left.length);
    }
    if (isLeaving) {
        root.querySelector("[data-phone-when='leaving']").focus();
    }
}

export async function showSettings(root) {
    root.querySelector("[data-phone-scripts]").hidden = true;
    if (!window.indexedDB || !window.crypto?.subtle || !navigator.serviceWorker) {
        root.querySelector("[data-phone-cannot]").hidden = false;
        return;
    }
    const on = (selector, work) => root.querySelector(selector).addEventListener("click", async () => {
        const problem = root.querySelector("[data-phone-problem]");
        problem.hidden = true;
        await work().catch(() => {
            problem.hidden = false;
        });
        await show(root);
    });
    on("[data-phone-on]", turnOnHere);
    on("[data-phone-off]", turnOff);
    on("[data-phone-delete]", dropAll);
    on("[data-phone-send]", sync);
    if (isMarked()) {
        await sync().catch(() => {});
    }
    await show(root);
}

// What waits stays until its author deletes it: the page offers that then.
async function turnOff() {
    if ((await waiting()).length > 0) {
        await sync();
    }
    await dropData();
}
