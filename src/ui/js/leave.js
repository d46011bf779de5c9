// SPDX-License-Identifier: Apache-2.0
// Leaves this page at once: blank first, then end the session, then go where the form says.
//
// Without scripts the form does the same by a POST that the server answers with a redirect; whoever has only
// read so far has nothing to end and gets a link. Here the page goes blank before anything travels, and
// location.replace() keeps it out of the way back.
const SHIFTS = 3;
const WITHIN_MS = 5000;

const TIDY_MS = 400; // the page is blank meanwhile

function leave(control) {
    document.documentElement.classList.add("has-left");
    document.title = "\u200b";
    const isForm = control instanceof HTMLFormElement;
    const isTold = !isForm ||
        navigator.sendBeacon(control.action, new URLSearchParams(new FormData(control)));
    const go = () => isTold ? location.replace(control.dataset.leave) : control.submit();
    // Whoever keeps something in this browser deletes it first: what is under way ends with the page.
    const tidying = [];
    document.dispatchEvent(new CustomEvent("leave", { detail: tidying }));
    if (tidying.length === 0) {
        go();
    } else {
        const enough = new Promise((done) => setTimeout(done, TIDY_MS));
        Promise.race([Promise.allSettled(tidying), enough]).then(go);
    }
}

export function watchLeave() {
    const control = document.querySelector("[data-leave]");
    if (!control) {
        return;
    }
    control.addEventListener(control instanceof HTMLFormElement ? "submit" : "click", (event) => {
        event.preventDefault();
        leave(control);
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
            leave(control);
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
