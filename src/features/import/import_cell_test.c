/* SPDX-License-Identifier: Apache-2.0 */
/* Single cells: tables of what people write, what is taken from it, and what stays in their words. */
#include "test/unit.h"

#include "base/buf.h"
#include "base/random.h"
#include "features/import/import_cell.h"
#include "features/import/import_date.h"
#include "test/one_arena.h"

/* A made-up program's lists: English and Spanish names with a bar between, ids from 1. */
static size_t items_of(const char *const *words, ImportItem *items, size_t room) {
    size_t count = 0;
    for (; words[count] != NULL && count < room; count++) {
        Str *names = NEW_MANY(arena, 2, Str);
        (void)str_cut(str_of(words[count]), '|', &names[0], &names[1]);
        items[count] = (ImportItem){.id = (int64_t)count + 1, .names = {.items = names, .count = 2}};
    }
    return count;
}

static const char *const experience_words[] = {"Anxiety|Ansiedad",
                                               "Foster / kinship|Acogida / familia",
                                               "Self-harm|Autolesiones",
                                               "Juvenile court|Tribunal de menores",
                                               "LGBTQ+ youth|J\xC3\xB3venes LGBTQ+",
                                               "IEP|IEP",
                                               "Hospital stay|Hospitalizaci\xC3\xB3n",
                                               "Eating|Alimentaci\xC3\xB3n",
                                               NULL};
static const char *const language_words[] = {"English|Ingl\xC3\xA9s", "Spanish|Espa\xC3\xB1ol",
                                             "ASL|Lengua de se\xC3\xB1"
                                             "as",
                                             NULL};
static const char *const relation_words[] = {"Mother|Madre",
                                             "Father|Padre",
                                             "Grandparent|Abuela o abuelo",
                                             "Foster or adoptive parent|Madre o padre de crianza o adoptivo",
                                             "Other relative|Otro familiar",
                                             "Young person|Joven",
                                             NULL};
static const char *const time_words[] = {"Weekday mornings|Ma\xC3\xB1"
                                         "anas entre semana",
                                         "Weekday afternoons|Tardes entre semana", "Weekday evenings|",
                                         "Weekends|", NULL};
static const char *const age_names[] = {
    "Up to 4|Hasta 4 a\xC3\xB1os", "5 to 8|De 5 a 8", "9 to 12|", "13 to 17|", "18+|", NULL};

static ImportList list_of(ImportTopic topic, const char *const *words) {
    ImportItem items[20];
    const size_t count = items_of(words, items, 20);
    return import_list_new(arena, topic, items, count);
}

typedef struct Expected {
    const char *cell;
    const char *understood; /* ids, "," between, or the text */
    const char *rest;
    ImportSure sure;
} Expected;

static Str ids_text(const ImportItems *items) {
    Str text = STR("");
    for (size_t index = 0; index < items->count; index++) {
        text = str_print(arena, "%.*s%s%d", STR_ARGS(text), index == 0 ? "" : ",", (int)items->ids[index]);
    }
    return text;
}

static void compare(const Expected *expected, Str understood, const ImportReading *reading) {
    if (!str_equal(understood, str_of(expected->understood)) ||
        !str_equal(reading->rest, str_of(expected->rest)) || reading->sure != expected->sure) {
        fail_msg("\"%s\": understood \"%.*s\", rest \"%.*s\", sure %d", expected->cell, STR_ARGS(understood),
                 STR_ARGS(reading->rest), (int)reading->sure);
    }
}

#define EACH_EXPECTED(table) (size_t at = 0; at < sizeof(table) / sizeof(table)[0]; at++)

