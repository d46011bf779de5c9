// SPDX-License-Identifier: Apache-2.0
// Five people and what they come for, each counted: taps, keys, bytes, and how long the program lets them
// wait. script/bench --journeys writes what is counted to doc/journeys.md; here it is held to what it may be.
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journey, PHONE, check, chosenMail, expect, says, startProgram, token, value } from "../harness.mjs";
import { startProvider } from "../provider.mjs";
import { allSent, log as logOffline, withPhone } from "./no_signal.mjs";

const MOTHER = "+12065550199";
const ZOOMED = { width: 640, height: 400 }; // 1280 by 800 at 200 percent
const NEWEST_REQUEST = "SELECT id FROM request ORDER BY created_at DESC, id LIMIT 1";

/** What a person does in a browser, counted. */
class Hand {
    constructor(page) {
        this.page = page;
        this.reset();
    }

    static async of(page) {
        const hand = new Hand(page);
        const session = await page.context().newCDPSession(page);
        await session.send("Network.enable");
        session.on("Network.loadingFinished", (event) => (hand.bytes += event.encodedDataLength));
        return hand;
    }

    reset() {
        this.taps = this.keys = this.bytes = 0;
    }

    async tap(selector) {
        await this.page.locator(selector).first().click();
        this.taps++;
    }

    /** A tap that leads to another page. */
    async go(selector) {
        await Promise.all([this.page.waitForEvent("load"), this.tap(selector)]);
    }

    async type(selector, words) {
        await this.page.locator(selector).first().fill(words);
        this.keys += words.length;
    }
}

/** Counts one thing that somebody does; `most` is what it may take. */
async function counted(who, what, hand, most, work) {
    hand.reset();
    const began = performance.now();
    await work(hand);
    const row = { who, what, taps: hand.taps, keys: hand.keys, bytes: hand.bytes,
        ms: Math.round(performance.now() - began) };
    console.log(`# ${who}, ${what}: ${row.taps} taps, ${row.keys} keys, ${row.bytes} bytes, ${row.ms} ms`);
    if (process.env.BEENTHERE_JOURNEYS) {
        appendFileSync(process.env.BEENTHERE_JOURNEYS, `${JSON.stringify(row)}\n`);
    }
    expect(row.taps <= most.taps, `${what} takes ${who} ${row.taps} taps, not ${most.taps}`);
    expect(row.bytes <= most.bytes, `${what} takes ${who} ${row.bytes} bytes, not ${most.bytes}`);
}

/** Presses this button and waits for the next page. */
async function press(page, selector) {
    await Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);
}

/** A coordinator suggests people for the newest request. */
async function suggests(journey) {
    const request = token(value(journey, NEWEST_REQUEST));
    const page = await journey.signedIn(journey.mails("coordinator")[0], { size: PHONE });
    await page.goto(`/request/${request}/shortlist`);
    await press(page, 'main form[action$="/shortlist"] button');
    return request;
}

async function isChosen(journey, request) {
    const found = value(journey, `SELECT COUNT(*) FROM request WHERE state = 4 AND id = (${NEWEST_REQUEST})`);
    expect(found === "1", `nobody is asked for ${request}`);
}

/* ---- a mother by text messages alone ---- */

/** The same counters for a phone that only has texts: each text sent is a tap. */
class Texts {
    constructor(provider) {
        this.provider = provider;
        this.reset();
    }

    reset() {
        this.taps = this.keys = this.bytes = 0;
    }

    async write(body) {
        this.last = await this.provider.send(MOTHER, body);
        this.taps++;
        this.keys += body.length;
        this.bytes += Buffer.byteLength(this.last);
        return this.last;
    }

    number(pattern) {
        const found = this.last.match(pattern);
        expect(found, `${pattern} is not in "${this.last}"`);
        return found[1];
    }
}

/** A coordinator writes down what she says on the phone. */
async function recorded(journey) {
    const page = await journey.signedIn(journey.mails("coordinator")[0], { size: PHONE });
    const program = token(value(journey, "SELECT id FROM program WHERE slug = 'river'"));
    await page.goto(`/program/${program}/record`);
    await page.locator('[name="called"]').fill("Marisol");
    await page.locator('[name="phone"]').fill("206 555 0199");
    await page.locator('[name="need"]').fill("Mi hijo no duerme.");
    await page.evaluate(() => {
        for (const [name, wanted] of [["text", "yes"], ["lang", "es"], ["kind", "support"]]) {
            const choice = document.querySelector(`input[name="${name}"][value="${wanted}"]`);
            if (choice) {
                choice.checked = true;
            } else {
                document.querySelector(`select[name="${name}"]`).value = wanted;
            }
        }
    });
    await press(page, 'main form[action$="/record"] div.actions button');
}

