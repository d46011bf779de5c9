// SPDX-License-Identifier: Apache-2.0
// A family gets ready for a meeting: a sheet with what it wants, printed for the table, and how it went; in
// both languages, on a phone and a desk, with scripts and without.
import { check, expect, inEveryWay, says } from "../harness.mjs";

const press = (page, button) =>
    Promise.all([page.waitForEvent("load"), page.locator(button).first().click()]);
const SAVE = "main form.form .actions button";

/** Nothing on paper can be pressed, and it is no more than so many letter pages. */
async function printed(page, most) {
    await page.emulateMedia({ media: "print" });
    const count = await page.locator("main button:visible, main .actions:visible, nav:visible").count();
    expect(count === 0, "on paper is what cannot be pressed");
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = paper.match(/\/Type\s*\/Page[^s]/g).length;
    expect(pages <= most, `${pages} pages of paper, wanted at most ${most}`);
    await page.emulateMedia({ media: "screen" });
}

/** What it wants and asks, and who speaks. */
async function writes(page, word, look) {
    await press(page, 'main a[href="/sheets/new"]');
    await press(page, SAVE);
    await look(page);
    await page.locator('main [name="want"]').fill(`He stays in his class. ${word}`);
    await page.locator('main [name="kind"][value="school"]').check({ force: true });
    await press(page, SAVE);
    await says(page, `He stays in his class. ${word}`);
    await look(page);
    await printed(page, 1);
    await press(page, 'main a[href$="/before"]');
    for (const more of await page.locator("main details summary").all()) {
        await more.click();
    }
    await says(page, "34 CFR 300.321(a)(6)");
    await look(page);
    const questions = Array(12).fill("Who helps him in the first hour?").join("\n");
    await page.locator('main [name="questions"]').fill(questions);
    for (const who of ["me", "supporter", "family", "other"]) {
        await page.locator(`main [name="speak_${who}"]`).fill("How mornings are at home, and what helps");
    }
    await page.locator('main [name="bring"]').fill("The plan\nMy list of good days");
    await press(page, SAVE);
    await look(page);
}

/** How it went, and what came of a step. */
async function looksBack(page, look) {
    await press(page, 'main a[href$="/after"]');
    await look(page);
    await page.locator('main [name="decided"]').fill("Somebody sits with him from Monday on.");
    await page.locator('main [name="say"][value="partly"]').check({ force: true });
    await press(page, SAVE);
    await press(page, 'main a[href$="/step"]');
    await page.locator('main [name="words"]').fill("They send the plan.");
    await look(page);
    await press(page, SAVE);
    await press(page, 'main a[href*="/step/"]');
    await page.locator('main [name="came"]').fill("It came.");
    await look(page);
    await press(page, SAVE);
    await says(page, "It came.");
    await look(page);
    await printed(page, 2);
}

/** What is in the way, and what was tried. */
async function tries(page, word, look) {
    await page.goto("/me");
    await press(page, 'main a[href="/barriers"]');
    await press(page, 'main a[href="/barriers/new"]');
    await press(page, SAVE);
    await look(page);
    await page.locator('main [name="words"]').fill(`The bus leaves early. ${word}`);
    await press(page, SAVE);
    await page.locator('main [name="words"]').fill("I asked for a later bus.");
    await press(page, SAVE);
    await look(page);
    await press(page, 'main a[href*="/try/"]');
    await look(page);
    await page.goto("/barriers");
    await says(page, "I asked for a later bus.");
    await look(page);
}

/** Something to get better at: a small step, and how it went. */
async function practices(page, word, look) {
    await page.goto("/goals");
    await press(page, 'main a[href="/goals/practice"]');
    await look(page);
    await press(page, 'main a[href$="practice=3"]');
    await page.locator('main [name="words"]').fill(`I speak up. ${word}`);
    await press(page, SAVE);
    await look(page);
    await press(page, 'main a[href$="/step"]');
    await look(page);
    await press(page, 'main a[href$="?practice=3&step=1"]');
    await press(page, SAVE);
    await press(page, 'main a[href$="/tried"]');
    await press(page, SAVE);
    await look(page);
    await page.locator('main [name="words"]').fill("She answered.");
    await page.locator('main [name="helped"]').fill("The paper in my hand");
    await press(page, SAVE);
    await page.locator("main details.more > summary").first().click();
    await says(page, "She answered.");
    await look(page);
    await press(page, 'main a[href*="/tried/"]');
    await look(page);
    await page.goto("/goals");
    await look(page);
}

/** A letter is kept, and comes back as a file. */
async function keeps(page, word, look) {
    await page.goto("/documents");
    await press(page, SAVE);
    await look(page);
    const letter = { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from(`A letter. ${word}`) };
    await page.locator('main [name="file"]').setInputFiles(letter);
    await page.locator('main [name="called"]').fill(`Letter ${word}`);
    await press(page, SAVE);
    await says(page, `Letter ${word}`);
    await look(page);
    const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator('main a[href^="/document/"]').first().click(),
    ]);
    expect(file.suggestedFilename().endsWith(".txt"), "it comes back as what it is");
    await page.goto("/sheets");
    await press(page, 'main a[href^="/sheet/"]');
    await page.locator("main details.more > summary").first().click();
    await look(page);
    await press(page, 'main form[action$="/bring"] button');
    await says(page, `Letter ${word}`);
}

export const journeys = inEveryWay("a family gets ready for a meeting", async (journey, options, word) => {
    const look = (page) => (options.scripts ? check(page) : undefined);
    const page = await journey.signedIn(journey.mails("family").at(-1), options);
    await page.goto(`/me?lang=${options.language}`);
    await press(page, 'main a[href="/sheets"]');
    await look(page);
    await writes(page, word, look);
    await looksBack(page, look);
    await tries(page, word, look);
    await practices(page, word, look);
    await keeps(page, word, look);
});