static void test_words(void **state) {
    (void)state;
    static const Expected table[] = {
        {"anxiety, foster / kinship", "1,2", "", IMPORT_UNDERSTOOD},
        {"foster / kinship / self harm / juvenile court", "2,3,4", "", IMPORT_UNDERSTOOD},
        {"IEP; ansiedad; IEP", "6,1", "", IMPORT_UNDERSTOOD},
        {"cutting & panic attacks", "3,1", "", IMPORT_GUESSED},
        {"lgbtq+ youth", "5", "", IMPORT_UNDERSTOOD},
        {"LGBTQ+ kids; court", "4", "LGBTQ+ kids", IMPORT_GUESSED},
        {"anxiety+court", "1,4", "", IMPORT_GUESSED},
        {"LGBTQ and court", "5,4", "", IMPORT_GUESSED},
        {"anxiety; sleepwalking", "1", "sleepwalking", IMPORT_UNDERSTOOD},
        {"sleepwalking / night terrors", "", "sleepwalking / night terrors", IMPORT_NOT_UNDERSTOOD},
        {"hospitalizaci\xC3\xB3n", "7", "", IMPORT_UNDERSTOOD},
        {"anxietyy", "", "anxietyy", IMPORT_NOT_UNDERSTOOD},
        {"n/a", "", "", IMPORT_SAYS_NOTHING},
        {"--", "", "", IMPORT_SAYS_NOTHING},
    };
    const ImportList list = list_of(TOPIC_EXPERIENCE, experience_words);
    for
        EACH_EXPECTED(table) {
            const ImportWordsRead read = import_words(arena, &list, str_of(table[at].cell), false);
            compare(&table[at], ids_text(&read.items), &read.reading);
        }
    static const Expected against[] = {
        {"no court cases", "4", "", IMPORT_GUESSED},
        {"not self harm", "3", "", IMPORT_UNDERSTOOD},
        {"prefers teens", "", "prefers teens", IMPORT_NOT_UNDERSTOOD},
        {"prefers anxiety", "", "prefers anxiety", IMPORT_NOT_UNDERSTOOD},
    };
    for
        EACH_EXPECTED(against) {
            const ImportWordsRead read = import_words(arena, &list, str_of(against[at].cell), true);
            compare(&against[at], ids_text(&read.items), &read.reading);
        }
}

static void test_languages(void **state) {
    (void)state;
    static const Expected table[] = {
        {"Sp/Eng", "2,1", "", IMPORT_GUESSED},
        {"espa\xC3\xB1ol", "2", "", IMPORT_UNDERSTOOD},
        {"ENGLISH", "1", "", IMPORT_UNDERSTOOD},
        {"En", "1", "", IMPORT_GUESSED},
        {"English + some Spanish", "1", "some Spanish", IMPORT_UNDERSTOOD},
        {"English/ASL", "1,3", "", IMPORT_UNDERSTOOD},
        {"Ingl\xC3\xA9s y espa\xC3\xB1ol", "1,2", "", IMPORT_UNDERSTOOD},
        {"Vietnamese", "", "Vietnamese", IMPORT_NOT_UNDERSTOOD},
    };
    const ImportList list = list_of(TOPIC_LANGUAGE, language_words);
    for
        EACH_EXPECTED(table) {
            const ImportWordsRead read = import_words(arena, &list, str_of(table[at].cell), false);
            compare(&table[at], ids_text(&read.items), &read.reading);
        }
}

static Str id_text(int64_t id) {
    return id == 0 ? STR("") : str_print(arena, "%d", (int)id);
}

static void test_relations(void **state) {
    (void)state;
    static const Expected table[] = {
        {"mam\xC3\xA1", "1", "", IMPORT_GUESSED},
        {"Mother", "1", "", IMPORT_UNDERSTOOD},
        {"dad", "2", "", IMPORT_GUESSED},
        {"grandmother", "3", "", IMPORT_GUESSED},
        {"aunt", "5", "", IMPORT_GUESSED},
        {"foster parent", "4", "", IMPORT_GUESSED},
        {"self", "6", "", IMPORT_GUESSED},
        {"youth (19)", "6", "19", IMPORT_GUESSED},
        {"parent", "", "parent", IMPORT_NOT_UNDERSTOOD},
        {"neighbor", "", "neighbor", IMPORT_NOT_UNDERSTOOD},
    };
    const ImportList list = list_of(TOPIC_RELATION, relation_words);
    for
        EACH_EXPECTED(table) {
            const ImportWord read = import_word(arena, &list, str_of(table[at].cell));
            compare(&table[at], id_text(read.id), &read.reading);
        }
}

