// SPDX-License-Identifier: Apache-2.0
// Sends a form once however often the button is pressed; the first press always goes through.
//
// The server refuses a second copy anyway (each form carries a once-only key); this spares the person the
// doubt. A button is never disabled: a disabled one would leave its own name and value out of the form.
const AGAIN_MS = 8000; // after that the network is taken to have failed, and a press counts again

function mark(form, isSending) {
    for (const button of form.querySelectorAll("button:not([type='button'])")) {
        if (isSending) {
            button.setAttribute("aria-disabled", "true");
        } else {
            button.removeAttribute("aria-disabled");
        }
    }
}

export function watchSubmits() {
    const sent = new Map();
    // At the document, since forms may come after the page (live.js).
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (!form.matches("[data-once]") || event.defaultPrevented) {
            return;
        }
        if (sent.has(form) && event.timeStamp - sent.get(form) < AGAIN_MS) {
            event.preventDefault();
            return;
        }
        sent.set(form, event.timeStamp);
        mark(form, true);
        setTimeout(() => mark(form, false), AGAIN_MS);
    });
    // The way back brings a page from the browser's memory with its marks still on.
    window.addEventListener("pageshow", () => {
        for (const form of sent.keys()) {
            mark(form, false);
        }
        sent.clear();
    });
}
