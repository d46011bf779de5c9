/* SPDX-License-Identifier: Apache-2.0 */
/* The program: what its features do behind the platform's requests, jobs and commands. */
#include "features/access/access.h"
#include "features/account/account.h"
#include "features/check/check.h"
#include "features/demo/demo.h"
#include "features/draft/draft.h"
#include "features/offer/offer.h"
#include "features/import/import_command.h"
#include "features/start/start.h"
#include "platform/command/command.h"
#include "platform/http/request.h"
#include "platform/mail/mail.h"
#include "routes.h"
#include "ui/ui.h"
#include "ui_html.h"

static bool person_of_session(const Scope *scope, Str token, HttpPerson *ret_person) {
    SessionFound found;
    if (!session_find(scope->db, scope->arena, scope->now, token, &found)) {
        return false;
    }
    *ret_person = (HttpPerson){.person = found.person,
                               .session = found.id,
                               .has_lang = true,
                               .lang = found.lang,
                               .wants_touch = found.is_stale};
    return true;
}

static void session_was_seen(Scope *scope, Tx *tx, SessionId session) {
    session_seen(tx, session, scope->now);
}

static bool may(Scope *scope, int rule, int64_t object) {
    return access_may(scope, (AccessAction)rule, object);
}

static void say_sorry(Scope *scope, Reply *reply, int status, Text sentence, Str reference) {
    const Layout frame = layout_of(scope, reply, TEXT_UI_SORRY_TITLE);
    sorry_page(reply_html(reply, status), &frame, sentence, reference);
}

static Url way_to_sign_in(Arena *arena, Str back) {
    return url_with(arena, url_sign_in_show(arena), STR("back"), back);
}

static int print_sign_in_link(Scope *scope, Str mail) {
    Str token = STR_NONE;
    Tx *tx = tx_begin(scope->db);
    const bool is_known = sign_in_link(scope, tx, mail, &token);
    tx_commit(tx);
    if (!is_known) {
        fputs("beenthere sign-in: nobody has this mail address\n", stderr);
        return 1;
    }
    printf("%.*s%.*s\n", STR_ARGS(scope->config->origin),
           STR_ARGS(url_sign_in_link_show(scope->arena, token).text));
    return 0;
}

static int make_demo(Scope *scope, DemoScale scale, uint64_t seed) {
    switch (scale) {
    case DEMO_SMALL:
        demo_make(scope, &demo_small, seed);
        break;
    case DEMO_COUNTY:
        demo_make(scope, &demo_county, seed);
        break;
    case DEMO_STATE:
        demo_make(scope, &demo_state, seed);
        break;
    }
    printf("The demo is in %.*s; people to sign in as are in demo-people.txt there.\n",
           STR_ARGS(scope->config->data));
    return 0;
}

static int print_wrong(Scope *scope) {
    db_begin_read(scope->db);
    const Strs lines = check_rules_broken(scope);
    db_end_read(scope->db);
    for (size_t at = 0; at < lines.count; at++) {
        printf("%.*s\n", STR_ARGS(lines.items[at]));
    }
    return lines.count == 0 ? 0 : 1;
}

static const JobKind job_kinds[] = {
    {.name = MAIL_JOB_KIND, .send = mail_job_send},
};
static const JobCalendar calendars[] = {
    {.name = "once_forget", .every_us = TIME_HOUR, .run = once_forget_old},
    {.name = "account_clean_up", .every_us = TIME_HOUR, .run = account_clean_up},
    {.name = "draft_clean_up", .every_us = TIME_HOUR, .run = draft_clean_up},
    {.name = "offer_wake", .every_us = TIME_HOUR, .run = offer_wake},
};

int main(int count, char **arguments) {
    const Application application = {
        .version = BEENTHERE_VERSION,
        .hooks = {.routes = &program_routes,
                  .session_find = person_of_session,
                  .session_touch = session_was_seen,
                  .may = may,
                  .sorry = say_sorry,
                  .sign_in = way_to_sign_in},
        .jobs = {.kinds = job_kinds,
                 .kind_count = sizeof job_kinds / sizeof job_kinds[0],
                 .calendars = calendars,
                 .calendar_count = sizeof calendars / sizeof calendars[0]},
        .start = start_command,
        .demo = make_demo,
        .sign_in = print_sign_in_link,
        .import = import_command,
        .check = print_wrong,
    };
    return command_run(&application, count, arguments);
}
