// SPDX-License-Identifier: Apache-2.0
// Signing out deletes what is on this phone. If something waits to be sent, the page that says so comes
// first.
import { dropAll, waiting } from "./store.js";

export function watchLeaving() {
    // Whoever leaves at once is asked nothing.
    document.addEventListener("leave", (event) => event.detail.push(dropAll()));
    document.addEventListener("submit", (event) => {
        if (event.target.getAttribute("action") === "/sign-out") {
            event.preventDefault();
            signOut(event.target);
        }
    }, true);
}

async function signOut(form) {
    if (!form.hasAttribute("data-phone-really") && (await waiting()).length > 0) {
        location.assign("/phone#sign-out");
        if (location.pathname === "/phone") {
            location.reload();
        }
        return;
    }
    await dropAll().catch(() => {}); // the answer to signing out tells the browser to do the same
    form.submit();
}
