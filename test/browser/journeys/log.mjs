// SPDX-License-Identifier: Apache-2.0
// A supporter logs a contact on a phone: held to thirty seconds, six taps, no typing, a small page, and one
// thumb. A try that reached nobody is one tap on the page of the log.
import { PHONE, check, expect } from "../harness.mjs";

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
    expect((await pageBytes(page, page.url())) <= PAGE_MOST, "the log is too big");
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
    "nobody reached is one tap on the log": nobodyReached,
};
