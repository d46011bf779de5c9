/* SPDX-License-Identifier: Apache-2.0 */
/* A program of a few pages that do what real pages must never do: break, die, sleep, answer by size. The
 * tests of the request boundary and of the processes run against it. */
#include "base/fail.h"
#include "platform/command/command.h"
#include "platform/jobs/jobs.h"
#include "platform/live/live.h"
#include "platform/mail/mail.h"
#include "platform/sms/sms.h"
#include "platform/sms/sms_signature.h"

#include <unistd.h>

static void page_of(Html *html, size_t size) {
    static const char line[] =
        "<p>A line that fills the page up to the size that was asked for, no more.</p>\n";
    while (html->out.length + sizeof line < size) {
        html_write_static(html, line, sizeof line - 1);
    }
}

static Str argument(const Input *input, Str name) {
    for (size_t at = 0; at < input->count; at++) {
        if (str_equal(input->pairs[at].name, name)) {
            return input->pairs[at].value;
        }
    }
    return STR_NONE;
}

static void home(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    page_of(reply_html(get->reply, 200), 4096);
}

/* A form, the sentence of the page before, the visitor's language. */
static void form_page(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    const Text said = reply_said(get->reply);
    Html *html = reply_html(get->reply, 200);
    html_write_escaped(html, lang_tag(get->scope->lang));
    if (said != TEXT_NONE) {
        html_write_escaped(html, text_str(get->scope->lang, said));
    }
    html_write_form_hidden(html);
}

static void sleep_page(Get *get, const RouteArguments *arguments) {
    int64_t ms = 0;
    (void)arguments;
    (void)str_to_int(argument(get->input, STR("ms")), 0, 5000, &ms);
    usleep((useconds_t)ms * 1000);
    reply_plain(get->reply, 200, STR("slept\n"));
}

static void big_page(Get *get, const RouteArguments *arguments) {
    int64_t size = 0;
    (void)arguments;
    (void)str_to_int(argument(get->input, STR("size")), 0, 4000000, &size);
    page_of(reply_html(get->reply, 200), (size_t)size);
}

static void person_page(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    reply_plain(get->reply, 200, STR("yours\n"));
}

static void break_as(Str how) {
    if (str_equal(how, STR("memory"))) {
        fail(FAIL_MEMORY, "a test broke the memory");
    } else if (str_equal(how, STR("database"))) {
        fail(FAIL_DATABASE, "a test broke the database");
    } else if (str_equal(how, STR("retry"))) {
        fail(FAIL_RETRY, "a test asks again");
    } else if (str_equal(how, STR("die"))) {
        abort();
    }
}

static void break_get(Get *get, const RouteArguments *arguments) {
    break_as(arguments->items[0].word);
    reply_plain(get->reply, 200, STR("whole\n"));
}

/* Writes, then breaks: nothing of it may stay. */
static void break_post(Post *post, const RouteArguments *arguments) {
    job_add(post->scope, post->tx, (PersonId){0}, STR("test"), STR("broken"),
            time_after(post->scope->now, TIME_HOUR));
    break_as(arguments->items[0].word);
    reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
}

/* One more row a call; /metrics counts them as waiting jobs. */
static void add_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    job_add(post->scope, post->tx, (PersonId){0}, STR("test"), STR("added"),
            time_after(post->scope->now, TIME_HOUR));
    reply_redirect_saying(post->reply, (Url){.text = STR("/form")}, TEXT_UI_NOT_FOUND);
}

static void keep_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    job_add(post->scope, post->tx, (PersonId){0}, STR("test"), STR("kept"),
            time_after(post->scope->now, TIME_HOUR));
    reply_keep_changes(post->reply);
    reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
}

static void upload_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    const size_t length = post->input->upload_count == 0 ? 0 : post->input->uploads[0].content.length;
    reply_plain(post->reply, 200, str_print(post->scope->arena, "%zu\n", length));
}

static void mail_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    mail_add(post->scope, post->tx, argument(post->input, STR("to")), argument(post->input, STR("subject")),
             argument(post->input, STR("body")));
    reply_redirect(post->reply, (Url){.text = STR("/form")});
}

