// SPDX-License-Identifier: Apache-2.0
// What journeys stand on: a program on fresh data, a browser, signed-in pages, and the checks every page must
// pass.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const START_MS = 20_000;
const ACTION_MS = 15_000; // for what hangs: the machine may be busy

export const PHONE = { width: 360, height: 640 };
export const DESK = { width: 1280, height: 800 };
export const LONG = Boolean(process.env.BEENTHERE_TEST_LONG);

const PLACES = [["phone", PHONE, true], ["desk", DESK, true], ["phone without scripts", PHONE, false]];
// Both languages in each place when there is time, else each place once: Spanish, whose words are the longer ones,
// where there is the least room.
const WAYS = ["en", "es"].flatMap((language) => PLACES.map((place) => [language, ...place]))
    .filter(([language, place]) => LONG || (place === "phone") === (language === "es"));

/** A file's journeys: the same one in each way. walk(journey, options, word) with a word of its own for each. */
export function inEveryWay(title, walk) {
    return Object.fromEntries(WAYS.map(([language, place, size, scripts]) => [
        `${title}, in ${language} on a ${place}`,
        (journey) => walk(journey, { language, size, scripts }, `${language}.${place.replaceAll(" ", ".")}`),
    ]));
}

async function freePort() {
    const probe = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => probe.once("listening", done));
    const { port } = probe.address();
    await new Promise((done) => probe.close(done));
    return port;
}

/**
 * Makes the data with `beenthere demo` and serves it with these further flags, or those that a function of the
 * folder gives; { binary, base, data, command(args), stop() }.
 */
