// SPDX-License-Identifier: Apache-2.0
// Makes app.css (USWDS subset and our components, purged to what is written) and the scripts: app.js for every page,
// phone.js for a phone without a signal, worker.js to be its service worker.
//
//     node build.mjs OUT_DIR TEMPLATE...
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync, transformSync } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

const CSS_MOST = 20 * 1024;
const JS_MOST = 6 * 1024;
const PHONE_MOST = 6 * 1024;
const WORKER_MOST = 1024;
const here = dirname(fileURLToPath(import.meta.url));

// USWDS draws its marks with picture files. Ours are drawn by borders, so that a page asks for nothing more.
const withoutPictures = {
    postcssPlugin: "without-pictures",
    Declaration(declaration) {
        if (declaration.value.includes("url(")) {
            declaration.remove();
        }
    },
};

async function makeSheet(templates) {
    const uswds = sass.compile(join(here, "theme.scss"), {
        loadPaths: [join(here, "node_modules/@uswds/uswds/packages")],
        quietDeps: true,
        logger: sass.Logger.silent,
    });
    const names = readdirSync(join(here, "css")).filter((name) => name.endsWith(".css")).sort();
    const own = names.map((name) => readFileSync(join(here, "css", name), "utf8"));
    const whole = (await postcss([withoutPictures]).process([uswds.css, ...own].join("\n"), { from: undefined })).css;
    const [purged] = await new PurgeCSS().purge({
        content: [
            { raw: "html body has-script has-left", extension: "txt" },
            ...[join(here, "README.md"), ...templates].map((path) => ({
                raw: readFileSync(path, "utf8"),
                extension: "txt",
            })),
        ],
        css: [{ raw: whole }],
        // Every word of a template counts as a class, so its control language needs no parser here.
        defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
        fontFace: true,
        keyframes: true,
        variables: true,
    });
    return transformSync(purged.css, { loader: "css", minify: true, target: ["chrome90", "safari14", "firefox90"] }).code;
}

function makeScript(entry, format) {
    const result = buildSync({
        entryPoints: [join(here, entry)],
        bundle: true,
        minify: true,
        format,
        target: "es2020",
        legalComments: "none",
        write: false,
    });
    return result.outputFiles[0].text;
}

function keep(directory, name, text, most) {
    const size = gzipSync(text, { level: 9 }).length;
    if (size > most) {
        console.error(`${name}: ${size} bytes compressed, more than the ${most} that a page may cost`);
        process.exit(1);
    }
    writeFileSync(join(directory, name), text);
    console.log(`${name}: ${text.length} bytes, ${size} compressed`);
}

const [directory, ...templates] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
keep(directory, "app.css", await makeSheet(templates), CSS_MOST);
keep(directory, "app.js", makeScript("js/app.js", "iife"), JS_MOST);
keep(directory, "phone.js", makeScript("../features/capture/phone/phone.js", "esm"), PHONE_MOST);
keep(directory, "worker.js", makeScript("js/worker.js", "iife"), WORKER_MOST);
