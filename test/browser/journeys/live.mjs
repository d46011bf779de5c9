// SPDX-License-Identifier: Apache-2.0
// What one of two people does shows on the other one's open page, and nothing moves under their hands.
import { DESK, PHONE, check, expect } from "../harness.mjs";

const NEWS = { en: "Something is new on this page.", es: "Hay algo nuevo en esta página." };
const WORDS = "I bring the papers, and <b>a cake</b>.";

async function promise(page, walk, words) {
    await page.goto(`${walk}/promise`);
    await page.locator('main [name="words"]').fill(words);
    const button = page.locator('form[action$="/promise"] button').first();
    await Promise.all([page.waitForEvent("load"), button.click()]);
}

async function walkOf(page) {
    await page.goto("/me");
    return page.locator('main a[href^="/match/"]').evaluateAll((links) =>
        links.map((link) => link.getAttribute("href")).find((href) => /^\/match\/[^/]*$/.test(href)));
}

async function lineSays(page, words) {
    await page.locator("[data-live-line]", { hasText: words }).waitFor();
}

/** The two who share a walk: the first family of the demo whose supporter is one of its people. */
async function twoOf(journey, options) {
    for (const mail of journey.mails("family")) {
        const family = await journey.signedIn(mail, options);
        const walk = await walkOf(family);
        for (const other of walk ? journey.mails("supporter") : []) {
            const supporter = await journey.signedIn(other, { size: DESK });
            if ((await supporter.goto(walk)).status() === 200) {
                return { family, supporter, walk };
            }
        }
    }
    throw new Error("nobody in the demo walks with a supporter that one can sign in as");
}

async function seesAtOnce(journey) {
    const { family, supporter, walk } = await twoOf(journey, { size: PHONE });
    const stream = family.waitForResponse((answer) => answer.url().includes("/live"));
    await Promise.all([stream, family.goto(walk)]);
    await family.evaluate(() => window.scrollTo(0, 300));
    await promise(supporter, walk, WORDS);
    await lineSays(family, NEWS[await family.evaluate(() => document.documentElement.lang)]);
    expect((await family.locator("main").innerText()).includes(WORDS), "the promise stands there, as words");
    expect(await family.evaluate(() => window.scrollY) > 200, "the page has not moved");
    await check(family);
    // Whoever has the focus in a region is not disturbed; a link shows the rest.
    await family.locator('[data-live] a[href$="/promise"]').focus();
    await promise(supporter, walk, "Second words.");
    await family.locator("[data-live-line] a").waitFor();
    const text = await family.locator("main").innerText();
    expect(!text.includes("Second words."), "nothing moves under the focus");
    await Promise.all([family.waitForEvent("load"), family.locator("[data-live-line] a").click()]);
    expect((await family.locator("main").innerText()).includes("Second words."), "the link shows it");
}

export const journeys = {
    "what one does shows on the other's page": seesAtOnce,
};
