// SPDX-License-Identifier: Apache-2.0
// A family adds a passkey and signs in with it, by the browser's own virtual authenticator; then everything
// that must not work: a changed signature, an answer sent twice, one given to another site, a copied key, a
// removed key.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Authenticator } from "../authenticator.mjs";
import { DESK, PHONE, Journey, check, expect, says, startProgram } from "../harness.mjs";

const FORM = 'form[action="/sign-in/passkey"]';
const SENT = ["challenge", "id", "said", "authenticator", "signature"];

const press = (page, selector) => Promise.all([page.waitForEvent("load"), page.locator(selector).click()]);

async function addPasskey(page, key, name) {
    await page.goto("/account/ways/passkey");
    await key.on(page);
    await page.locator('main [name="name"]').fill(name);
    await press(page, "form[data-passkey] button");
    await says(page, name);
}

async function signOut(page) {
    await press(page, 'form[action="/sign-out"] button');
}

/** Signs in; `change` may alter the pairs on their way to the server. Returns what was sent. */
async function signIn(page, key, change = (pairs) => pairs) {
    await page.goto("/sign-in");
    await key.on(page);
    let sent = null;
    await page.route("**/sign-in/passkey", (route) => {
        const pairs = new URLSearchParams(route.request().postData());
        sent = Object.fromEntries(SENT.map((name) => [name, pairs.get(name)]));
        change(pairs);
        return route.continue({ postData: pairs.toString() });
    });
    await press(page, `${FORM} button`);
    await page.unroute("**/sign-in/passkey");
    return sent;
}

/** Sends an answer without asking the browser. */
async function sendAnswer(page, sent) {
    await page.goto("/sign-in");
    await Promise.all([
        page.waitForEvent("load"),
        page.evaluate(([selector, given]) => {
            const form = document.querySelector(selector);
            for (const [name, value] of Object.entries(given)) {
                form.elements[name].value = value;
            }
            form.submit();
        }, [FORM, sent]),
    ]);
}

const isInside = (page) => new URL(page.url()).pathname === "/me";

async function otherSite(work) {
    const empty = (_, answer) => answer.setHeader("content-type", "text/html").end("<title>x</title>");
    const server = createServer(empty);
    server.listen(0, "localhost");
    await new Promise((done) => server.once("listening", done));
    try {
        return await work(`http://localhost:${server.address().port}/`);
    } finally {
        server.close();
        server.closeAllConnections();
    }
}

/** The browser's answer, given to another page of the same host for a challenge of ours. */
async function answerElsewhere(page, key, challenge) {
    return otherSite(async (address) => {
        const other = await page.context().newPage();
        await other.goto(address);
        await key.on(other);
        const sent = await other.evaluate(async (asked) => {
            const plain = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
            const bytes = (text) => Uint8Array.from(plain(text), (letter) => letter.charCodeAt(0));
            const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
                .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
            const given = await navigator.credentials.get({
                publicKey: { challenge: bytes(asked), rpId: "localhost", userVerification: "required" },
            });
            return {
                challenge: asked,
                id: words(given.rawId),
                said: words(given.response.clientDataJSON),
                authenticator: words(given.response.authenticatorData),
                signature: words(given.response.signature),
            };
        }, challenge);
        await other.close();
        return sent;
    });
}

async function walk(journey, page) {
    const key = new Authenticator();
    await addPasskey(page, key, "Kitchen phone");
    await check(page);
    await signOut(page);
    const first = await signIn(page, key);
    expect(isInside(page), `a passkey signs in, not ${page.url()}`);
    await signOut(page);

    await sendAnswer(page, first);
    await says(page, "too old");
    expect(!isInside(page), "an answer counts once");

    const damage = (name) => (pairs) => pairs.set(name, pairs.get(name).replace(/.{4}$/, "AAAA"));
    await signIn(page, key, damage("signature"));
    await says(page, "do not know this passkey");
    await signIn(page, key, damage("authenticator"));
    await says(page, "do not know this passkey");

    await page.goto("/sign-in");
    const challenge = await page.locator(`${FORM} [name="challenge"]`).inputValue();
    await sendAnswer(page, await answerElsewhere(page, key, challenge));
    await says(page, "do not know this passkey");
    await check(page);

    await signIn(page, key);
    expect(isInside(page), `the key still counts, but ${page.url()}`);
    await page.goto("/account/ways");
    await says(page, "Last used");
    await signOut(page);
}

async function copied(page) {
    const key = new Authenticator();
    await page.goto("/?lang=en");
    await addPasskey(page, key, "Copied key");
    await signOut(page);
    await signIn(page, key);
    expect(isInside(page), "the key signs in before it is copied");
    await signOut(page);
    for (const credential of key.credentials.values()) {
        credential.signCount = 0;
    }
    await signIn(page, key);
    await says(page, "There may be a copy of this passkey");
    await signIn(page, key);
    await says(page, "do not know this passkey");
}

async function removed(page) {
    const key = new Authenticator();
    await page.goto("/?lang=en");
    await addPasskey(page, key, "Old phone");
    await press(page, 'form[action$="/remove"] button');
    const left = await page.locator("main form[action$=\"/remove\"]").count();
    expect(left === 0, "the removed key is no longer listed");
    await signOut(page);
    await signIn(page, key);
    await says(page, "do not know this passkey");
}

export const journeys = {
    "passkeys: what works and what must not": async (outer) => {
        const data = mkdtempSync(join(tmpdir(), "beenthere-passkeys-"));
        // Browsers know passkeys for names, not for addresses.
        const program = await startProgram(outer.program.binary, data, "small", "localhost");
        const journey = new Journey(program, outer.browser);
        try {
            const kinds = ["family", "supporter", "both"];
            const [one, other, third] = kinds.map((kind) => journey.mails(kind)[0]);
            await walk(journey, await journey.signedIn(one, { size: PHONE }));
            await copied(await journey.signedIn(other, { size: DESK }));
            await removed(await journey.signedIn(third, { size: PHONE }));
            await journey.close();
        } finally {
            await program.stop();
            rmSync(data, { recursive: true, force: true });
        }
    },
};
