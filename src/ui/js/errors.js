// SPDX-License-Identifier: Apache-2.0
// Moves the focus to the summary of what must be put right, and from its links into the fields.
export function focusErrors() {
    const summary = document.querySelector("[data-error-summary]");
    if (!summary) {
        return;
    }
    summary.focus();
    summary.addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        const field = link && document.getElementById(link.hash.slice(1));
        if (!field) {
            return;
        }
        event.preventDefault();
        const group = field.closest("fieldset, .usa-form-group") ?? field;
        group.scrollIntoView({ block: "start" });
        field.focus({ preventScroll: true });
    });
}
