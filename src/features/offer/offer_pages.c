/* SPDX-License-Identifier: Apache-2.0 */
/* An offer: making one, reading it as owner, coordinator or family, and its switches. */
#include "features/access/access.h"
#include "features/offer/offer.h"
#include "features/offer/offer_view.h"
#include "offer_html.h"
#include "platform/http/page.h"
#include "routes.h"
#include "texts.h"
#include "ui/ui.h"

enum {
    EDIT_VERSION,
    EDIT_ABOUT,
    EDIT_RELATION,
    EDIT_LIVED,
    EDIT_LIVED_QUIETLY,
    EDIT_AGES,
    EDIT_SPEAKS,
    EDIT_TIMES,
    EDIT_RATHER_NOT,
    EDIT_RATHER_NOT_AGES,
    EDIT_CAPACITY,
    EDIT_SYSTEMS,
    EDIT_SYSTEMS_QUIET,
    EDIT_ROLES,
    EDIT_CHANNELS,
    EDIT_REGIONS,
    EDIT_CULTURES,
    EDIT_CULTURES_QUIET,
    EDIT_GENDERS,
    EDIT_GENDERS_QUIET,
    EDIT_FIELDS
};
static const Field edit_fields[] = {
    [EDIT_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [EDIT_ABOUT] = {.name = "about", .kind = FIELD_WORDS, .most_characters = 1000},
    [EDIT_RELATION] = {.name = "relation", .kind = FIELD_ID},
    [EDIT_LIVED] = {.name = "lived", .kind = FIELD_IDS},
    [EDIT_LIVED_QUIETLY] = {.name = "quiet", .kind = FIELD_IDS},
    [EDIT_AGES] = {.name = "age", .kind = FIELD_IDS},
    [EDIT_SPEAKS] = {.name = "speaks",
                     .kind = FIELD_IDS,
                     .is_required = true,
                     .missing = TEXT_OFFER_SPEAKS_MISSING},
    [EDIT_TIMES] = {.name = "time", .kind = FIELD_IDS},
    [EDIT_RATHER_NOT] = {.name = "rather", .kind = FIELD_IDS},
    [EDIT_RATHER_NOT_AGES] = {.name = "rather-age", .kind = FIELD_IDS},
    [EDIT_CAPACITY] = {.name = "capacity", .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = 50},
    [EDIT_SYSTEMS] = {.name = "system", .kind = FIELD_IDS},
    [EDIT_SYSTEMS_QUIET] = {.name = "system-quiet", .kind = FIELD_SWITCH},
    [EDIT_ROLES] = {.name = "role", .kind = FIELD_IDS},
    [EDIT_CHANNELS] = {.name = "channel", .kind = FIELD_IDS},
    [EDIT_REGIONS] = {.name = "region", .kind = FIELD_IDS},
    [EDIT_CULTURES] = {.name = "culture", .kind = FIELD_IDS},
    [EDIT_CULTURES_QUIET] = {.name = "culture-quiet", .kind = FIELD_SWITCH},
    [EDIT_GENDERS] = {.name = "gender", .kind = FIELD_IDS},
    [EDIT_GENDERS_QUIET] = {.name = "gender-quiet", .kind = FIELD_SWITCH},
};

enum { CAPACITY_VERSION, CAPACITY_CAPACITY, CAPACITY_FIELDS };
static const Field capacity_fields[] = {
    [CAPACITY_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [CAPACITY_CAPACITY] =
        {.name = "capacity", .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = 50},
};

enum { CLEAR_VERSION, CLEAR_CLEARED, CLEAR_FIELDS };
static const char *const cleared_words[] = {"yes", "no", NULL};
static const Field clear_fields[] = {
    [CLEAR_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [CLEAR_CLEARED] = {.name = "cleared",
                       .kind = FIELD_CHOICE,
                       .is_required = true,
                       .choices = cleared_words},
};

enum { FUNDING_VERSION, FUNDING_ITEMS, FUNDING_FIELDS };
static const Field funding_fields[] = {
    [FUNDING_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [FUNDING_ITEMS] = {.name = "funding", .kind = FIELD_IDS},
};

enum { PAUSE_WEEKS, PAUSE_FIELDS };
static const Field pause_fields[] = {
    [PAUSE_WEEKS] = {.name = "weeks", .kind = FIELD_NUMBER, .least = 0, .most = 52},
};

/* ---- reading ---- */

static Strs words_of(const Scope *scope, OfferItems items, OfferItemKind kind, OfferAudience audience) {
    Str *words = NEW_MANY(scope->arena, items.count, Str);
    size_t count = 0;
    for (size_t at = 0; at < items.count; at++) {
        if (items.items[at].kind == kind && items.items[at].audience == audience) {
            words[count++] = program_item_label(scope, items.items[at].item);
        }
    }
    return (Strs){.items = words, .count = count};
}

/* What stands in this list: several lists are kept as one kind, and read apart. */
static OfferItems items_in(const Scope *scope, const Offer *offer, OfferItems items, ListKind list) {
    OfferItem *kept = NEW_MANY(scope->arena, items.count, OfferItem);
    size_t count = 0;
    for (size_t at = 0; at < items.count; at++) {
        if (program_has_item(scope, offer->program, list, items.items[at].item)) {
            kept[count++] = items.items[at];
        }
    }
    return (OfferItems){.items = kept, .count = count};
}

/* A row of facts a list; what is for the coordinator only has a row of its own, which no family is given. */
static OfferFacts facts_of(const Scope *scope, const Offer *offer, OfferItems items, OfferReader reader) {
    const bool is_owner = reader == OFFER_READ_BY_OWNER;
    const OfferAudience last = reader == OFFER_READ_BY_FAMILY ? OFFER_FOR_FAMILIES : OFFER_FOR_COORDINATOR;
    static const struct {
        ListKind list;
        OfferItemKind kind;
        Text own;
        Text of_other;
    } rows[] = {
        {LIST_SYSTEM, OFFER_LIVED, TEXT_OFFER_SYSTEMS, TEXT_OFFER_HAS_SYSTEMS},
        {LIST_ROLE, OFFER_HAS, TEXT_OFFER_ROLES, TEXT_OFFER_HAS_ROLES},
        {LIST_CHANNEL, OFFER_HAS, TEXT_OFFER_CHANNELS, TEXT_OFFER_HAS_CHANNELS},
        {LIST_REGION, OFFER_HAS, TEXT_OFFER_REGIONS, TEXT_OFFER_HAS_REGIONS},
        {LIST_CULTURE, OFFER_HAS, TEXT_OFFER_CULTURES, TEXT_OFFER_CULTURES},
        {LIST_GENDER, OFFER_HAS, TEXT_OFFER_GENDERS, TEXT_OFFER_GENDERS},
        {LIST_FUNDING, OFFER_HAS, TEXT_OFFER_FUNDING, TEXT_OFFER_FUNDING},
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    OfferFact *facts = NEW_MANY(scope->arena, 2 * ROWS, OfferFact);
    size_t count = 0;
    for (size_t at = 0; at < ROWS; at++) {
        const OfferItems here = items_in(scope, offer, items, rows[at].list);
        for (int audience = OFFER_FOR_FAMILIES; audience <= (int)last; audience++) {
            Strs words = words_of(scope, here, rows[at].kind, (OfferAudience)audience);
            if (words.count > 0) {
                facts[count++] = (OfferFact){.label = is_owner ? rows[at].own : rows[at].of_other,
                                             .words = words,
                                             .is_quiet = audience == OFFER_FOR_COORDINATOR};
            }
        }
    }
    return (OfferFacts){.items = facts, .count = count};
}

static OfferReader reader_of(Scope *scope, OfferId id) {
    unsigned relations = access_relations(scope, OBJECT_OFFER, id.value);
    if ((relations & AS_OWNER) != 0) {
        return OFFER_READ_BY_OWNER;
    }
    return (relations & AS_COORDINATOR) != 0 ? OFFER_READ_BY_COORDINATOR : OFFER_READ_BY_FAMILY;
}

static Options list_options(const Scope *scope, ProgramId program, ListKind list) {
    ListItems rows = program_items(scope, program, list);
    Option *items = NEW_MANY(scope->arena, rows.count, Option);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, rows.items[at].id.value),
                             .label = rows.items[at].label};
    }
    return (Options){.items = items, .count = rows.count};
}

/* Those of the offer's items that stand in this list, as values of a form. */
static Strs values_in(const Scope *scope, const Offer *offer, OfferItems items, ListKind list) {
    const OfferItems here = items_in(scope, offer, items, list);
    Str *values = NEW_MANY(scope->arena, here.count, Str);
    for (size_t at = 0; at < here.count; at++) {
        values[at] = ui_id_value(scope->arena, here.items[at].item.value);
    }
    return (Strs){.items = values, .count = here.count};
}

static void show_offer(Scope *scope, Reply *reply, const Offer *offer, const Form *form) {
    OfferItems items = offer_items(scope, offer->id);
    Form funding = form_empty(scope, funding_fields, FUNDING_FIELDS);
    form_set_many(&funding, FUNDING_ITEMS, values_in(scope, offer, items, LIST_FUNDING));
    OfferPage page = {
        .layout = layout_titled(scope, reply, offer->called),
        .reader = reader_of(scope, offer->id),
        .offer = *offer,
        .relation = program_item_label(scope, offer->relation),
        .lived =
            words_of(scope, items_in(scope, offer, items, LIST_EXPERIENCE), OFFER_LIVED, OFFER_FOR_FAMILIES),
        .ages = words_of(scope, items_in(scope, offer, items, LIST_AGE), OFFER_LIVED, OFFER_FOR_FAMILIES),
        .speaks = words_of(scope, items, OFFER_SPEAKS, OFFER_FOR_FAMILIES),
        .free_then = words_of(scope, items, OFFER_FREE_THEN, OFFER_FOR_FAMILIES),
        .form = form,
    };
    page.facts = facts_of(scope, offer, items, page.reader);
    if (page.reader != OFFER_READ_BY_FAMILY) {
        page.lived_quietly = words_of(scope, items_in(scope, offer, items, LIST_EXPERIENCE), OFFER_LIVED,
                                      OFFER_FOR_COORDINATOR);
        page.rather_not = words_of(scope, items, OFFER_RATHER_NOT, OFFER_FOR_COORDINATOR);
        page.origin = origin_of_offer(scope, offer->id);
        const Part2Notice *notice =
            part2_notice(reply, &page.layout.part2, text_str(scope->lang, TEXT_ORIGIN_PART2_SCOPE));
        page.origin_lines =
            origin_lines(scope->arena, part2_open_about(notice, offer->person, page.origin.original),
                         part2_open_about(notice, offer->person, page.origin.unparsed));
    }
    if (page.reader == OFFER_READ_BY_COORDINATOR) {
        page.reach = account_contact_points(scope, offer->person);
        page.funding = &funding;
        page.funding_options = list_options(scope, offer->program, LIST_FUNDING);
    }
    page.layout.has_error = !form->is_valid;
    offer_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void offer_show(Get *get, OfferId id) {
    Offer offer;
    if (!offer_find(get->scope, id, &offer)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, capacity_fields, CAPACITY_FIELDS);
    form_set_int(&form, CAPACITY_CAPACITY, offer.capacity);
    show_offer(get->scope, get->reply, &offer, &form);
}

/* ---- writing ---- */

static void show_edit(Scope *scope, Reply *reply, OfferEditPage page, int status) {
    page.layout = layout_of(scope, reply, page.offer.value == 0 ? TEXT_OFFER_NEW_TITLE : TEXT_OFFER_TITLE);
    page.layout.has_error = !page.form->is_valid;
    page.relations = list_options(scope, page.program, LIST_RELATION);
    page.experiences = list_options(scope, page.program, LIST_EXPERIENCE);
    page.ages = list_options(scope, page.program, LIST_AGE);
    page.languages = list_options(scope, page.program, LIST_LANGUAGE);
    page.times = list_options(scope, page.program, LIST_TIME);
    page.systems = list_options(scope, page.program, LIST_SYSTEM);
    page.roles = list_options(scope, page.program, LIST_ROLE);
    page.channels = list_options(scope, page.program, LIST_CHANNEL);
    page.regions = list_options(scope, page.program, LIST_REGION);
    page.cultures = list_options(scope, page.program, LIST_CULTURE);
    page.genders = list_options(scope, page.program, LIST_GENDER);
    offer_edit_page(reply_html(reply, status), &page);
}

/* Where each set of the form goes, the coordinator's own first: an item that stands in both is kept quiet.
 * A switch beside a set says that all of it is for the coordinator only. */
typedef struct OfferSet {
    size_t field;
    ListKind list;
    OfferItemKind kind;
    OfferAudience audience;
    size_t quiet; /* the field of that switch; 0: there is none */
} OfferSet;
static const OfferSet sets[] = {
    {EDIT_LIVED_QUIETLY, LIST_EXPERIENCE, OFFER_LIVED, OFFER_FOR_COORDINATOR, 0},
    {EDIT_LIVED, LIST_EXPERIENCE, OFFER_LIVED, OFFER_FOR_FAMILIES, 0},
    {EDIT_AGES, LIST_AGE, OFFER_LIVED, OFFER_FOR_FAMILIES, 0},
    {EDIT_SPEAKS, LIST_LANGUAGE, OFFER_SPEAKS, OFFER_FOR_FAMILIES, 0},
    {EDIT_TIMES, LIST_TIME, OFFER_FREE_THEN, OFFER_FOR_FAMILIES, 0},
    {EDIT_RATHER_NOT, LIST_EXPERIENCE, OFFER_RATHER_NOT, OFFER_FOR_COORDINATOR, 0},
    {EDIT_RATHER_NOT_AGES, LIST_AGE, OFFER_RATHER_NOT, OFFER_FOR_COORDINATOR, 0},
    {EDIT_SYSTEMS, LIST_SYSTEM, OFFER_LIVED, OFFER_FOR_FAMILIES, EDIT_SYSTEMS_QUIET},
    {EDIT_ROLES, LIST_ROLE, OFFER_HAS, OFFER_FOR_FAMILIES, 0},
    {EDIT_CHANNELS, LIST_CHANNEL, OFFER_HAS, OFFER_FOR_FAMILIES, 0},
    {EDIT_REGIONS, LIST_REGION, OFFER_HAS, OFFER_FOR_FAMILIES, 0},
    {EDIT_CULTURES, LIST_CULTURE, OFFER_HAS, OFFER_FOR_FAMILIES, EDIT_CULTURES_QUIET},
    {EDIT_GENDERS, LIST_GENDER, OFFER_HAS, OFFER_FOR_FAMILIES, EDIT_GENDERS_QUIET},
};
enum { SETS = sizeof(sets) / sizeof(sets[0]) };

/* Reads the form; a word that this program's lists do not have is an error, and not left out in silence. */
static Form edit_read(const Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, edit_fields, EDIT_FIELDS);
    const ListItemId relation = {form_id(&form, EDIT_RELATION)};
    if (relation.value != 0 && !program_has_item(post->scope, program, LIST_RELATION, relation)) {
        form_error(&form, EDIT_RELATION, TEXT_UI_FIELD_CHOICE);
    }
    for (size_t set = 0; set < SETS; set++) {
        const int64_t *ids;
        const size_t count = form_ids(&form, sets[set].field, &ids);
        for (size_t at = 0; at < count; at++) {
            if (!program_has_item(post->scope, program, sets[set].list, (ListItemId){ids[at]})) {
                form_error(&form, sets[set].field, TEXT_UI_FIELD_CHOICE);
            }
        }
    }
    return form;
}

static OfferContent content_of(const Scope *scope, const Form *form) {
    const int64_t *ids[SETS];
    size_t counts[SETS];
    size_t most = 0;
    for (size_t set = 0; set < SETS; set++) {
        counts[set] = form_ids(form, sets[set].field, &ids[set]);
        most += counts[set];
    }
    OfferItem *items = NEW_MANY(scope->arena, most, OfferItem);
    size_t count = 0;
    for (size_t set = 0; set < SETS; set++) {
        bool is_quiet = sets[set].quiet != 0 && form_is_on(form, sets[set].quiet);
        OfferAudience audience = is_quiet ? OFFER_FOR_COORDINATOR : sets[set].audience;
        for (size_t at = 0; at < counts[set]; at++) {
            items[count++] = (OfferItem){{ids[set][at]}, sets[set].kind, audience};
        }
    }
    return (OfferContent){
        .relation = {form_id(form, EDIT_RELATION)},
        .about = form_str(form, EDIT_ABOUT),
        .capacity = form_int(form, EDIT_CAPACITY, 0),
        .items = {.items = items, .count = count},
    };
}

void offer_new_show(Get *get, ProgramId program) {
    OfferId id;
    if (offer_find_by_person(get->scope, program, get->scope->actor, &id)) {
        reply_redirect(get->reply, url_offer_show(get->scope->arena, id));
        return;
    }
    Form form = form_empty(get->scope, edit_fields, EDIT_FIELDS);
    form_set_int(&form, EDIT_CAPACITY, program_clock(get->scope, program, CLOCK_LOAD_VOLUNTEER).amount);
    show_edit(get->scope, get->reply, (OfferEditPage){.form = &form, .program = program}, 200);
}

void offer_new_do(Post *post, ProgramId program) {
    Form form = edit_read(post, program);
    if (!form.is_valid) {
        show_edit(post->scope, post->reply, (OfferEditPage){.form = &form, .program = program}, 422);
        return;
    }
    OfferContent content = content_of(post->scope, &form);
    OfferId id = offer_add(post->scope, post->tx, program, post->scope->actor, &content);
    reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_OFFER_ADDED);
}

static void set_lists(Form *form, const Scope *scope, const Offer *offer) {
    OfferItems items = offer_items(scope, offer->id);
    for (size_t set = 0; set < SETS; set++) {
        Str *values = NEW_MANY(scope->arena, items.count, Str);
        size_t count = 0;
        for (size_t at = 0; at < items.count; at++) {
            const OfferItem *item = &items.items[at];
            bool is_quiet = item->audience != sets[set].audience;
            bool is_here = item->kind == sets[set].kind && (!is_quiet || sets[set].quiet != 0) &&
                           program_has_item(scope, offer->program, sets[set].list, item->item);
            if (is_here) {
                values[count++] = ui_id_value(scope->arena, item->item.value);
            }
            if (is_here && is_quiet) {
                form_set_on(form, sets[set].quiet, true);
            }
        }
        form_set_many(form, sets[set].field, (Strs){.items = values, .count = count});
    }
}

void offer_edit_show(Get *get, OfferId id) {
    Offer offer;
    if (!offer_find(get->scope, id, &offer)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, edit_fields, EDIT_FIELDS);
    form_set_str(&form, EDIT_ABOUT, offer.about);
    if (offer.relation.value != 0) {
        form_set_id(&form, EDIT_RELATION, offer.relation.value);
    }
    form_set_int(&form, EDIT_CAPACITY, offer.capacity);
    set_lists(&form, get->scope, &offer);
    OfferEditPage page = {.form = &form, .program = offer.program, .offer = id, .version = offer.version};
    show_edit(get->scope, get->reply, page, 200);
}

void offer_edit_do(Post *post, OfferId id) {
    Offer offer;
    if (!offer_find(post->scope, id, &offer)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = edit_read(post, offer.program);
    OfferEditPage page = {.form = &form, .program = offer.program, .offer = id, .version = offer.version};
    if (!form.is_valid) {
        page.version = form_int(&form, EDIT_VERSION, 0);
        show_edit(post->scope, post->reply, page, 422);
        return;
    }
    OfferContent content = content_of(post->scope, &form);
    switch (offer_change(post->scope, post->tx, id, form_int(&form, EDIT_VERSION, 0), &content)) {
    case OFFER_DONE:
        reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_UI_SAVED);
        return;
    case OFFER_STALE:
        page.is_stale = true;
        show_edit(post->scope, post->reply, page, 409);
        return;
    }
}

/* ---- switches ---- */

void offer_pause_do(Post *post, OfferId id) {
    Form form = form_read(post->scope, post->input, pause_fields, PAUSE_FIELDS);
    int64_t weeks = form.is_valid ? form_int(&form, PAUSE_WEEKS, 0) : 0;
    Time until = weeks == 0 ? TIME_NONE : time_after(post->scope->now, weeks * TIME_WEEK);
    offer_pause(post->scope, post->tx, id, until);
    reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_OFFER_PAUSED_NOW);
}

