/* SPDX-License-Identifier: Apache-2.0 */
/* Policies as texts: what is read, every fault with its line and word, and that no weight can overflow. */
#include "test/unit.h"

#include "base/random.h"
#include "matching/policy.h"
#include "test/one_arena.h"

#include <inttypes.h>

#define NUMBERS "known 30\nlisted-penalty 15\nfit 4\nday 4\nurgent 40\nhold-hours 72\n"
#define EXPERIENCE "experience rule common first 60 chosen 50 coded 20\n"

static const char PLAIN[] = "policy plain-4\nmethod best-sum\n" EXPERIENCE
                            "language rule if-said first 15 chosen 5 coded 0\n" NUMBERS;

#define ASSERT_STR(wanted, got)                                                                              \
    do {                                                                                                     \
        const Str unit_got = (got);                                                                          \
        if (!str_equal(str_of(wanted), unit_got)) {                                                          \
            fail_msg("\"%.*s\" is not \"%s\"", STR_ARGS(unit_got), (wanted));                                \
        }                                                                                                    \
    } while (0)

static bool is_same_policy(const MatchingPolicy *left, const MatchingPolicy *right) {
    for (size_t at = 0; at < FACET_COUNT; at++) {
        const MatchingFacetPolicy *one = &left->facets[at];
        const MatchingFacetPolicy *other = &right->facets[at];
        if (one->rule != other->rule || one->first != other->first || one->chosen != other->chosen ||
            one->coded != other->coded) {
            return false;
        }
    }
    return str_equal(left->name, right->name) && left->known == right->known &&
           left->listed_penalty == right->listed_penalty && left->fit == right->fit &&
           left->day == right->day && left->urgent == right->urgent && left->method == right->method &&
           left->hold_hours == right->hold_hours;
}

static MatchingPolicy must_read(Str text) {
    MatchingPolicy policy = {0};
    const PolicyFault fault = policy_read(text, &policy);
    if (fault.flaw != POLICY_FINE) {
        fail_msg("flaw %d in line %zu: \"%.*s\"", (int)fault.flaw, fault.line, STR_ARGS(fault.word));
    }
    return policy;
}

static Str written(const MatchingPolicy *policy) {
    Buf buf = buf_new(arena, POLICY_TEXT_MOST);
    policy_write(&buf, policy);
    return buf_str(&buf);
}

static void test_reads_every_line(void **state) {
    (void)state;
    const MatchingPolicy policy = must_read(str_of(PLAIN));
    ASSERT_STR("plain-4", policy.name);
    assert_int_equal(policy.method, METHOD_BEST_SUM);
    const MatchingFacetPolicy *experience = &policy.facets[FACET_EXPERIENCE];
    assert_int_equal(experience->rule, RULE_COMMON);
    assert_int_equal(experience->first, 60);
    assert_int_equal(experience->chosen, 50);
    assert_int_equal(experience->coded, 20);
    assert_int_equal(policy.facets[FACET_LANGUAGE].rule, RULE_IF_SAID);
    assert_int_equal(policy.facets[FACET_LANGUAGE].first, 15);
    assert_int_equal(policy.facets[FACET_GENDER].rule, RULE_FREE);
    assert_int_equal(policy.facets[FACET_GENDER].first, 0);
    assert_int_equal(policy.known, 30);
    assert_int_equal(policy.listed_penalty, 15);
    assert_int_equal(policy.fit, 4);
    assert_int_equal(policy.day, 4);
    assert_int_equal(policy.urgent, 40);
    assert_int_equal(policy.floor, 0); /* no text says it */
    assert_int_equal(policy.hold_hours, 72);
}

static void test_comments_blanks_and_order_do_not_matter(void **state) {
    (void)state;
    const MatchingPolicy policy = must_read(str_of(PLAIN));
    const MatchingPolicy other = must_read(
        STR("# ours\r\n\r\n \t\r\nhold-hours 72\r\nurgent\t40\nday 4\nfit  4\nlisted-penalty 15\n"
            "  known 30 # walked together\nlanguage rule if-said first 15 chosen 5 coded 0#none\n" EXPERIENCE
            "gender rule free first 0 chosen 0 coded 0\nmethod best-sum\npolicy plain-4"));
    assert_true(is_same_policy(&policy, &other));
}

static void test_writes_a_fixed_text(void **state) {
    (void)state;
    MatchingPolicy policy = must_read(str_of(PLAIN));
    policy.method = METHOD_NO_ENVY;
    policy.facets[FACET_CULTURE].chosen = 7;
    policy.facets[FACET_FUNDING].rule = RULE_COMMON;
    policy.facets[FACET_AGE].coded = 1;
    ASSERT_STR("policy plain-4\nmethod no-envy\n" EXPERIENCE
               "language rule if-said first 15 chosen 5 coded 0\n"
               "age rule free first 0 chosen 0 coded 1\nculture rule free first 0 chosen 7 coded 0\n"
               "funding rule common first 0 chosen 0 coded 0\n" NUMBERS,
               written(&policy));
}

