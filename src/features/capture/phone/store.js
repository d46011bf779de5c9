// SPDX-License-Identifier: Apache-2.0
// What is kept on this phone, sealed with AES-GCM under keys that this browser holds and never gives out.
//
// Two keys, because two things end at different times. Under "data" lies what the program gave to keep: it
// goes as soon as nobody, or somebody else, is signed in. Under "entries" lies what was written and not
// confirmed yet: it stays until it was confirmed, or until its author deletes it. Deleting a key is enough
// to delete what lies under it.
const NAME = "phone";
const MARK = "phone"; // in localStorage: that there is something here, so that pages know without opening it

const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
});

function open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore("keys");
        request.result.createObjectStore("kept");
        request.result.createObjectStore("waiting", { keyPath: "capture" });
    };
    return settled(request);
}

// One change, on the disk before it is told: a phone may be switched off the next moment.
async function change(stores, work) {
    const database = await open();
    try {
        const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
        const done = new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onerror = transaction.onabort = () => reject(transaction.error);
        });
        work(transaction);
        await done;
    } finally {
        database.close();
    }
}

async function read(store, ask) {
    const database = await open();
    try {
        return await settled(ask(database.transaction(store).objectStore(store)));
    } finally {
        database.close();
    }
}

const bytes = (text) => new TextEncoder().encode(text);

async function seal(key, about, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: bytes(about) };
    return { iv, sealed: await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(value))) };
}

async function unseal(key, about, { iv, sealed }) {
    const how = { name: "AES-GCM", iv, additionalData: bytes(about) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed)));
}

const newKey = () =>
    crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
const keyOf = (name) => read("keys", (store) => store.get(name));

/** Is there anything on this phone? False also where a browser keeps nothing. */
export function isMarked() {
    try {
        return localStorage.getItem(MARK) !== null;
    } catch {
        return false;
    }
}

/** When the data was last renewed, in milliseconds; 0: never. */
export const renewedAt = () => Number(localStorage.getItem(MARK));

/** From here on this phone keeps what this person is given. */
export async function turnOn(data) {
    const [dataKey, entriesKey] = [await newKey(), (await keyOf("entries")) ?? await newKey()];
    await change(["keys"], (transaction) => {
        transaction.objectStore("keys").put(dataKey, "data");
        transaction.objectStore("keys").put(entriesKey, "entries");
    });
    await keep(data);
}

/** Keeps the data anew; `data.person` is the one whose phone it is. */
export async function keep(data) {
    const key = await keyOf("data");
    const { token, ...rest } = data; // what lets a form through is asked for when there is a signal
    const record = { person: data.person, ...await seal(key, data.person, rest) };
    await change(["kept"], (transaction) => transaction.objectStore("kept").put(record, "data"));
    localStorage.setItem(MARK, String(Date.now()));
}

/** Whose data it is, without opening it; null: nobody's. */
export async function keptPerson() {
    return (await read("kept", (store) => store.get("data")))?.person ?? null;
}

/** The data; null when there is none. */
export async function kept() {
    const [record, key] = [await read("kept", (store) => store.get("data")), await keyOf("data")];
    return record && key ? unseal(key, record.person, record) : null;
}

/** The data and its key are gone; what waits stays, sealed. */
export async function dropData() {
    await change(["keys", "kept"], (transaction) => {
        transaction.objectStore("keys").delete("data");
        transaction.objectStore("kept").clear();
    });
    if ((await waiting()).length === 0) {
        await dropAll();
    }
}

/** Everything is gone, keys first; with it the page without a signal. */
export async function dropAll() {
    await change(["keys", "kept", "waiting"], (transaction) => {
        for (const name of ["keys", "kept", "waiting"]) {
            transaction.objectStore(name).clear();
        }
    });
    localStorage.removeItem(MARK);
    await settled(indexedDB.deleteDatabase(NAME));
    for (const name of await caches.keys()) {
        await caches.delete(name);
    }
    for (const one of await navigator.serviceWorker.getRegistrations()) {
        await one.unregister();
    }
}

// ---- what waits to be sent

const about = (entry) => `${entry.capture} ${entry.author}`;
const hex = (all) => Array.from(all, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Sixteen random bytes in hexadecimal. */
export const newName = () => hex(crypto.getRandomValues(new Uint8Array(16)));

/** Keeps what was written: { kind, author, match, called, captured_at, fields }, under a name of its own. */
export async function write(entry) {
    const head = { capture: newName(), author: entry.author, reason: "", at: entry.captured_at };
    const record = { ...head, ...await seal(await keyOf("entries"), about(head), entry) };
    await change(["waiting"], (transaction) => transaction.objectStore("waiting").add(record));
}

/** What waits, oldest first, still sealed: { capture, author, reason, at }. */
export async function waiting() {
    const all = await read("waiting", (store) => store.getAll());
    return all.sort((one, other) => one.at - other.at);
}

/** What one of them says. */
export async function written(record) {
    return { ...await unseal(await keyOf("entries"), about(record), record), capture: record.capture };
}

/** It was confirmed, or its author deletes it. */
export const forget = (captures) => change(["waiting"], (transaction) => {
    for (const capture of captures) {
        transaction.objectStore("waiting").delete(capture);
    }
});

/** It was refused, and stays: why. */
export const refuse = (records) => change(["waiting"], (transaction) => {
    for (const record of records) {
        transaction.objectStore("waiting").put(record);
    }
});
