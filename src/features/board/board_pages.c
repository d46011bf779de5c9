/* SPDX-License-Identifier: Apache-2.0 */
/* The coordinator's one page: everything that waits for somebody, the longest overdue first. */
#include "board_html.h"
#include "features/guardian/guardian.h"
#include "features/board/board_view.h"
#include "features/consent/consent.h"
#include "features/emergency/emergency.h"
#include "features/hope/hope.h"
#include "features/match/match.h"
#include "features/note/note.h"
#include "features/offer/offer.h"
#include "features/request/request.h"
#include "platform/config.h"
#include "routes.h"

#include <assert.h>

enum { ROWS_ON_BOARD = 4, ROWS_ON_LIST = 50 };

typedef enum PanelKind {
    PANEL_URGENT,
    PANEL_REQUESTS,
    PANEL_MATCHES,
    PANEL_CHECKINS,
    PANEL_OFFERS
} PanelKind;

typedef struct PanelRule {
    const char *word;
    PanelKind kind;
    int state;         /* RequestState, MatchState or OfferStanding */
    bool only_overdue; /* matches: those whose next contact is late */
    Text title;
    Text empty;
} PanelRule;

static const PanelRule rules[BOARD_SECTIONS] = {
    [BOARD_URGENT] = {"urgent", PANEL_URGENT, 0, false, TEXT_BOARD_URGENT, TEXT_BOARD_URGENT_EMPTY},
    [BOARD_NEW] = {"new", PANEL_REQUESTS, REQUEST_NEW, false, TEXT_BOARD_NEW, TEXT_BOARD_NEW_EMPTY},
    [BOARD_TAKEN] = {"taken", PANEL_REQUESTS, REQUEST_TAKEN, false, TEXT_BOARD_TAKEN, TEXT_BOARD_TAKEN_EMPTY},
    [BOARD_LISTED] = {"listed", PANEL_REQUESTS, REQUEST_LISTED, false, TEXT_BOARD_LISTED,
                      TEXT_BOARD_LISTED_EMPTY},
    [BOARD_INVITED] = {"invited", PANEL_REQUESTS, REQUEST_INVITED, false, TEXT_BOARD_INVITED,
                       TEXT_BOARD_INVITED_EMPTY},
    [BOARD_SILENT] = {"first-contact", PANEL_MATCHES, MATCH_NEW, false, TEXT_BOARD_SILENT,
                      TEXT_BOARD_SILENT_EMPTY},
    [BOARD_QUIET] = {"quiet", PANEL_MATCHES, MATCH_WALKING, true, TEXT_BOARD_QUIET, TEXT_BOARD_QUIET_EMPTY},
    [BOARD_CHECKINS] = {"check-ins", PANEL_CHECKINS, 0, true, TEXT_BOARD_CHECKINS, TEXT_BOARD_CHECKINS_EMPTY},
    [BOARD_FREE] = {"free", PANEL_OFFERS, OFFER_FREE, false, TEXT_BOARD_FREE, TEXT_BOARD_FREE_EMPTY},
    [BOARD_FULL] = {"full", PANEL_OFFERS, OFFER_FULL, false, TEXT_BOARD_FULL, TEXT_BOARD_FULL_EMPTY},
    [BOARD_PAUSED] = {"paused", PANEL_OFFERS, OFFER_PAUSED, false, TEXT_BOARD_PAUSED,
                      TEXT_BOARD_PAUSED_EMPTY},
};

/* Where a list goes on: behind the row that is due then and has this id. */
typedef struct Place {
    Time at;
    int64_t id;
} Place;

static int64_t counted(const BoardCounts *counts, BoardSection section) {
    switch (section) {
    case BOARD_URGENT:
        return counts->urgent;
    case BOARD_NEW:
        return counts->fresh;
    case BOARD_TAKEN:
        return counts->taken;
    case BOARD_LISTED:
        return counts->listed;
    case BOARD_INVITED:
        return counts->invited;
    case BOARD_SILENT:
        return counts->silent;
    case BOARD_QUIET:
        return counts->quiet;
    case BOARD_CHECKINS:
        return counts->checkins;
    case BOARD_FREE:
        return counts->free;
    case BOARD_FULL:
        return counts->full;
    case BOARD_PAUSED:
        return counts->paused;
    case BOARD_SECTIONS:
        break;
    }
    assert(false && "a section that the board does not know");
    return 0;
}