/* A text that holds for the seconds that were asked for. */
static void text_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    int64_t seconds = 0;
    (void)str_to_int(argument(post->input, STR("seconds")), 0, 600, &seconds);
    sms_add(post->scope, post->tx, argument(post->input, STR("to")), argument(post->input, STR("body")),
            time_after(post->scope->now, seconds * TIME_SECOND));
    reply_redirect(post->reply, (Url){.text = STR("/form")});
}

/* Sent by a machine: one more row a call, and what was written. */
static void signed_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    job_add(post->scope, post->tx, (PersonId){0}, STR("test"), STR("signed"),
            time_after(post->scope->now, TIME_HOUR));
    reply_xml(post->reply, input_only(post->input, STR("Body")));
}

static void leave_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    reply_leave(post->reply);
}

static void file_get(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    reply_file(get->reply, STR("text/csv; charset=utf-8"), STR("a.csv"), STR("a,b\r\n"));
}

static int64_t number_of(const Input *input, Str name) {
    int64_t number = 0;
    (void)str_to_int(argument(input, name), 0, INT64_MAX, &number);
    return number;
}

static void live_page(Get *get, const RouteArguments *arguments) {
    (void)arguments;
    reply_live(get->reply, (Time){number_of(get->input, STR("since"))});
}

/* Tells, `times` objects from the one that was asked for; and takes it back, or breaks, as `how` says. */
static void tell_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    const Str how = argument(post->input, STR("how"));
    const int64_t object = number_of(post->input, STR("object"));
    const int64_t times = number_of(post->input, STR("times"));
    for (int64_t at = 0; at < (times > 0 ? times : 1); at++) {
        live_tell(post->tx, (PersonId){number_of(post->input, STR("person"))}, STR("thing"), object + at);
    }
    break_as(how);
    if (str_equal(how, STR("refuse"))) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    reply_redirect(post->reply, (Url){.text = STR("/form")});
}

static void end_post(Post *post, const RouteArguments *arguments) {
    (void)arguments;
    const SessionId session = {number_of(post->input, STR("session"))};
    const PersonId person = {number_of(post->input, STR("person"))};
    if (person.value != 0) {
        live_end_person(post->tx, person, session);
    } else {
        live_end_session(post->tx, session);
    }
    reply_redirect(post->reply, (Url){.text = STR("/form")});
}

enum { RULE_PUBLIC, RULE_PERSON };

static const Route routes[] = {
    {.pattern = "/", .rule = RULE_PUBLIC, .object = -1, .get = home, .name = "home"},
    {.is_post = true, .pattern = "/add", .rule = RULE_PUBLIC, .object = -1, .post = add_post, .name = "add"},
    {.pattern = "/big", .rule = RULE_PUBLIC, .object = -1, .get = big_page, .name = "big"},
    {.pattern = "/break/{how:Str}", .rule = RULE_PUBLIC, .object = -1, .get = break_get, .name = "break"},
    {.is_post = true,
     .pattern = "/break/{how:Str}",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = break_post,
     .name = "break_do"},
    {.pattern = "/form", .rule = RULE_PUBLIC, .object = -1, .get = form_page, .name = "form"},
    {.is_post = true,
     .pattern = "/keep",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = keep_post,
     .name = "keep"},
    {.is_post = true,
     .pattern = "/leave",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = leave_post,
     .name = "leave"},
    {.is_post = true,
     .pattern = "/mail",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = mail_post,
     .name = "mail"},
    {.pattern = "/person", .rule = RULE_PERSON, .object = -1, .get = person_page, .name = "person"},
    {.pattern = "/sleep", .rule = RULE_PUBLIC, .object = -1, .get = sleep_page, .name = "sleep"},
    {.is_post = true,
     .pattern = "/upload",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = upload_post,
     .takes_upload = true,
     .name = "upload"},
    {.pattern = "/file",
     .rule = RULE_PUBLIC,
     .object = -1,
     .get = file_get,
     .limit = ROUTE_LIMIT_DOWNLOAD,
     .name = "file"},
    {.is_post = true,
     .pattern = "/prove",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = keep_post,
     .limit = ROUTE_LIMIT_SIGN_IN,
     .name = "prove"},
    {.is_post = true,
     .pattern = "/text",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = text_post,
     .name = "text"},
    {.is_post = true,
     .pattern = "/signed",
     .rule = RULE_PUBLIC,
     .object = -1,
     .is_signed = true,
     .post = signed_post,
     .name = "signed"},
    {.pattern = "/live", .rule = RULE_PERSON, .object = -1, .get = live_page, .name = "live"},
    {.is_post = true,
     .pattern = "/tell",
     .rule = RULE_PUBLIC,
     .object = -1,
     .post = tell_post,
     .name = "tell"},
    {.is_post = true, .pattern = "/end", .rule = RULE_PUBLIC, .object = -1, .post = end_post, .name = "end"},
};