static int64_t up_to(Random *random, int64_t least, int64_t most) {
    const uint64_t edge = random_below(random, 8);
    if (edge < 2) {
        return edge == 0 ? least : most;
    }
    return least + (int64_t)random_below(random, (uint64_t)(most - least) + 1);
}

static MatchingPolicy some_policy(Random *random, char *name) {
    const size_t length = (size_t)up_to(random, 1, POLICY_NAME_MOST);
    for (size_t at = 0; at < length; at++) {
        name[at] = "abcxyz0189-."[random_below(random, 12)];
    }
    MatchingPolicy policy = {
        .name = {.at = name, .length = length},
        .known = up_to(random, 0, POLICY_POINTS_MOST),
        .listed_penalty = up_to(random, 0, POLICY_POINTS_MOST),
        .fit = up_to(random, 1, POLICY_FIT_MOST),
        .day = up_to(random, 0, POLICY_POINTS_MOST),
        .urgent = up_to(random, 0, POLICY_BONUS_MOST),
        .method = random_below(random, 2) == 0 ? METHOD_BEST_SUM : METHOD_NO_ENVY,
        .hold_hours = up_to(random, 1, POLICY_HOURS_MOST),
    };
    for (size_t at = 0; at < FACET_COUNT; at++) {
        policy.facets[at] = (MatchingFacetPolicy){
            .rule = (MatchingFacetRule)random_below(random, 3),
            .first = up_to(random, 0, POLICY_POINTS_MOST),
            .chosen = up_to(random, 0, POLICY_POINTS_MOST),
            .coded = up_to(random, 0, POLICY_POINTS_MOST),
        };
    }
    policy.facets[FACET_TIME].first = 1; /* something must score */
    return policy;
}

static void test_what_was_written_reads_the_same(void **state) {
    (void)state;
    Random random = random_seeded(1);
    for (int round = 0; round < 3000; round++) {
        char name[POLICY_NAME_MOST];
        const MatchingPolicy policy = some_policy(&random, name);
        const Str text = written(&policy);
        const MatchingPolicy again = must_read(text);
        assert_true(is_same_policy(&policy, &again));
        assert_true(str_equal(text, written(&again)));
        arena_reset(arena);
    }
}

/* ---- faults ---- */

typedef struct FaultRow {
    const char *text;
    PolicyFlaw flaw;
    size_t line;
    const char *word;
} FaultRow;

