/* SPDX-License-Identifier: Apache-2.0 */
/* Taking rows in as people with what they ask or offer, and taking the same people out again. */
#include "features/import/import.h"
#include "features/import/import_mapping.h"
#include "features/offer/offer.h"
#include "features/request/request.h"
#include "import_sql.h"

enum {
    MOST_WISHES = 2 * IMPORT_MOST_ITEMS,
    MOST_OFFERED = 4 * IMPORT_MOST_ITEMS,
    MEANWHILE_BYTES = 64 * 1024 * 1024,
};

/* What one row became. */
typedef struct Made {
    PersonId person;
    RequestId request; /* 0 unless of a waiting list */
    OfferId offer;     /* 0 unless of supporters */
    Str receipt;
} Made;

static void add_points(const Scope *scope, Tx *tx, PersonId id, const ImportPerson *person) {
    for (size_t index = 0; index < person->phone_count; index++) {
        const ContactPoint point = {
            .kind = CONTACT_POINT_PHONE,
            .value = person->phones[index],
            .voicemail = person->voicemail,
            .text = person->texting,
            .safe_times = person->safe_times,
        };
        (void)account_contact_point_add(scope, tx, id, &point);
    }
    for (size_t index = 0; index < person->mail_count; index++) {
        const ContactPoint point = {
            .kind = CONTACT_POINT_MAIL,
            .value = person->mails[index],
            .safe_times = person->phone_count == 0 ? person->safe_times : STR(""),
        };
        (void)account_contact_point_add(scope, tx, id, &point);
    }
}

static RequestId add_request(const Scope *scope, Tx *tx, ProgramId program, PersonId id,
                             const ImportPerson *person, Str *ret_receipt) {
    ListItemId wishes[MOST_WISHES];
    size_t count = 0;
    for (size_t index = 0; index < person->experiences.count; index++) {
        wishes[count++] = (ListItemId){person->experiences.ids[index]};
    }
    for (size_t index = 0; index < person->languages.count; index++) {
        wishes[count++] = (ListItemId){person->languages.ids[index]};
    }
    const RequestNew request = {
        .program = program,
        .person = id,
        .kind = REQUEST_SUPPORT,
        .source = REQUEST_FROM_IMPORT,
        .lang = person->need_lang,
        .need = person->need,
        .hopes = person->hopes,
        .relation = {person->relation},
        .age = {person->age},
        .wishes = wishes,
        .wish_count = count,
        .asked_at = person->asked_at,
    };
    return request_add(scope, tx, &request, ret_receipt);
}

static size_t add_items(OfferItem *items, size_t count, const ImportItems *from, OfferItemKind kind,
                        OfferAudience audience) {
    for (size_t index = 0; index < from->count; index++) {
        items[count++] = (OfferItem){.item = {from->ids[index]}, .kind = kind, .audience = audience};
    }
    return count;
}

static int64_t offer_version(const Scope *scope, OfferId id) {
    Offer offer;
    return offer_find(scope, id, &offer) ? offer.version : 0;
}

static OfferId add_offer(const Scope *scope, Tx *tx, ProgramId program, PersonId id,
                         const ImportPerson *person) {
    OfferItem items[MOST_OFFERED];
    size_t count = add_items(items, 0, &person->experiences, OFFER_LIVED, OFFER_FOR_FAMILIES);
    count = add_items(items, count, &person->languages, OFFER_SPEAKS, OFFER_FOR_FAMILIES);
    count = add_items(items, count, &person->free_then, OFFER_FREE_THEN, OFFER_FOR_FAMILIES);
    count = add_items(items, count, &person->rather_not, OFFER_RATHER_NOT, OFFER_FOR_COORDINATOR);
    const OfferContent content = {
        .relation = {person->relation},
        .about = person->about,
        .capacity = person->has_places ? person->places : 0, /* 0: the program's default */
        .items = {.items = items, .count = count},
    };
    const OfferId offer = offer_add(scope, tx, program, id, &content);
    if (person->has_places && person->places == 0) {
        (void)offer_set_capacity(scope, tx, offer, offer_version(scope, offer), 0);
    }
    if (person->is_trained) {
        (void)offer_set_cleared(scope, tx, offer, offer_version(scope, offer), true);
    }
    switch (person->status) {
    case IMPORT_STATUS_ACTIVE:
        break;
    case IMPORT_STATUS_PAUSED:
        offer_pause(scope, tx, offer, TIME_NONE);
        break;
    case IMPORT_STATUS_ENDED:
        offer_end(scope, tx, offer);
        break;
    }
    return offer;
}

