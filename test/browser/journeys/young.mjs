// SPDX-License-Identifier: Apache-2.0
// A young person asks for themselves on a phone, in both languages, with and without scripts: reads first,
// chooses a word, keeps what they write, and comes back through the door that the word opens.
import { PHONE, check, expect, says } from "../harness.mjs";

const WORD = "blue wren 77";
const NEED = "I hate mornings and nobody knows.";

async function press(page, selector) {
    await Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);
}

/** From the start of the form to the receipt; `look` is asked of every page on the way. */
async function asks(page, mail, look) {
    await press(page, 'main a[href^="/young/"]');
    await look(page);
    await page.locator('[name="word"]').fill("wren");
    await press(page, "main form button.usa-button--big");
    const isWrong = await page.locator('[name="word"]').getAttribute("aria-invalid");
    expect(isWrong === "true", "a short word is taken");
    await look(page);
    await page.locator('[name="word"]').fill(WORD);
    await page.locator('[name="month"]').fill("4");
    // Old enough to sign alone.
    await page.locator('[name="year"]').fill(String(new Date().getFullYear() - 20));
    await press(page, "main form button.usa-button--big");
    await look(page);
    await press(page, "main .usa-button--big");
    await page.locator('[name="need"]').fill(NEED);
    await page.locator('[name="kept"] + label').click();
    await look(page);
    for (let step = 0; step < 4; step++) {
        await press(page, 'main button[name="go"][value="on"]');
    }
    await page.locator('[name="called"]').fill("Kai");
    await page.locator('[name="reach"]').fill(mail);
    await press(page, 'main button[name="go"][value="on"]');
    await says(page, NEED);
    await look(page);
    await press(page, "main form button.usa-button--big");
    await look(page);
}

/** The door names nobody; a wrong word stays outside, the right one opens. */
async function comesBack(page, look) {
    expect(page.url().endsWith("/own/door"), `the mailbox alone leads to ${page.url()}`);
    const text = await page.locator("main").innerText();
    expect(!text.includes("Kai") && !text.includes(NEED), "the door tells what is behind it");
    await look(page);
    await page.locator('[name="word"]').fill("something else");
    await press(page, "main form button.usa-button--big");
    await look(page);
    await page.locator('[name="word"]').fill(WORD);
    await press(page, "main form button.usa-button--big");
    await says(page, "Kai");
    await look(page);
}

/** The own space: what is kept can be let go and kept again; the switches are where they are looked for. */
async function livesThere(page, look) {
    await press(page, 'main .links a[href^="/request/"]:not([href$="/progress"])');
    await says(page, NEED);
    await look(page);
    await press(page, 'main form[action$="/keep"] button[value="no"]');
    await press(page, 'main form[action$="/keep"] button[value="yes"]');
    await says(page, NEED);
    for (const address of ["/own", "/safety/edit", "/sharing"]) {
        await page.goto(address);
        await look(page);
    }
}

async function whole(journey, language, scripts) {
    const mail = `kai-${language}@example.org`;
    const look = scripts ? check : async () => {}; // axe is a script
    const page = await journey.visitor({ language, size: PHONE, scripts });
    await page.goto(`/ask/river/start?lang=${language}`);
    await asks(page, mail, look);
    const back = await journey.signedIn(mail, { language, size: PHONE, scripts });
    await comesBack(back, look);
    await livesThere(back, look);
}

export const journeys = {
    "a young person's own space in English on a phone without scripts": (journey) =>
        whole(journey, "en", false),
    "a young person's own space in Spanish on a phone": (journey) => whole(journey, "es", true),
};
