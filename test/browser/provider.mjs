// SPDX-License-Identifier: Apache-2.0
// A text provider of the form that Twilio's has: takes the program's texts, and hands over what a phone
// writes, signed as the provider's own description says.
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const TOKEN = "a token of the provider's";
const NUMBER = "+12065550100";
const ANSWER_MS = 15_000;

/** Set `program` once it runs. */
export async function startProvider() {
    const sent = [];
    const server = createServer((request, answer) => {
        let body = "";
        request.on("data", (bytes) => (body += bytes));
        request.on("end", () => {
            const fields = new URLSearchParams(body);
            sent.push({ to: fields.get("To"), body: fields.get("Body") });
            answer.writeHead(201, { "content-type": "application/json" }).end("{}");
        });
    }).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const texts = (to) => sent.filter((text) => text.to === to).map((text) => text.body);
    let count = 0;
    const provider = {
        /** For a program with this data folder, which gets the password. */
        flags(data) {
            writeFileSync(join(data, "text.password"), `${TOKEN}\n`, { mode: 0o600 });
            const url = `http://127.0.0.1:${server.address().port}/Messages.json`;
            return ["--text-url", url, "--text-user", "AC1", "--text-from", NUMBER];
        },
        program: null,
        texts,
        /** What somebody writes from their phone; the next text to them that is no notice. */
        async send(from, body) {
            const before = texts(from).length;
            const url = `${provider.program.base}/text/in`;
            const fields = { AccountSid: "AC1", Body: body, From: from, To: NUMBER,
                MessageSid: `SM${(++count).toString().padStart(32, "0")}` };
            const words = url + Object.keys(fields).sort().map((name) => name + fields[name]).join("");
            const answer = await fetch(url, {
                method: "POST",
                headers: { "X-Twilio-Signature": createHmac("sha1", TOKEN).update(words).digest("base64") },
                body: new URLSearchParams(fields),
            });
            if (!answer.ok) {
                throw new Error(`a text is answered ${answer.status}`);
            }
            return provider.next(from, before);
        },
        /** The first text after so many that is no notice. */
        async next(to, before) {
            for (const end = Date.now() + ANSWER_MS; Date.now() < end;) {
                const found = texts(to).slice(before).find((text) => !/\/me\b/.test(text));
                if (found) {
                    return found;
                }
                await new Promise((done) => setTimeout(done, 20));
            }
            throw new Error(`no text came to ${to} behind ${texts(to).at(-1)}`);
        },
        stop() {
            return new Promise((done) => {
                server.close(done);
                server.closeAllConnections();
            });
        },
    };
    return provider;
}