/* Makes what a row says, or only keeps its words when it is left out. */
static Made take_row(const Scope *scope, Tx *tx, const ImportBatch *batch, const ImportSetting *setting,
                     const ImportRowPlan *plan) {
    const ImportLine *line = &setting->table->lines[plan->at];
    Made made = {.receipt = STR("")};
    const ImportRowRead row = import_row_read(scope->arena, setting, line);
    if (plan->verdict == IMPORT_TAKE) {
        made.person = account_person_add(scope, tx, row.person.called, row.person.lang);
        add_points(scope, tx, made.person, &row.person);
        if (batch->kind == IMPORT_SUPPORTERS) {
            made.offer = add_offer(scope, tx, batch->program, made.person, &row.person);
        } else {
            made.request = add_request(scope, tx, batch->program, made.person, &row.person, &made.receipt);
        }
    }
    /* Of a row that is left out nothing is kept: there is nobody under whose key it could be sealed. */
    const bool is_taken = !person_id_is_none(made.person);
    const ImportRowId id = {random_id(scope->random)};
    import_row_insert(tx,
                      &(ImportRowInsert){
                          .batch = batch->id,
                          .line = plan->line,
                          .id = id,
                          .person = made.person,
                          .request = made.request,
                          .offer = made.offer,
                          .original = is_taken ? import_row_original(scope->arena, setting, line) : STR(""),
                          .unparsed = is_taken ? import_row_unparsed(scope->arena, setting, &row) : STR(""),
                      });
    if (batch->is_part2) {
        import_row_mark(tx, id);
    }
    if (batch->is_part2 && made.request.value != 0) {
        request_set_part2(tx, made.request, true);
    }
    return made;
}

/* "version" statements for an undo to compare with, behind what the coordinator had said. */
static Str mapping_with_versions(const Scope *scope, const ImportBatch *batch, Arena *arena) {
    Buf buf = buf_new(arena, (size_t)4 * 1024 * 1024);
    buf_add(&buf, batch->mapping);
    const ImportRowMadeRows rows = import_row_made(scope->db, batch->id);
    for (size_t index = 0; index < rows.count; index++) {
        if (rows.items[index].version != 1) {
            buf_print(&buf, "version %lld %lld\n", (long long)rows.items[index].line,
                      (long long)rows.items[index].version);
        }
    }
    return buf_str(&buf);
}

ImportResult import_take(const Scope *scope, Tx *tx, const ImportBatch *batch, const ImportLook *look,
                         const ImportProgress *progress, ImportTaken *ret_taken) {
    enum { TELL_EVERY = 250 };
    const ImportPlan *plan = &look->plan;
    if (plan->take == 0) {
        return IMPORT_NOTHING;
    }
    ImportBatch now;
    if (!import_find(scope, batch->id, &now) || now.state != IMPORT_LOOKED_AT) {
        return IMPORT_ELSEWHERE;
    }
    /* Each row's memory is given back after it, so that a long file costs no more than a short one. */
    Scope row_scope = *scope;
    row_scope.arena = arena_new_within(scope->arena, MEANWHILE_BYTES);
    Arena *kept = arena_new_within(scope->arena, MEANWHILE_BYTES);
    ImportReceipt *receipts = NEW_MANY(kept, plan->take, ImportReceipt);
    ImportTaken taken = {.receipts = receipts, .left = plan->leave + plan->refuse};
    for (size_t index = 0; index < plan->count; index++) {
        db_use(scope->db, row_scope.arena);
        const Made made = take_row(&row_scope, tx, batch, &plan->setting, &plan->rows[index]);
        if (made.request.value != 0) {
            receipts[taken.receipt_count++] = (ImportReceipt){
                .line = plan->rows[index].line,
                .called = plan->rows[index].called,
                .code = str_copy(kept, made.receipt),
            };
        }
        taken.people += made.person.value != 0 ? 1 : 0;
        arena_reset(row_scope.arena);
        if (progress != NULL && ((index + 1) % TELL_EVERY == 0 || index + 1 == plan->count)) {
            progress->tell(progress->context, index + 1, plan->count);
        }
    }
    db_use(scope->db, kept);
    const Str mapping = mapping_with_versions(scope, &now, kept);
    db_use(scope->db, scope->arena);
    const int64_t moved = import_batch_move(tx, &(ImportBatchMove){
                                                    .id = batch->id,
                                                    .before = IMPORT_LOOKED_AT,
                                                    .after = IMPORT_TAKEN_IN,
                                                    .mapping = mapping,
                                                    .nothing = STR(""),
                                                    .done_at = scope->now,
                                                });
    *ret_taken = taken;
    return moved == 1 ? IMPORT_DONE : IMPORT_ELSEWHERE;
}

