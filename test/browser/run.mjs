// SPDX-License-Identifier: Apache-2.0
// Runs the journeys in journeys/ against a program on fresh demo data:  node run.mjs PROGRAM [WORD]
//
// Prints "ok - name" or "not ok - name" for each; WORD runs only journeys whose name has it. A journey file
// exports
//     export const journeys = { "what a person does": async (journey) => { ... } };
// With PROGRAM "pages:DIR", static pages of DIR are looked at instead: each must pass the checks of every
// page.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { DESK, Journey, PHONE, check, startBrowser, startProgram } from "./harness.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'";
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml" };
const JOURNEY_MS = 300_000;

/** Serves a folder under the policy that the program sends. */
async function servePages(folder) {
    const server = createServer((request, answer) => {
        const name = new URL(request.url, "http://x").pathname.slice(1);
        if (!readdirSync(folder).includes(name)) {
            answer.writeHead(404).end();
            return;
        }
        answer.writeHead(200, { "content-security-policy": POLICY, "content-type": `${TYPES[extname(name)]}; charset=utf-8` });
        answer.end(readFileSync(join(folder, name)));
    }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    return {
        base: `http://127.0.0.1:${server.address().port}`,
        stop: () =>
            new Promise((done) => {
                server.close(done);
                server.closeAllConnections();
            }),
    };
}

function pageJourneys(folder) {
    const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
    return pages.map((name) => [name, async (journey) => {
        for (const size of [PHONE, DESK]) {
            const page = await journey.visitor({ size });
            await page.goto(`/${name}`);
            await check(page);
        }
    }]);
}

async function fileJourneys() {
    const all = [];
    for (const name of readdirSync(new URL("journeys/", import.meta.url)).sort()) {
        if (name.endsWith(".mjs")) {
            const { journeys } = await import(`./journeys/${name}`);
            all.push(...Object.entries(journeys));
        }
    }
    return all;
}

function limited(work) {
    let timer;
    const late = new Promise((_, refuse) => {
        timer = setTimeout(() => refuse(new Error(`took longer than ${JOURNEY_MS / 1000} s`)), JOURNEY_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function runOne(name, work, program, browser) {
    const journey = new Journey(program, browser);
    let problem = null;
    try {
        await limited(work(journey));
    } catch (error) {
        problem = error;
    }
    await journey.close().catch((error) => (problem ??= error));
    console.log(`${problem ? "not ok" : "ok"} - ${name}`);
    if (problem) {
        console.log(`  ${String(problem.stack ?? problem).replaceAll("\n", "\n  ")}`);
    }
    return problem === null;
}

const [target, word = ""] = process.argv.slice(2);
if (!target) {
    console.error("usage: node run.mjs PROGRAM|pages:DIR [WORD]");
    process.exit(2);
}
const folder = target.startsWith("pages:") ? resolve(target.slice("pages:".length)) : null;
const scratch = mkdtempSync(join(tmpdir(), "beenthere-browser-"));
let isGood = true;
const journeys = (folder ? pageJourneys(folder) : await fileJourneys()).filter(([name]) => name.includes(word));
const program = await (folder ? servePages(folder) : startProgram(resolve(target), join(scratch, "data")));
const browser = await startBrowser();
try {
    for (const [name, work] of journeys) {
        isGood = (await runOne(name, work, program, browser)) && isGood;
    }
    if (journeys.length === 0) {
        console.log("not ok - there is no journey to run");
        isGood = false;
    }
} finally {
    await browser.close();
    await program.stop();
    rmSync(scratch, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);
