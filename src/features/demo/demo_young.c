/* SPDX-License-Identifier: Apache-2.0 */
/* Who leads the program and the rule they wrote about signatures, and two young people under it: one waits
 * for a parent, one has the parent's signature. */
#include "features/account/account.h"
#include "features/consent/consent.h"
#include "features/demo/demo_parts.h"
#include "features/guardian/guardian.h"
#include "features/signature/signature.h"
#include "features/signing/signing.h"
#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "texts.h"

enum { AGE = 14, BOTH_FROM = 12, ALONE_FROM = 16 };

static void line(Buf *people, const char *kind, Str mail) {
    buf_print(people, "%s\t%.*s\n", kind, STR_ARGS(mail));
}

static void leader_add(Demo *demo, Buf *people) {
    Str mail = STR_NONE;
    demo->scope.now = time_before(demo->end, 60 * TIME_DAY); /* before either of them asked */
    const PersonId leader = demo_person(demo, TEXT_DEMO_CALLED_LEADER, "leader", 1, LANG_EN, &mail);
    program_duty_give(&demo->scope, demo->tx, demo->program.id, leader, DUTY_LEADER);
    demo->scope.actor = leader;
    signing_set_place(&demo->scope, demo->tx, demo->program.id,
                      (SigningPlace){.state = STR("NY"), .service = SIGNING_PEER});
    const SigningRule rule = {.state = STR("NY"),
                              .service = SIGNING_PEER,
                              .both_from = BOTH_FROM,
                              .alone_from = ALONE_FROM,
                              .parent_sees = true,
                              .source = text_str(LANG_EN, TEXT_DEMO_RULE_SOURCE)};
    (void)signing_rule_set(&demo->scope, demo->tx, demo->program.id, &rule, (SigningRuleId){0});
    line(people, "leader", mail);
}

/* Someone of fourteen asks, so long before the present. */
static PersonId asks(Demo *demo, int64_t number, Lang lang, int64_t hours, Str *ret_mail) {
    Scope *scope = &demo->scope;
    scope->now = time_before(demo->end, hours * TIME_HOUR);
    scope->lang = lang;
    const PersonId person = demo_person(demo, TEXT_DEMO_CALLED_YOUNG, "young", number, lang, ret_mail);
    scope->actor = person;
    const Said words = program_said(scope, demo->program.id, PROGRAM_MUST_TELL_YOUNG);
    (void)youth_begin(scope, demo->tx, person, demo->program.id,
                      youth_words_keep(scope, demo->tx, words.words), false);
    youth_word_set(scope, demo->tx, person, youth_word_make(scope, text_str(LANG_EN, TEXT_DEMO_YOUNG_WORD)));
    signing_born_keep(
        scope, demo->tx, person,
        (SigningBorn){.year = zone_date(demo->program.zone, demo->end).year - AGE - 1, .month = 12});
    const ListItemId wishes[] = {demo_item(demo, LIST_EXPERIENCE, 2), demo_item(demo, LIST_LANGUAGE, lang)};
    Str receipt = STR_NONE;
    (void)request_add(scope, demo->tx,
                      &(RequestNew){.program = demo->program.id,
                                    .person = person,
                                    .kind = REQUEST_SUPPORT,
                                    .source = REQUEST_FROM_FORM,
                                    .lang = lang,
                                    .need = text_str(lang, TEXT_DEMO_YOUNG_NEED),
                                    .hopes = STR(""),
                                    .wishes = wishes,
                                    .wish_count = 2},
                      &receipt);
    return person;
}

/* A few hours later, by the link. Nobody is mailed: it was long ago for whoever looks. */
static void parent_signs(Demo *demo, PersonId young, Buf *people) {
    Scope *scope = &demo->scope;
    const GuardianLink link = guardian_link_make(scope, demo->tx, demo->program.id, young, true);
    scope->now = time_after(scope->now, 5 * TIME_HOUR);
    Str mail = STR_NONE;
    const PersonId parent = demo_person(demo, TEXT_DEMO_CALLED_GUARDIAN, "guardian", 1, scope->lang, &mail);
    scope->actor = parent;
    const Consents waiting = consent_list_waiting(scope, demo->program.id, young);
    (void)guardian_begin(scope, demo->tx, &link, parent, signature_words(scope, &link));
    for (size_t at = 0; at < waiting.count; at++) {
        (void)consent_sign_as_parent(scope, demo->tx, waiting.items[at].id, parent);
        request_start_clock(scope, demo->tx, waiting.items[at].request);
    }
    line(people, "guardian", mail);
}

void demo_young_add(Demo *demo, uint64_t seed, Buf *people) {
    /* With a chance of their own, so that nobody else's story goes another way for them. */
    const Random chance = demo->random;
    const Scope before = demo->scope;
    demo->random = random_seeded(seed);
    leader_add(demo, people);
    Str mail = STR_NONE;
    const PersonId waits = asks(demo, 1, LANG_EN, 30, &mail);
    (void)guardian_link_make(&demo->scope, demo->tx, demo->program.id, waits, false);
    line(people, "young", mail);
    parent_signs(demo, asks(demo, 2, LANG_ES, 26, &mail), people);
    line(people, "young", mail);
    demo->random = chance;
    demo->scope = before;
}