/* ---- undoing ---- */

enum { MOST_NAMED = 20 };

static void name_line(Buf *buf, int64_t line) {
    if (buf->length > 0) {
        buf_add(buf, STR(", "));
    }
    buf_add_int(buf, line);
}

/* The rows in the way: somebody did something with their people, or changed their request or offer. */
static Str lines_in_the_way(const Scope *scope, const ImportBatch *batch, const ImportRowMadeRows *made,
                            Arena *arena) {
    Buf buf = buf_new(arena, 1024);
    const ImportRowBuiltOnRows built = import_row_built_on(scope->db, batch->id, MOST_NAMED);
    size_t named = 0;
    for (size_t index = 0; index < built.count; index++) {
        name_line(&buf, built.items[index].line);
        named++;
    }
    Str versions = batch->mapping;
    for (size_t index = 0; index < made->count && named < MOST_NAMED; index++) {
        const int64_t line = made->items[index].line;
        bool is_named = false;
        for (size_t other = 0; other < built.count; other++) {
            is_named = is_named || built.items[other].line == line;
        }
        if (made->items[index].version != import_mapping_version(&versions, line) && !is_named) {
            name_line(&buf, line);
            named++;
        }
    }
    return buf_str(&buf);
}

ImportResult import_undo(const Scope *scope, Tx *tx, const ImportBatch *batch, Str *ret_lines) {
    if (batch->state != IMPORT_TAKEN_IN) {
        return IMPORT_ELSEWHERE;
    }
    Arena *arena = arena_new_within(scope->arena, MEANWHILE_BYTES);
    db_use(scope->db, arena);
    const ImportRowMadeRows made = import_row_made(scope->db, batch->id);
    const Str lines = lines_in_the_way(scope, batch, &made, arena);
    db_use(scope->db, scope->arena);
    if (lines.length > 0) {
        *ret_lines = lines;
        return IMPORT_PREVENTED;
    }
    const int64_t moved = import_batch_move(tx, &(ImportBatchMove){
                                                    .id = batch->id,
                                                    .before = IMPORT_TAKEN_IN,
                                                    .after = IMPORT_UNDONE,
                                                    .mapping = STR(""),
                                                    .nothing = STR(""),
                                                    .done_at = scope->now,
                                                });
    if (moved != 1) {
        return IMPORT_ELSEWHERE;
    }
    (void)import_row_unmark(tx, batch->id);
    (void)import_row_forget(tx, batch->id);
    /* People last: the database looks through what is left for anything that still knows each of them. */
    for (size_t index = 0; index < made.count; index++) {
        if (made.items[index].request.value != 0) {
            request_remove(tx, made.items[index].request);
        }
        if (made.items[index].offer.value != 0) {
            offer_remove(tx, made.items[index].offer);
        }
    }
    for (size_t index = 0; index < made.count; index++) {
        account_person_remove(tx, made.items[index].person);
    }
    return IMPORT_DONE;
}