void offer_unpause_do(Post *post, OfferId id) {
    offer_unpause(post->scope, post->tx, id);
    reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_OFFER_UNPAUSED);
}

void offer_end_do(Post *post, OfferId id) {
    offer_end(post->scope, post->tx, id);
    reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_OFFER_PAUSED_NOW);
}

/* ---- by a coordinator ---- */

static void reply_worked(Post *post, OfferId id, OfferResult result) {
    switch (result) {
    case OFFER_DONE:
        reply_redirect_saying(post->reply, url_offer_show(post->scope->arena, id), TEXT_UI_SAVED);
        return;
    case OFFER_STALE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void offer_clear_do(Post *post, OfferId id) {
    Form form = form_read(post->scope, post->input, clear_fields, CLEAR_FIELDS);
    bool is_cleared = form_has(&form, CLEAR_CLEARED, STR("yes"));
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    reply_worked(post, id,
                 offer_set_cleared(post->scope, post->tx, id, form_int(&form, CLEAR_VERSION, 0), is_cleared));
}

void offer_funding_do(Post *post, OfferId id) {
    Form form = form_read(post->scope, post->input, funding_fields, FUNDING_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const int64_t *ids = NULL;
    const size_t count = form_ids(&form, FUNDING_ITEMS, &ids);
    ListItemId *items = NEW_MANY(post->scope->arena, count, ListItemId);
    for (size_t at = 0; at < count; at++) {
        items[at] = (ListItemId){ids[at]};
    }
    reply_worked(
        post, id,
        offer_set_funding(post->scope, post->tx, id, form_int(&form, FUNDING_VERSION, 0), items, count));
}

void offer_capacity_do(Post *post, OfferId id) {
    Form form = form_read(post->scope, post->input, capacity_fields, CAPACITY_FIELDS);
    Offer offer;
    if (!offer_find(post->scope, id, &offer)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!form.is_valid) {
        show_offer(post->scope, post->reply, &offer, &form);
        return;
    }
    int64_t version = form_int(&form, CAPACITY_VERSION, 0);
    int64_t capacity = form_int(&form, CAPACITY_CAPACITY, 1);
    reply_worked(post, id, offer_set_capacity(post->scope, post->tx, id, version, capacity));
}
