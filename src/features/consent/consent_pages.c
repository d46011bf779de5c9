/* SPDX-License-Identifier: Apache-2.0 */
/* Picking the items of a consent in a form. */
#include "features/consent/consent_pick.h"

#include "texts.h"

/* By the bits of enum ConsentItem. */
static const char *const values[CONSENT_ITEMS] = {"name", "words", "reach", "notes", "contacts", "progress"};
const char *const consent_pick_values[] = {"reach", "notes", "contacts", "progress", NULL};

Options consent_pick_options(const Scope *scope, ConsentTo to) {
    const unsigned offered = consent_items_offered(to) & ~(unsigned)CONSENT_NEEDED;
    Option *items = NEW_MANY(scope->arena, CONSENT_ITEMS, Option);
    size_t count = 0;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        const ConsentItem item = (ConsentItem)(1U << at);
        if ((offered & item) != 0) {
            items[count++] = (Option){.value = str_of(values[at]),
                                      .label = text_str(scope->lang, consent_item_text(item)),
                                      .hint = text_str(scope->lang, consent_item_without(item))};
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

unsigned consent_picked(const Form *form, size_t field) {
    unsigned items = CONSENT_NEEDED;
    for (unsigned at = 0; at < CONSENT_ITEMS; at++) {
        items |= form_has(form, field, str_of(values[at])) ? 1U << at : 0U;
    }
    return items;
}
