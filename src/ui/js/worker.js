// SPDX-License-Identifier: Apache-2.0
// Keeps the page without a signal and what it is drawn with, and shows it where a page cannot be reached.
//
// Nothing else is ever kept: no page of a person, no answer with data. `assets` is put in front of this by
// tools/assets.py: with any of them changed, these bytes change, and the browser takes both anew.
const PAGE = "/offline";
const KEPT = `offline ${assets.join(" ")}`;
const PATIENCE_MS = 10_000; // of a line that is there and carries nothing

addEventListener("install", (event) => {
    const keepAll = async () => {
        const cache = await caches.open(KEPT);
        await cache.addAll([PAGE, ...assets]);
        await skipWaiting();
    };
    event.waitUntil(keepAll());
});

addEventListener("activate", (event) => {
    const dropOthers = async () => {
        for (const name of await caches.keys()) {
            if (name !== KEPT) {
                await caches.delete(name);
            }
        }
        await clients.claim();
    };
    event.waitUntil(dropOthers());
});

const keptOf = (path) => caches.match(path, { ignoreVary: true });

async function reach(request) {
    const page = await keptOf(PAGE);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
        return await fetch(request, page ? { signal: patience.signal } : {});
    } catch (problem) {
        if (page) {
            return page;
        }
        throw problem;
    } finally {
        clearTimeout(timer);
    }
}

addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) {
        return;
    }
    if (pathname === PAGE || assets.includes(pathname)) {
        event.respondWith(keptOf(pathname).then((kept) => kept ?? fetch(request)));
    } else if (request.mode === "navigate") {
        event.respondWith(reach(request));
    }
});
