/* SPDX-License-Identifier: Apache-2.0 */
/* The program: what its features do behind the platform's requests, jobs and commands. */
#include "features/access/access.h"
#include "features/account/account.h"
#include "features/account/sign_in_record.h"
#include "features/audit/audit.h"
#include "features/audit/audit_boundary.h"
#include "features/audit/audit_chain.h"
#include "features/check/check.h"
#include "features/demo/demo.h"
#include "features/diary/diary.h"
#include "features/draft/draft.h"
#include "features/fairness/fairness_ahead.h"
#include "features/gathering/gathering.h"
#include "features/message/message.h"
#include "features/notice/notice.h"
#include "features/offer/offer.h"
#include "features/safety/safety.h"
#include "features/hard/hard.h"
#include "features/promise/promise.h"
#include "features/proof/proof.h"
#include "features/proof/prove.h"
#include "features/forget/forget.h"
#include "features/import/import_command.h"
#include "features/shortlist/shortlist.h"
#include "features/sharing/sharing.h"
#include "features/signature/signature.h"
#include "features/solve/solve_command.h"
#include "features/solve/solve_people.h"
#include "features/standing/standing_plan.h"
#include "features/start/start.h"
#include "features/texting/texting.h"
#include "platform/command/command.h"
#include "platform/again.h"
#include "platform/http/request.h"
#include "platform/mail/mail.h"
#include "platform/sms/sms.h"
#include "platform/sms/sms_signature.h"
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
                               .proofs = found.proofs,
                               .proved_at = found.proved_at,
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

static bool wants_proof(Scope *scope, int rule, int64_t object) {
    return access_wants_proof(scope, (AccessAction)rule, object);
}

static bool is_fresh(Scope *scope) {
    return access_is_fresh(scope);
}

static void say_sorry(Scope *scope, Reply *reply, int status, const Sorry *sorry) {
    const Layout frame = layout_of(scope, reply, TEXT_UI_SORRY_TITLE);
    sorry_page(reply_html(reply, status), &frame, sorry);
}

static Url way_to_sign_in(Arena *arena, Str back) {
    return url_with(arena, url_sign_in_show(arena), STR("back"), back);
}

typedef struct LinkOrder {
    Str mail;
    Str token;
    bool is_known;
} LinkOrder;

static void make_sign_in_link(Scope *scope, Tx *tx, void *context) {
    LinkOrder *order = context;
    order->is_known = sign_in_link(scope, tx, order->mail, &order->token);
    if (!order->is_known) {
        return;
    }
    const Household household = account_find_by_mail(scope, order->mail);
    for (size_t at = 0; at < household.count; at++) {
        audit_add(scope, tx,
                  &(AuditEntry){.action = STR("sign_in_link_printed"), .subject = household.items[at].id});
    }
}

