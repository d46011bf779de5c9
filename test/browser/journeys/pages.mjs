// SPDX-License-Identifier: Apache-2.0
// Every page that a kind of person can reach by links, one of each shape: checked in Spanish, whose words are
// the longer ones, on a phone and with doubled text at a desk; in English whether it fits at a desk, and on
// paper. A page that is made of nothing but what was checked at the same address for somebody else is not
// checked again. BEENTHERE_TEST_LONG=1 checks all of it in each language in each size. A new page is
// checked as soon as something links to it.
import { DESK, LONG, PHONE, check, checkFit, expect } from "../harness.mjs";

const KINDS = ["nobody", "coordinator", "family", "supporter", "both"];
const SIZES = { phone: PHONE, desk: DESK };
const WALKS = LONG
    ? ["en", "es"].flatMap((language) => Object.keys(SIZES).map((size) => [language, size]))
    : [["en", "desk"], ["es", "phone"]];
const PAGES_MOST = 120;
const NOT_ON_PAPER = [".page-nav", ".leave", ".usa-skipnav", ".page-language", ".page-footer__note a",
    "main button"];
const PUBLIC = /^\/(ask|about|information|walk|young|status|leave)\b/; // walked as nobody

const shape = (path) => path.replace(/\b[0-9a-hjkmnp-tv-z]{13}\b/g, "ID")
    .replace(/\/list\/\w+/, "/list/LIST")
    .replace(/[?#].*/, "");

/** Twice the letters, at a desk's width: nothing may run out of the page or be cut off. */
async function checkBigText(page) {
    const size = page.viewportSize();
    await page.setViewportSize(DESK);
    const session = await page.context().newCDPSession(page);
    await session.send("Page.enable");
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    const { result } = await session.send("Runtime.evaluate", {
        returnByValue: true,
        expression: `(() => {
            const out = [];
            const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
            if (size < 31) out.push("the letters do not follow the browser's size: " + size);
            const width = document.documentElement.scrollWidth;
            if (width > innerWidth) out.push("scrolls sideways: " + width);
            for (const element of document.querySelectorAll("main *")) {
                const style = getComputedStyle(element);
                const room = element.clientHeight;
                if (style.overflow === "hidden" && room > 2 && element.scrollHeight > room + 2)
                    out.push("cut off: " + element.outerHTML.slice(0, 120));
            }
            return out;
        })()`,
    });
    await session.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
    await session.detach();
    await page.setViewportSize(size);
    expect(result.value.length === 0, `${page.url()} with doubled text\n  ${result.value.join("\n  ")}`);
}

/** On paper there is nothing to press, and what the page is about is there. */
async function checkPaper(page) {
    await page.emulateMedia({ media: "print" });
    for (const part of NOT_ON_PAPER) {
        for (const element of await page.locator(part).all()) {
            expect(!(await element.isVisible()), `${page.url()} prints ${part}`);
        }
    }
    expect(await page.locator("h1").first().isVisible(), `${page.url()} prints no heading`);
    await page.emulateMedia({ media: "screen" });
}

const checked = new Map(); // by language and shape of address: what pages there were made of

/** Each kind of part of the page once, by where it stands. False: all of it was checked there before. */
async function isNew(page, path, language) {
    const parts = await page.evaluate(() => [...document.querySelectorAll("body *")].map((element) => {
        const { parentElement: around, tagName, type = "" } = element;
        return `${around.tagName}>${tagName}.${element.getAttribute("class")}[${type}]`;
    }));
    const key = `${language} ${shape(path)}`;
    const known = checked.get(key) ?? new Set();
    const fresh = parts.filter((part) => !known.has(part));
    checked.set(key, new Set([...known, ...fresh]));
    return fresh.length > 0;
}

async function look(page, path, language, problems) {
    const answer = await page.goto(path);
    try {
        expect(answer.status() === 200, `${path} is answered ${answer.status()}`);
        const tag = await page.locator("html").getAttribute("lang");
        expect(tag === language, `${path} is not in ${language}`);
        if (!LONG && !await isNew(page, path, language)) {
            return;
        }
        await (LONG || language === "es" ? check : checkFit)(page);
        if (language === "es") {
            await checkBigText(page);
        } else {
            await checkPaper(page);
        }
    } catch (error) {
        problems.push(error.message);
    }
}

async function walk(journey, kind, language, size) {
    const page = kind === "nobody"
        ? await journey.visitor({ language, size })
        : await journey.signedIn(journey.mails(kind)[0], { language, size });
    await page.goto(`/?lang=${language}`);
    const waiting = kind === "nobody" ? ["/"] : ["/me", "/"];
    const seen = new Set();
    const problems = [];
    while (waiting.length > 0 && seen.size < PAGES_MOST) {
        const path = waiting.shift();
        if (seen.has(shape(path)) || path.includes("lang=") || path.startsWith("/assets/") ||
            (kind !== "nobody" && PUBLIC.test(path))) {
            continue;
        }
        seen.add(shape(path));
        await look(page, path, language, problems);
        const links = page.locator('a[href^="/"]:not([download])');
        waiting.push(...(await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")))));
    }
    console.log(`# ${kind}, ${language}: ${seen.size} pages`);
    expect(seen.size >= (kind === "nobody" ? 6 : 8), `only these pages were found: ${[...seen].join(" ")}`);
    expect(seen.size < PAGES_MOST, `there may be more than ${PAGES_MOST} pages`);
    expect(problems.length === 0, problems.join("\n"));
}

export const onlyReads = true;

export const journeys = Object.fromEntries(
    KINDS.flatMap((kind) => WALKS.map(([language, size]) => [
        `every page of ${kind} in ${language} on a ${size}`,
        (journey) => walk(journey, kind, language, SIZES[size]),
    ])),
);
