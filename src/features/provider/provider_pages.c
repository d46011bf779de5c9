/* SPDX-License-Identifier: Apache-2.0 */
/* A program says what form of a provider it uses; a family fills it in, beside its own card. */
#include "features/provider/provider_view.h"
#include "provider_html.h"
#include "routes.h"
#include "texts.h"

enum { FORM_NAME, FORM_FILLED_BY, FORM_REVIEW, FORM_HEADINGS, FORM_FIELDS };
static const Field form_fields[] = {
    [FORM_NAME] = {.name = "name", .kind = FIELD_LINE, .most_characters = 100},
    [FORM_FILLED_BY] = {.name = "filled-by", .kind = FIELD_LINE, .most_characters = 200},
    [FORM_REVIEW] = {.name = "review", .kind = FIELD_NUMBER, .least = 1, .most = 730},
    [FORM_HEADINGS] = {.name = "headings", .kind = FIELD_WORDS, .most_characters = 2000},
};

static const char *const reader_values[] = {"giver", "coordinator", NULL};
#define LINE_FIELD(number)                                                                                   \
    [SHEET_LINES +                                                                                           \
        (number)-1] = {.name = "line" #number, .kind = FIELD_WORDS, .most_characters = PROVIDER_LINE_MOST}
static const Field sheet_fields[] = {
    [SHEET_WITH] = {.name = "with",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = 200,
                    .missing = TEXT_PROVIDER_WITH_MISSING},
    [SHEET_READERS] = {.name = "reader", .kind = FIELD_SET, .choices = reader_values},
    LINE_FIELD(1),
    LINE_FIELD(2),
    LINE_FIELD(3),
    LINE_FIELD(4),
    LINE_FIELD(5),
    LINE_FIELD(6),
    LINE_FIELD(7),
    LINE_FIELD(8),
    LINE_FIELD(9),
    LINE_FIELD(10),
    LINE_FIELD(11),
    LINE_FIELD(12),
};

/* ---- the program's side ---- */

static void show_form(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    ProviderFormPage page = {.layout = layout_of(scope, reply, TEXT_PROVIDER_FORM_TITLE),
                             .form = form,
                             .program = program,
                             .is_used = provider_form_find(scope, program).count > 0};
    page.layout.has_error = !form->is_valid;
    provider_form_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void provider_form_show(Get *get, ProgramId program) {
    const ProviderForm known = provider_form_find(get->scope, program);
    Form form = form_empty(get->scope, form_fields, FORM_FIELDS);
    form_set_str(&form, FORM_NAME, known.name);
    form_set_str(&form, FORM_FILLED_BY, known.filled_by);
    form_set_int(&form, FORM_REVIEW, known.review_days > 0 ? known.review_days : 90);
    Buf headings = buf_new(get->scope->arena, PROVIDER_HEADINGS_MOST * (PROVIDER_HEADING_MOST * 4 + 1));
    for (size_t at = 0; at < known.count; at++) {
        buf_add(&headings, at > 0 ? STR("\n") : STR(""));
        buf_add(&headings, known.headings[at]);
    }
    form_set_str(&form, FORM_HEADINGS, buf_str(&headings));
    show_form(get->scope, get->reply, program, &form);
}

/* One heading a line; empty lines are none. */
static void read_headings(Form *form, ProviderForm *provider) {
    Str rest = form_str(form, FORM_HEADINGS);
    while (!str_is_empty(rest)) {
        Str line = STR_NONE;
        (void)str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (str_is_empty(line)) {
            continue;
        }
        if (provider->count == PROVIDER_HEADINGS_MOST || str_characters(line) > PROVIDER_HEADING_MOST) {
            form_error(form, FORM_HEADINGS,
                       provider->count == PROVIDER_HEADINGS_MOST ? TEXT_PROVIDER_HEADINGS_MANY
                                                                 : TEXT_PROVIDER_HEADING_LONG);
            return;
        }
        provider->headings[provider->count++] = line;
    }
}

void provider_form_do(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, form_fields, FORM_FIELDS);
    ProviderForm provider = {.program = program,
                             .name = str_trim(form_str(&form, FORM_NAME)),
                             .filled_by = str_trim(form_str(&form, FORM_FILLED_BY)),
                             .review_days = form_int(&form, FORM_REVIEW, 90)};
    read_headings(&form, &provider);
    if (provider.count > 0 && str_is_empty(provider.name)) {
        form_error(&form, FORM_NAME, TEXT_PROVIDER_NAME_MISSING);
    }
    if (!form.is_valid) {
        show_form(post->scope, post->reply, program, &form);
        return;
    }
    provider_form_write(post->scope, post->tx, &provider);
    reply_redirect_saying(post->reply, url_provider_form_show(post->scope->arena, program), TEXT_UI_SAVED);
}

/* ---- the family's side ---- */

static void show_sheet(Scope *scope, Reply *reply, const ProviderForm *provider, const Form *form) {
    static const Text labels[] = {TEXT_PROVIDER_READER_GIVER, TEXT_PROVIDER_READER_COORDINATOR};
    Option *readers = NEW_MANY(scope->arena, 2, Option);
    for (size_t at = 0; at < 2; at++) {
        readers[at] =
            (Option){.value = str_of(reader_values[at]), .label = text_str(scope->lang, labels[at])};
    }
    ProviderSheetPage page = {.layout = layout_titled(scope, reply, provider->name),
                              .form = form,
                              .provider = *provider,
                              .readers = {.items = readers, .count = 2},
                              .earlier = provider_sheets(scope)};
    page.layout.has_error = !form->is_valid;
    provider_sheet_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* The program's form, if it uses one; else answered, and false. */
static bool find_form(const Scope *scope, Reply *reply, ProviderForm *ret_form) {
    *ret_form = provider_form_for(scope, scope->actor);
    if (ret_form->count == 0) {
        reply_sorry(reply, 404, TEXT_PROVIDER_NONE);
        return false;
    }
    return true;
}

void provider_sheet_show(Get *get) {
    ProviderForm provider;
    if (!find_form(get->scope, get->reply, &provider)) {
        return;
    }
    Form form = form_empty(get->scope, sheet_fields, SHEET_FIELDS);
    ProviderSheet sheet = {.with = STR("")};
    if (provider_sheet_find(get->scope, get->scope->actor, &sheet)) {
        Str readers[2];
        size_t count = 0;
        if (sheet.for_giver) {
            readers[count++] = str_of(reader_values[0]);
        }
        if (sheet.for_coordinator) {
            readers[count++] = str_of(reader_values[1]);
        }
        Str *kept = NEW_MANY(get->scope->arena, 2, Str);
        for (size_t at = 0; at < count; at++) {
            kept[at] = readers[at];
        }
        form_set_str(&form, SHEET_WITH, sheet.with);
        form_set_many(&form, SHEET_READERS, (Strs){.items = kept, .count = count});
        /* Only under the same heading: the program may have changed them since. */
        for (size_t at = 0; at < provider.count; at++) {
            for (size_t old = 0; old < sheet.count; old++) {
                if (str_equal(provider.headings[at], sheet.headings[old])) {
                    form_set_str(&form, SHEET_LINES + at, sheet.lines[old]);
                }
            }
        }
    }
    show_sheet(get->scope, get->reply, &provider, &form);
}

void provider_sheet_do(Post *post) {
    ProviderForm provider;
    if (!find_form(post->scope, post->reply, &provider)) {
        return;
    }
    Form form = form_read(post->scope, post->input, sheet_fields, SHEET_FIELDS);
    if (!form.is_valid) {
        show_sheet(post->scope, post->reply, &provider, &form);
        return;
    }
    ProviderSheet sheet = {.with = form_str(&form, SHEET_WITH),
                           .for_giver = form_has(&form, SHEET_READERS, STR("giver")),
                           .for_coordinator = form_has(&form, SHEET_READERS, STR("coordinator"))};
    for (size_t at = 0; at < provider.count; at++) {
        sheet.lines[at] = form_str(&form, SHEET_LINES + at);
    }
    provider_sheet_write(post->scope, post->tx, &provider, &sheet);
    reply_redirect_saying(post->reply, url_card_show(post->scope->arena), TEXT_UI_SAVED);
}
