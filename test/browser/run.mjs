// SPDX-License-Identifier: Apache-2.0
// Runs the journeys in journeys/ against a program on fresh demo data:  node run.mjs PROGRAM [WORD]
//
// Prints "ok - name" or "not ok - name" for each; WORD runs only journeys whose name has it. A journey file
// exports
//     export const journeys = { "what a person does": async (journey) => { ... } };
//     export const onlyReads = true;        when its journeys change nothing, so that they may be spread
// Two lanes, each with a program and data of its own, share the files; which file goes where is the same in
// every run.
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
const LANES = 2;

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

/** What must stay together on one program: a file's journeys, or each alone when they change nothing. */
async function fileUnits() {
    const units = [];
    for (const name of readdirSync(new URL("journeys/", import.meta.url)).sort()) {
        if (name.endsWith(".mjs")) {
            const { journeys, onlyReads } = await import(`./journeys/${name}`);
            const all = Object.entries(journeys);
            units.push(...(onlyReads ? all.map((one) => [one]) : [all]));
        }
    }
    return units;
}

/** The units by lane: each goes to where the fewest journeys are so far. */
function spread(units) {
    const lanes = Array.from({ length: LANES }, () => []);
    for (const unit of units) {
        lanes.reduce((least, lane) => (lane.length < least.length ? lane : least)).push(...unit);
    }
    return lanes.filter((lane) => lane.length > 0);
}

function limited(work) {
    let timer;
    const late = new Promise((_, refuse) => {
        timer = setTimeout(() => refuse(new Error(`took longer than ${JOURNEY_MS / 1000} s`)), JOURNEY_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function runOne(name, work, program, browser) {
    const began = performance.now();
    const journey = new Journey(program, browser);
    let problem = null;
    try {
        await limited(work(journey));
    } catch (error) {
        problem = error;
    }
    await journey.close().catch((error) => (problem ??= error));
    console.log(`${problem ? "not ok" : "ok"} - ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
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

/** One lane's journeys, one after another, against a program of its own. */
async function runLane({ journeys, program, browser }) {
    let isGood = true;
    for (const [name, work] of journeys) {
        isGood = (await runOne(name, work, program, browser)) && isGood;
    }
    return isGood;
}

const units = folder ? pageJourneys(folder).map((one) => [one]) : await fileUnits();
const lanes = [];
let results = [];
try {
    for (const journeys of spread(units.map((unit) => unit.filter(([name]) => name.includes(word))))) {
        // One after another, so that no two take the same free port.
        const data = join(scratch, `data-${lanes.length}`);
        const program = await (folder ? servePages(folder) : startProgram(resolve(target), data));
        lanes.push({ journeys, program, browser: await startBrowser() });
    }
    results = await Promise.all(lanes.map(runLane));
    if (lanes.length === 0) {
        console.log("not ok - there is no journey to run");
    }
} finally {
    await Promise.all(lanes.flatMap(({ program, browser }) => [browser.close(), program.stop()]));
    rmSync(scratch, { recursive: true, force: true });
}
process.exit(results.length > 0 && results.every((isGood) => isGood) ? 0 : 1);
