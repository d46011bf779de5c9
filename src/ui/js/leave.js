// SPDX-License-Identifier: Apache-2.0
// Leaves this page at once: blank first, then end the session, then go where the form says.
//
// Without scripts the form does the same by a POST that the server answers with a redirect. Here the page
// goes blank before anything travels, and location.replace() keeps it out of the way back.
const SHIFTS = 3;
const WITHIN_MS = 5000;

function leave(form) {
    document.documentElement.classList.add("has-left");
    document.title = "\u200b";
    const isSent = navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
    if (isSent) {
        location.replace(form.dataset.leave);
    } else {
        form.submit();
    }
}

export function watchLeave() {
    const form = document.querySelector("form[data-leave]");
    if (!form) {
        return;
    }
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        leave(form);
    });
    let presses = [];
    document.addEventListener("keyup", (event) => {
        if (event.key !== "Shift") {
            presses = []; // Shift was held to write a capital letter
            return;
        }
        presses = presses.filter((at) => event.timeStamp - at < WITHIN_MS).concat(event.timeStamp);
        if (presses.length >= SHIFTS) {
            presses = [];
            leave(form);
        }
    });
    // A browser that kept the blank page for the way back must ask the server again, which knows that we
    // left.
    window.addEventListener("pageshow", (event) => {
        if (event.persisted && document.documentElement.classList.contains("has-left")) {
            location.reload();
        }
    });
}