export async function startProgram(program, data, scale = "small", host = "127.0.0.1", flags = []) {
    execFileSync(program, ["demo", "--data", data, "--scale", scale, "--seed", "1"], { stdio: ["ignore", "ignore", "inherit"] });
    const port = await freePort();
    const base = `http://${host}:${port}`;
    const said = [];
    const child = spawn(program, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--origin", base, ...(typeof flags === "function" ? flags(data) : flags)], { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (bytes) => said.push(bytes) > 400 && said.shift());
    const end = Date.now() + START_MS;
    for (;;) {
        const isUp = await fetch(`${base}/healthz`).then((answer) => answer.ok, () => false);
        if (isUp) {
            break;
        }
        if (child.exitCode !== null || Date.now() > end) {
            child.kill("SIGKILL");
            throw new Error(`the program did not start:\n${Buffer.concat(said)}`);
        }
        await new Promise((done) => setTimeout(done, 50));
    }
    return {
        binary: program,
        base,
        data,
        command: (...args) => execFileSync(program, [args[0], "--data", data, ...args.slice(1)], { encoding: "utf8" }),
        stop: () =>
            new Promise((done) => {
                child.once("exit", done);
                child.kill("SIGTERM");
                setTimeout(() => child.kill("SIGKILL"), 5000).unref();
            }),
    };
}

export function startBrowser() {
    // Chromium refuses its sandbox to root; the only pages it opens are our own.
    return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** One journey's view of the world. Pages it opens watch themselves: another host or a script error fails
 * it. */
export class Journey {
    constructor(program, browser) {
        this.program = program;
        this.base = program.base;
        this.browser = browser;
        this.contexts = [];
        this.problems = [];
        this.people = null;
    }

    /**
     * A new visitor: { language, size, scripts, elsewhere }. Returns a page that is nowhere yet. `elsewhere` are
     * origins that this journey may lead to, each with the page that stands there.
     */
    async visitor({ language = "en", size = PHONE, scripts = true, elsewhere = {} } = {}) {
        const context = await this.browser.newContext({
            baseURL: this.base,
            javaScriptEnabled: scripts,
            locale: language,
            reducedMotion: "reduce",
            viewport: size,
        });
        context.setDefaultTimeout(ACTION_MS);
        this.contexts.push(context);
        for (const [origin, body] of Object.entries(elsewhere)) {
            await context.route(`${origin}/**`, (route) => route.fulfill({ body, contentType: "text/html" }));
        }
        const page = await context.newPage();
        page.on("request", (request) => {
            const to = new URL(request.url());
            if (to.protocol.startsWith("http") && to.origin !== this.base && !(to.origin in elsewhere)) {
                this.problems.push(`a request to another host: ${request.url()}`);
            }
        });
        page.on("pageerror", (error) => this.problems.push(`a script broke: ${error.message}`));
        page.on("console", (message) => {
            if (/Content Security Policy|Trusted Type|violates/i.test(message.text())) {
                this.problems.push(`the content policy was violated: ${message.text()}`);
            }
        });
        return page;
    }

    /** The mail addresses of one kind of person in the demo, first to last. */
    mails(kind) {
        this.people ??= readFileSync(`${this.program.data}/demo-people.txt`, "utf8")
            .split("\n")
            .map((line) => line.split("\t"));
        return this.people.filter(([of]) => of === kind).map(([, mail]) => mail);
    }

    /** A visitor who is signed in by a link from the command line. */
    async signedIn(mail, options) {
        const page = await this.visitor(options);
        const link = this.program.command("sign-in", "--email", mail).match(/\/\S*sign-in\S*|https?:\/\/\S+/)[0];
        const to = new URL(link, this.base);
        await page.goto(to.pathname + to.search);
        // The link's page asks for one press, so that a mail scanner that opens links uses none up.
        const press = page.locator("main form button");
        if (await press.count()) {
            await press.first().click();
        }
        return page;
    }

    async close() {
        await Promise.all(this.contexts.map((context) => context.close()));
        if (this.problems.length > 0) {
            throw new Error([...new Set(this.problems)].join("\n"));
        }
    }
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id as addresses write it. */
export function token(number) {
    let text = "";
    for (let left = BigInt(number), at = 0; at < 13; at++, left >>= 5n) {
        text = ALPHABET[Number(left & 31n)] + text;
    }
    return text;
}

/** One value from the program's database, to know whom somebody chose. */
export function value(journey, sql) {
    const file = `${journey.program.data}/beenthere.db`;
    return execFileSync("sqlite3", ["-readonly", file, sql], { encoding: "utf8" }).trim();
}

/** The mailbox of somebody who walks with two families and reads English. */
export function mailOfTwoWalks(journey) {
    return mailOf(value(journey, `SELECT p.called FROM match m JOIN person p ON p.id = m.giver
        WHERE m.state = 2 AND p.lang = 0 GROUP BY p.id HAVING COUNT(*) = 2 ORDER BY p.called LIMIT 1`));
}

/** The mailbox of whoever was chosen for this request and has not answered. */
export function chosenMail(journey, request) {
    return mailOf(value(journey, `SELECT p.called FROM invitation i JOIN offer o ON o.id = i.offer
        JOIN person p ON p.id = o.person WHERE i.request = ${request} AND i.state = 1`));
}

/** Mailboxes are sealed: the demo's are made from the name. Parents who turned around give, too. */
function mailOf(called) {
    const kind = /supporter|acompañante/i.test(called) ? "supporter" : "parent";
    return `river-${kind}-${called.match(/\d+$/)[0]}@example.org`;
}

export function expect(holds, sentence) {
    if (!holds) {
        throw new Error(sentence);
    }
}

/** The page says each of these. */
export async function says(page, ...words) {
    const text = await page.locator("main").innerText();
    for (const wanted of words) {
        expect(text.includes(wanted), `${page.url()} does not say "${wanted}":\n${text.slice(0, 1200)}`);
    }
}

async function axe(page) {
    // Through the debugger, because the page's own policy rightly refuses a script that is not ours.
    const session = await page.context().newCDPSession(page);
    const expression = `${AXE};axe.run({runOnly:${JSON.stringify(RULES)}}).then((r) =>
        r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")))`;
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
        awaitPromise: true,
        expression,
        returnByValue: true,
    });
    await session.detach();
    expect(!exceptionDetails, `axe did not run on ${page.url()}: ${exceptionDetails?.text}`);
    return result.value;
}

/** What must be true of every page: axe finds nothing, 320 pixels suffice, targets are big enough for a
 * thumb. */
export async function check(page) {
    const problems = [...await axe(page), ...await misfits(page)];
    expect(problems.length === 0, `${page.url()}\n  ${problems.join("\n  ")}`);
}

/** The same but for axe, for a page whose markup it has seen in another language. */
export async function checkFit(page) {
    const problems = await misfits(page);
    expect(problems.length === 0, `${page.url()}\n  ${problems.join("\n  ")}`);
}

async function misfits(page) {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    const evaluated = await page.context().newCDPSession(page);
    const { result } = await evaluated.send("Runtime.evaluate", {
        returnByValue: true,
        expression: `(() => {
            const width = document.documentElement.scrollWidth;
            const out = [];
            if (width > 320) out.push("scrolls sideways at 320 pixels: " + width);
            for (const element of document.querySelectorAll("button, a.usa-button, .usa-input, .usa-select, .choice__label, .crisis__line")) {
                const box = element.getBoundingClientRect();
                if (box.height > 0 && box.height < 43.5) out.push("too small to tap: " + element.outerHTML.slice(0, 120));
            }
            return out;
        })()`,
    });
    await evaluated.detach();
    await page.setViewportSize(size);
    return result.value;
}

/** Presses Tab until the element that matches the selector has the focus; fails when the whole page went by.
 * */
export async function tabTo(page, selector, most = 80) {
    for (let presses = 0; presses < most; presses++) {
        await page.keyboard.press("Tab");
        const state = await page.evaluate((wanted) => {
            const focus = document.activeElement;
            const style = getComputedStyle(focus);
            const mark = focus.matches(".usa-radio__input, .usa-checkbox__input") ? getComputedStyle(focus.nextElementSibling, "::before")
                : focus.matches(".choice__input") ? getComputedStyle(focus.nextElementSibling) : style;
            return { isThere: focus.matches(wanted), isSeen: mark.outlineStyle !== "none" || mark.boxShadow !== "none",
                what: focus.outerHTML.slice(0, 120) };
        }, selector);
        expect(state.isSeen || state.what.startsWith("<body"), `the focus is not seen on ${state.what}`);
        if (state.isThere) {
            return;
        }
    }
    const text = await page.locator("main").innerText();
    throw new Error(`Tab never reached ${selector} on ${page.url()}:\n${text.slice(0, 1200)}`);
}