#define NAMED "policy a\nmethod best-sum\n"
#define LONGEST_NAME "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const FaultRow FAULTS[] = {
    {NAMED "experiences rule free\n", POLICY_LINE_UNKNOWN, 3, "experiences"},
    {"Policy a\n", POLICY_LINE_UNKNOWN, 1, "Policy"},
    {"\n\n{}\n", POLICY_LINE_UNKNOWN, 3, "{}"},
    {"\xff\xfe\n", POLICY_LINE_UNKNOWN, 1, "\xff\xfe"},
    {"policy a\r\r\n", POLICY_WORD_BAD, 1, "a\r"},
    {"policy a\npolicy a\n", POLICY_LINE_TWICE, 2, "policy"},
    {NAMED "known 1\nknown 2\n", POLICY_LINE_TWICE, 4, "known"},
    {NAMED EXPERIENCE "# \n" EXPERIENCE, POLICY_LINE_TWICE, 5, "experience"},
    {"policy\n", POLICY_WORD_BAD, 1, ""},
    {"policy # none\n", POLICY_WORD_BAD, 1, ""},
    {"policy A\n", POLICY_WORD_BAD, 1, "A"},
    {"policy a_b\n", POLICY_WORD_BAD, 1, "a_b"},
    {"policy a/b\n", POLICY_WORD_BAD, 1, "a/b"},
    {"policy a:b\n", POLICY_WORD_BAD, 1, "a:b"},
    {"policy a`\n", POLICY_WORD_BAD, 1, "a`"},
    {"policy a{\n", POLICY_WORD_BAD, 1, "a{"},
    {"policy " LONGEST_NAME "x\n", POLICY_WORD_BAD, 1, LONGEST_NAME "x"},
    {"policy a b\n", POLICY_WORD_BAD, 1, "b"},
    {"method\n", POLICY_WORD_BAD, 1, ""},
    {"method best\n", POLICY_WORD_BAD, 1, "best"},
    {"method best-sum no-envy\n", POLICY_WORD_BAD, 1, "no-envy"},
    {"known\n", POLICY_NUMBER_BAD, 1, ""},
    {"known many\n", POLICY_NUMBER_BAD, 1, "many"},
    {"known 1.5\n", POLICY_NUMBER_BAD, 1, "1.5"},
    {"known 99999999999999999999\n", POLICY_NUMBER_BAD, 1, "99999999999999999999"},
    {"known -1\n", POLICY_NUMBER_BAD, 1, "-1"},
    {"known 1001\n", POLICY_NUMBER_BAD, 1, "1001"},
    {"known 5 6\n", POLICY_WORD_BAD, 1, "6"},
    {"listed-penalty 1001\n", POLICY_NUMBER_BAD, 1, "1001"},
    {"fit 0\n", POLICY_NUMBER_BAD, 1, "0"},
    {"fit 101\n", POLICY_NUMBER_BAD, 1, "101"},
    {"day 1001\n", POLICY_NUMBER_BAD, 1, "1001"},
    {"urgent 100001\n", POLICY_NUMBER_BAD, 1, "100001"},
    {"floor 1\n", POLICY_LINE_UNKNOWN, 1, "floor"}, /* the bonus of the engine alone */
    {"hold-hours 0\n", POLICY_NUMBER_BAD, 1, "0"},
    {"hold-hours 8761\n", POLICY_NUMBER_BAD, 1, "8761"},
    {"role\n", POLICY_WORD_BAD, 1, ""},
    {"role first 1\n", POLICY_WORD_BAD, 1, "first"},
    {"role rule\n", POLICY_WORD_BAD, 1, ""},
    {"role rule hard\n", POLICY_WORD_BAD, 1, "hard"},
    {"role rule free\n", POLICY_WORD_BAD, 1, ""},
    {"role rule free chosen 1\n", POLICY_WORD_BAD, 1, "chosen"},
    {"role rule free first x\n", POLICY_NUMBER_BAD, 1, "x"},
    {"role rule free first 1001 chosen 1 coded 1\n", POLICY_NUMBER_BAD, 1, "1001"},
    {"role rule free first 1 chosen -1 coded 1\n", POLICY_NUMBER_BAD, 1, "-1"},
    {"role rule free first 1 chosen 1 coded 1001\n", POLICY_NUMBER_BAD, 1, "1001"},
    {"role rule free first 1 chosen 1 coded\n", POLICY_NUMBER_BAD, 1, ""},
    {"role rule free first 1 chosen 1 coded 1 known 1\n", POLICY_WORD_BAD, 1, "known"},
    {"", POLICY_LINE_MISSING, 0, "policy"},
    {"policy a", POLICY_LINE_MISSING, 0, "method"},
    {"method no-envy\n" EXPERIENCE NUMBERS, POLICY_LINE_MISSING, 0, "policy"},
    {NAMED EXPERIENCE, POLICY_LINE_MISSING, 0, "known"},
    {NAMED EXPERIENCE "known 1\nlisted-penalty 1\nfit 1\nday 1\nhold-hours 1\n", POLICY_LINE_MISSING, 0,
     "urgent"},
    {NAMED EXPERIENCE "known 1\nlisted-penalty 1\nfit 1\nday 1\nurgent 1\n", POLICY_LINE_MISSING, 0,
     "hold-hours"},
    {NAMED NUMBERS, POLICY_NOTHING_SCORES, 0, ""},
    {NAMED NUMBERS "language rule common first 0 chosen 0 coded 0\n", POLICY_NOTHING_SCORES, 0, ""},
};

static void check_fault(const FaultRow *row, Str text) {
    MatchingPolicy policy = {.known = 77};
    const PolicyFault fault = policy_read(text, &policy);
    if (fault.flaw != row->flaw || fault.line != row->line || !str_equal(fault.word, str_of(row->word))) {
        fail_msg("\"%s\": flaw %d in line %zu, \"%.*s\"", row->text, (int)fault.flaw, fault.line,
                 STR_ARGS(fault.word));
    }
    assert_int_equal(policy.known, 77);
}

static void test_every_fault_tells_its_line_and_word(void **state) {
    (void)state;
    unsigned met = 1U << POLICY_FINE | 1U << POLICY_TOO_LONG;
    for (size_t at = 0; at < sizeof(FAULTS) / sizeof(FAULTS[0]); at++) {
        check_fault(&FAULTS[at], str_of(FAULTS[at].text));
        met |= 1U << FAULTS[at].flaw;
    }
    assert_int_equal(met, (1U << POLICY_FLAW_COUNT) - 1);
    must_read(STR("policy " LONGEST_NAME "\nmethod best-sum\n" EXPERIENCE NUMBERS));
}

static void test_a_text_has_a_longest_length(void **state) {
    (void)state;
    char *text = NEW_MANY(arena, POLICY_TEXT_MOST + 1, char);
    memset(text, ' ', POLICY_TEXT_MOST + 1);
    memcpy(text, PLAIN, sizeof(PLAIN) - 1);
    must_read((Str){.at = text, .length = POLICY_TEXT_MOST});
    check_fault(&(FaultRow){.text = "(too long)", .flaw = POLICY_TOO_LONG, .word = ""},
                (Str){.at = text, .length = POLICY_TEXT_MOST + 1});
}

