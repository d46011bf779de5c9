// SPDX-License-Identifier: Apache-2.0
// A supporter logs a contact on a phone: held to thirty seconds, six taps, no typing, a small page, and one
// thumb. A try that reached nobody is one tap on the page of the log.
import { PHONE, check, expect, mailOfTwoWalks } from "../harness.mjs";

const TAPS_MOST = 6;
const SECONDS_MOST = 30;
const PAGE_MOST = 20 * 1024;

/** Taps as a thumb does: what is tapped must be there, and nothing may cover it. */
class Thumb {
    constructor(page) {
        this.page = page;
        this.taps = 0;
        this.began = performance.now();
    }

    async tap(selector) {
        await this.page.locator(selector).first().click();
        this.taps++;
    }

    async goTo(selector, address) {
        await this.tap(selector);
        await this.page.waitForURL(address);
    }

    done(what) {
        const seconds = (performance.now() - this.began) / 1000;
        console.log(`# ${what}: ${this.taps} taps, ${seconds.toFixed(1)} s with a tap taking no time`);
        expect(this.taps <= TAPS_MOST, `${what} takes ${this.taps} taps`);
        // A person needs about a second for each tap, more than a script that waits for nothing but pages.
        expect(seconds + this.taps < SECONDS_MOST, `${what} takes ${seconds} s besides ${this.taps} taps`);
    }
}

async function pageBytes(page, address) {
    const answer = await page.request.get(address);
    return (await answer.body()).length;
}

async function log(journey, scripts) {
    const page = await journey.signedIn(journey.mails("supporter")[0], { size: PHONE, scripts });
    await page.goto("/me");
    expect((await pageBytes(page, "/me")) <= PAGE_MOST, "the own page is too big");
    const thumb = new Thumb(page);
    await thumb.goTo('a[href$="/contact"]', "**/contact");
    if (scripts) {
        await check(page);
    }
    const bytes = await pageBytes(page, page.url());
    expect(bytes <= PAGE_MOST, "the log is too big");
    const save = await page.locator("button[value=talked]").boundingBox();
    const isNear = save.y > PHONE.height / 2 && save.y + save.height <= PHONE.height;
    expect(isNear, "saving is further away than a thumb");
    await thumb.tap("[name=kind][value=visit]");
    await thumb.tap("[name=minutes][value=\"30\"]");
    await thumb.tap("[name=support][value=emotional]");
    await thumb.goTo("button[value=talked]", "**/match/*");
    thumb.done("a contact");
    const shown = await page.locator("main").innerText();
    expect(shown.includes("Visit, 30 minutes") && shown.includes("Listening"), "it is not there afterwards");
}

/** Two families on one outing: written in both walks, an hour once, and the hours one wants to give. */
async function together(journey) {
    const page = await journey.signedIn(mailOfTwoWalks(journey), { size: PHONE });
    await page.goto("/me");
    await page.locator('a[href$="/contact"]').first().click();
    await page.waitForURL("**/contact");
    await page.locator("details.more summary").click();
    const other = page.locator("[name=others]").first();
    const match = await other.getAttribute("value");
    await page.locator(`label[for="${await other.getAttribute("id")}"]`).click();
    await check(page);
    await page.locator("[name=kind][value=visit]").click();
    await page.locator("[name=minutes][value=\"45\"]").click();
    await page.locator("button[value=talked]").click();
    await page.waitForURL("**/match/*");
    for (const address of [page.url(), `/match/${match}`]) {
        await page.goto(address);
        const first = await page.locator(".timeline__item").first().innerText();
        const says = first.includes("Visit, 45 minutes") && first.includes("Together with others");
        expect(says, `not in ${address}`);
    }
    await page.goto("/hours");
    const now = { month: "short", year: "numeric", timeZone: "America/New_York" };
    const month = await page.locator("tbody th").first().innerText();
    expect(month === new Date().toLocaleString("en-US", now), `${month} is not this month`);
    await page.locator("[name=hours]").fill("1");
    await page.locator("form[action='/hours'] button").click();
    await page.waitForURL("**/hours");
    const shown = await page.locator("main").innerText();
    expect(shown.includes("You want to give 1 hour."), "the wish does not stand there");
    await check(page);
}

/** What was done, ticked in the folded part: it stands beside the kind of support. */
async function whatWasDone(journey) {
    const page = await journey.signedIn(journey.mails("supporter")[0], { size: PHONE });
    await page.goto("/me");
    await page.locator('a[href$="/contact"]').first().click();
    await page.waitForURL("**/contact");
    await page.locator("details.more summary").click();
    await page.locator("label").filter({ hasText: "Went to a meeting together" }).click();
    await check(page);
    await page.locator("[name=kind][value=visit]").click();
    await page.locator("[name=minutes][value=\"45\"]").click();
    await page.locator("button[value=talked]").click();
    await page.waitForURL("**/match/*");
    const first = await page.locator(".timeline__item").first().innerText();
    expect(first.includes("Went to a meeting together"), `what was done is not in: ${first}`);
}

async function nobodyReached(journey) {
    const page = await journey.signedIn(journey.mails("supporter")[0], { size: PHONE });
    await page.goto("/me");
    const thumb = new Thumb(page);
    await thumb.goTo('a[href$="/contact"]', "**/contact");
    await thumb.goTo("button[value=no-answer]", "**/match/*");
    expect(thumb.taps === 2, `a try takes ${thumb.taps} taps`);
    expect((await page.locator("main").innerText()).includes("No answer"), "the try is not there afterwards");
}

export const journeys = {
    "a contact in six taps": (journey) => log(journey, true),
    "a contact in six taps without scripts": (journey) => log(journey, false),
    "what was done, in words of the program": whatWasDone,
    "several people in one contact": together,
    "nobody reached is one tap on the log": nobodyReached,
};
