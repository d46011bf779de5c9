// SPDX-License-Identifier: Apache-2.0
// A family says item by item what it shares: when it asks, later on its own page with the keyboard, down to
// stopping, starting again and going on past the end: in both languages, on a phone and a desk, with scripts
// and without.
import { execFileSync } from "node:child_process";
import { check, expect, inEveryWay, says, tabTo } from "../harness.mjs";

const press = (page, button) =>
    Promise.all([page.waitForEvent("load"), page.locator(button).first().click()]);
const send = (page, go) => press(page, `main button[value="${go}"]`);

const SAID = {
    en: {
        left: "You leave out:",
        notes: "What was written down about my request",
        replaced: "Replaced by a newer one",
        stopped: "You stopped it",
        started: "You share it from now on",
        opened: "said yes to sharing",
        ends: "This ends soon",
        changed: "It holds from now on",
        kept: "does not share with you what was written down",
        who: "Write who gets it.",
        signed: "Signed. The page to print is there",
        onScreen: "You can print this page",
    },
    es: {
        left: "Usted deja fuera:",
        notes: "Lo que se anotó sobre mi pedido",
        replaced: "Reemplazado por uno más nuevo",
        stopped: "Lo paró",
        started: "Lo comparte desde ahora",
        opened: "dijo que sí a compartir",
        ends: "Esto termina pronto",
        changed: "Vale desde ahora",
        kept: "no comparte con usted lo que se anotó",
        who: "Escriba quién la recibe.",
        signed: "Firmado. La página para imprimir",
        onScreen: "Puede imprimir esta página",
    },
};

/** Asks, and leaves out when the two talk. */
async function asks(page, mail, look) {
    await page.goto("/ask/river/need");
    await page.locator('main [name="need"]').fill("Nights are long.");
    for (const go of ["on", "on", "on", "on"]) {
        await send(page, go);
    }
    await page.locator('main [name="called"]').fill("Rosa");
    await page.locator('main [name="reach"]').fill(mail);
    await send(page, "on");
    await page.locator("main form details summary").click();
    await look(page);
    await page.locator('main [name="share"][value="contacts"] + label').click();
    await press(page, 'main form[action$="/check"] .actions button');
}

/** Narrows with the keyboard alone; the receipt says what is left. */
async function narrows(page, said, look) {
    await page.goto("/sharing");
    await says(page, said.left);
    await look(page);
    await press(page, 'main a[href$="/items"]');
    await look(page);
    await tabTo(page, 'main [name="share"][value="notes"]');
    await page.keyboard.press("Space");
    await tabTo(page, "main form .actions button");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    await says(page, said.changed);
    await look(page);
    await page.goto("/sharing");
    await says(page, said.notes);
    await page.locator("main details.more > summary").last().click();
    await says(page, said.replaced);
}

/** What is left out is not on the coordinator's page. */
async function isKept(journey, options, path, said, look) {
    const work = await journey.signedIn(journey.mails("coordinator")[0], options);
    await work.goto(`/?lang=${options.language}`);
    await work.goto(`${path}/work`);
    await says(work, said.kept);
    await look(work);
}

/** Two years but ten days later: the page says that it ends, and one tap goes on. */
async function goesOn(journey, page, said, look) {
    const change = `
import sqlite3, sys
soon = "(CAST(strftime('%s', 'now') AS INTEGER) + 864000) * 1000000"
newest = "(SELECT id FROM consent ORDER BY given_at DESC LIMIT 1)"
with sqlite3.connect(sys.argv[1] + "/beenthere.db", timeout=20) as base:
    base.execute(f"UPDATE sharing SET until_at = {soon} WHERE consent = {newest}")
    base.execute(f"UPDATE consent SET until_at = {soon} WHERE id = {newest}")`;
    execFileSync("/usr/bin/python3", ["-c", change, journey.program.data]);
    await page.goto("/sharing");
    await says(page, said.ends);
    await look(page);
    await press(page, 'main form[action$="/start"] button');
    await says(page, said.started);
    await page.goto("/sharing");
    const text = await page.locator("main").innerText();
    expect(!text.includes(said.ends), "what goes on does not end soon");
}

/** A page for a school: asked, read, signed, and printed without what stands there for the screen alone. */
async function goesOnPaper(page, said, look) {
    await page.goto("/sharing");
    await press(page, 'main a[href$="/organization"]');
    await look(page);
    await press(page, "main form .actions button");
    await says(page, said.who);
    await look(page);
    await page.locator('main [name="organization"]').fill("Hill School");
    await page.locator('main [name="share"][value="words"] + label').click();
    await page.locator('main [name="purpose"][value="school"] + label').click();
    await press(page, "main form .actions button");
    await says(page, "Hill School");
    await look(page);
    await press(page, "main form .actions button");
    await says(page, said.signed);
    await look(page);
    await press(page, 'main a[href$="/paper"]');
    await says(page, "Nights are long.");
    await says(page, said.onScreen);
    await look(page);
    await page.emulateMedia({ media: "print" });
    const text = await page.locator("main").innerText();
    expect(text.includes("Nights are long."), "what was agreed to is printed");
    expect(!text.includes(said.onScreen), "what is for the screen is not printed");
    await page.emulateMedia({ media: "screen" });
}

async function wholeWay(journey, options, mail) {
    const said = SAID[options.language];
    const look = (page) => (options.scripts ? check(page) : undefined);
    const asking = await journey.visitor(options);
    await asking.goto(`/?lang=${options.language}`);
    await asks(asking, mail, look);
    const page = await journey.signedIn(mail, options);
    await page.goto("/me");
    const anchors = page.locator("main a");
    const links = await anchors.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    const path = links.find((link) => /^\/request\/[^/]+$/.test(link));
    await narrows(page, said, look);
    await isKept(journey, options, path, said, look);
    await page.goto("/sharing");
    await press(page, 'main form[action$="/stop"] button');
    await says(page, said.stopped);
    await look(page);
    await page.goto("/sharing");
    await look(page);
    await press(page, 'main form[action$="/start"] button');
    await says(page, said.started);
    await goesOn(journey, page, said, look);
    await page.goto("/me/openings");
    await says(page, said.opened);
    await look(page);
    await goesOnPaper(page, said, look);
}

export const journeys = inEveryWay("a family says what it shares", (journey, options, word) =>
    wholeWay(journey, options, `share.${word}@example.org`));
