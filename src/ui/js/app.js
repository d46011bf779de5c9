// SPDX-License-Identifier: Apache-2.0
// What the page's script does. Every part only makes kinder what already works without it.
import { watchCounts } from "./count.js";
import { focusErrors } from "./errors.js";
import { watchLeave } from "./leave.js";
import { watchLive } from "./live.js";
import { watchSubmits } from "./once.js";
import { watchPasskeys } from "./passkey.js";
import { watchPhone } from "./phone.js";
import { watchPrint } from "./print.js";

document.documentElement.classList.add("has-script");
for (const start of [watchLeave, focusErrors, watchSubmits, watchCounts, watchPasskeys, watchPrint,
    watchLive, watchPhone]) {
    try {
        start();
    } catch (problem) {
        console.error(problem); // one broken part must not take the others with it
    }
}
