// SPDX-License-Identifier: Apache-2.0
// Whoever has a duty comes from a code in the mailbox to a passkey and to the board; and a form that had to
// wait for a proof comes through it whole: with scripts and a passkey, without scripts and with a passphrase,
// in both languages.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Authenticator } from "../authenticator.mjs";
import { DESK, PHONE, Journey, check, expect, says, startProgram } from "../harness.mjs";
import { startMailbox } from "../mailbox.mjs";

const WORDS = "purple boats sing";
const CALLED = 'Luz "La Maestra" & <Ñandú>';
const UNDER_WAY_MS = 5_000; // that a form takes to arrive, at most

const SAID = {
    en: { again: "show once more that it is you", thanks: "Thank you", given: "The duty begins now" },
    es: { again: "muestre otra vez que es usted", thanks: "Gracias", given: "La función empieza ahora" },
};

const press = (page, selector) =>
    Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);

/** What was shown for the sessions is eleven minutes old from now on. */
function minutesPass(program) {
    const change = "import sqlite3,sys; db=sqlite3.connect(sys.argv[1]+'/beenthere.db',timeout=20); " +
        "db.execute('UPDATE session SET proved_at = proved_at - 660000000'); db.commit()";
    execFileSync("python3", ["-c", change, program.data]);
}

async function enterByMailbox(page, mailbox, mail) {
    await page.goto("/sign-in");
    await page.locator('form[action="/sign-in"] [name="mail"]').fill(mail);
    await press(page, 'form[action="/sign-in"] button');
    await page.locator('main [name="code"]').fill(await mailbox.code(mail));
    await press(page, 'form[action="/sign-in/code"] button');
    expect(new URL(page.url()).pathname === "/me", `a code signs in, not ${page.url()}`);
}

const boardOf = async (page) => {
    await page.goto("/me");
    return page.locator('main a[href^="/board/"]').first().getAttribute("href");
};

const peopleOf = async (page) => `${(await boardOf(page)).replace("/board/", "/program/")}/people`;

/** Fills the form that gives a duty, too late; `prove` shows who this is; then it counts as it was typed.
 * `look` is done with each page that has a form waiting. */
async function heldForm(page, program, { said, mail, prove, look }) {
    await page.goto(await peopleOf(page));
    minutesPass(program);
    const form = 'form[action$="/people"]';
    await page.locator(`${form} [name="mail"]`).fill(mail);
    await page.locator(`${form} [name="called"]`).fill(CALLED);
    await page.locator(`${form} label[for="duty-leader"]`).click();
    await press(page, `${form} button`);
    await says(page, said.again);
    await look(page);
    await prove();
    await says(page, said.thanks);
    await look(page);
    await press(page, `${form} button`);
    await says(page, said.given);
    await says(page, CALLED);
}

async function withPasskey(journey, program, mailbox, mail) {
    const page = await journey.visitor({ size: PHONE });
    const key = new Authenticator();
    await enterByMailbox(page, mailbox, mail);
    const board = await boardOf(page);
    await page.goto(board);
    await says(page, "lets you see what belongs to other people");
    await check(page);
    await press(page, 'main a[href="/account/ways/passkey"]');
    await key.on(page);
    await press(page, "form[data-passkey] button");
    await says(page, "Your passkey was added");
    await page.goto(board);
    expect(new URL(page.url()).pathname === board, `the board opens, not ${page.url()}`);
    const prove = async () => {
        await key.on(page);
        await press(page, 'form[action="/prove/passkey"] button');
    };
    await heldForm(page, program, { said: SAID.en, mail: "luz-one@example.org", prove, look: check });
}

/** An authenticator app: each code of a later half minute, up to one ahead; none too old in a moment. */
function appOf(words) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bitsOf = (letter) => letters.indexOf(letter).toString(2).padStart(5, "0");
    const bits = [...words.replace(/ /g, "")].map(bitsOf).join("");
    const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    let last = 0;
    return async () => {
        for (;;) {
            const now = Math.floor(Date.now() / 30_000);
            const soon = Math.floor((Date.now() + UNDER_WAY_MS) / 30_000);
            const step = [soon - 1, now, now + 1].find((one) => one > last);
            if (step !== undefined) {
                last = step;
                const count = Buffer.alloc(8);
                count.writeBigUInt64BE(BigInt(step));
                const hash = createHmac("sha1", secret).update(count).digest();
                const at = hash[19] & 15;
                return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
            }
            await new Promise((done) => setTimeout(done, 500));
        }
    };
}

async function withoutScripts(journey, program, mailbox, mail) {
    const page = await journey.visitor({ size: DESK, scripts: false, language: "es" });
    await enterByMailbox(page, mailbox, mail);
    await page.goto(await boardOf(page));
    await press(page, 'main a[href="/account/ways/passphrase"]');
    await page.locator('main [name="passphrase"]').fill(WORDS);
    await press(page, 'form[action="/account/ways/passphrase"] button');
    await press(page, 'form[action="/account/ways/app"] button');
    const text = await page.locator("main").innerText();
    const code = appOf(text.match(/(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/)[0]);
    await page.locator('main [name="code"]').fill(await code());
    await press(page, 'form[action="/account/ways/app/confirm"] button');
    const board = await boardOf(page);
    await page.goto(board);
    expect(new URL(page.url()).pathname === board, `the board opens, not ${page.url()}`);
    const prove = async () => {
        await page.locator('main [name="passphrase"]').fill(WORDS);
        await page.locator('main [name="app"]').fill(await code());
        await press(page, 'form[action="/prove/passphrase"] button');
    };
    // The checks of a page are scripts themselves, and would wait for ever here.
    const look = async () => {};
    await heldForm(page, program, { said: SAID.es, mail: "luz-two@example.org", prove, look });
}

export const journeys = {
    "a duty: from a code in the mailbox to the board, and a form that waits": async (outer) => {
        const data = mkdtempSync(join(tmpdir(), "beenthere-duty-"));
        const mailbox = await startMailbox();
        // Browsers know passkeys for names, not for addresses.
        const program = await startProgram(outer.program.binary, data, "small", "localhost", mailbox.flags);
        const journey = new Journey(program, outer.browser);
        try {
            const [one] = journey.mails("coordinator");
            const other = one.replace("001", "002");
            await withPasskey(journey, program, mailbox, one);
            await withoutScripts(journey, program, mailbox, other);
            await journey.close();
        } finally {
            await program.stop();
            await mailbox.stop();
            rmSync(data, { recursive: true, force: true });
        }
    },
};