async function givesTimes(journey, request) {
    const mail = chosenMail(journey, value(journey, NEWEST_REQUEST));
    const page = await journey.signedIn(mail, { size: PHONE });
    await page.goto("/me");
    const invitation = token(value(journey,
        `SELECT id FROM invitation WHERE request = (${NEWEST_REQUEST}) AND state = 1`));
    await page.goto(`/invitation/${invitation}`);
    await press(page, 'main button[value="yes"]');
    const match = token(value(journey, `SELECT id FROM match WHERE request = (${NEWEST_REQUEST})`));
    await page.goto(`/match/${match}/meeting`);
    await press(page, 'main form[action$="/meeting"] div.actions button');
    await page.goto(`/match/${match}/messages`);
    await page.locator("main textarea").fill("Buenos días. ¿Cómo durmió?");
    await press(page, 'main form[action$="/messages"] button');
    return { request, match, page };
}

async function mother(journey, provider) {
    await recorded(journey);
    const request = await suggests(journey);
    const texts = new Texts(provider);
    const who = "a mother by text messages alone";
    await counted(who, "opens the line and chooses somebody", texts, { taps: 5, bytes: 4000 }, async () => {
        await texts.write("Nuevo");
        await texts.write(texts.number(/envíe (\d\d)/));
        await texts.write(texts.number(/\n(\d\d) \S/));
        await texts.write(texts.number(/envíe (\d\d): primero/));
        await texts.write(texts.number(/elegir a [^\n]*, envíe (\d\d)\. Si no/));
    });
    await isChosen(journey, request);
    const { page, match } = await givesTimes(journey, request);
    await counted(who, "takes a time", texts, { taps: 2, bytes: 1500 }, async () => {
        await texts.write("Nuevo");
        expect(/propone verse/.test(texts.last), texts.last);
        await texts.write(texts.number(/\n(\d\d) \S/));
    });
    // What waits behind it comes with the same text.
    expect(texts.last.includes("Buenos días. ¿Cómo durmió?"), texts.last);
    await counted(who, "answers a message", texts, { taps: 1, bytes: 500 }, async () => {
        await texts.write(`${texts.number(/envíe (\d\d)/)} Un poco mejor.`);
    });
    await page.goto(`/match/${match}/messages`);
    await says(page, "Un poco mejor.");
    for (let talk = 0; talk < 3; talk++) {
        await page.goto(`/match/${match}/contact`);
        await page.locator('[name="kind"][value="call"]').click();
        await page.locator('[name="minutes"][value="15"]').click();
        await press(page, "button[value=talked]");
    }
    await counted(who, "says how it is", texts, { taps: 8, bytes: 3000 }, async () => {
        await texts.write("Nuevo");
        for (let question = 0; question < 7; question++) {
            await texts.write("1");
        }
        expect(/Solo usted puede leerlo/.test(texts.last), texts.last);
    });
}

/* ---- a teen ---- */

const WORD = "blue wren 77";

async function teen(journey) {
    const who = "a teen on a phone";
    const page = await journey.visitor({ size: PHONE });
    const hand = await Hand.of(page);
    const most = { taps: 12, bytes: 120_000 };
    await counted(who, "reads what adults must be told, and asks", hand, most, async () => {
        await page.goto("/ask/river/start");
        await hand.go('main a[href^="/young/"]');
        await hand.type('[name="word"]', WORD);
        await hand.type('[name="month"]', "4");
        await hand.type('[name="year"]', String(new Date().getFullYear() - 20));
        await hand.go("main form button.usa-button--big");
        await hand.go("main .usa-button--big");
        await hand.type('[name="need"]', "I hate mornings and nobody knows.");
        await hand.tap('[name="kept"] + label');
        for (let step = 0; step < 4; step++) {
            await hand.go('main button[name="go"][value="on"]');
        }
        await hand.type('[name="called"]', "Kai");
        await hand.type('[name="reach"]', "kai-persona@example.org");
        await hand.go('main button[name="go"][value="on"]');
        await hand.go("main form button.usa-button--big");
    });
    const back = await Hand.of(await journey.signedIn("kai-persona@example.org", { size: PHONE }));
    await counted(who, "opens the door of the own space", back, { taps: 1, bytes: 30_000 }, async () => {
        await back.type('[name="word"]', WORD);
        await back.go("main form button.usa-button--big");
    });
    await says(back.page, "Kai");
}

/* ---- a grandfather at 200 percent, in Spanish ---- */