static void test_times(void **state) {
    (void)state;
    static const Expected table[] = {
        {"weekdays", "1,2,3", "", IMPORT_GUESSED},
        {"Weekends", "4", "", IMPORT_UNDERSTOOD},
        {"nights", "3", "", IMPORT_GUESSED},
        {"tardes", "2", "", IMPORT_GUESSED},
        {"any", "1,2,3,4", "", IMPORT_GUESSED},
        {"Tue eve, Sat am", "3,4", "Tue eve; Sat am", IMPORT_GUESSED},
        {"MWF 9-12", "1", "MWF 9-12", IMPORT_GUESSED},
        {"Mon/Wed after 5", "3", "Mon/Wed after 5", IMPORT_GUESSED},
        {"when the kids sleep", "", "when the kids sleep", IMPORT_NOT_UNDERSTOOD},
    };
    const ImportList list = list_of(TOPIC_TIME, time_words);
    for
        EACH_EXPECTED(table) {
            const ImportWordsRead read = import_times(arena, &list, str_of(table[at].cell));
            compare(&table[at], ids_text(&read.items), &read.reading);
        }
}

static void test_ages(void **state) {
    (void)state;
    static const Expected table[] = {
        {"7", "2", "", IMPORT_UNDERSTOOD},
        {"9 yo", "3", "", IMPORT_UNDERSTOOD},
        {"16 1/2", "4", "", IMPORT_UNDERSTOOD},
        {"8\xC2\xBD", "2", "", IMPORT_UNDERSTOOD},
        {"18 months", "1", "", IMPORT_UNDERSTOOD},
        {"13-15 a\xC3\xB1os", "4", "", IMPORT_UNDERSTOOD},
        {"4-5", "", "4-5", IMPORT_NOT_UNDERSTOOD},
        {"11 and 8", "", "11 and 8", IMPORT_NOT_UNDERSTOOD},
        {"10 and 12", "3", "10 and 12", IMPORT_GUESSED},
        {"teen", "4", "", IMPORT_GUESSED},
        {"ocho a\xC3\xB1os", "2", "", IMPORT_GUESSED},
        {"middle school", "", "middle school", IMPORT_NOT_UNDERSTOOD},
        {"19", "5", "", IMPORT_UNDERSTOOD},
        {"940", "", "940", IMPORT_NOT_UNDERSTOOD},
        {"-4", "", "-4", IMPORT_NOT_UNDERSTOOD},
        {"9999999999999999999999", "", "9999999999999999999999", IMPORT_NOT_UNDERSTOOD},
        {"14?", "", "14?", IMPORT_NOT_UNDERSTOOD},
        {"born 2015", "", "born 2015", IMPORT_NOT_UNDERSTOOD},
        {"5 to 8", "2", "", IMPORT_UNDERSTOOD},
        {"unknown", "", "", IMPORT_SAYS_NOTHING},
    };
    ImportItem items[8];
    const size_t count = items_of(age_names, items, 8);
    const ImportBands bands = import_bands_new(arena, items, count);
    for
        EACH_EXPECTED(table) {
            const ImportWord read = import_age(arena, &bands, str_of(table[at].cell));
            compare(&table[at], id_text(read.id), &read.reading);
        }
}

