/* SPDX-License-Identifier: Apache-2.0 */
/* Making the first program. */
#include "features/start/start.h"

#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/program/program.h"
#include "platform/zone/zone.h"

enum { SLUG_MOST = 40 };

Str start_slug(Arena *arena, Str name) {
    Buf slug = buf_new(arena, SLUG_MOST + 1);
    Str lower = str_lower_ascii(arena, name);
    for (size_t at = 0; at < lower.length && slug.length < SLUG_MOST; at++) {
        const char byte = lower.at[at];
        const bool is_letter = byte >= 'a' && byte <= 'z';
        if (is_letter || (byte >= '0' && byte <= '9' && slug.length > 0)) {
            buf_add_char(&slug, byte);
        } else if (byte == ' ' && slug.length > 0 && !str_ends_with(buf_str(&slug), STR("-"))) {
            buf_add_char(&slug, '-');
        }
    }
    Str made = buf_str(&slug);
    return str_ends_with(made, STR("-")) ? str_part(made, 0, made.length - 1) : made;
}

/* The newest person of the mailbox, or somebody new who is called by the address until they say otherwise. */
static PersonId coordinator_of(const Scope *scope, Tx *tx, Str mail) {
    Household reached = account_find_by_mail(scope, mail);
    if (reached.count > 0) {
        return reached.items[0].id;
    }
    Str called = STR_NONE;
    Str host = STR_NONE;
    str_cut(mail, '@', &called, &host);
    PersonId person = account_person_add(scope, tx, called, scope->lang);
    account_contact_point_add(scope, tx, person, &(ContactPoint){.kind = CONTACT_POINT_MAIL, .value = mail});
    return person;
}

static bool is_mail(Str mail) {
    Str name = STR_NONE;
    Str host = STR_NONE;
    return str_cut(mail, '@', &name, &host) && name.length > 0 && str_contains(host, STR(".")) &&
           !str_contains(mail, STR(" ")) && mail.length <= 254;
}

StartResult start_program(const Scope *scope, Tx *tx, Str name, Str zone, Str mail) {
    Str slug = start_slug(scope->arena, name);
    Program found;
    if (!program_slug_is_valid(slug)) {
        return START_NAME_WRONG;
    }
    if (zone_find(zone) == NULL) {
        return START_ZONE_WRONG;
    }
    if (!is_mail(mail)) {
        return START_MAIL_WRONG;
    }
    if (program_find_by_slug(scope, slug, &found)) {
        return START_NAME_TAKEN;
    }
    ProgramId program = program_add(scope, tx, slug, str_trim(name), zone);
    program_duty_give(scope, tx, program, coordinator_of(scope, tx, str_trim(mail)), DUTY_COORDINATOR);
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("program_started"),
                            .kind = OBJECT_PROGRAM,
                            .object = program.value,
                            .program = program});
    return START_DONE;
}

static const char *sentence(StartResult result) {
    switch (result) {
    case START_DONE:
        return NULL;
    case START_NAME_TAKEN:
        return "a program of this name is here already";
    case START_NAME_WRONG:
        return "--program wants a name with at least two letters a to z";
    case START_ZONE_WRONG:
        return "--zone wants an IANA time zone such as America/New_York";
    case START_MAIL_WRONG:
        return "--email wants the coordinator's mail address";
    }
    return NULL;
}

int start_command(Scope *scope, Str name, Str zone, Str mail) {
    Tx *tx = tx_begin(scope->db);
    const StartResult result = start_program(scope, tx, name, zone, mail);
    if (result != START_DONE) {
        db_rollback(scope->db);
        fprintf(stderr, "beenthere init: %s\n", sentence(result));
        return 1;
    }
    tx_commit(tx);
    printf("%.*s is there; %.*s coordinates it\n", STR_ARGS(name), STR_ARGS(mail));
    return 0;
}
