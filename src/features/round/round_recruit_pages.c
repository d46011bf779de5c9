/* SPDX-License-Identifier: Apache-2.0 */
/* The page that says whom to recruit or train next. */
#include "base/small_cells.h"
#include "features/round/round_recruit.h"
#include "features/round/round_view.h"
#include "round_html.h"
#include "routes.h"
#include "texts.h"

/* "Spanish, Loss and grief, With young people". */
static Str words_of(const Scope *scope, const RecruitRow *row) {
    Buf words = buf_new(scope->arena, 4096);
    for (size_t at = 0; at < row->item_count; at++) {
        buf_add(&words, at > 0 ? STR(", ") : STR(""));
        buf_add(&words, program_item_label(scope, row->items[at]));
    }
    return buf_str(&words);
}

static RecruitLines lines_of(const Scope *scope, RecruitRows rows) {
    RecruitLine *lines = NEW_MANY(scope->arena, rows.count, RecruitLine);
    for (size_t at = 0; at < rows.count; at++) {
        const RecruitRow *row = &rows.items[at];
        Offer offer = {0};
        bool is_present = !offer_id_is_none(row->offer) && offer_find(scope, row->offer, &offer);
        lines[at] = (RecruitLine){
            .offer = row->offer,
            .called = is_present ? offer.called : STR_NONE,
            .what = words_of(scope, row),
            .points = row->points,
            .most = rows.items[0].points,
            .families = row->families,
            .is_few = row->families > 0 && row->families < SMALL_CELLS_LEAST,
        };
    }
    return (RecruitLines){.items = lines, .count = rows.count};
}

void round_recruit_show(Get *get, ProgramId program) {
    RecruitPage page = {.layout = layout_of(get->scope, get->reply, TEXT_ROUND_RECRUIT)};
    if (!program_find(get->scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Recruit recruit = round_recruit(get->scope, program);
    page.waiting = recruit.waiting;
    page.nobody = recruit.nobody;
    page.few = SMALL_CELLS_LEAST;
    page.people = lines_of(get->scope, recruit.people);
    page.lessons = lines_of(get->scope, recruit.lessons);
    page.places = lines_of(get->scope, recruit.places);
    page.layout.is_wide = true;
    recruit_page(reply_html(get->reply, 200), &page);
}