static void test_phones(void **state) {
    (void)state;
    static const Expected table[] = {
        {"(206) 555-0102", "(206) 555-0102|", "", IMPORT_UNDERSTOOD},
        {"+1 787 555 0110", "+1 787 555 0110|", "", IMPORT_UNDERSTOOD},
        {"206-555-0108 x2", "206-555-0108 x2|", "", IMPORT_UNDERSTOOD},
        {"206-555-0108 ext. 14, ask for Rosa", "206-555-0108 ext. 14|", "ask for Rosa", IMPORT_UNDERSTOOD},
        {"555-0111", "555-0111|", "", IMPORT_GUESSED},
        {"787.555.0104 / 787.555.0105", "787.555.0104|787.555.0105", "", IMPORT_UNDERSTOOD},
        {"cell 787-555-0104 (sister's)", "787-555-0104|", "cell; (sister's)", IMPORT_UNDERSTOOD},
        {"call grandma first", "|", "call grandma first", IMPORT_NOT_UNDERSTOOD},
        {"after 5 only", "|", "after 5 only", IMPORT_NOT_UNDERSTOOD},
        {"none", "|", "", IMPORT_SAYS_NOTHING},
    };
    for
        EACH_EXPECTED(table) {
            const ImportPhone read = import_phone(arena, str_of(table[at].cell));
            compare(&table[at],
                    str_print(arena, "%.*s|%.*s", STR_ARGS(read.phones[0]), STR_ARGS(read.phones[1])),
                    &read.reading);
        }
}

static void test_mails(void **state) {
    (void)state;
    static const Expected table[] = {
        {"Rosa@Example.org", "Rosa@Example.org|", "", IMPORT_UNDERSTOOD},
        {"rosa(at)example.org", "rosa@example.org|", "", IMPORT_GUESSED},
        {"rosa at example dot org", "rosa@example.org|", "", IMPORT_GUESSED},
        {"Rosa <rosa@example.org>", "rosa@example.org|", "Rosa", IMPORT_UNDERSTOOD},
        {"a@example.org; b@example.org", "a@example.org|b@example.org", "", IMPORT_UNDERSTOOD},
        {"mailto:a@example.org", "a@example.org|", "", IMPORT_UNDERSTOOD},
        {"rosa@", "|", "rosa@", IMPORT_NOT_UNDERSTOOD},
        {"rosa@example", "|", "rosa@example", IMPORT_NOT_UNDERSTOOD},
        {"ask her at church", "|", "ask her at church", IMPORT_NOT_UNDERSTOOD},
    };
    for
        EACH_EXPECTED(table) {
            const ImportMail read = import_mail(arena, str_of(table[at].cell));
            compare(&table[at],
                    str_print(arena, "%.*s|%.*s", STR_ARGS(read.mails[0]), STR_ARGS(read.mails[1])),
                    &read.reading);
        }
}

static void test_yes_and_no(void **state) {
    (void)state;
    static const Expected table[] = {
        {"Y", "1", "", IMPORT_UNDERSTOOD},
        {"s\xC3\xAD", "1", "", IMPORT_UNDERSTOOD},
        {"no vm", "2", "", IMPORT_UNDERSTOOD},
        {"N", "2", "", IMPORT_UNDERSTOOD},
        {"x", "0", "x", IMPORT_NOT_UNDERSTOOD},
        {"only if he is out", "0", "only if he is out", IMPORT_NOT_UNDERSTOOD},
        {"\xE2\x9C\x93", "0", "\xE2\x9C\x93", IMPORT_NOT_UNDERSTOOD},
        {"?", "0", "", IMPORT_SAYS_NOTHING},
    };
    for
        EACH_EXPECTED(table) {
            const ImportAnswer read = import_yes_no(arena, str_of(table[at].cell));
            compare(&table[at], str_print(arena, "%d", (int)read.answer), &read.reading);
        }
}