/* A text cut anywhere is the whole or a fault, never half a policy. */
static void test_half_a_text_is_a_fault(void **state) {
    (void)state;
    const Str text = str_of(PLAIN);
    for (size_t length = 0; length < text.length - 2; length++) {
        MatchingPolicy policy = {.known = 77};
        assert_int_not_equal(policy_read(str_part(text, 0, length), &policy).flaw, POLICY_FINE);
        assert_int_equal(policy.known, 77);
    }
}

static void test_every_facet_has_its_word(void **state) {
    (void)state;
    ASSERT_STR("experience", policy_facet_word(FACET_EXPERIENCE));
    ASSERT_STR("funding", policy_facet_word(FACET_FUNDING));
    for (MatchingFacet facet = 0; facet < FACET_COUNT; facet++) {
        const Str word = policy_facet_word(facet);
        assert_true(word.length > 0);
        const Str text =
            str_print(arena, NAMED NUMBERS "%.*s rule common first 3 chosen 2 coded 1\n", STR_ARGS(word));
        const MatchingPolicy policy = must_read(text);
        assert_int_equal(policy.facets[facet].first, 3);
        assert_int_equal(policy.facets[facet].chosen, 2);
        assert_int_equal(policy.facets[facet].coded, 1);
    }
}

/* ---- weights ---- */

static void test_the_value_of_a_pair(void **state) {
    (void)state;
    MatchingPolicy policy =
        must_read(STR("policy a\nmethod best-sum\n" EXPERIENCE
                      "known 1\nlisted-penalty 1\nfit 4\nday 3\nurgent 50\nhold-hours 1\n"));
    policy.floor = 7;
    MatchingRequest request = {.waiting_days = 10};
    assert_int_equal(policy_value(&policy, &request, 100), 430);
    request.is_urgent = true;
    assert_int_equal(policy_value(&policy, &request, 100), 480);
    request.is_in_floor_group = true;
    assert_int_equal(policy_value(&policy, &request, 100), 487);
    assert_int_equal(policy_value(&policy, &request, -21), 3);
    assert_int_equal(policy_value(&policy, &request, -22), 1); /* -1, but a free place is worth taking */
    request.waiting_days = POLICY_DAYS_MOST;
    const int64_t longest = policy_value(&policy, &request, 0);
    request.waiting_days = INT64_MAX;
    assert_int_equal(policy_value(&policy, &request, 0), longest);
}

/* The greatest numbers that policy_read() lets through, and the greatest bonus, reach POLICY_VALUE_MOST and
 * no further. */
static void test_no_weight_can_overflow(void **state) {
    (void)state;
    MatchingPolicy policy = must_read(
        STR("policy a\nmethod best-sum\nrole rule free first 1000 chosen 1000 coded 1000\nknown 1000\n"
            "listed-penalty 1000\nfit 100\nday 1000\nurgent 100000\nhold-hours 8760\n"));
    policy.floor = POLICY_BONUS_MOST;
    const MatchingRequest request = {
        .waiting_days = POLICY_DAYS_MOST, .is_urgent = true, .is_in_floor_group = true};
    assert_int_equal(policy_value(&policy, &request, POLICY_SCORE_MOST), POLICY_VALUE_MOST);
    assert_int_equal(policy_lot_bits(POLICY_VALUE_MOST), POLICY_LOT_BITS_LEAST);
    assert_int_equal(policy_lot_bits(0), POLICY_LOT_BITS_MOST);
    assert_int_equal(policy_lot_bits(32767), 16);
    assert_int_equal(policy_lot_bits(32768), 15);
    for (int64_t greatest = 1; greatest <= POLICY_VALUE_MOST; greatest += 1 + greatest / 100) {
        const unsigned bits = policy_lot_bits(greatest);
        assert_true(((greatest + 1) << bits) - 1 <= INT32_MAX);
        assert_true(bits == POLICY_LOT_BITS_MOST || ((greatest + 1) << (bits + 1)) - 1 > INT32_MAX);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_every_line),
        cmocka_unit_test(test_comments_blanks_and_order_do_not_matter),
        cmocka_unit_test(test_writes_a_fixed_text),
        cmocka_unit_test(test_what_was_written_reads_the_same),
        cmocka_unit_test(test_every_fault_tells_its_line_and_word),
        cmocka_unit_test(test_a_text_has_a_longest_length),
        cmocka_unit_test(test_half_a_text_is_a_fault),
        cmocka_unit_test(test_every_facet_has_its_word),
        cmocka_unit_test(test_the_value_of_a_pair),
        cmocka_unit_test(test_no_weight_can_overflow),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