static int print_sign_in_link(Scope *scope, Str mail) {
    LinkOrder order = {.mail = mail};
    again_write(scope, make_sign_in_link, &order);
    if (!order.is_known) {
        fputs("beenthere sign-in: nobody has this mail address\n", stderr);
        return 1;
    }
    printf("%.*s%.*s\n", STR_ARGS(scope->config->origin),
           STR_ARGS(url_sign_in_link_show(scope->arena, order.token).text));
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

static void record(Scope *scope, Tx *tx, Str action, int64_t count) {
    audit_add(scope, tx, &(AuditEntry){.action = action, .object = count});
}

static Strs rules_broken(Scope *scope) {
    db_begin_read(scope->db);
    const Strs lines = check_rules_broken(scope);
    db_end_read(scope->db);
    return lines;
}

static Strs copy_broken(Scope *scope) {
    (void)forget_again(scope);
    const Strs rules = rules_broken(scope);
    const Strs audit = audit_findings(scope);
    Str *lines = NEW_MANY(scope->arena, rules.count + audit.count, Str);
    for (size_t at = 0; at < rules.count; at++) {
        lines[at] = rules.items[at];
    }
    for (size_t at = 0; at < audit.count; at++) {
        lines[rules.count + at] = audit.items[at];
    }
    return (Strs){.items = lines, .count = rules.count + audit.count};
}

typedef struct SignOutOrder {
    Str mail;
    Str reason;
    size_t count;
} SignOutOrder;

static void sign_out_write(Scope *scope, Tx *tx, void *context) {
    SignOutOrder *order = context;
    order->count = account_sign_out_mail(scope, tx, order->mail, order->reason);
}

static int sign_out(Scope *scope, Str mail, Str reason) {
    SignOutOrder order = {.mail = mail, .reason = reason};
    again_write(scope, sign_out_write, &order);
    if (order.count == 0) {
        fputs("beenthere sign-out: nobody has this mail address\n", stderr);
        return 1;
    }
    printf("signed out everywhere: %zu with this mail address\n", order.count);
    return 0;
}

static const JobKind job_kinds[] = {
    {.name = MAIL_JOB_KIND, .send = mail_job_send, .may = safety_mail_may, .over = notice_mail_over},
    {.name = SMS_JOB_KIND, .send = sms_job_send, .may = account_text_may, .over = notice_text_over},
    {.name = DIARY_JOB_KIND, .send = diary_job_send, .may = diary_may, .over = notice_mail_over},
    {.name = SIGN_IN_NOTHING_KIND, .run = sign_in_send_nothing},
};
static const JobCalendar calendars[] = {
    {.name = "once_forget", .every_us = TIME_HOUR, .run = once_forget_old},
    {.name = "account_clean_up", .every_us = TIME_HOUR, .run = account_clean_up},
    {.name = "sign_in_record_counted", .every_us = 5 * TIME_MINUTE, .run = sign_in_record_counted},
    {.name = "proof_clean_up", .every_us = TIME_HOUR, .run = proof_clean_up},
    {.name = "draft_clean_up", .every_us = TIME_HOUR, .run = draft_clean_up},
    {.name = "shortlist_let_holds_go", .every_us = 15 * TIME_MINUTE, .run = shortlist_let_holds_go},
    {.name = "standing_plan", .every_us = 5 * TIME_SECOND, .work = standing_plan_watch},
    {.name = "forget", .every_us = 5 * TIME_SECOND, .work = forget_watch},
    {.name = "audit_link", .every_us = TIME_SECOND, .work = audit_link},
    {.name = "audit_checkpoint", .every_us = 15 * TIME_MINUTE, .work = audit_checkpoint},
    {.name = "texting_clean_up", .every_us = TIME_HOUR, .run = texting_clean_up},
    {.name = "notice_clean_up", .every_us = TIME_DAY, .run = notice_clean_up},
    {.name = "offer_wake", .every_us = TIME_HOUR, .run = offer_wake},
    {.name = "sharing_tell_ending", .every_us = TIME_HOUR, .run = sharing_tell_ending},
    {.name = "signature_come_of_age", .every_us = TIME_HOUR, .run = signature_come_of_age},
    {.name = "message_tell", .every_us = 15 * TIME_SECOND, .work = message_tell},
    {.name = "gathering_tell", .every_us = 15 * TIME_SECOND, .work = gathering_tell},
    {.name = "promise_remind", .every_us = 15 * TIME_SECOND, .work = promise_remind},
    {.name = "hard_watch", .every_us = 15 * TIME_SECOND, .work = hard_watch},
    {.name = "diary_remind", .every_us = 15 * TIME_SECOND, .work = diary_remind},
    {.name = "fairness_count_ahead", .every_us = TIME_HOUR, .work = fairness_count_ahead},
};

int main(int count, char **arguments) {
    const Application application = {
        .version = BEENTHERE_VERSION,
        .hooks = {.routes = &program_routes,
                  .session_find = person_of_session,
                  .session_touch = session_was_seen,
                  .may = may,
                  .about = audit_route_about,
                  .record = audit_route_record,
                  .wants_proof = wants_proof,
                  .is_fresh = is_fresh,
                  .is_signed = sms_is_signed,
                  .prove = prove_ask,
                  .sorry = say_sorry,
                  .sign_in = way_to_sign_in},
        .jobs = {.kinds = job_kinds,
                 .kind_count = sizeof job_kinds / sizeof job_kinds[0],
                 .calendars = calendars,
                 .calendar_count = sizeof calendars / sizeof calendars[0],
                 .at_stop = audit_stop},
        .start = start_command,
        .demo = make_demo,
        .sign_in = print_sign_in_link,
        .sign_out = sign_out,
        .import = import_command,
        .match = solve_command,
        .match_people = solve_people_command,
        .audit = audit_command,
        .forget = forget_command,
        .forget_again = forget_again,
        .record = record,
        .check = rules_broken,
        .check_copy = copy_broken,
    };
    return command_run(&application, count, arguments);
}
