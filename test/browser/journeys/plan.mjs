// SPDX-License-Identifier: Apache-2.0
// A coordinator plans for all who wait, by keyboard alone, with scripts and without: makes a plan, changes
// one proposal by hand, sends one family its invitation to choose; looks whom to recruit and how fair it is;
// then drafts other rules, tries them, and throws them away again.
import { PHONE, check as checkScripted, expect, inEveryWay, tabTo } from "../harness.mjs";

const TRIAL_MS = 60_000; // a trial plays two and a half years, on a machine that may be busy
const WORDS = {
    en: {
        made: "Nothing has been sent.", changed: "planned again around it", none: "Mark at least one family.",
        sent: "Sent", points: "a whole number of points", tried: "Tried. This is what was found.",
        gone: "The draft is gone.",
    },
    es: {
        made: "No se ha enviado nada.", changed: "se planearon de nuevo",
        none: "Marque por lo menos una familia.", sent: "Enviada",
        points: "un n\u00famero entero de puntos",
        tried: "Probado. Esto es lo que se encontr\u00f3.", gone: "El borrador ya no est\u00e1.",
    },
};

/** Where scripts are off, the checker cannot run either; the same pages are checked with scripts. */
const look = (page, options) => (options.scripts ? checkScripted(page) : undefined);

/** Presses what the selector finds, by Tab and Enter, and waits for the next page. */
async function press(page, selector, most = {}) {
    await tabTo(page, selector, 300);
    await Promise.all([page.waitForEvent("load", most), page.keyboard.press("Enter")]);
}

/** Follows the link to an address that ends so, by keyboard. */
const follow = (page, end) => press(page, `main a[href$="${end}"]`);
const button = (end, rest = "") => `main form[action$="${end}"] button${rest}`;

async function says(page, words) {
    const text = await page.locator("main").innerText();
    const told = text + (await page.locator('[role="status"], [role="alert"]').allInnerTexts()).join("\n");
    expect(told.includes(words), `${page.url()} does not say "${words}":\n${told.slice(0, 800)}`);
}

async function makes(page, options) {
    await follow(page, "/plan");
    await look(page, options);
    await press(page, button("/plan"));
    await says(page, WORDS[options.language].made);
    await look(page, options);
    return new URL(page.url()).pathname;
}

/** The proposals of a plan that are not sent yet: the address of each family's page. */
const open = (page, plan) => page.locator(`main tr:has([name="request"]) a[href^="${plan}/"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));

/** Gives the last family that may have more than one person another one, or leaves it with nobody. */
async function changes(page, options, plan) {
    const path = (await open(page, plan)).at(-1);
    await press(page, `main a[href="${path}"]`);
    await look(page, options);
    // Saving without a choice is refused, and says so.
    await press(page, button(path));
    const errors = await page.locator("[data-error-summary]").count();
    expect(errors === 1, "a choice of nobody at all has no error summary");
    await look(page, options);
    await tabTo(page, 'main [name="offer"]', 300);
    await page.keyboard.press("ArrowDown");
    const id = await page.evaluate(() => document.activeElement.value);
    const label = await page.evaluate(() => document.activeElement.labels[0].firstChild.data.trim());
    await press(page, button(path));
    await says(page, WORDS[options.language].changed);
    const row = page.locator("main tbody tr", { has: page.locator(`a[href="${path}"]`) });
    if (id !== "none") {
        const text = await row.innerText();
        expect(text.includes(label), `${path} does not propose ${label}, who was chosen by hand`);
    } else {
        expect((await row.count()) === 0, `${path} still has a person, though nobody was chosen by hand`);
    }
    await look(page, options);
}

/** Sends the first family of the plan its invitation; only that one is sent. */
async function sends(page, options, plan) {
    const words = WORDS[options.language];
    const before = await open(page, plan);
    await press(page, button("/send", ":not([name])"));
    await says(page, words.none);
    await look(page, options);
    await tabTo(page, 'main [name="request"]', 300);
    await page.keyboard.press("Space");
    const shown = () => document.activeElement.labels[0].querySelector("[aria-hidden]").innerText;
    const name = await page.evaluate(shown);
    await press(page, button("/send", ":not([name])"));
    await says(page, words.sent);
    const row = page.locator("main tbody tr", { hasText: name }).first();
    expect((await row.locator(".status--good").innerText()) === words.sent, `${name} is not shown as sent`);
    expect((await page.locator("main tbody .status--good").count()) === 1, "more than one family was sent");
    expect((await open(page, plan)).length < before.length, "what was sent can be sent again");
    await look(page, options);
}

/** Drafts other rules, tries them, and throws them away: a coordinator alone signs nothing. */
async function drafts(page, options) {
    const words = WORDS[options.language];
    await follow(page, "/policy");
    await look(page, options);
    await press(page, button("/policy"));
    await look(page, options);
    for (const points of ["many", "70"]) {
        await tabTo(page, 'main [name="first-experience"]', 300);
        await page.keyboard.press("ControlOrMeta+A");
        await page.keyboard.type(points);
        await press(page, button("/edit"));
        if (points === "many") {
            await says(page, words.points);
            await look(page, options);
        }
    }
    await says(page, "70");
    await look(page, options);
    await press(page, button("/try"), { timeout: TRIAL_MS });
    await says(page, words.tried);
    const signing = await page.locator(button("/adopt")).count();
    expect(signing === 0, "a coordinator who leads nothing could sign");
    await look(page, options);
    await press(page, button("/drop"));
    await says(page, words.gone);
}

/** Paper has no summary to press: what the page folds is on it. */
async function prints(page) {
    const folded = page.locator("main details table").first();
    expect(!(await folded.isVisible()), "nothing is folded on the page about fairness");
    await page.emulateMedia({ media: "print" });
    expect(await folded.isVisible(), "what is folded on the page about fairness is not on paper");
    await page.emulateMedia({ media: null });
}

async function wholeWay(journey, options) {
    const page = await journey.signedIn(journey.mails("coordinator")[0], options);
    await page.goto(`/?lang=${options.language}`); // the coordinator's own language may be another one
    await page.goto("/me");
    const board = await page.locator('main a[href^="/board/"]').first().getAttribute("href");
    await press(page, `main a[href="${board}"]`);
    const plan = await makes(page, options);
    await changes(page, options, plan);
    await sends(page, options, plan);
    for (const end of ["/recruit", "/fairness"]) {
        await page.goto(board);
        await follow(page, end);
        await look(page, options);
        expect((await page.locator("main table").count()) > 0, `${end} shows no numbers`);
    }
    await prints(page);
    await page.goto(board);
    await follow(page, "/settings");
    await drafts(page, options);
}

export const journeys = inEveryWay("a coordinator plans for all who wait", wholeWay);