static void test_dates(void **state) {
    (void)state;
    static const Expected table[] = {
        {"2026-08-03", "2026-8-3", "", IMPORT_UNDERSTOOD},
        {"8/13/2026", "2026-8-13", "", IMPORT_UNDERSTOOD},
        {"8-24-26", "2026-8-24", "", IMPORT_UNDERSTOOD},
        {"13.8.2026", "2026-8-13", "", IMPORT_UNDERSTOOD},
        {"8/3/2026", "2026-8-3", "", IMPORT_GUESSED},
        {"Aug 3, 2026", "2026-8-3", "", IMPORT_UNDERSTOOD},
        {"3 de agosto de 2026", "2026-8-3", "", IMPORT_UNDERSTOOD},
        {"August 3rd 2026", "2026-8-3", "", IMPORT_UNDERSTOOD},
        {"Aug 13", "0-0-0", "Aug 13", IMPORT_NOT_UNDERSTOOD},
        {"8/13", "0-0-0", "8/13", IMPORT_NOT_UNDERSTOOD},
        {"2/30/2026", "0-0-0", "2/30/2026", IMPORT_NOT_UNDERSTOOD},
        {"2026-12-24", "0-0-0", "2026-12-24", IMPORT_NOT_UNDERSTOOD},
        {"8/13/3026", "0-0-0", "8/13/3026", IMPORT_NOT_UNDERSTOOD},
        {"46000", "0-0-0", "46000", IMPORT_NOT_UNDERSTOOD},
        {"last week", "0-0-0", "last week", IMPORT_NOT_UNDERSTOOD},
    };
    const ImportDay today = {.year = 2026, .month = 11, .day = 22};
    for
        EACH_EXPECTED(table) {
            const ImportDate read = import_date(arena, str_of(table[at].cell), DATE_ORDER_UNPROVEN, today);
            compare(&table[at], str_print(arena, "%d-%d-%d", read.day.year, read.day.month, read.day.day),
                    &read.reading);
        }
}

static void test_date_order_of_a_column(void **state) {
    (void)state;
    const ImportDay today = {.year = 2026, .month = 11, .day = 22};
    ImportDateOrder order = import_date_order(DATE_ORDER_UNPROVEN, STR("8/3/2026"));
    assert_int_equal(order, DATE_ORDER_UNPROVEN);
    order = import_date_order(order, STR("20/3/2026"));
    assert_int_equal(order, DATE_ORDER_DAY_FIRST);
    assert_int_equal(import_date(arena, STR("8/3/2026"), order, today).day.month, 3);
    order = import_date_order(order, STR("3/20/26"));
    assert_int_equal(order, DATE_ORDER_BOTH);
    assert_int_equal(import_date(arena, STR("8/3/2026"), order, today).reading.remark,
                     REMARK_DATE_EITHER_ORDER);
    assert_int_equal(import_date(arena, STR("8/3/2026"), order, today).day.year, 0);
    assert_int_equal(import_date(arena, STR("8/20/2026"), order, today).day.month, 8);
}

static void test_day_of_moment(void **state) {
    (void)state;
    const ImportDay leap = import_day_of((Time){INT64_C(951782400) * TIME_SECOND});
    assert_true(leap.year == 2000 && leap.month == 2 && leap.day == 29);
    const ImportDay before = import_day_of((Time){-1});
    assert_true(before.year == 1969 && before.month == 12 && before.day == 31);
}

