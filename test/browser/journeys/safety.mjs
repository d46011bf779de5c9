// SPDX-License-Identifier: Apache-2.0
// A family writes what safe means for it, in both languages, on a phone without scripts and on a desk; the
// card prints on one sheet however full it is.
import { DESK, PHONE, check, expect, says } from "../harness.mjs";

const PARTS = ["safe", "call", "not-call", "worse", "helps"];
const WORDS_MOST = 250;

async function tapTo(page, href) {
    await Promise.all([page.waitForEvent("load"), page.locator(`main a[href="${href}"]`).first().click()]);
}

async function writes(page, words, look) {
    await page.goto("/me");
    await tapTo(page, "/safety");
    await look(page);
    await tapTo(page, "/safety/edit");
    for (const part of PARTS) {
        await page.locator(`[name="${part}"]`).fill(words(part));
    }
    await page.locator('[name="hours"][value="only"] + label').click();
    for (const day of [1, 2, 3, 4, 5]) {
        await page.locator(`[name="days1"][value="${day}"]`).check();
    }
    await page.locator('[name="from1"]').fill("09:00");
    await page.locator('[name="to1"]').fill("14:00");
    await look(page);
    await Promise.all([page.waitForEvent("load"), page.locator("main form button.usa-button").click()]);
    await look(page);
}

/** How many sheets of Letter the page is. */
async function sheets(page) {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
}

async function whole(journey, language, size, scripts) {
    const page = await journey.signedIn(journey.mails("family")[0], { language, size, scripts });
    await page.goto(`/?lang=${language}`);
    const look = scripts ? check : async () => {}; // axe is a script
    await writes(page, (part) => `Here ${part}.`, look);
    await says(page, "Here safe.", "Here not-call.", language === "es" ? "De lunes" : "Monday to Friday");
    expect(await page.locator('main a[href="tel:988"]').isVisible(), "no crisis line is on the card");
    const full = "We are here, we breathe, and it will pass. ".repeat(9).slice(0, WORDS_MOST);
    await writes(page, () => full, look);
    const count = await sheets(page);
    expect(count === 1, `a full card prints on ${count} sheets`);
    await page.goto("/safety/earlier");
    await says(page, "Here safe.");
    await look(page);
}

export const journeys = {
    "a safety card in English on a phone without scripts": (journey) => whole(journey, "en", PHONE, false),
    "a safety card in Spanish on a desk": (journey) => whole(journey, "es", DESK, true),
};
