/* SPDX-License-Identifier: Apache-2.0 */
/* What a program holds to be a good fit: the policy that is followed, its versions, and a draft before it
 * is signed. */
#include "features/access/access.h"
#include "features/policy/policy_words_pages.h"
#include "features/request/request.h"
#include "policy_html.h"
#include "routes.h"
#include "texts.h"

/* ---- all versions ---- */

void policy_list_show(Get *get, ProgramId program) {
    const Scope *scope = get->scope;
    PolicyListPage page = {0};
    if (!program_find(scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.layout = layout_of(scope, get->reply, TEXT_POLICY_TITLE);
    page.is_coordinator = access_may(get->scope, ACCESS_PROGRAM_EDIT, program.value);
    page.followed = policy_followed(scope, program);
    page.words = policy_words_of(scope, &page.followed.policy);
    page.versions = policy_row_list(scope->db, program);
    page.leaders = program_duty_holders(scope, program, DUTY_LEADER);
    for (size_t at = 0; at < page.versions.count; at++) {
        page.has_draft = page.has_draft || page.versions.items[at].state == POLICY_DRAFT;
        page.has_earlier = page.has_earlier || page.versions.items[at].state == POLICY_RETIRED;
    }
    policy_list_page(reply_html(get->reply, 200), &page);
}

void policy_draft_do(Post *post, ProgramId program) {
    PolicyId id;
    if (policy_draft(post->scope, post->tx, program, &id) != POLICY_DONE) {
        reply_sorry(post->reply, 409, TEXT_POLICY_SORRY_MANY_DRAFTS);
        return;
    }
    reply_redirect(post->reply, url_policy_edit_show(post->scope->arena, id));
}

/* ---- one version: the waiting list ---- */

/* Thousandths as people write them: "1.19", "0.05". */
static Str times_words(Arena *arena, int64_t thousandths) {
    int64_t hundredths = (thousandths + 5) / 10;
    return str_print(arena, "%lld.%02lld", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

static Str names_of(const Scope *scope, const PolicyList *list) {
    Buf names = buf_new(scope->arena, 4096);
    for (size_t at = 0; at < list->count; at++) {
        PolicyOfferCalled row;
        if (policy_offer_called(scope->db, list->offers[at], &row)) {
            buf_add(&names, names.length == 0 ? STR("") : STR(", "));
            buf_add(&names, row.called);
        }
    }
    return buf_str(&names);
}

static PolicyTouchedRows touched_rows(const Scope *scope, const PolicyWaiting *waiting, bool is_coordinator) {
    PolicyTouchedRow *rows = NEW_MANY(scope->arena, waiting->count, PolicyTouchedRow);
    for (size_t at = 0; at < waiting->count; at++) {
        const PolicyTouched *one = &waiting->items[at];
        Request request;
        bool is_told = is_coordinator && request_find(scope, one->request, &request);
        rows[at] = (PolicyTouchedRow){.request = one->request,
                                      .called = is_told ? request.called : STR_NONE,
                                      .now = names_of(scope, &one->now),
                                      .then = names_of(scope, &one->then),
                                      .is_changed = one->is_changed};
    }
    return (PolicyTouchedRows){.items = rows, .count = waiting->count};
}

/* ---- one version: its trial ---- */

static Str gate_words(const Scope *scope, SimulateGate gate, const SimulateVerdict *verdict) {
    Words words = scope_words(scope);
    Str figure = times_words(scope->arena, verdict->figure);
    Str limit = times_words(scope->arena, verdict->limit);
    switch (gate) {
    case SIMULATE_GATE_WAIT:
        return text_policy_gate_wait(&words, figure, limit);
    case SIMULATE_GATE_FIT:
        return text_policy_gate_fit(&words, figure, limit);
    case SIMULATE_GATE_REACH:
        return text_policy_gate_reach(&words, verdict->figure, verdict->limit);
    case SIMULATE_GATE_FLIP:
        return text_policy_gate_flip(&words, verdict->figure);
    case SIMULATE_GATE_UNMATCHED_SHORTAGE:
    case SIMULATE_GATE_UNMATCHED_SLACK:
    case SIMULATE_GATE_IN_VAIN_SHORTAGE:
    case SIMULATE_GATE_IN_VAIN_SLACK:
    case SIMULATE_GATE_SCORE_SHORTAGE:
    case SIMULATE_GATE_SCORE_SLACK:
    case SIMULATE_GATE_COUNT:
        break;
    }
    return STR(""); /* those of the full scale, which takes a minute, are not asked here */
}

static PolicyGateRows gate_rows(const Scope *scope, const PolicyTrial *trial) {
    PolicyGateRow *rows = NEW_MANY(scope->arena, SIMULATE_GATE_COUNT, PolicyGateRow);
    size_t count = 0;
    for (SimulateGate gate = 0; gate < SIMULATE_GATE_COUNT; gate++) {
        Str words = gate_words(scope, gate, &trial->gates[gate]);
        if (trial->gates[gate].was_tried && !str_is_empty(words)) {
            rows[count++] = (PolicyGateRow){.words = words, .is_passed = trial->gates[gate].is_passed};
        }
    }
    return (PolicyGateRows){.items = rows, .count = count};
}

static PolicyWaitRows wait_rows(const Scope *scope, const PolicyTrial *trial, int64_t *ret_most) {
    static const Text groups[POLICY_PLACES] = {TEXT_POLICY_GROUP_ALL, TEXT_POLICY_GROUP_ENGLISH,
                                               TEXT_POLICY_GROUP_SPANISH, TEXT_POLICY_GROUP_OTHER};
    PolicyWaitRow *rows = NEW_MANY(scope->arena, POLICY_PLACES, PolicyWaitRow);
    size_t count = 0;
    *ret_most = 0;
    for (size_t place = 0; place < POLICY_PLACES; place++) {
        PolicyWaitRow row = {.group = groups[place]};
        for (SimulateQueue queue = 0; queue < SIMULATE_QUEUE_COUNT; queue++) {
            row.by[queue] = trial->waits[queue][place];
            *ret_most = row.by[queue].weeks_most > *ret_most ? row.by[queue].weeks_most : *ret_most;
        }
        if (row.by[SIMULATE_BY_POLICY].families > 0) {
            rows[count++] = row;
        }
    }
    return (PolicyWaitRows){.items = rows, .count = count};
}

static PolicyFlipRows flip_rows(const Scope *scope, const PolicyTrial *trial) {
    static const Text kinds[FLIP_COUNT] = {
        [FLIP_UNSTATED] = TEXT_POLICY_FLIP_UNSTATED, [FLIP_CODED] = TEXT_POLICY_FLIP_CODED,
        [FLIP_SHARED] = TEXT_POLICY_FLIP_SHARED,     [FLIP_OWN_WORDS] = TEXT_POLICY_FLIP_OWN_WORDS,
        [FLIP_DECLINED] = TEXT_POLICY_FLIP_DECLINED, [FLIP_AWAY] = TEXT_POLICY_FLIP_AWAY,
    };
    PolicyFlipRow *rows = NEW_MANY(scope->arena, FLIP_COUNT, PolicyFlipRow);
    for (FlipKind kind = 0; kind < FLIP_COUNT; kind++) {
        rows[kind] = (PolicyFlipRow){.kind = kinds[kind], .flip = trial->flips[kind]};
    }
    return (PolicyFlipRows){.items = rows, .count = FLIP_COUNT};
}

/* ---- one version ---- */

enum { ADOPT_REASON, ADOPT_VERSION, ADOPT_FIELDS };
static const Field adopt_fields[] = {
    [ADOPT_REASON] = {.name = "reason", .kind = FIELD_WORDS, .most_characters = 1000},
    [ADOPT_VERSION] =
        {.name = "version", .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = INT64_MAX},
};

static void show_policy(Scope *scope, Reply *reply, PolicyId id, const Form *form, Text sorry) {
    PolicyPage page = {.sorry = sorry, .form = form};
    if (!policy_find(scope, id, &page.version) || !program_find(scope, page.version.program, &page.program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const bool is_coordinator = access_may(scope, ACCESS_PROGRAM_EDIT, page.program.id.value);
    Words words = scope_words(scope);
    page.layout = layout_titled(scope, reply, text_policy_version(&words, page.version.policy.name));
    page.layout.has_error = !form->is_valid;
    page.words = policy_words_of(scope, &page.version.policy);
    page.is_leader = access_may(scope, ACCESS_POLICY_ADOPT, id.value);
    page.leaders = program_duty_holders(scope, page.program.id, DUTY_LEADER);
    if (page.version.state == POLICY_DRAFT) {
        page.differences =
            policy_differences_of(scope, policy_of(scope, page.program.id), &page.version.policy);
        page.waiting = policy_waiting_of(scope, page.program.id, &page.version);
        page.touched = touched_rows(scope, &page.waiting, is_coordinator);
    }
    if (page.version.is_tried) {
        page.trial = policy_trial_of(scope, id);
        page.gates = gate_rows(scope, &page.trial);
        page.waits = wait_rows(scope, &page.trial, &page.weeks);
        page.flips = flip_rows(scope, &page.trial);
    }
    int status = sorry == TEXT_NONE ? 200 : 409;
    policy_page(reply_html(reply, form->is_valid ? status : 422), &page);
}

static Form adopt_form(const Scope *scope) {
    return form_empty(scope, adopt_fields, ADOPT_FIELDS);
}

void policy_show(Get *get, PolicyId id) {
    Form form = adopt_form(get->scope);
    show_policy(get->scope, get->reply, id, &form, TEXT_NONE);
}

void policy_adopt_do(Post *post, PolicyId id) {
    Form form = form_read(post->scope, post->input, adopt_fields, ADOPT_FIELDS);
    if (!form.is_valid) {
        show_policy(post->scope, post->reply, id, &form, TEXT_NONE);
        return;
    }
    Text sorry = TEXT_NONE;
    PolicyVersion version;
    switch (policy_adopt(post->scope, post->tx, id, form_int(&form, ADOPT_VERSION, 0),
                         form_str(&form, ADOPT_REASON))) {
    case POLICY_DONE:
        if (policy_find(post->scope, id, &version)) {
            reply_redirect_saying(post->reply, url_policy_list_show(post->scope->arena, version.program),
                                  TEXT_POLICY_ADOPTED_NOW);
            return;
        }
        sorry = TEXT_UI_NOT_FOUND;
        break;
    case POLICY_REASON_WANTED:
        form_error(&form, ADOPT_REASON, TEXT_POLICY_SORRY_REASON);
        break;
    case POLICY_UNTRIED:
        sorry = TEXT_POLICY_SORRY_UNTRIED;
        break;
    case POLICY_NOBODY:
        sorry = TEXT_POLICY_SORRY_NOBODY;
        break;
    case POLICY_SAME:
        sorry = TEXT_POLICY_SORRY_SAME;
        break;
    case POLICY_STALE:
    case POLICY_MANY_DRAFTS:
        sorry = TEXT_POLICY_SORRY_STALE;
        break;
    }
    show_policy(post->scope, post->reply, id, &form, sorry);
}

/* ---- a draft: try, drop ---- */

static const Field version_fields[] = {
    {.name = "version", .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = INT64_MAX},
};

/* What to do with a draft at the version that the form showed. */
static bool read_version(Post *post, int64_t *ret_version) {
    Form form = form_read(post->scope, post->input, version_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return false;
    }
    *ret_version = form_int(&form, 0, 0);
    return true;
}

void policy_try_do(Post *post, PolicyId id) {
    int64_t version = 0;
    if (!read_version(post, &version)) {
        return;
    }
    if (policy_try(post->scope, post->tx, id, version) != POLICY_DONE) {
        Form form = adopt_form(post->scope);
        show_policy(post->scope, post->reply, id, &form, TEXT_POLICY_SORRY_STALE);
        return;
    }
    reply_redirect_saying(post->reply, url_policy_show(post->scope->arena, id), TEXT_POLICY_TRIED_NOW);
}

void policy_drop_do(Post *post, PolicyId id) {
    int64_t version = 0;
    PolicyVersion draft;
    if (!read_version(post, &version)) {
        return;
    }
    if (!policy_find(post->scope, id, &draft) || policy_drop(post->tx, id, version) != POLICY_DONE) {
        Form form = adopt_form(post->scope);
        show_policy(post->scope, post->reply, id, &form, TEXT_POLICY_SORRY_STALE);
        return;
    }
    reply_redirect_saying(post->reply, url_policy_list_show(post->scope->arena, draft.program),
                          TEXT_POLICY_DROPPED);
}