/* Urgent requests, as rows of the same table as the others. */
static BoardRequestsRows read_urgent(const Scope *scope, ProgramId program, Place from, int64_t most) {
    BoardUrgentRows rows =
        board_urgent(scope->db, &(BoardUrgentIn){program, CONSENT_REACH, scope->now, from.at, from.id, most});
    BoardRequests *items = NEW_MANY(scope->arena, rows.count, BoardRequests);
    for (size_t at = 0; at < rows.count; at++) {
        const BoardUrgent *row = &rows.items[at];
        items[at] = (BoardRequests){.id = row->id,
                                    .called = row->called,
                                    .asked_at = row->asked_at,
                                    .state_at = row->state_at,
                                    .due_at = row->due_at,
                                    .kind = row->kind,
                                    .is_urgent = true,
                                    .taken_by = row->taken_by,
                                    .taken_by_called = row->taken_by_called,
                                    .hours = row->hours,
                                    .hours_zone = row->hours_zone};
    }
    return (BoardRequestsRows){.items = items, .count = rows.count};
}

/* Reads one list from a place on. *ret_last is where the next page goes on, when there is one. */
static bool read_rows(const Scope *scope, ProgramId program, const PanelRule *rule, Place from, int64_t most,
                      BoardPanel *panel, Place *ret_last) {
    /* A list that is not about overdue things takes what is due at any time. */
    Time before = rule->only_overdue ? scope->now : (Time){INT64_MAX};
    size_t full = (size_t)most;
    switch (rule->kind) {
    case PANEL_URGENT:
    case PANEL_REQUESTS:
        panel->requests =
            rule->kind == PANEL_URGENT
                ? read_urgent(scope, program, from, most)
                : board_requests(scope->db, &(BoardRequestsIn){program, rule->state, CONSENT_REACH,
                                                               scope->now, from.at, from.id, most});
        if (panel->requests.count == full) {
            const BoardRequests *last = &panel->requests.items[full - 1];
            *ret_last = (Place){last->due_at, last->id.value};
        }
        return panel->requests.count == full;
    case PANEL_MATCHES:
        panel->matches =
            board_matches(scope->db, &(BoardMatchesIn){program, rule->state, CONSENT_REACH, scope->now,
                                                       before, from.at, from.id, most});
        if (panel->matches.count == full) {
            const BoardMatches *last = &panel->matches.items[full - 1];
            *ret_last = (Place){last->due_at, last->id.value};
        }
        return panel->matches.count == full;
    case PANEL_CHECKINS:
        panel->checkins = board_checkins(scope->db, &(BoardCheckinsIn){program, CONSENT_REACH, scope->now,
                                                                       before, from.at, from.id, most});
        if (panel->checkins.count == full) {
            const BoardCheckins *last = &panel->checkins.items[full - 1];
            *ret_last = (Place){last->due_at, last->id.value};
        }
        return panel->checkins.count == full;
    case PANEL_OFFERS:
        panel->offers = board_offers(scope->db, program, rule->state, from.id, most);
        if (panel->offers.count == full) {
            *ret_last = (Place){TIME_NONE, panel->offers.items[full - 1].id.value};
        }
        return panel->offers.count == full;
    }
    assert(false && "a kind of list that the board does not know");
    return false;
}

static BoardPanel read_panel(const Scope *scope, ProgramId program, BoardSection section, Place from,
                             int64_t most) {
    const PanelRule *rule = &rules[section];
    BoardPanel panel = {.word = str_of(rule->word), .title = rule->title, .empty = rule->empty, .count = -1};
    Place last = from;
    if (read_rows(scope, program, rule, from, most, &panel, &last)) {
        Url url = url_board_list_show(scope->arena, program, panel.word);
        bool is_first_page = most == ROWS_ON_BOARD;
        if (!is_first_page) {
            url = url_with(scope->arena, url, STR("at"),
                           str_print(scope->arena, "%lld", (long long)last.at.us));
            url = url_with(scope->arena, url, STR("id"), str_print(scope->arena, "%lld", (long long)last.id));
        }
        panel.more = url;
    }
    return panel;
}

