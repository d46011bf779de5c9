#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Tools that attack web programs, against the made-up program on loopback, as each kind of person.

usage: attack.py BINARY [ffuf|wapiti|sqlmap|tls|observatory ...]      all by default, some twenty minutes

Each tool is held to a number of requests and a time, and every finding fails; what is expected stands in
EXPECTED with its reason. The program must not have failed on a request, lost a process or broken a
rule of its data.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("scenario", "proxy")]
from bad_input import crawl  # noqa: E402
from browser import Program, Visitor  # noqa: E402
from proxy import NAME, Proxy  # noqa: E402

TOOLS = ("ffuf", "wapiti", "sqlmap", "tls", "observatory")
FORMS_EACH = 6  # forms that sqlmap gets of each person, of different shapes
# Sending these ends the session that the tool uses.
LEFT_ALONE = re.compile(r"/(leave|sign-out|account/person|account/session)")

# What a tool says and why it is none of our faults: (tool, words of the finding).
EXPECTED = [
    # Without TLS there are neither HSTS nor Secure cookies; the observatory looks at both behind TLS.
    ("wapiti", "Strict-Transport-Security is not set"),
    ("wapiti", "Secure flag is not set in the cookie"),
    # Browsers took this header out because it was a hole itself; the policy forbids inline scripts.
    ("wapiti", "X-XSS-Protection is not set"),
    # frame-ancestors 'none' says the same in the words that browsers obey.
    ("wapiti", "X-Frame-Options is not set"),
    # Pages are compressed; the one secret in them is masked anew for each page, and what comes from elsewhere
    # with words in its query is not compressed (doc/decisions/0009).
    ("testssl", "BREACH"),
]

tally = {True: 0, False: 0}


def check(name, is_fine, detail=""):
    tally[bool(is_fine)] += 1
    print(f"{'ok' if is_fine else 'not ok'} - {name}{'' if is_fine else f': {detail}'}", flush=True)


def is_expected(tool, finding):
    return any(tool == of and words in finding for of, words in EXPECTED)


