// SPDX-License-Identifier: Apache-2.0
// A young person of fourteen asks, a parent signs by the link, and only then a coordinator reads it: with the
// keyboard alone, in both languages, on a phone and on a desk.
import { DESK, PHONE, check, expect, says, tabTo } from "../harness.mjs";

const WORD = "green otter 5";
const NEED = "I would like to text with somebody.";
const SAYS = {
    en: {
        both: "You and a parent or guardian both sign",
        now: "Now a parent or guardian signs",
        waits: "Waits for a parent or guardian to sign",
        until: "It can be used until",
        signed: "You signed",
        answer: "will answer you by",
        over: "This link was used already",
    },
    es: {
        both: "Firmas tú y también",
        now: "Ahora firma",
        waits: "Espera la firma",
        until: "Se puede usar hasta",
        signed: "Usted firmó",
        answer: "le responderá a más tardar",
        over: "Este enlace ya se usó",
    },
};

async function silent(page, ...words) {
    const text = await page.locator("body").innerText();
    for (const hidden of words) {
        expect(!text.includes(hidden), `${page.url()} says "${hidden}"`);
    }
}

/** Tab to it, and Enter. */
async function press(page, selector) {
    await tabTo(page, selector);
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

async function type(page, name, words) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(words);
}

/** From what is read first to the receipt; { link, receipt }. */
async function asks(page, says_, name) {
    await page.goto("/young/river");
    await check(page);
    await type(page, "month", "1");
    await type(page, "year", String(new Date().getFullYear() - 14));
    await type(page, "word", WORD);
    await press(page, "main form .usa-button--big");
    await says(page, says_.both);
    await check(page);
    await press(page, "main a.usa-button--big");
    await type(page, "need", NEED);
    for (let step = 0; step < 4; step++) {
        await press(page, 'main button[name="go"][value="on"]');
    }
    await type(page, "called", name);
    await type(page, "reach", `${name.toLowerCase()}@example.org`);
    await press(page, 'main button[name="go"][value="on"]');
    await check(page);
    await press(page, "main form .usa-button--big");
    await says(page, says_.now);
    await check(page);
    const text = await page.locator("main").innerText();
    const receipt = text.match(/\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b/)[0];
    return { link: await page.locator(".code--small").innerText(), receipt };
}

/** Where it stands, by the receipt. */
async function looks(page, receipt, name) {
    await page.goto("/status");
    await type(page, "code", receipt);
    await type(page, "reach", `${name.toLowerCase()}@example.org`);
    await press(page, "main form .usa-button");
    await check(page);
}

async function signs(page, link, says_, name) {
    await page.goto(new URL(link).pathname);
    await silent(page, name, NEED);
    await check(page);
    await press(page, 'button[value="open"]');
    await says(page, name);
    await silent(page, NEED);
    await check(page);
    await type(page, "called", "Ana");
    await type(page, "reach", `ana-of-${name.toLowerCase()}@example.org`);
    await tabTo(page, '[name="parent"]');
    await page.keyboard.press("Space");
    await press(page, 'button[value="sign"]');
    await says(page, says_.signed);
    await check(page);
    await page.goto(new URL(link).pathname);
    await says(page, says_.over);
}

async function whole(journey, language, size, name) {
    const said = SAYS[language];
    const page = await journey.visitor({ language, size });
    await page.goto(`/?lang=${language}`);
    const { link, receipt } = await asks(page, said, name);
    await looks(page, receipt, name);
    await says(page, said.waits, said.until);
    const kai = await journey.signedIn(`${name.toLowerCase()}@example.org`, { language, size });
    await type(kai, "word", WORD);
    await press(kai, "main form .usa-button--big");
    await check(kai);
    const own = kai.locator('main a[href^="/request/"]:not([href$="/progress"])');
    const request = await own.first().getAttribute("href");
    await kai.goto("/signature");
    await check(kai);
    const coordinator = await journey.signedIn(journey.mails("coordinator")[0], { language, size });
    const before = await coordinator.goto(`${request}/work`);
    expect(before.status() === 404, `a coordinator reads it before a parent has signed: ${before.status()}`);
    const parent = await journey.visitor({ language, size });
    await parent.goto(`/?lang=${language}`);
    await signs(parent, link, said, name);
    await looks(page, receipt, name);
    await says(page, said.answer);
    await coordinator.goto(`${request}/work`);
    await says(coordinator, name, NEED);
    await check(coordinator);
    await kai.goto("/signature");
    await says(kai, "Ana");
    await check(kai);
}

export const journeys = {
    "a second signature in English on a phone, by keyboard": (journey) =>
        whole(journey, "en", PHONE, "Kekoa"),
    "a second signature in Spanish on a desk, by keyboard": (journey) =>
        whole(journey, "es", DESK, "Leilani"),
};
