/* SPDX-License-Identifier: Apache-2.0 */
/* What two people of the demo wrote each other when their walk had ended, and what the family gives back.
 * Drawn from the match's own id: nothing else of the demo changes with it. */
#include "features/demo/demo_parts.h"
#include "features/hope/hope.h"
#include "demo_sql.h"
#include "texts.h"

enum { GOODBYE_SEED = 7, HOPE_SEED = 9 };

/* A third of them wrote a word for families who wait, most of which somebody has read; a quarter wish to do
 * more. */
static void hope_add(Demo *demo, const DemoFamily *family, Time ended) {
    static const Text words[] = {TEXT_DEMO_HOPE_1, TEXT_DEMO_HOPE_2};
    Random random = random_seeded((uint64_t)family->match.value + HOPE_SEED);
    const HopeId id = {random_id(&random)};
    const HopeWishId wish = {random_id(&random)};
    const bool is_read = random_below(&random, 3) > 0;
    if (random_below(&random, 3) == 0) {
        const PersonId nobody = {0};
        demo_hope_insert(demo->tx,
                         &(DemoHopeInsert){.id = id,
                                           .program = demo->program.id,
                                           .person = family->person,
                                           .words = text_str(family->lang, words[random_below(&random, 2)]),
                                           .lang = family->lang,
                                           .is_named = random_below(&random, 2) == 0,
                                           .state = is_read ? HOPE_SHOWN : HOPE_SENT,
                                           .said = STR(""),
                                           .by_person = is_read ? demo->program.coordinators[0] : nobody,
                                           .now = ended});
    }
    if (random_below(&random, 4) == 0) {
        demo_hope_wish_insert(
            demo->tx, &(DemoHopeWishInsert){.id = wish,
                                            .program = demo->program.id,
                                            .person = family->person,
                                            .kind = 1 + (int64_t)random_below(&random, HOPE_WISH_KINDS),
                                            .answer = STR(""),
                                            .now = ended});
    }
}

/* Half of them want to read something, half wrote something: not always the same. */
void demo_goodbye(Demo *demo, const DemoFamily *family, const DemoGiver *giver, Time ended) {
    static const Text words[] = {TEXT_DEMO_GOODBYE_RECEIVER, TEXT_DEMO_GOODBYE_GIVER};
    const PersonId sides[] = {family->person, giver->person};
    const Lang langs[] = {family->lang, giver->lang};
    Random random = random_seeded((uint64_t)family->match.value + GOODBYE_SEED);
    for (size_t at = 0; at < sizeof sides / sizeof sides[0]; at++) {
        const bool wants = random_below(&random, 2) == 0, wrote = random_below(&random, 2) == 0;
        const GoodbyeId id = {random_id(&random)};
        if (wants) {
            demo_goodbye_welcome_insert(demo->tx, family->match, sides[at], ended);
        }
        if (wrote) {
            demo_goodbye_insert(demo->tx, &(DemoGoodbyeInsert){.id = id,
                                                               .match = family->match,
                                                               .person = family->person,
                                                               .by_person = sides[at],
                                                               .words = text_str(langs[at], words[at]),
                                                               .now = ended});
        }
    }
    hope_add(demo, family, ended);
}
