/* SPDX-License-Identifier: Apache-2.0 */
/* What of a consent to an organization one reader may print. */
#include "features/handover/handover.h"

#include "features/card/card.h"

/* What those who coordinate see of this request, in the items of a consent to an organization: what was said
 * at a check-in comes with the notes, the card has readers of its own, and they read what is marked as all
 * else. */
static unsigned seen_by_coordinators(const Scope *scope, const Consent *consent) {
    unsigned items = consent_items_shared(scope, consent->request, (PersonId){0});
    items |= (items & CONSENT_NOTES) != 0 ? (unsigned)CONSENT_CHECKINS : 0U;
    items |= items != 0 && card_is_for_coordinator(scope, consent->person) ? (unsigned)CONSENT_CARD : 0U;
    return items | CONSENT_SUBSTANCE;
}

bool handover_find(const Scope *scope, ConsentId id, Handover *ret_handover) {
    Handover handover = {0};
    if (!consent_find(scope, id, &handover.consent) || handover.consent.to != CONSENT_TO_ORGANIZATION ||
        handover.consent.state != CONSENT_LIVING || str_is_empty(handover.consent.to_called)) {
        return false;
    }
    const Consent *consent = &handover.consent;
    handover.is_own = person_id_equal(scope->actor, consent->person);
    const unsigned seen = handover.is_own ? consent->items : seen_by_coordinators(scope, consent);
    handover.items = consent->items & seen;
    handover.left_out = consent->items & ~seen;
    *ret_handover = handover;
    return true;
}

ContactPoints handover_reach(const Scope *scope, PersonId person) {
    const ContactPoints all = account_contact_points(scope, person);
    ContactPoint *items = NEW_MANY(scope->arena, all.count, ContactPoint);
    size_t count = 0;
    for (size_t at = 0; at < all.count; at++) {
        if (!all.items[at].is_unsafe) {
            items[count] = all.items[at];
            items[count++].safe_times = STR("");
        }
    }
    return (ContactPoints){.items = items, .count = count};
}
