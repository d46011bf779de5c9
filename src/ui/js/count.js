// SPDX-License-Identifier: Apache-2.0
// Says how many characters are left in a long answer, without reading out every key press.
const PAUSE_MS = 700;

function show(field, note) {
    const left = field.maxLength - field.value.length;
    const words = left === 1 ? note.dataset.one : note.dataset.many;
    note.textContent = words.replace("%d", left.toLocaleString(document.documentElement.lang));
}

export function watchCounts(root = document) {
    for (const field of root.querySelectorAll("[data-count]")) {
        const note = document.getElementById(field.dataset.count);
        if (!note || field.maxLength < 0) {
            continue;
        }
        let timer = 0;
        show(field, note);
        field.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(() => show(field, note), PAUSE_MS);
        });
    }
}
