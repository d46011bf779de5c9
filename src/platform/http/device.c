/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for the names that browsers hide among the names of others; the first found of each list is meant. */
#include "platform/http/device.h"

typedef struct DeviceName {
    const char *mark; /* in the User-Agent line */
    const char *name;
} DeviceName;

static const DeviceName browsers[] = {
    {"Edg", "Edge"},        {"SamsungBrowser", "Samsung Internet"},
    {"OPR/", "Opera"},      {"FxiOS", "Firefox"},
    {"Firefox", "Firefox"}, {"CriOS", "Chrome"},
    {"Chrome", "Chrome"},   {"Safari", "Safari"},
};
static const DeviceName systems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},   {"Windows", "Windows"},
    {"CrOS", "Chromebook"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
};

static const char *name_find(const DeviceName *names, size_t count, Str line) {
    for (size_t at = 0; at < count; at++) {
        if (str_contains(line, str_of(names[at].mark))) {
            return names[at].name;
        }
    }
    return "";
}

Str device_words(Arena *arena, Str user_agent) {
    const char *browser = name_find(browsers, sizeof browsers / sizeof browsers[0], user_agent);
    const char *system = name_find(systems, sizeof systems / sizeof systems[0], user_agent);
    const bool has_both = *browser != '\0' && *system != '\0';
    return str_print(arena, "%s%s%s", browser, has_both ? ", " : "", system);
}
