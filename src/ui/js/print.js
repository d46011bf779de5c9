// SPDX-License-Identifier: Apache-2.0
// Opens what is folded while the page is printed, for browsers whose style sheets cannot.
export function watchPrint() {
    const opened = [];
    window.addEventListener("beforeprint", () => {
        for (const folded of document.querySelectorAll(".more--print:not([open])")) {
            folded.open = true;
            opened.push(folded);
        }
    });
    window.addEventListener("afterprint", () => {
        for (const folded of opened.splice(0)) {
            folded.open = false;
        }
    });
}