static void test_supporters(void **state) {
    (void)state;
    static const Expected rooms[] = {
        {"3", "3", "", IMPORT_UNDERSTOOD},
        {"1 more", "1", "", IMPORT_GUESSED},
        {"full", "0", "", IMPORT_GUESSED},
        {"0", "0", "", IMPORT_UNDERSTOOD},
        {"2 families", "2", "", IMPORT_UNDERSTOOD},
        {"any", "-", "any", IMPORT_GUESSED},
        {"900000", "-", "900000", IMPORT_NOT_UNDERSTOOD},
        {"ask me", "-", "ask me", IMPORT_NOT_UNDERSTOOD},
        {"-3", "-", "-3", IMPORT_NOT_UNDERSTOOD},
    };
    for
        EACH_EXPECTED(rooms) {
            const ImportRoom read = import_room(arena, str_of(rooms[at].cell));
            compare(&rooms[at], read.has_places ? str_print(arena, "%d", (int)read.places) : STR("-"),
                    &read.reading);
        }
    static const Expected states[] = {
        {"active", "0", "", IMPORT_UNDERSTOOD},
        {"on break til Jan", "1", "on break til Jan", IMPORT_GUESSED},
        {"moved", "2", "", IMPORT_GUESSED},
        {"hmm", "0", "hmm", IMPORT_NOT_UNDERSTOOD},
    };
    for
        EACH_EXPECTED(states) {
            const ImportStatusRead read = import_status(arena, str_of(states[at].cell));
            compare(&states[at], str_print(arena, "%d", (int)read.status), &read.reading);
        }
    static const Expected trainings[] = {
        {"trained 3/2025", "1", "trained 3/2025", IMPORT_GUESSED},
        {"in training", "0", "in training", IMPORT_GUESSED},
        {"cert exp 12/2026", "1", "cert exp 12/2026", IMPORT_GUESSED},
        {"cert exp 10/2026", "0", "cert exp 10/2026", IMPORT_GUESSED},
        {"cert expired", "0", "cert expired", IMPORT_GUESSED},
        {"", "0", "", IMPORT_SAYS_NOTHING},
    };
    const Time now = {INT64_C(1795305600) * TIME_SECOND}; /* Nov 22, 2026 */
    for
        EACH_EXPECTED(trainings) {
            const ImportTraining read = import_training(arena, str_of(trainings[at].cell), now);
            compare(&trainings[at], read.is_done ? STR("1") : STR("0"), &read.reading);
        }
}

/* Whatever a cell holds: the rest is clean text, and nothing understood means all of it is kept. */
static void test_any_cell(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "a",    "7",           " ",        "/",   "(",    ")",      "@",        ".",
        "at",   "example.org", "x",        "-",   ",",    ";",      "\xC3\xA9", "\xF0\x9F\x99\x82",
        "teen", "English",     "555-0111", "Aug", "2026", "foster", "kinship",  "+",
        "no "};
    const ImportList list = list_of(TOPIC_EXPERIENCE, experience_words);
    const ImportList times = list_of(TOPIC_TIME, time_words);
    Random random = random_seeded(5);
    for (int round = 0; round < 20000; round++) {
        Arena *own = arena_new(8 << 20);
        Buf buf = buf_new(own, 1000);
        for (uint64_t left = random_below(&random, 12); left > 0; left--) {
            buf_add(&buf, str_of(pieces[random_below(&random, sizeof pieces / sizeof pieces[0])]));
        }
        const Str cell = str_trim(buf_str(&buf));
        const ImportReading readings[] = {
            import_phone(own, cell).reading,
            import_mail(own, cell).reading,
            import_yes_no(own, cell).reading,
            import_words(own, &list, cell, false).reading,
            import_times(own, &times, cell).reading,
            import_room(own, cell).reading,
            import_status(own, cell).reading,
            import_date(own, cell, DATE_ORDER_UNPROVEN, (ImportDay){2026, 11, 22}).reading,
        };
        for (size_t index = 0; index < sizeof readings / sizeof readings[0]; index++) {
            assert_true(str_is_clean(readings[index].rest));
            if (readings[index].sure == IMPORT_NOT_UNDERSTOOD) {
                assert_true(str_equal(readings[index].rest, cell));
                assert_int_not_equal(readings[index].remark, REMARK_NONE);
            }
        }
        arena_free(own);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),         cmocka_unit_test(test_languages),
        cmocka_unit_test(test_relations),     cmocka_unit_test(test_times),
        cmocka_unit_test(test_ages),          cmocka_unit_test(test_phones),
        cmocka_unit_test(test_mails),         cmocka_unit_test(test_yes_and_no),
        cmocka_unit_test(test_dates),         cmocka_unit_test(test_date_order_of_a_column),
        cmocka_unit_test(test_day_of_moment), cmocka_unit_test(test_supporters),
        cmocka_unit_test(test_any_cell),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
