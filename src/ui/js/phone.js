// SPDX-License-Identifier: Apache-2.0
// Loads what a page needs where this phone keeps something for when it has no signal; elsewhere nothing is
// loaded.
const MARK = "phone";

/** Signing out may have to ask first: whoever taps it before what asks is there waits for that. */
function holdSignOut(loading) {
    let isThere = false;
    loading.then(() => (isThere = true));
    document.addEventListener("submit", (event) => {
        if (!isThere && event.target.getAttribute("action") === "/sign-out") {
            event.preventDefault();
            event.stopImmediatePropagation();
            loading.then(() => event.target.requestSubmit(event.submitter));
        }
    }, true);
}

export function watchPhone() {
    const address = document.querySelector("link[rel=phone]")?.href;
    const isAboutIt = document.querySelector("[data-phone-page], [data-phone-settings]");
    if (address && (isAboutIt || localStorage.getItem(MARK) !== null)) {
        holdSignOut(import(address).catch(() => {})); // no signal, and not kept: nothing to do
    }
}
