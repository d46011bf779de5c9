// SPDX-License-Identifier: Apache-2.0
// A family says more about the person it hopes for, what matters most, and what must be so: in both
// languages, on a phone and a desk, with scripts and without; then it reads what it said, and why its request
// is urgent.
import { check, expect, inEveryWay, says } from "../harness.mjs";

const press = (page, button) => Promise.all([page.waitForEvent("load"), page.locator(button).click()]);
const send = (page, go) => press(page, `main button[value="${go}"]`);
const tick = (page, name, at = 0) => page.locator(`main [name="${name}"] + label`).nth(at).click();

async function asks(page, mail, look) {
    await page.goto("/ask/river/need");
    await page.locator('main [name="need"]').fill("Nights are long.");
    await send(page, "on");
    await send(page, "on");
    await tick(page, "experience", 0);
    await tick(page, "experience", 4);
    await look(page);
    await send(page, "more");
    for (const name of ["role", "only-role", "channel", "system", "gender", "only-gender"]) {
        await tick(page, name);
    }
    await page.locator("main details summary").click();
    await tick(page, "unlike", 1);
    await look(page);
    await send(page, "on");
    await send(page, "on");
    await page.locator('main [name="called"]').fill("Rosa");
    await page.locator('main [name="reach"]').fill(mail);
    await send(page, "on");
    await look(page);
    const first = page.locator('main [name="first"]');
    expect((await first.count()) === 3, "what matters most is asked of what was chosen, and of nothing else");
    await tick(page, "first", 1);
    await press(page, 'main form[action$="/check"] button');
}

async function reads(journey, mail, options, look) {
    const page = await journey.signedIn(mail, options);
    await page.goto("/me");
    const anchors = page.locator("main a");
    const links = await anchors.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    await page.goto(links.find((link) => /^\/request\/[^/]+$/.test(link)));
    await says(page, options.language === "es" ? "(esto más que nada)" : "(this most of all)");
    await says(page, options.language === "es" ? "Tiene que ser así." : "It must be so.");
    await look(page);
    return new URL(page.url()).pathname;
}

/** A coordinator says that it is urgent, and sees all lists when coding. */
async function works(journey, path, options, look) {
    const page = await journey.signedIn(journey.mails("coordinator")[0], options);
    await page.goto(`/?lang=${options.language}`); // the coordinator's own language may be another one
    await page.goto(`${path}/work`);
    await page.locator("main details summary").first().click();
    await look(page);
    await page.locator('main [name="reason"]').fill("A hearing is on Friday.");
    await press(page, 'main form[action$="/urgent"] button');
    await says(page, options.language === "es" ? "Urgente" : "Urgent");
    await look(page);
    await page.goto("/me");
    await page.goto(await page.locator('main a[href^="/board/"]').first().getAttribute("href"));
    await says(page, options.language === "es" ? "Urgente" : "Urgent");
    await page.goto(`${path}/code`);
    await page.locator("main details summary").click();
    await look(page);
}

/** It changes its mind: what it wished before stays readable, and the coordinator sees both. */
async function changes(journey, mail, path, options, look) {
    const page = await journey.signedIn(mail, options);
    await page.goto(path);
    await page.locator('main a[href$="/wishes"]').click();
    expect(await page.locator('main [name="only-gender"]').isChecked(), "what must be so is still said");
    const said = await page.locator('main [name="experience"]:checked').count();
    expect(said === 2, "both experiences are still said");
    await look(page);
    await tick(page, "experience", 4);
    await tick(page, "language", 1);
    await tick(page, "first", 0);
    await press(page, 'main form[action$="/wishes"] button');
    await says(page, options.language === "es" ? "Guardado" : "Saved");
    await page.locator("main details summary").first().click();
    await says(page, options.language === "es" ? "Hasta el" : "Until");
    await look(page);
    const work = await journey.signedIn(journey.mails("coordinator")[0], options);
    await work.goto(`/?lang=${options.language}`);
    await work.goto(`${path}/work`);
    const changed = { en: "The family changed what it wishes", es: "La familia cambió lo que desea" };
    await says(work, changed[options.language]);
    await look(work);
}

async function wholeWay(journey, options, mail) {
    const look = (page) => (options.scripts ? check(page) : undefined);
    await asks(await journey.visitor(options), mail, look);
    const path = await reads(journey, mail, options, look);
    await works(journey, path, options, look);
    const page = await journey.signedIn(mail, options);
    await page.goto(path);
    await says(page, "A hearing is on Friday.");
    await look(page);
    await changes(journey, mail, path, options, look);
}

const TITLE = "a family says more about the person it hopes for";

export const journeys = inEveryWay(TITLE, (journey, options, word) =>
    wholeWay(journey, options, `rosa.${word}@example.org`));
