/* SPDX-License-Identifier: Apache-2.0 */
/* Picking the items of a consent in a form. */
#include "features/consent/consent_pick.h"

#include "texts.h"

/* By the bits of enum ConsentItem. */
static const char *const values[CONSENT_ITEMS] = {"name",     "words",    "reach", "notes",    "contacts",
                                                  "progress", "checkins", "card",  "substance"};
const char *const consent_pick_values[] = {"reach", "notes", "contacts", "progress", NULL};
const char *const consent_pick_all[] = {"words",    "reach", "notes",     "contacts", "progress",
                                        "checkins", "card",  "substance", NULL};

/* Within the program all is ticked at first, and the hint says what leaving it out means; on paper nothing
 * is, and it says what comes with it. */
static Str hint_of(const Scope *scope, ConsentTo to, ConsentItem item) {
    const Text hint =
        to == CONSENT_TO_ORGANIZATION ? consent_item_on_paper(item) : consent_item_without(item);
    return hint == TEXT_NONE ? STR_NONE : text_str(scope->lang, hint);
}

Options consent_pick_options(const Scope *scope, ConsentTo to) {
    const unsigned offered = consent_items_offered(to) & ~consent_items_needed(to);
    Option *items = NEW_MANY(scope->arena, CONSENT_ITEMS, Option);
    size_t count = 0;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        const ConsentItem item = (ConsentItem)(1U << at);
        if ((offered & item) != 0) {
            items[count++] = (Option){.value = str_of(values[at]),
                                      .label = text_str(scope->lang, consent_item_text(item)),
                                      .hint = hint_of(scope, to, item)};
        }
    }
    return (Options){.items = items, .count = count};
}

void consent_pick_set(const Scope *scope, Form *form, size_t field, unsigned items) {
    Str *ticked = NEW_MANY(scope->arena, CONSENT_ITEMS, Str);
    size_t count = 0;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        if ((items & 1U << at) != 0) {
            ticked[count++] = str_of(values[at]);
        }
    }
    form_set_many(form, field, (Strs){.items = ticked, .count = count});
}

unsigned consent_picked(const Form *form, size_t field, ConsentTo to) {
    unsigned items = 0;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        items |= form_has(form, field, str_of(values[at])) ? 1U << at : 0U;
    }
    return (items & consent_items_offered(to)) | consent_items_needed(to);
}
