// SPDX-License-Identifier: Apache-2.0
// A mail server on this machine that keeps what it is given, for journeys that need the code in a mail.
import { createServer } from "node:net";

const WAIT_MS = 15_000;

/** The words of a mail, whatever way they were packed for the journey. */
function wordsOf(message) {
    const at = message.indexOf("\r\n\r\n");
    const head = message.slice(0, at);
    const body = message.slice(at + 4);
    if (/^content-transfer-encoding: base64/im.test(head)) {
        return Buffer.from(body, "base64").toString("utf8");
    }
    return body;
}

/** Answers one sender; `keep(to, words)` gets each mail. */
function serve(socket, keep) {
    let rest = "";
    let to = "";
    let message = null;
    const say = (line) => socket.write(`${line}\r\n`);
    const lineCame = (line) => {
        if (message !== null) {
            if (line === ".") {
                keep(to, wordsOf(message));
                message = null;
                say("250 taken");
                return;
            }
            message += `${line.startsWith(".") ? line.slice(1) : line}\r\n`;
        } else if (/^DATA/i.test(line)) {
            message = "";
            say("354 go on");
        } else if (/^QUIT/i.test(line)) {
            say("221 bye");
            socket.end();
        } else {
            to = line.match(/^RCPT TO:<(.*?)>/i)?.[1] ?? to;
            say("250 fine");
        }
    };
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
        const lines = (rest + bytes).split("\r\n");
        rest = lines.pop();
        lines.forEach(lineCame);
    });
    say("220 here");
}

/** { flags, code(mail), stop() }: `flags` for `serve`; `code` waits for the newest code sent to it. */
export async function startMailbox() {
    const mails = [];
    const server = createServer((socket) => serve(socket, (to, words) => mails.push({ to, words })));
    server.listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    return {
        flags: ["--smtp", `smtp://127.0.0.1:${server.address().port}`, "--mail-from", "hello@example.org"],
        code: async (mail) => {
            const end = Date.now() + WAIT_MS;
            while (Date.now() < end) {
                const found = mails.findLast(({ to, words }) => to === mail && /\b\d{6}\b/.test(words));
                if (found) {
                    mails.splice(mails.indexOf(found), 1);
                    return found.words.match(/\b\d{6}\b/)[0];
                }
                await new Promise((done) => setTimeout(done, 50));
            }
            throw new Error(`no code was sent to ${mail}`);
        },
        stop: () => new Promise((done) => server.close(done)),
    };
}
