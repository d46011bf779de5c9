// SPDX-License-Identifier: Apache-2.0
// A phone without a signal: turned on, written on, killed, sent once; emptied by signing out; kept from
// others.
//
// Browsers here keep a profile of their own, as a phone does. BEENTHERE_TRIALS=100 plays that many rounds
// of killing.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { LONG, PHONE, check, checkFit, expect } from "../harness.mjs";

const TRIALS = Number(process.env.BEENTHERE_TRIALS ?? (LONG ? 100 : 3));
const PAGE_MOST = 20 * 1024;
const TAPS_MOST = 6;

/** Is this the process that a browser with this profile began with? The others end with it. */
function isOfProfile(pid, profile) {
    try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        const isFirst = !words.some((word) => word.startsWith("--type="));
        return isFirst && words.includes(`--user-data-dir=${profile}`);
    } catch {
        return false; // it has ended meanwhile
    }
}

/** A phone with one browser, which can be killed and started again. */
class Handset {
    constructor(journey, language = "en") {
        this.journey = journey;
        this.language = language;
        this.cookies = [];
        this.profile = mkdtempSync(join(tmpdir(), "beenthere-phone-"));
    }

    async start() {
        this.context = await chromium.launchPersistentContext(this.profile, {
            args: ["--no-sandbox", "--disable-dev-shm-usage"],
            baseURL: this.journey.base,
            executablePath: "/usr/bin/chromium",
            locale: this.language,
            reducedMotion: "reduce",
            viewport: PHONE,
        });
        this.context.setDefaultTimeout(15_000);
        await this.context.addCookies(this.cookies);
        this.page = this.context.pages()[0] ?? await this.context.newPage();
        this.page.on("pageerror", (error) => this.journey.problems.push(`a script broke: ${error.message}`));
        this.page.on("console", (message) => {
            if (/Content Security Policy|Trusted Type|violates/i.test(message.text())) {
                this.journey.problems.push(`the content policy was violated: ${message.text()}`);
            }
        });
        return this.page;
    }

    /** As a battery that is pulled: nothing is told to the page, nothing is tidied up. */
    async kill() {
        this.cookies = await this.context.cookies(); // Chromium puts them on the disk every half minute
        const ended = new Promise((done) => this.context.once("close", done));
        for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
            if (isOfProfile(pid, this.profile)) {
                process.kill(Number(pid), "SIGKILL");
            }
        }
        await ended;
    }

    async signal(isThere) {
        await this.context.setOffline(!isThere);
    }

    async signIn(mail) {
        const said = this.journey.program.command("sign-in", "--email", mail);
        const to = new URL(said.match(/\/\S*sign-in\S*|https?:\/\/\S+/)[0], this.journey.base);
        await this.page.goto(to.pathname + to.search);
        await this.page.locator("main form button").first().click();
        await this.page.waitForURL("**/me");
    }

    async turnOn() {
        await this.page.goto("/phone");
        await this.page.locator("[data-phone-on]").click();
        await this.page.locator("[data-phone-when='on']").first().waitFor();
    }

    async end() {
        await this.context.close().catch(() => {});
        rmSync(this.profile, { recursive: true, force: true });
    }
}

export async function withPhone(journey, work, language) {
    const phone = new Handset(journey, language);
    try {
        await phone.start();
        await work(phone);
    } finally {
        await phone.end();
    }
}

const shown = (page) => page.locator("main").innerText();

export async function log(page, line = "") {
    let taps = 0;
    const tap = async (locator) => {
        await locator.click();
        taps++;
    };
    const began = performance.now();
    await tap(page.locator("a[href^='#log-']").first());
    const form = page.locator("[data-phone='log']");
    await tap(form.locator("[name=kind][value=visit]"));
    await tap(form.locator("[name=minutes][value='30']"));
    await tap(form.locator("[name=support][value=emotional]"));
    if (line) {
        await form.locator("summary").click();
        await form.locator("[name=line]").fill(line);
    }
    await tap(form.locator("button[value=talked]"));
    await page.locator("[data-phone-view='home']").waitFor();
    return { taps, seconds: (performance.now() - began) / 1000 };
}

