// SPDX-License-Identifier: Apache-2.0
// What the MDN HTTP Observatory and Google's CSP Evaluator say of the program behind TLS, on loopback.
//     observatory.mjs NAME HTTP_PORT HTTPS_PORT        NODE_EXTRA_CA_CERTS names the proxy's own certificate
// One "ok" or "not ok" line each. A+ is the best grade there is; the certificate is trusted by name, and
// nothing else is made easier.
import https from "node:https";
import net from "node:net";
import { scan } from "@mdn/mdn-http-observatory";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

const [name, httpPort, httpsPort] = process.argv.slice(2);
let failed = 0;

// The observatory asks ports 80 and 443 of a name, which a test may not have: they lead to the proxy's.
const ports = { 80: Number(httpPort), 443: Number(httpsPort) };
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
    const options = Array.isArray(given[0]) ? given[0][0] : given[0];
    if (options?.host === name) {
        options.port = ports[options.port];
        options.host = "127.0.0.1";
    }
    return connect.apply(this, given);
};

function check(what, isFine, detail) {
    failed += isFine ? 0 : 1;
    console.log(`${isFine ? "ok" : "not ok"} - ${what}: ${detail}`);
}

const { scan: sum, tests } = await scan(name);
check("MDN HTTP Observatory", sum.grade === "A+", `${sum.grade}, ${sum.score} points`);
for (const [test, found] of Object.entries(tests)) {
    check(test, found.pass, `${found.result}, ${found.scoreModifier} points`);
}

const header = await new Promise((done, fail) =>
    https
        .get(`https://${name}/`, (answer) => done(answer.headers["content-security-policy"]))
        .on("error", fail),
);
const policy = new CspParser(header).csp;
const findings = new CspEvaluator(policy).evaluate();
// 'self' is named because a site may hold files that others put there; ours holds only those built into it.
const isExpected = (finding) => finding.directive === "script-src" && finding.value === "'self'";
for (const finding of findings) {
    const isNote = [Severity.INFO, Severity.NONE, Severity.STRICT_CSP].includes(finding.severity);
    const place = `${finding.directive} ${finding.value ?? ""}`;
    check(`CSP Evaluator, ${place}`, isNote || isExpected(finding), finding.description);
}
check("CSP Evaluator", true, `${findings.length} findings looked at`);
process.exitCode = failed === 0 ? 0 : 1;