def tool(command, seconds, environment=None):
    """What it wrote, at most for that long."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=seconds, check=False,
                              env={**os.environ, **(environment or {})})
        return done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        return (late.output or b"").decode("utf-8", "replace") + "\nstopped in time\n"


class Target:
    """The demo, and somebody who looks at it."""

    def __init__(self, program, kind, mail):
        self.program, self.kind = program, kind
        self.base = f"http://{program.listen}"
        self.visitor = Visitor(program)
        self.visitor.cookies["lang"] = "en"  # whatever language a tool may choose for this person
        if mail:
            self.visitor.sign_in(mail)
        self.pages = crawl(self.visitor, ["/", "/ask/river/need", "/status", "/sign-in", "/account", "/me"]
                           if mail else ["/", "/ask/river/need", "/status", "/sign-in"])

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())


# ---- ffuf: what is there that should not be, and what breaks ----

def ffuf(target, folder):
    def found(name, url, words, *more, cookie=target.cookie()):
        out = os.path.join(folder, "ffuf.json")
        said = tool(["ffuf", "-u", target.base + url, "-w", os.path.join(HERE, words), "-t", "4", "-maxtime",
                     "60", "-H", f"Cookie: {cookie}", "-o", out, "-of", "json", "-s", *more], 90)
        if not os.path.exists(out):
            check(f"ffuf, {name} as {target.kind}", False, said[-500:])
            return
        with open(out, encoding="utf-8") as file:
            results = json.load(file)["results"]
        os.remove(out)
        check(f"ffuf, {name} as {target.kind}", not results,
              [(one["input"]["FUZZ"], one["status"], one["length"]) for one in results][:10])

    # Only what the program is known to show may be there: to this machine itself, /metrics.
    found("hidden places", "/FUZZ", "paths.txt", "-mc", "200-299,401,403,500-599", "-fr", "beenthere_http")
    for page in target.pages:
        query = "&".join(f"{name}=FUZZ" for name in ("q", "lang", "from", "back", "period"))
        path = urllib.parse.urlsplit(page.path).path
        # A matcher of either kind counts; no page is answered 599.
        found(f"values that break {path}", f"{path}?{query}", "values.txt", "-mc", "500-599")
        found(f"values that come out of {path}", f"{path}?q=FUZZ&back=FUZZ", "values.txt", "-mc", "599",
              "-mr", "root:x:|<script>alert|<svg onload|uid=[0-9]|Set-Cookie: ?x=y")
    for header in ("Accept-Language", "Accept-Encoding", "User-Agent", "Referer", "X-Forwarded-For"):
        found(f"values in {header}", "/me", "values.txt", "-mc", "500-599", "-H", f"{header}: FUZZ")
    found("values in Cookie", "/me", "values.txt", "-mc", "500-599",
          cookie="session=FUZZ; visit=FUZZ; said=FUZZ")


# ---- wapiti ----

# Debian's wapiti 3.0.4 writes a pattern that its own Python refuses: flags belong in front.
WAPITI = """
import re, sys
from wapitiCore.net import crawler
pattern = lambda words: '.*'.join(map(re.escape, words.split('*')))
crawler.wildcard_translate = lambda words: re.compile('(?ms)' + pattern(words) + r'\\Z')
from wapitiCore.main.wapiti import wapiti_main
sys.exit(wapiti_main())
"""


def wapiti(target, folder):
    report, cookies = os.path.join(folder, "wapiti.json"), os.path.join(folder, "cookies.json")
    with open(cookies, "w", encoding="utf-8") as file:
        kept = {"expires": None, "secure": False, "port": None, "version": 0}
        json.dump({"127.0.0.1": {"/": {name: {"value": value, **kept}
                                       for name, value in target.visitor.cookies.items()}}}, file)
    command = ["/usr/bin/python3", "-c", WAPITI, "-u", target.base + "/", "-m", "all", "-c", cookies,
               "-d", "4", "--max-links-per-page", "60", "--max-files-per-dir", "30", "--max-scan-time", "3",
               "--max-parameters", "12", "-t", "8", "-S", "normal", "--endpoint", target.base,
               "--no-bugreport", "-f", "json", "-o", report, "--flush-session", "--store-session", folder,
               "-v", "0"]
    for path in ("/leave", "/sign-out", "/account/person"):
        command += ["-x", target.base + path]
    for page in target.pages:
        command += ["-s", target.base + urllib.parse.urlsplit(page.path).path]
    said = tool(command, 420)
    if not os.path.exists(report):
        check(f"wapiti as {target.kind}", False, said[-1500:])
        return
    with open(report, encoding="utf-8") as file:
        found = json.load(file)
    findings = [f"{kind}: {one['method']} {one['path']} {one.get('parameter') or ''}: {one['info']}"
                for part in ("vulnerabilities", "anomalies")
                for kind, ones in found[part].items() for one in ones]
    findings = [one for one in findings if not is_expected("wapiti", one)]
    check(f"wapiti, all modules, as {target.kind}", not findings, "\n".join(sorted(set(findings))[:12]))


# ---- sqlmap: each form with a good token and a new once-only key for every try ----

def sqlmap_said(name, said):
    """Only what sqlmap stands by at the end is a finding; before, it tells of every suspicion."""
    is_bad = re.search(r"identified the following injection point", said)
    # The last one: the form was sent and is not offered again.
    is_run = re.search(r"parameters do not appear|stopped in time|does not seem to be injectable|"
                       r"token 'token' can't be found", said)
    check(f"sqlmap, {name}", is_run and not is_bad, said[-1500:])


def sqlmap_fields(form):
    """(body, names to test) of a form with fields of its own; the token and the key are put in by sqlmap."""
    own = {field.name: field.value or "7" for field in form.fields
           if field.name and field.name not in ("token", "once")}
    body = urllib.parse.urlencode({"token": "x", "once": "0123456789abcdef0123456789abcdef", **own})
    return body, ",".join(sorted(own)[:4])


def sqlmap(target, folder):
    common = ["sqlmap", "--batch", "--disable-coloring", "--level", "1", "--risk", "1", "--technique", "BEUT",
              "--time-sec", "2", "--timeout", "10", "--retries", "1", "--output-dir", folder,
              "--flush-session", "--cookie", target.cookie(), "--skip-waf", "--answers",
              "redirect=N,follow=N,resend=N", "--ignore-code",
              "400,403,404,409,410,413,422,429"]

    def run(name, *more):
        sqlmap_said(f"{name} as {target.kind}", tool([*common, *more], 60))

    seen = set()
    for page in target.pages:
        for form in page.forms:
            path = form.action or page.path
            shape = re.sub(r"[0-9a-hjkmnp-tv-z]{13}", "ID", urllib.parse.urlsplit(path).path)
            body, names = sqlmap_fields(form)
            is_wanted = form.method == "post" and not form.is_upload and not LEFT_ALONE.search(path) and names
            if is_wanted and shape not in seen and len(seen) < FORMS_EACH:
                seen.add(shape)
                run(shape, "-u", target.base + path, "--data", body, "--csrf-token", "token", "--csrf-url",
                    target.base + page.path, "--randomize", "once", "-p", names)
        if "?" in page.path:
            run(page.path, "-u", target.base + page.path)
    run("cookies", "-u", target.base + "/me", "--level", "2", "-p", "session,visit,lang,said")
    for path in ("/about/*", "/ask/river/*", "/request/*", "/board/*", "/sign-in/link/*"):
        run(path, "-u", target.base + path, "--threads", "4")


# ---- TLS and headers, behind the shipped nginx ----

def tls(proxy):
    scan = tool(["sslscan", "--no-colour", f"--sni-name={NAME}", f"127.0.0.1:{proxy.port}"], 60)

    def has(state, version):
        return re.search(rf"^{re.escape(version)} +{state}", scan, re.M)

    for version in ("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1"):
        check(f"sslscan, {version} is off", has("disabled", version), scan[-1500:])
    for version in ("TLSv1.2", "TLSv1.3"):
        check(f"sslscan, {version} is on", has("enabled", version), scan[-1500:])
    ciphers = re.findall(r"^(?:Accepted|Preferred) .*$", scan, re.M)
    weak = [one for one in ciphers if re.search(r"RC4|DES|MD5|NULL|EXP|anon|CBC|-SHA$| AES\d+-", one)]
    check("sslscan, no weak cipher", ciphers and not weak, weak)
    check("sslscan, no heartbleed", not re.search(r"(?<!not )vulnerable to heartbleed", scan))
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "testssl.json")
        tool(["testssl", "--quiet", "--color", "0", "--fast", "--add-ca", proxy.certificate, "--jsonfile",
              out, "-p", "-P", "-f", "-U", "-h", "--ip", "127.0.0.1", f"{NAME}:{proxy.port}"], 240)
        with open(out, encoding="utf-8") as file:
            found = json.loads(file.read())
    bad = [one for one in found if one["severity"] in ("MEDIUM", "HIGH", "CRITICAL") and
           not is_expected("testssl", one["id"])]
    check("testssl, nothing of medium severity or above", found and not bad,
          [(one["id"], one["severity"], one["finding"]) for one in bad])


def observatory(proxy):
    subprocess.run(["npm", "--prefix", HERE, "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                    "--omit=optional", "--silent"], check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    # Its list of preloaded hosts is fetched by a script that is not run; none of ours could be on it.
    preloaded = os.path.join(HERE, "node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json")
    if not os.path.exists(preloaded):
        with open(preloaded, "w", encoding="ascii") as file:
            file.write("{}")
    said = tool(["node", os.path.join(HERE, "observatory.mjs"), NAME, str(proxy.plain_port), str(proxy.port)],
                120, {"NODE_EXTRA_CA_CERTS": proxy.certificate})
    for line in said.splitlines():
        print(line)
    tally[True] += len(re.findall(r"^ok\b", said, re.M))
    tally[False] += len(re.findall(r"^not ok\b", said, re.M)) or int("MDN HTTP Observatory" not in said)


def behind_tls(binary, wanted):
    """What only makes sense over TLS."""
    program = Program(binary, demo="small")
    with tempfile.TemporaryDirectory() as folder:
        proxy = Proxy("nginx", os.path.join(folder, "proxy"), program.port, has_port=False)
        program.flags = ["--trust-proxy", "--origin", f"https://{proxy.address()}"]
        try:
            program.start()
            for name, run in (("tls", tls), ("observatory", observatory)):
                if name in wanted:
                    run(proxy)
        finally:
            proxy.close()
            program.close()


def main():
    wanted = sys.argv[2:] or TOOLS
    began = time.monotonic()
    if {"ffuf", "wapiti", "sqlmap"} & set(wanted):
        with Program(sys.argv[1], demo="small") as program, tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(program.data, "demo-people.txt"), encoding="utf-8") as file:
                lines = [line.strip().split("\t")[:2] for line in file if "@" in line]
            people = {"nobody": None, **dict(lines)}
            targets = [Target(program, kind, mail) for kind, mail in people.items()]
            for name, run in (("ffuf", ffuf), ("wapiti", wapiti), ("sqlmap", sqlmap)):
                for target in targets if name in wanted else []:
                    run(target, folder)
                    print(f"# {name} as {target.kind}: {time.monotonic() - began:.0f} s", flush=True)
            broken = re.findall(r".*(?:request_failed|process_died).*", program.log())
            check("the program broke nowhere", not broken, "\n".join(broken[:10]))
            program.stop()
            said = program.command("check", check=False)
            check("its data are whole", said.strip() == "all is well", said[-500:])
    if {"tls", "observatory"} & set(wanted):
        behind_tls(sys.argv[1], wanted)
    print(f"{tally[True]} passed, {tally[False]} failed")
    return 1 if tally[False] or not tally[True] else 0


if __name__ == "__main__":
    sys.exit(main())