async function grandfather(journey) {
    const who = "a grandfather at 200% zoom, in Spanish";
    const options = { language: "es", size: ZOOMED };
    const page = await journey.visitor(options);
    const hand = await Hand.of(page);
    await counted(who, "asks", hand, { taps: 9, bytes: 120_000 }, async () => {
        await page.goto("/ask/river/start?lang=es");
        await hand.go('main a[href$="/need"]');
        await hand.type('main [name="need"]', "Mi nieto vive con nosotros y no sabemos qué hacer.");
        for (const step of ["/need", "/about", "/hopes", "/safe"]) {
            if (step === "/hopes") {
                await hand.tap('main [name="any"] + label');
            }
            await hand.go(`main form[action$="${step}"] button[value="on"]`);
        }
        await hand.type('main [name="called"]', "Don Beto");
        await hand.type('main [name="reach"]', "beto-persona@example.org");
        await hand.go('main form[action$="/reach"] button[value="on"]');
        await hand.go('main form[action$="/check"] button');
    });
    await check(page);
    const request = await suggests(journey);
    const own = await journey.signedIn("beto-persona@example.org", options);
    await own.goto(`/?lang=es`);
    const chooser = await Hand.of(own);
    const most = { taps: 3, bytes: 60_000 };
    await counted(who, "sees who could walk along, and chooses", chooser, most, async () => {
        await own.goto("/me");
        await chooser.go(`main a[href="/request/${request}/choose"]`);
        await chooser.go(`main a[href^="/request/${request}/choose/"]`);
        await chooser.go(`main form[action^="/request/${request}/choose/"] button`);
    });
    await check(own);
    await isChosen(journey, request);
}

/* ---- supporters ---- */

async function deadZone(journey) {
    const who = "a supporter in a dead zone";
    await withPhone(journey, async (phone) => {
        await phone.signIn(journey.mails("supporter")[0]);
        await phone.turnOn();
        await phone.page.goto("/offline");
        await phone.signal(false);
        await phone.page.reload();
        const hand = await Hand.of(phone.page);
        await counted(who, "logs a visit without a signal", hand, { taps: 6, bytes: 20 * 1024 }, async () => {
            const { taps } = await logOffline(phone.page);
            hand.taps = taps;
        });
        await phone.kill();
        const page = await phone.start();
        const again = await Hand.of(page);
        const most = { taps: 0, bytes: 60_000 };
        await counted(who, "is back in reach: it is sent by itself", again, most, async () => {
            await page.goto("/offline");
            await allSent(page);
        });
    });
}

/** The walk in which this person, whose own page is open, receives. */
async function receivedOn(page, journey) {
    const links = await page.locator('main a[href^="/match/"]').evaluateAll((all) =>
        all.map((link) => link.getAttribute("href").split("/")[2]));
    const walks = value(journey, "SELECT id, receiver, giver FROM match WHERE state <> 4").split("\n")
        .map((row) => row.split("|")).filter(([id]) => links.includes(token(id)));
    const givers = new Set(walks.map(([, , giver]) => giver));
    const own = walks.find(([, receiver]) => givers.has(receiver));
    expect(own, "nobody walks with whoever walks with others");
    return token(own[0]);
}

async function both(journey) {
    const who = "a supporter who is also receiving";
    const page = await journey.signedIn(journey.mails("both")[0], { size: PHONE });
    const hand = await Hand.of(page);
    await counted(who, "logs a visit", hand, { taps: 6, bytes: 60_000 }, async () => {
        await page.goto("/me");
        await hand.go('a[href$="/contact"]');
        await hand.tap('[name=kind][value=visit]');
        await hand.tap('[name=minutes][value="30"]');
        await hand.tap("[name=support][value=emotional]");
        await hand.go("button[value=talked]");
    });
    await page.goto("/me");
    const match = await receivedOn(page, journey);
    await counted(who, "writes to who walks with them", hand, { taps: 3, bytes: 60_000 }, async () => {
        await page.goto("/me");
        await hand.go(`a[href="/match/${match}"]`);
        await hand.go(`a[href^="/match/${match}/messages"]`);
        await hand.type("main textarea", "Thank you for yesterday.");
        await hand.go(`main form[action="/match/${match}/messages"] button`);
    });
    await says(page, "Thank you for yesterday.");
}

async function withTexts(outer, work) {
    const data = mkdtempSync(join(tmpdir(), "beenthere-persona-"));
    const provider = await startProvider();
    const program = await startProgram(outer.program.binary, data, "small", "127.0.0.1", provider.flags);
    const journey = new Journey(program, outer.browser);
    provider.program = program;
    try {
        await work(journey, provider);
        await journey.close();
    } finally {
        await program.stop();
        await provider.stop();
        rmSync(data, { recursive: true, force: true });
    }
}

export const journeys = {
    "persona: a mother by text messages alone": (outer) => withTexts(outer, mother),
    "persona: a teen": teen,
    "persona: a grandfather at 200% zoom in Spanish": grandfather,
    "persona: a supporter in a dead zone": deadZone,
    "persona: a supporter who is also receiving": both,
};
