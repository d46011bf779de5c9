// SPDX-License-Identifier: Apache-2.0
// Leaving at once, with scripts and without; and coming from somewhere else, as by a link in a mail.
import { expect } from "../harness.mjs";

const AWAY = "https://www.weather.gov";
const MAIL = "https://mail.example.org";

async function leave(journey, scripts) {
    const [mail] = journey.mails("family");
    const weather = "<title>Weather</title>Sun.";
    const page = await journey.signedIn(mail, { scripts, elsewhere: { [AWAY]: weather } });
    await page.goto("/me");
    const before = (await page.context().cookies()).map((cookie) => cookie.name);
    expect(before.includes("session"), `signed in, but the cookies are ${before}`);
    await Promise.all([page.waitForURL(`${AWAY}/`), page.locator(".leave button").click()]);
    expect((await page.locator("body").innerText()).includes("Sun."), "the neutral page is not there");
    const after = (await page.context().cookies(journey.base)).map((cookie) => cookie.name);
    expect(!after.includes("session") && !after.includes("visit"), `left, and the cookies are ${after}`);
    await page.goBack().catch(() => {}); // a page that was replaced is no way back
    const shown = await page.locator("body").innerText();
    expect(!shown.includes("Sign out"), `the way back shows ${page.url()}`);
    await page.goto("/me");
    expect(page.url().includes("/sign-in"), `after leaving, /me is ${page.url()}`);
}

async function comeFromMail(journey, scripts) {
    const [mail] = journey.mails("family");
    const letter = `<title>Mail</title><a href="${journey.base}/account?x=1">Something to read</a>`;
    const page = await journey.signedIn(mail, { scripts, elsewhere: { [MAIL]: letter } });
    const cookie = (await page.context().cookies()).find((one) => one.name === "session");
    expect(cookie.sameSite === "Strict" && cookie.httpOnly, `the session is ${JSON.stringify(cookie)}`);
    await page.goto(`${MAIL}/`);
    await Promise.all([page.waitForURL(`${journey.base}/account?x=1`), page.locator("a").click()]);
    await page.locator("h1").waitFor();
    const shown = await page.locator("body").innerText();
    expect(shown.includes("Sign out"), "who came from a mail is not signed in");
}

export const journeys = {
    "leaving at once with scripts": (journey) => leave(journey, true),
    "leaving at once without scripts": (journey) => leave(journey, false),
    "a link in a mail finds the session": (journey) => comeFromMail(journey, true),
    "a link in a mail finds the session without scripts": (journey) => comeFromMail(journey, false),
};