/* The whole address, to be handed out: whoever is signed in would be led on from the page itself. */
static Str address_of(const Scope *scope, Url url) {
    return str_print(scope->arena, "%.*s%.*s", STR_ARGS(scope->config->origin), STR_ARGS(url.text));
}

void board_show(Get *get, ProgramId program) {
    BoardPage page = {.now = get->scope->now, .is_whole = true, .is_bare = true};
    BoardCounts counts;
    if (!program_find(get->scope, program, &page.program) ||
        !board_counts(get->scope->db, program, get->scope->now, BOARD_COUNT_MOST, &counts)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    BoardPanel *panels = NEW_MANY(get->scope->arena, BOARD_SECTIONS, BoardPanel);
    size_t shown = 0;
    for (size_t section = 0; section < BOARD_SECTIONS; section++) {
        const int64_t count = counted(&counts, (BoardSection)section);
        if (section == BOARD_URGENT && count == 0) {
            continue; /* calm needs no panel of its own */
        }
        panels[shown] = read_panel(get->scope, program, (BoardSection)section, (Place){0}, ROWS_ON_BOARD);
        panels[shown++].count = count;
        page.is_bare = page.is_bare && count == 0;
    }
    page.unsigned_count = (int64_t)guardian_asked(get->scope, program).count;
    page.kept = counts.kept > page.unsigned_count ? counts.kept - page.unsigned_count : 0;
    page.emergencies = emergency_open_now(get->scope, program);
    page.has_payer_notes = note_mode(get->scope, program) == NOTE_PAYER;
    page.helps = help_list_open(get->scope, program);
    page.passed_on = passing_waiting(get->scope, program);
    page.ready = hope_waiting(get->scope, program);
    page.debriefs = debrief_list_wished(get->scope, program);
    page.missed = hard_list_missed(get->scope, program);
    page.wishes = hard_backup_list_wished(get->scope, program);
    page.panels = (BoardPanels){.items = panels, .count = shown};
    if (page.is_bare) {
        page.offers_at = address_of(get->scope, url_offer_start_show(get->scope->arena, page.program.slug));
        page.families_at = address_of(get->scope, url_about_show(get->scope->arena, page.program.slug));
    }
    page.backups = backup_status(get->scope->db, get->scope->config, get->scope->now);
    page.layout = layout_titled(get->scope, get->reply, page.program.name);
    page.layout.is_wide = true;
    board_page(reply_html(get->reply, 200), &page);
}

enum { LIST_FROM_AT, LIST_FROM_ID, LIST_FIELDS };
static const Field list_fields[] = {
    [LIST_FROM_AT] = {.name = "at", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
    [LIST_FROM_ID] = {.name = "id", .kind = FIELD_NUMBER, .least = 0, .most = INT64_MAX},
};

void board_list_show(Get *get, ProgramId program, Str word) {
    size_t section = 0;
    while (section < BOARD_SECTIONS && !str_equal(word, str_of(rules[section].word))) {
        section++;
    }
    Form form = form_read(get->scope, get->input, list_fields, LIST_FIELDS);
    BoardPage page = {.now = get->scope->now};
    if (section == BOARD_SECTIONS || !form.is_valid || !program_find(get->scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Place from = {{form_int(&form, LIST_FROM_AT, 0)}, form_int(&form, LIST_FROM_ID, 0)};
    BoardPanel panel = read_panel(get->scope, program, (BoardSection)section, from, ROWS_ON_LIST);
    page.panels = (BoardPanels){.items = &panel, .count = 1};
    page.layout = layout_of(get->scope, get->reply, panel.title);
    board_page(reply_html(get->reply, 200), &page);
}
