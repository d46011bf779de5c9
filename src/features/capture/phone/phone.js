// SPDX-License-Identifier: Apache-2.0
// What this phone keeps for when it has no signal. Loaded only where somebody has turned that on, and on
// the pages that are about it.
import { watchLeaving } from "./leaving.js";
import { showPage } from "./page.js";
import { sync } from "./send.js";
import { showSettings } from "./settings.js";
import { isMarked, keptPerson, renewedAt, waiting } from "./store.js";

const FRESH_MS = 60_000;

async function syncWhenDue() {
    const isSame = await keptPerson() === document.querySelector("link[rel=phone]").dataset.reader;
    if (!isSame || Date.now() - renewedAt() > FRESH_MS || (await waiting()).length > 0) {
        await sync();
    }
}

async function start() {
    const settings = document.querySelector("[data-phone-settings]");
    watchLeaving();
    if (document.querySelector("[data-phone-page]")) {
        await showPage();
    } else if (settings) {
        await showSettings(settings);
    } else if (isMarked()) {
        window.addEventListener("online", () => sync().catch(() => {}));
        await syncWhenDue();
    }
}

start().catch((problem) => console.error(problem));