async function write(page, words) {
    await page.locator("a[href^='#message-']").first().click();
    await page.locator("[data-phone='message'] textarea").fill(words);
    await page.locator("[data-phone='message'] button").click();
    await page.locator("[data-phone-view='home']").waitFor();
}

const waits = (page) => page.locator("[data-phone='waiting'] > :not([hidden])").count();

export async function allSent(page) {
    await page.locator("[data-phone='signal']").waitFor();
    await waitFor(page, 0);
}

const waitFor = (page, count) => page.waitForFunction((wanted) =>
    document.querySelectorAll("[data-phone='waiting'] > :not([hidden])").length === wanted, count);

async function walkOf(page) {
    const link = page.locator("a[href^='#message-']").first();
    return (await link.getAttribute("href")).replace("#message-", "");
}

/** How often these words stand in what this address leads to, page by page. */
async function timesIn(page, address, words) {
    let count = 0;
    for (let next = address; next;) {
        const text = await (await page.request.get(next)).text();
        count += text.split(words).length - 1;
        next = text.match(/href="(\/match\/[^"]*\?before=[^"]*)"/)?.[1];
    }
    return count;
}

async function onceAfterAKill(journey) {
    await withPhone(journey, async (phone) => {
        let { page } = phone;
        await phone.signIn(journey.mails("supporter")[0]);
        await page.goto("/phone");
        await page.locator("[data-phone-on]").waitFor();
        await check(page);
        await phone.turnOn();
        await check(page);
        const bytes = (await (await page.request.get("/offline")).body()).length;
        expect(bytes <= PAGE_MOST, `the page has ${bytes} bytes`);
        await phone.signal(false);
        await page.goto("/me"); // what cannot be reached is the page that works without
        await page.locator("a[href^='#log-']").first().waitFor();
        await check(page);
        const { taps, seconds } = await log(page);
        console.log(`# without a signal: ${taps} taps, ${seconds.toFixed(1)} s with a tap taking no time; ` +
            `${bytes} bytes`);
        expect(taps + 1 <= TAPS_MOST, `the log takes ${taps} taps, and one to open it`);
        await log(page, "zq line");
        await write(page, "zq words");
        expect(/waiting to send/i.test(await shown(page)), "it says that it waits");
        await check(page);
        await phone.kill();
        page = await phone.start();
        await phone.signal(false);
        await page.goto("/offline");
        await waitFor(page, 3);
        expect((await shown(page)).includes("zq words"), "what was written is read again");
        await phone.signal(true);
        await page.reload();
        await allSent(page);
        const walk = `/match/${await walkOf(page)}`;
        expect(await timesIn(page, `${walk}/messages`, "zq words") === 1, "the message is there once");
        expect(await timesIn(page, walk, "zq line") === 1, "the log is there once");
        await page.goto(walk);
        expect((await shown(page)).includes("Visit, 30 minutes"), "the log is there");
    });
}

/** The browser dies at any moment of sending. */
async function manyKills(journey) {
    await withPhone(journey, async (phone) => {
        await phone.signIn(journey.mails("supporter")[0]);
        await phone.turnOn();
        for (let trial = 0; trial < TRIALS; trial++) {
            await phone.signal(false);
            await phone.page.goto("/offline");
            await phone.page.locator("a[href^='#log-']").first().waitFor();
            await write(phone.page, `trial ${trial}.`);
            await phone.signal(true);
            const reloading = phone.page.reload().catch(() => {});
            await new Promise((done) => setTimeout(done, Math.random() * 250));
            await phone.kill();
            await reloading;
            await phone.start();
        }
        await phone.page.goto("/offline");
        await phone.page.locator("a[href^='#log-']").first().waitFor();
        await allSent(phone.page);
        const conversation = `/match/${await walkOf(phone.page)}/messages`;
        for (let trial = 0; trial < TRIALS; trial++) {
            const count = await timesIn(phone.page, conversation, `trial ${trial}.`);
            expect(count === 1, `the message of trial ${trial} is there ${count} times`);
        }
        console.log(`# ${TRIALS} kills while sending, each message there once`);
    });
}

