/* SPDX-License-Identifier: Apache-2.0 */
/* How long each duty stays signed in: read by those who hold one, changed by leaders. And signing somebody
 * with a duty out everywhere. */
#include "features/access/access.h"
#include "features/account/account.h"
#include "features/program/program_view.h"
#include "platform/http/page.h"
#include "program_html.h"
#include "routes.h"
#include "texts.h"

enum { DUTIES = DUTY_EMERGENCY, GRACE = 2 * DUTIES, SIGN_IN_FIELDS };

#define IDLE(number)                                                                                         \
    { .name = "idle-" number, .kind = FIELD_NUMBER, .is_required = true, .least = 5, .most = 480 }
#define LONGEST(number)                                                                                      \
    { .name = "longest-" number, .kind = FIELD_NUMBER, .is_required = true, .least = 1, .most = 24 }
static const Field fields[SIGN_IN_FIELDS] = {
    IDLE("1"),
    LONGEST("1"),
    IDLE("2"),
    LONGEST("2"),
    IDLE("3"),
    LONGEST("3"),
    IDLE("4"),
    LONGEST("4"),
    [GRACE] = {.name = "grace", .kind = FIELD_NUMBER, .is_required = true, .least = 0, .most = 14},
};

static const Text labels[DUTIES + 1] = {
    [DUTY_COORDINATOR] = TEXT_PROGRAM_PEOPLE_COORDINATOR,
    [DUTY_SUPERVISOR] = TEXT_PROGRAM_PEOPLE_SUPERVISOR,
    [DUTY_LEADER] = TEXT_PROGRAM_PEOPLE_LEADER,
    [DUTY_EMERGENCY] = TEXT_PROGRAM_PEOPLE_EMERGENCY,
};

static size_t idle_field(int duty) {
    return (size_t)(2 * (duty - 1));
}

static size_t longest_field(int duty) {
    return idle_field(duty) + 1;
}

static void show_rules(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    Program found;
    if (!program_find(scope, program, &found)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    SignInRule *rules = NEW_MANY(scope->arena, DUTIES, SignInRule);
    for (int duty = DUTY_COORDINATOR; duty <= DUTIES; duty++) {
        rules[duty - 1] = (SignInRule){.label = labels[duty],
                                       .idle = idle_field(duty),
                                       .longest = longest_field(duty),
                                       .now = program_duty_session(scope, program, (DutyKind)duty)};
    }
    SignInRulesPage page = {.layout = layout_of(scope, reply, TEXT_PROGRAM_SIGN_IN),
                            .program = found,
                            .form = form,
                            .may_change = access_may(scope, ACCESS_SIGN_IN_RULES_CHANGE, program.value),
                            .rules = {.items = rules, .count = DUTIES},
                            .grace = GRACE,
                            .grace_us = program_grace(scope, program),
                            .holders = program_duty_everyone(scope, program)};
    page.layout.has_error = !form->is_valid;
    program_sign_in_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_sign_in_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, fields, SIGN_IN_FIELDS);
    for (int duty = DUTY_COORDINATOR; duty <= DUTIES; duty++) {
        const DutySession session = program_duty_session(get->scope, program, (DutyKind)duty);
        form_set_int(&form, idle_field(duty), session.idle_us / TIME_MINUTE);
        form_set_int(&form, longest_field(duty), session.longest_us / TIME_HOUR);
    }
    form_set_int(&form, GRACE, program_grace(get->scope, program) / TIME_DAY);
    show_rules(get->scope, get->reply, program, &form);
}

static DutySession typed_session(const Form *form, int duty) {
    return (DutySession){.idle_us = form_int(form, idle_field(duty), 0) * TIME_MINUTE,
                         .longest_us = form_int(form, longest_field(duty), 0) * TIME_HOUR};
}

void program_sign_in_save(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, fields, SIGN_IN_FIELDS);
    for (int duty = DUTY_COORDINATOR; form.is_valid && duty <= DUTIES; duty++) {
        const DutySession typed = typed_session(&form, duty);
        if (typed.idle_us > typed.longest_us) {
            form_error(&form, idle_field(duty), TEXT_PROGRAM_SIGN_IN_IDLE_LONGER);
        }
    }
    if (!form.is_valid) {
        show_rules(post->scope, post->reply, program, &form);
        return;
    }
    for (int duty = DUTY_COORDINATOR; duty <= DUTIES; duty++) {
        program_set_duty_session(post->scope, post->tx, program, (DutyKind)duty, typed_session(&form, duty));
    }
    program_set_grace(post->tx, program, form_int(&form, GRACE, 0) * TIME_DAY);
    reply_redirect_saying(post->reply, url_program_sign_in_show(post->scope->arena, program),
                          TEXT_PROGRAM_SIGN_IN_SAVED);
}

/* ---- signing somebody out everywhere ---- */

static const Field why_fields[] = {{.name = "why",
                                    .kind = FIELD_LINE,
                                    .is_required = true,
                                    .most_characters = 300,
                                    .missing = TEXT_PROGRAM_SIGN_OUT_WHY_MISSING}};

static void show_sign_out(Scope *scope, Reply *reply, ProgramId program, PersonId person, const Form *form) {
    Program found;
    Str called = STR_NONE;
    if (!program_find(scope, program, &found) || !program_has_duty(scope, program, person, &called)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Words words = scope_words(scope);
    SignOutPage page = {.layout = layout_of(scope, reply, TEXT_NONE),
                        .program = found,
                        .form = form,
                        .person = person,
                        .called = called};
    page.layout.title_words = text_program_sign_out(&words, called);
    page.layout.has_error = !form->is_valid;
    program_sign_out_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_sign_out_show(Get *get, ProgramId program, PersonId person) {
    Form form = form_empty(get->scope, why_fields, 1);
    show_sign_out(get->scope, get->reply, program, person, &form);
}

void program_sign_out_do(Post *post, ProgramId program, PersonId person) {
    Form form = form_read(post->scope, post->input, why_fields, 1);
    Str called = STR_NONE;
    if (!form.is_valid || !program_has_duty(post->scope, program, person, &called)) {
        show_sign_out(post->scope, post->reply, program, person, &form);
        return;
    }
    account_sign_out(post->scope, post->tx, person, program, form_str(&form, 0));
    reply_redirect_saying(post->reply, url_program_sign_in_show(post->scope->arena, program),
                          TEXT_PROGRAM_SIGN_OUT_DONE);
}