#define PLACE(text, get_at, post_at)                                                                         \
    { .word = {.at = (text), .length = sizeof(text) - 1}, .get = (get_at), .post = (post_at) }

static const RoutePlace places[] = {
    {.first_child = 1, .child_count = 17, .get = 0, .post = -1},
    PLACE("add", -1, 1),
    PLACE("big", 2, -1),
    {.word = {.at = "break", .length = 5}, .argument = 18, .get = -1, .post = -1},
    PLACE("end", -1, 18),
    PLACE("file", 12, -1),
    PLACE("form", 5, -1),
    PLACE("keep", -1, 6),
    PLACE("leave", -1, 7),
    PLACE("live", 16, -1),
    PLACE("mail", -1, 8),
    PLACE("person", 9, -1),
    PLACE("prove", -1, 13),
    PLACE("signed", -1, 15),
    PLACE("sleep", 10, -1),
    PLACE("tell", -1, 17),
    PLACE("text", -1, 14),
    PLACE("upload", -1, 11),
    {.part = ROUTE_PART_WORD, .get = 3, .post = 4},
};

static const Routes table = {.items = routes, .count = sizeof routes / sizeof routes[0], .places = places};

/* A cookie of 32 digits of a person and 32 of a session is one; without a session it is nobody's. */
static bool who(const Scope *scope, Str token, HttpPerson *ret_person) {
    int64_t person = 0;
    int64_t session = 0;
    (void)scope;
    if (!str_to_int(str_part(token, 13, 19), 0, INT64_MAX, &person) ||
        !str_to_int(str_part(token, 45, 19), 1, INT64_MAX, &session)) {
        return false;
    }
    *ret_person = (HttpPerson){.person = {person}, .session = {session}};
    return true;
}

static void no_touch(Scope *scope, Tx *tx, SessionId session) {
    (void)scope;
    (void)tx;
    (void)session;
}

static bool may(Scope *scope, int rule, int64_t object) {
    return object == 0 && (rule == RULE_PUBLIC || scope->actor.value != 0);
}

static bool wants_no_proof(Scope *scope, int rule, int64_t object) {
    (void)scope;
    (void)rule;
    (void)object;
    return false;
}

static void sorry(Scope *scope, Reply *reply, int status, const Sorry *said) {
    Html *html = reply_html(reply, status);
    html_write_escaped(html, text_str(scope->lang, said->sentence));
    html_write_escaped(html, str_print(scope->arena, " reference=%.*s", STR_ARGS(said->reference)));
    for (size_t at = 0; at < said->typed.count; at++) {
        html_write_escaped(html, str_print(scope->arena, " typed=%.*s", STR_ARGS(said->typed.items[at])));
    }
}

static Url sign_in(Arena *arena, Str back) {
    return url_with(arena, (Url){.text = STR("/form")}, STR("back"), back);
}

static const JobKind job_kinds[] = {{.name = MAIL_JOB_KIND, .send = mail_job_send},
                                    {.name = SMS_JOB_KIND, .send = sms_job_send}};

int main(int count, char **arguments) {
    const Application application = {.version = "test",
                                     .hooks = {.routes = &table,
                                               .session_find = who,
                                               .session_touch = no_touch,
                                               .may = may,
                                               .wants_proof = wants_no_proof,
                                               .is_signed = sms_is_signed,
                                               .sorry = sorry,
                                               .sign_in = sign_in},
                                     .jobs = {.kinds = job_kinds, .kind_count = 2}};
    return command_run(&application, count, arguments);
}