const sealedOf = (page) => page.evaluate(() => new Promise((done) => {
    const request = indexedDB.open("phone");
    request.onsuccess = () => {
        const database = request.result;
        if (!database.objectStoreNames.contains("waiting")) {
            database.close();
            done({ keys: 0, waiting: [], kept: 0, extractable: false });
            return;
        }
        const transaction = database.transaction(["keys", "kept", "waiting"]);
        const [keys, kept, waiting] =
            ["keys", "kept", "waiting"].map((name) => transaction.objectStore(name).getAll());
        transaction.oncomplete = () => {
            database.close();
            done({
                keys: keys.result.length, kept: kept.result.length,
                extractable: keys.result.some((key) => key.extractable),
                waiting: waiting.result.map((one) => new TextDecoder().decode(one.sealed)),
            });
        };
    };
}));

async function signingOutEmptiesIt(journey) {
    await withPhone(journey, async (phone) => {
        const { page } = phone;
        await phone.signIn(journey.mails("supporter")[0]);
        await phone.turnOn();
        await page.goto("/offline");
        await page.locator("a[href^='#message-']").first().waitFor();
        await phone.signal(false);
        await write(page, "zq secret");
        const before = await sealedOf(page);
        expect(before.keys === 2 && !before.extractable, "two keys, which nothing gives out");
        expect(!before.waiting[0].includes("zq secret"), "the words lie there sealed");
        await phone.signal(true);
        await page.route("**/phone/send", (route) => route.abort());
        // Tapped as soon as the page can be: before what asks is there.
        await page.addInitScript(() => document.addEventListener("DOMContentLoaded", () => {
            if (location.pathname === "/me") {
                document.querySelector("form[action='/sign-out'] button").click();
            }
        }));
        await page.goto("/me", { waitUntil: "commit" });
        await page.locator("[data-phone-when='leaving']").waitFor();
        expect((await shown(page)).includes("Signing out deletes it"), "it asks first");
        await check(page);
        await page.locator("[data-phone-really] button").click();
        await page.waitForURL((url) => !url.pathname.startsWith("/phone"));
        const after = await sealedOf(page);
        const left = after.keys + after.kept + after.waiting.length;
        expect(left === 0, `left: ${JSON.stringify(after)}`);
        expect(await page.evaluate(async () => (await caches.keys()).length) === 0, "and no page is kept");
        expect(await page.evaluate(() => localStorage.length) === 0, "and no mark");
    });
}

async function leavingEmptiesIt(journey) {
    for (const address of ["/me", "/offline"]) {
        await withPhone(journey, async (phone) => {
            const { page } = phone;
            await phone.context.route("https://www.weather.gov/**", (route) =>
                route.fulfill({ body: "<p>Sun</p>", contentType: "text/html" }));
            await phone.signIn(journey.mails("supporter")[0]);
            await phone.turnOn();
            await page.goto("/offline");
            await page.locator("a[href^='#message-']").first().waitFor();
            await phone.signal(false);
            await write(page, "zq gone");
            await phone.signal(true);
            await phone.context.route("**/phone/send", (route) => route.abort());
            await page.goto(address);
            await page.locator(".leave__button").click();
            await page.waitForURL("https://www.weather.gov/");
            await page.goto("/sign-in");
            const after = await sealedOf(page);
            expect(after.keys + after.kept + after.waiting.length === 0, `left by ${address}`);
        });
    }
}

