/* SPDX-License-Identifier: Apache-2.0 */
/* What flows each way: whether one wishes to notice it, and saying it of a contact. */
#include "contact_html.h"
#include "features/contact/contact_view.h"
#include "routes.h"
#include "texts.h"

enum { WISH_WISH, WISH_FIELDS };
static const char *const wish_values[] = {"yes", "no", NULL};
static const Field wish_fields[] = {
    [WISH_WISH] = {.name = "wish", .kind = FIELD_CHOICE, .is_required = true, .choices = wish_values},
};

enum { SAY_FLOW, SAY_FIELDS };
static const char *const say_values[] = {"gave", "received", "both", "unsaid", NULL};
static const Field say_fields[] = {
    [SAY_FLOW] = {.name = "flow", .kind = FIELD_CHOICE, .is_required = true, .choices = say_values},
};

Options contact_flow_options(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, CONTACT_FLOW_BOTH, Option);
    for (ContactFlow flow = CONTACT_FLOW_GAVE; flow <= CONTACT_FLOW_BOTH; flow++) {
        items[flow - CONTACT_FLOW_GAVE] = (Option){.value = str_of(contact_flows[flow - CONTACT_FLOW_GAVE]),
                                                   .label = text_str(scope->lang, contact_flow_text(flow))};
    }
    return (Options){.items = items, .count = CONTACT_FLOW_BOTH};
}

void contact_flow_show(Get *get, MatchId id) {
    ContactFlowPage page = {.layout = layout_of(get->scope, get->reply, TEXT_CONTACT_FLOW_TITLE)};
    if (!match_find(get->scope, id, &page.match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.other_called = match_other_called(&page.match, get->scope->actor);
    page.wish = contact_flow_wish(get->scope, id);
    contact_flow_page(reply_html(get->reply, 200), &page);
}

void contact_flow_wish_do(Post *post, MatchId id) {
    const Form form = form_read(post->scope, post->input, wish_fields, WISH_FIELDS);
    Match match;
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool wishes = form_has(&form, WISH_WISH, STR("yes"));
    if (!match_find(post->scope, id, &match) ||
        !contact_flow_set_wish(post->scope, post->tx, &match, wishes)) {
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
    reply_redirect_saying(post->reply, url_contact_flow_show(post->scope->arena, id), TEXT_UI_SAVED);
}

void contact_flow_say_do(Post *post, ContactId id) {
    const Form form = form_read(post->scope, post->input, say_fields, SAY_FIELDS);
    Contact contact;
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (!contact_find(post->scope, id, &contact)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!contact_flow_say(post->scope, post->tx, id, contact_flow_of(form_str(&form, SAY_FLOW)))) {
        reply_sorry(post->reply, 409, TEXT_CONTACT_FLOW_OVER);
        return;
    }
    reply_redirect_saying(post->reply, url_match_show(post->scope->arena, contact.match), TEXT_UI_SAVED);
}
