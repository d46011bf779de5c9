/* SPDX-License-Identifier: Apache-2.0 */
/* Who wishes to notice what flowed each way, and what each said. */
#include "features/contact/contact_flow.h"

#include "contact_sql.h"
#include "features/contact/contact.h"
#include "texts.h"

ContactFlowWish contact_flow_wish(const Scope *scope, MatchId match) {
    ContactFlowWishRow row;
    if (!contact_flow_wish_row(scope->db, match, scope->actor, &row)) {
        return (ContactFlowWish){0};
    }
    return (ContactFlowWish){.is_mine = row.mine > 0, .is_open = row.mine > 0 && row.both == 2};
}

static bool is_one_of_two(const Scope *scope, const Match *match) {
    return person_id_equal(scope->actor, match->receiver) || person_id_equal(scope->actor, match->giver);
}

bool contact_flow_set_wish(const Scope *scope, Tx *tx, const Match *match, bool wishes) {
    if (!is_one_of_two(scope, match) || match->state == MATCH_ENDED) {
        return false;
    }
    if (wishes) {
        contact_flow_wish_put(tx, match->id, scope->actor);
    } else {
        contact_flow_wish_delete(tx, match->id, scope->actor);
        contact_flow_unsay(tx, match->id, scope->actor);
    }
    match_news(scope, tx, match->id);
    return true;
}

bool contact_flow_say(const Scope *scope, Tx *tx, ContactId id, ContactFlow flow) {
    Contact contact;
    if (!contact_find(scope, id, &contact) || contact.outcome != CONTACT_TALKED ||
        !contact_flow_wish(scope, contact.match).is_open) {
        return false;
    }
    contact_flow_set(tx, &(ContactFlowSet){.match = contact.match,
                                           .at = contact.at,
                                           .id = id,
                                           .person = scope->actor,
                                           .flow = (int64_t)flow});
    match_news(scope, tx, contact.match);
    return true;
}

void contact_flow_forget(Tx *tx, PersonId person) {
    contact_flow_forget_received(tx, person);
    contact_flow_forget_gave(tx, person);
    contact_flow_forget_wishes(tx, person);
}

Text contact_flow_text(ContactFlow flow) {
    switch (flow) {
    case CONTACT_FLOW_UNSAID:
        return TEXT_NONE;
    case CONTACT_FLOW_GAVE:
        return TEXT_CONTACT_FLOW_GAVE;
    case CONTACT_FLOW_RECEIVED:
        return TEXT_CONTACT_FLOW_RECEIVED;
    case CONTACT_FLOW_BOTH:
        return TEXT_CONTACT_FLOW_BOTH;
    }
    return TEXT_NONE;
}