async function somebodyElse(journey) {
    await withPhone(journey, async (phone) => {
        const { page } = phone;
        const [[mine], [theirs]] = [journey.mails("supporter"), journey.mails("family")];
        await phone.signIn(mine);
        await phone.turnOn();
        await page.goto("/offline");
        const name = (await page.locator("[data-phone='walks'] h3:visible").first().innerText()).trim();
        await phone.signal(false);
        await write(page, "zq mine");
        await phone.signal(true);
        // The session ends elsewhere; then somebody else signs in here.
        await phone.context.clearCookies();
        await page.goto("/offline");
        await page.locator("[data-phone='sign-in']").waitFor();
        const text = await shown(page);
        const reads = text.includes("zq mine") || text.includes(name);
        expect(!reads, `nobody reads it without a session:\n${text}`);
        expect(text.includes("It is sent when they sign in here"), "and it is said that something waits");
        await phone.signIn(theirs);
        await page.waitForTimeout(500);
        await page.goto("/offline");
        await page.locator("[data-phone='signal']").waitFor();
        expect(await waits(page) === 1, "somebody else sends nothing of it");
        expect(!(await shown(page)).includes("zq mine"), "nor reads it");
        await page.goto("/phone");
        await page.locator("[data-phone-on]").waitFor();
        await phone.context.clearCookies();
        await phone.signIn(mine);
        await page.goto("/offline");
        await allSent(page);
        await phone.turnOn();
        await page.goto("/offline");
        await page.locator("a[href^='#message-']").first().waitFor();
        const conversation = `/match/${await walkOf(page)}/messages`;
        expect(await timesIn(page, conversation, "zq mine") === 1, "its author sends it, once");
    });
}

async function tooEarly(journey) {
    await withPhone(journey, async (phone) => {
        const { page } = phone;
        await phone.signIn(journey.mails("supporter")[0]);
        await phone.turnOn();
        await phone.signal(false);
        await page.goto("/offline");
        await page.locator("a[href^='#log-']").first().click();
        const form = page.locator("[data-phone='log']");
        await form.locator("button[value=talked]").click();
        expect(await page.locator("[data-phone='minutes']").isVisible(), "it asks how long it was");
        await form.locator("[name=minutes][value='5']").click();
        await form.locator("summary").click();
        await form.locator("[name=when][value=day]").click();
        await form.locator("[name=day]").fill("2001-01-01"); // from before anybody walked here
        await form.locator("[name=line]").fill("zq early");
        await form.locator("button[value=talked]").dblclick();
        await waitFor(page, 1); // a second tap makes no second entry
        await phone.signal(true);
        await page.reload();
        await allSent(page);
        expect((await shown(page)).includes("It is kept for you alone"), "it says that it could not be sent");
        await page.locator("[data-phone='aside'] a").click();
        await page.waitForURL("**/phone/aside");
        const text = await shown(page);
        expect(text.includes("zq early") && text.includes("day: 2001-01-01"), "it is there in full");
        await check(page);
        await page.locator("section", { hasText: "zq early" }).locator("button").click();
        expect(!(await shown(page)).includes("zq early"), "and deleted by who wrote it");
    });
}

async function inSpanish(journey) {
    await withPhone(journey, async (phone) => {
        const { page } = phone;
        await phone.signIn(journey.mails("supporter")[0]);
        await page.goto("/me?lang=es");
        await page.goto("/phone");
        await page.locator("[data-phone-on]").waitFor();
        await checkFit(page);
        await phone.turnOn();
        await phone.signal(false);
        await page.goto("/offline");
        await page.locator("a[href^='#log-']").first().click();
        await checkFit(page);
        expect(await page.getAttribute("html", "lang") === "es", "in the language that was read");
        const save = await page.locator("[data-phone='log'] button[value=talked]").boundingBox();
        const isNear = save.y > PHONE.height / 2 && save.y + save.height <= PHONE.height;
        expect(isNear, "saving is within a thumb's reach");
    }, "es");
}

export const journeys = {
    "written without a signal, killed, and sent once": onceAfterAKill,
    "killed while sending": manyKills,
    "signing out empties the phone": signingOutEmptiesIt,
    "leaving at once empties the phone": leavingEmptiesIt,
    "somebody else signs in on the phone": somebodyElse,
    "what cannot be sent is kept and said": tooEarly,
    "without a signal in Spanish": inSpanish,
};
