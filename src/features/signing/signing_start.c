/* SPDX-License-Identifier: Apache-2.0 */
/* What every program starts with: the strictest everywhere, and the few rules whose source we know. A
 * starting point that a program checks with its own lawyer, and says so beside it. */
#include "features/signing/signing.h"

#include "texts.h"

typedef struct StartRule {
    const char *state;
    SigningService service;
    int64_t both_from;
    int64_t alone_from;
    Text source;
} StartRule;

/* Both laws also ask that a professional finds the young person mature enough: their source says so. */
static const StartRule starts[] = {
    {"CA", SIGNING_MENTAL, 0, 12, TEXT_SIGNING_SOURCE_CA_MENTAL},
    {"CA", SIGNING_SUBSTANCE, 0, 12, TEXT_SIGNING_SOURCE_CA_SUBSTANCE},
};
enum { STARTS = sizeof starts / sizeof starts[0] };

static SigningRule started(const Scope *scope, const StartRule *start) {
    return (SigningRule){
        .state = str_of(start->state),
        .service = start->service,
        .both_from = start->both_from,
        .alone_from = start->alone_from,
        .source = text_str(scope->lang, start->source),
        .by_called = STR_NONE,
    };
}

bool signing_start_rule(const Scope *scope, Str state, SigningService service, SigningRule *ret_rule) {
    for (size_t at = 0; at < STARTS; at++) {
        if (starts[at].service == service && str_equal(state, str_of(starts[at].state))) {
            *ret_rule = started(scope, &starts[at]);
            return true;
        }
    }
    return false;
}

SigningRules signing_start_rules(const Scope *scope) {
    SigningRule *items = NEW_MANY(scope->arena, STARTS, SigningRule);
    for (size_t at = 0; at < STARTS; at++) {
        items[at] = started(scope, &starts[at]);
    }
    return (SigningRules){.items = items, .count = STARTS};
}

/* Nothing that a law asks for is missing then, but for the few states in which one is of age later. */
SigningRule signing_strictest(const Scope *scope, SigningService service) {
    return started(scope, &(StartRule){"*", service, 0, 18,
                                       service == SIGNING_SUBSTANCE ? TEXT_SIGNING_SOURCE_STRICTEST_SUBSTANCE
                                                                    : TEXT_SIGNING_SOURCE_STRICTEST});
}

/* ---- states ---- */

/* Names of places, which both languages leave as they are. */
static const struct {
    const char *code;
    const char *name;
} states[] = {
    {"AL", "Alabama"},
    {"AK", "Alaska"},
    {"AZ", "Arizona"},
    {"AR", "Arkansas"},
    {"CA", "California"},
    {"CO", "Colorado"},
    {"CT", "Connecticut"},
    {"DE", "Delaware"},
    {"DC", "District of Columbia"},
    {"FL", "Florida"},
    {"GA", "Georgia"},
    {"HI", "Hawaii"},
    {"ID", "Idaho"},
    {"IL", "Illinois"},
    {"IN", "Indiana"},
    {"IA", "Iowa"},
    {"KS", "Kansas"},
    {"KY", "Kentucky"},
    {"LA", "Louisiana"},
    {"ME", "Maine"},
    {"MD", "Maryland"},
    {"MA", "Massachusetts"},
    {"MI", "Michigan"},
    {"MN", "Minnesota"},
    {"MS", "Mississippi"},
    {"MO", "Missouri"},
    {"MT", "Montana"},
    {"NE", "Nebraska"},
    {"NV", "Nevada"},
    {"NH", "New Hampshire"},
    {"NJ", "New Jersey"},
    {"NM", "New Mexico"},
    {"NY", "New York"},
    {"NC", "North Carolina"},
    {"ND", "North Dakota"},
    {"OH", "Ohio"},
    {"OK", "Oklahoma"},
    {"OR", "Oregon"},
    {"PA", "Pennsylvania"},
    {"RI", "Rhode Island"},
    {"SC", "South Carolina"},
    {"SD", "South Dakota"},
    {"TN", "Tennessee"},
    {"TX", "Texas"},
    {"UT", "Utah"},
    {"VT", "Vermont"},
    {"VA", "Virginia"},
    {"WA", "Washington"},
    {"WV", "West Virginia"},
    {"WI", "Wisconsin"},
    {"WY", "Wyoming"},
    {"AS", "American Samoa"},
    {"GU", "Guam"},
    {"MP", "Northern Mariana Islands"},
    {"PR", "Puerto Rico"},
    {"VI", "U.S. Virgin Islands"},
};
enum { STATES = sizeof states / sizeof states[0] };

SigningStates signing_states(const Scope *scope) {
    SigningState *items = NEW_MANY(scope->arena, STATES, SigningState);
    for (size_t at = 0; at < STATES; at++) {
        items[at] = (SigningState){.code = str_of(states[at].code), .name = str_of(states[at].name)};
    }
    return (SigningStates){.items = items, .count = STATES};
}

Str signing_state_name(Str code) {
    for (size_t at = 0; at < STATES; at++) {
        if (str_equal(code, str_of(states[at].code))) {
            return str_of(states[at].name);
        }
    }
    return STR("");
}
