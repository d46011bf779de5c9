// SPDX-License-Identifier: Apache-2.0
// The whole main job in a browser, by keyboard alone, with scripts and without: a family asks, a coordinator
// finds people, the family chooses, the supporter accepts, both agree, a contact is logged and answered, and
// progress is said.
import { PHONE, check as checkScripted, chosenMail, expect, says, tabTo, token, value } from "../harness.mjs";

/** Where scripts are off, the checker cannot run either; the same pages are checked with scripts. */
const plain = new WeakSet();
const check = (page) => (plain.has(page.context()) ? undefined : checkScripted(page));

function noting(page, scripts) {
    if (!scripts) {
        plain.add(page.context());
    }
    return page;
}

/** Presses what the selector finds, by Tab and Enter, and waits for the next page. */
async function press(page, selector) {
    await tabTo(page, selector, 200);
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

async function type(page, name, words) {
    await tabTo(page, `main [name="${name}"]`, 200);
    await page.keyboard.type(words);
}

async function tick(page, name) {
    await tabTo(page, `main [name="${name}"]`, 200);
    await page.keyboard.press("Space");
}

/** Follows a link, or opens what it leads to when the page in front is another one. */
async function open(page, path) {
    await page.goto(path);
    expect((await page.locator("h1").count()) === 1, `${path} has no heading of its own`);
}

const button = (action, rest = "") => `main form[action$="${action}"] button${rest}`;

async function asks(journey, options, mail) {
    const page = noting(await journey.visitor(options), options.scripts);
    await page.goto("/");
    await press(page, 'main a[href^="/ask"]');
    if (await page.locator('main a[href="/ask/river/start"]').count()) {
        await press(page, 'main a[href="/ask/river/start"]');
    }
    await press(page, 'main a[href$="/need"]');
    // An empty answer is refused; the summary stands on top and leads to the field.
    await press(page, button("/need", '[value="on"]'));
    expect((await page.locator("[data-error-summary]").count()) === 1, "an empty need has no error summary");
    await check(page);
    await type(page, "need", "Nights are long.");
    await press(page, button("/need", '[value="on"]'));
    await press(page, button("/about", '[value="on"]'));
    await tick(page, "any");
    await press(page, button("/hopes", '[value="on"]'));
    await press(page, button("/safe", '[value="on"]'));
    await type(page, "called", "Rosa");
    await type(page, "reach", mail);
    await press(page, button("/reach", '[value="on"]'));
    await says(page, "Nights are long.");
    await check(page);
    await press(page, button("/check"));
    const receipt = await page.locator("main").innerText();
    expect(/\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b/.test(receipt), "no receipt code");
    await check(page);
}

async function findsPeople(journey, options, request) {
    const mail = journey.mails("coordinator")[0];
    const page = noting(await journey.signedIn(mail, options), options.scripts);
    await open(page, `/request/${request}/work`);
    await says(page, "Nights are long.");
    await press(page, button("/take"));
    await tick(page, "kind");
    await type(page, "words", "We talked on Tuesday.");
    await press(page, button("/note"));
    await says(page, "We talked on Tuesday.");
    await press(page, `main a[href$="/shortlist"]`);
    await check(page);
    await press(page, button("/shortlist"));
}

async function chooses(page, request) {
    await open(page, "/me");
    await open(page, `/request/${request}/choose`);
    await check(page);
    await press(page, `main a[href^="/request/${request}/choose/"]`);
    await check(page);
    await press(page, `main form[action^="/request/${request}/choose/"] button`);
    await check(page);
}

async function accepts(journey, options, request) {
    const mail = chosenMail(journey, request);
    const waiting = value(journey, `SELECT id FROM invitation WHERE request = ${request} AND state = 1`);
    const invitation = token(waiting);
    const page = noting(await journey.signedIn(mail, options), options.scripts);
    await open(page, "/me");
    await press(page, `main a[href="/invitation/${invitation}"]`);
    await check(page);
    await press(page, button(`/invitation/${invitation}`, '[value="yes"]'));
    return page;
}

async function agrees(page, match) {
    await open(page, `/match/${match}`);
    await press(page, `main a[href="/match/${match}/agreement"]`);
    await check(page);
    await press(page, button("/agreement"));
}

async function logs(page, match) {
    await open(page, `/match/${match}`);
    await press(page, `main a[href="/match/${match}/contact"]`);
    await check(page);
    await tick(page, "kind");
    await tick(page, "minutes");
    await tick(page, "support");
    await press(page, button("/contact", '[value="talked"]'));
}

async function answersAndTells(page, match, request) {
    await open(page, `/match/${match}`);
    await press(page, 'main a[href^="/contact/"]');
    await check(page);
    await type(page, "words", "That helped.");
    await press(page, 'main form[action^="/contact/"] button');
    await says(page, "That helped.");
    for (const times of [1, 2]) {
        await open(page, `/request/${request}/progress`);
        await check(page);
        await tabTo(page, 'main [name="value"]', 200);
        await page.keyboard.press("Space");
        for (let at = 0; at < 3 * times; at++) {
            await page.keyboard.press("ArrowRight");
        }
        await press(page, button("/progress"));
    }
    await open(page, `/match/${match}`);
    await check(page);
}

/** Both wish to notice what flows each way: then it is a tap beside each contact. */
async function notices(family, supporter, match) {
    for (const page of [family, supporter]) {
        await open(page, `/match/${match}/flow`);
        await check(page);
        await press(page, 'main button[name="wish"]');
    }
    expect(await supporter.locator('main button[value="no"]').count() === 1, "both wish it");
    await open(family, `/match/${match}`);
    await tabTo(family, "main .timeline__item details summary", 200);
    await family.keyboard.press("Enter");
    await check(family);
    await press(family, 'main button[name="flow"][value="both"]');
    expect(await family.locator('main button[value="unsaid"]').count() === 1, "it is said");
    await open(supporter, `/match/${match}`);
    const first = await supporter.locator(".timeline__item").first().innerText();
    expect(/Rosa: (Both|Ambas cosas)\./.test(first), `the other does not read it: ${first}`);
}

async function mainJob(journey, scripts, mail) {
    const options = { language: "en", size: PHONE, scripts };
    await asks(journey, options, mail);
    const request = value(journey, "SELECT id FROM request ORDER BY created_at DESC, id LIMIT 1");
    await findsPeople(journey, options, token(request));
    const family = noting(await journey.signedIn(mail, options), options.scripts);
    await chooses(family, token(request));
    const supporter = await accepts(journey, options, request);
    const match = token(value(journey, `SELECT id FROM match WHERE request = ${request}`));
    await agrees(supporter, match);
    await agrees(family, match);
    await logs(supporter, match);
    await answersAndTells(family, match, token(request));
    await open(supporter, `/match/${match}`);
    await says(supporter, "That helped.");
    await notices(family, supporter, match);
    await open(family, `/match/${match}`);
    await tabTo(family, "main section:has(#change) details:has(form) summary", 200);
    await family.keyboard.press("Enter");
    await press(family, button("/pause"));
    await check(family);
}

export const journeys = {
    "the whole main job by keyboard alone": (journey) => mainJob(journey, true, "rosa.keys@example.org"),
    "the whole main job by keyboard, without scripts": (journey) =>
        mainJob(journey, false, "rosa.plain@example.org"),
};
