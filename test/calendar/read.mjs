// SPDX-License-Identifier: Apache-2.0
// What ical.js reads in calendar files:  node read.mjs FILE...   prints a JSON list of entries.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const entries = process.argv.slice(2).flatMap((path) => {
    const root = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
    return root.getAllSubcomponents("vevent").map((component) => {
        const event = new ICAL.Event(component);
        return {
            method: root.getFirstPropertyValue("method"),
            uid: event.uid,
            sequence: event.sequence,
            starts: event.startDate.toUnixTime(),
            ends: event.endDate.toUnixTime(),
            summary: event.summary,
            attendees: event.attendees.map((one) => one.getFirstValue()),
        };
    });
});
console.log(JSON.stringify(entries));
