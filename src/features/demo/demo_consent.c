/* SPDX-License-Identifier: Apache-2.0 */
/* What the families of the demo share: with the coordinators when they ask, with whom they choose. */
#include "demo_parts.h"
#include "demo_sql.h"

#include "features/account/account.h"
#include "features/consent/consent.h"
#include "texts.h"

/* With a chance of its own, so that no story goes another way for it; and, where the story began so long ago
 * that a consent would be over, as renewed meanwhile. */
static Scope scope_of(Demo *demo, const DemoFamily *family) {
    Scope scope = demo->scope;
    const Time renewed = time_before(demo->end, 300 * TIME_DAY);
    scope.random = &demo->consents;
    scope.lang = family->lang;
    scope.now = time_between(demo->scope.now, demo->end) > 700 * TIME_DAY ? renewed : demo->scope.now;
    return scope;
}

void demo_consent_asking(Demo *demo, const DemoFamily *family, RequestSource source) {
    Scope scope = scope_of(demo, family);
    const bool is_said = source == REQUEST_RECORDED;
    scope.actor = is_said ? demo->program.coordinators[0] : family->person;
    (void)consent_on_asking(&scope, demo->tx,
                            &(ConsentAsking){.program = demo->program.id,
                                             .person = family->person,
                                             .request = family->request,
                                             .how = is_said ? CONSENT_SAID : CONSENT_READ});
}

void demo_consent_choosing(Demo *demo, const DemoFamily *family, const DemoGiver *giver) {
    Scope scope = scope_of(demo, family);
    scope.actor = family->person;
    Person person;
    if (account_person_find(&scope, giver->person, &person)) {
        (void)consent_on_choosing(&scope, demo->tx,
                                  &(ConsentChoosing){.program = demo->program.id,
                                                     .person = family->person,
                                                     .request = family->request,
                                                     .to = giver->person,
                                                     .to_called = person.called});
    }
}

void demo_consent_paper(Demo *demo, Str mail) {
    Scope scope = demo->scope;
    scope.random = &demo->consents;
    scope.now = time_before(demo->end, TIME_HOUR);
    const Household people = account_find_by_mail(&scope, mail);
    const DemoRequestNewestRows requests =
        demo_request_newest(scope.db, people.count > 0 ? people.items[0].id : (PersonId){0});
    Person person;
    if (requests.count == 0 || !account_person_find(&scope, people.items[0].id, &person)) {
        return;
    }
    scope.actor = person.id;
    scope.lang = person.lang;
    const ConsentPaper paper = {.program = demo->program.id,
                                .person = person.id,
                                .request = requests.items[0].id,
                                .items = CONSENT_WORDS | CONSENT_CONTACTS,
                                .organization = text_str(person.lang, TEXT_DEMO_PAPER_SCHOOL),
                                .whom = text_str(person.lang, TEXT_DEMO_PAPER_WHOM),
                                .purpose = CONSENT_FOR_SCHOOL,
                                .why = text_str(person.lang, TEXT_DEMO_PAPER_WHY),
                                .until = consent_paper_day(&scope, CONSENT_PAPER_DAYS)};
    (void)consent_on_paper(&scope, demo->tx, &paper);
}
