/* SPDX-License-Identifier: Apache-2.0 */
/* Instances, plans and proofs as text: what is good comes back, and every flaw is told with its line. */
#include "test/unit.h"

#include "base/buf.h"
#include "base/random.h"
#include "matching/instance.h"
#include "test/one_arena.h"

/* A text that arrives in pieces of at most `piece` bytes. */
typedef struct Drip {
    Str left;
    size_t piece;
} Drip;

static size_t drip_read(void *context, char *bytes, size_t room) {
    Drip *drip = context;
    size_t length = drip->left.length < drip->piece ? drip->left.length : drip->piece;
    length = length < room ? length : room;
    memcpy(bytes, drip->left.at, length);
    drip->left = str_part(drip->left, length, drip->left.length);
    return length;
}

static InstanceFault read_dripping(Str text, size_t piece, AssignmentInstance *ret_instance) {
    Drip drip = {.left = text, .piece = piece};
    const LinesSource source = {.read = drip_read, .context = &drip, .bytes_most = text.length};
    return instance_read(arena, arena, &source, ret_instance);
}

static AssignmentInstance good(Str text) {
    AssignmentInstance instance = {0};
    const InstanceFault fault = read_dripping(text, 1 << 20, &instance);
    if (fault.flaw != INSTANCE_FINE) {
        fail_msg("flaw %d in line %d", (int)fault.flaw, (int)fault.line);
    }
    for (size_t piece = 1; piece < 10; piece++) {
        AssignmentInstance again = {0};
        assert_int_equal(read_dripping(text, piece, &again).flaw, INSTANCE_FINE);
        assert_int_equal(again.first[again.families], instance.first[instance.families]);
    }
    return instance;
}

static void bad(const char *text, InstanceFlaw flaw, uint64_t line) {
    for (size_t piece = 1; piece < 200; piece = piece * 3 + 1) {
        AssignmentInstance instance = {.families = 77};
        const InstanceFault fault = read_dripping(str_of(text), piece, &instance);
        if (fault.flaw != flaw || fault.line != line) {
            fail_msg("%s: flaw %d in line %d", text, (int)fault.flaw, (int)fault.line);
        }
        assert_int_equal(instance.families, 77);
    }
}

/* ---- instances ---- */

static void an_instance_is_read(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("c people\n"
                                                 "p bm 3 4 5\n"
                                                 "s 2 0\n"
                                                 "\n"
                                                 "e 1 2 10\n"
                                                 "e 1 1 -3\n"
                                                 "e 3 4 2147483647\n"
                                                 "s 4 2147483647\n"
                                                 "c between\n"
                                                 "e 3 1 0\n"
                                                 "e 3 3 -99999999999999999999\n"));
    assert_int_equal(instance.families, 3);
    assert_int_equal(instance.supporters, 4);
    const uint32_t capacity[] = {1, 0, 1, INT32_MAX};
    const uint32_t first[] = {0, 2, 2, 5};
    const uint32_t supporter[] = {0, 1, 0, 2, 3};
    const int32_t weight[] = {-3, 10, 0, -INT32_MAX, INT32_MAX};
    assert_memory_equal(instance.capacity, capacity, sizeof capacity);
    assert_memory_equal(instance.first, first, sizeof first);
    assert_memory_equal(instance.supporter, supporter, sizeof supporter);
    assert_memory_equal(instance.weight, weight, sizeof weight);
}

static void blanks_and_ends_may_vary(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("p  bm\t1 1 1 \r\n"
                                                 "\r\n"
                                                 " c far in\n"
                                                 "  \n"
                                                 "s 01 002\r\n"
                                                 "e\t1 \t1 7 \t"));
    assert_int_equal(instance.capacity[0], 2);
    assert_int_equal(instance.weight[0], 7);
    assert_int_equal(good(STR("p bm 0 0 0")).families, 0);
}

static void families_may_come_scattered(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("p bm 3 3 6\n"
                                                 "e 1 1 11\n"
                                                 "e 3 2 32\n"
                                                 "e 3 1 31\n"
                                                 "e 1 3 13\n"
                                                 "e 2 2 22\n"
                                                 "e 1 2 12\n"));
    const uint32_t first[] = {0, 3, 4, 6};
    const uint32_t supporter[] = {0, 1, 2, 1, 0, 1};
    const int32_t weight[] = {11, 12, 13, 22, 31, 32};
    assert_memory_equal(instance.first, first, sizeof first);
    assert_memory_equal(instance.supporter, supporter, sizeof supporter);
    assert_memory_equal(instance.weight, weight, sizeof weight);
}

static void headers_can_be_wrong(void **state) {
    (void)state;
    bad("", INSTANCE_NO_HEADER, 0);
    bad("c nothing\n", INSTANCE_NO_HEADER, 1);
    bad("s 1 1\np bm 1 1 0\n", INSTANCE_NO_HEADER, 1);
    bad("e 1 1 1\n", INSTANCE_NO_HEADER, 1);
    bad("p bm 1 1 0\nc\np bm 1 1 0\n", INSTANCE_HEADER_TWICE, 3);
    bad("p bm 1 1\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bm 1 1 0 0\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bm 1 1 x\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bm -1 1 0\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p asn 1 1 0\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bn 1 1 0\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bmx 1 1 0\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p\n", INSTANCE_LINE_MALFORMED, 1);
    bad("p bm 16777217 1 0\n", INSTANCE_HEADER_GREAT, 1);
    bad("p bm 1 16777217 0\n", INSTANCE_HEADER_GREAT, 1);
    bad("p bm 1 1 1073741825\n", INSTANCE_HEADER_GREAT, 1);
    bad("p bm 1 1 99999999999999999999999\n", INSTANCE_HEADER_GREAT, 1);
    /* Memory for a billion pairs is not taken on the word of twenty bytes. */
    bad("p bm 1 1 1000000000\n", INSTANCE_PAIRS_FEWER, 1);
}

static void lines_can_be_wrong(void **state) {
    (void)state;
    bad("p bm 1 1 1\nx 1 1 1\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\nedge 1 1 1\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\n1 1 1\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\n e 1 1 1\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\n\xC3\x28\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\n\re 1 1 1\n", INSTANCE_LINE_UNKNOWN, 2);
    bad("p bm 1 1 1\ne 1 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne\r\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 1 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 1\rx\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 1.5\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 1-\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 - 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 --1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 1 +1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ne 1 one 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ns 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ns 1 -1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ns 1 1 1\n", INSTANCE_LINE_MALFORMED, 2);
    bad("p bm 1 1 1\ns 1 2147483648\n", INSTANCE_NUMBER_GREAT, 2);
    bad("p bm 1 1 1\ne 1 1 2147483648\n", INSTANCE_NUMBER_GREAT, 2);
    bad("p bm 1 1 1\ne 1 1 18446744073709551617\n", INSTANCE_NUMBER_GREAT, 2);
}

static void people_can_be_unknown(void **state) {
    (void)state;
    bad("p bm 2 3 1\ne 3 1 1\n", INSTANCE_FAMILY_UNKNOWN, 2);
    bad("p bm 2 3 1\ne 0 1 1\n", INSTANCE_FAMILY_UNKNOWN, 2);
    bad("p bm 2 3 1\ne 1 4 1\n", INSTANCE_SUPPORTER_UNKNOWN, 2);
    bad("p bm 2 3 1\ne 1 0 1\n", INSTANCE_SUPPORTER_UNKNOWN, 2);
    bad("p bm 2 3 1\ns 4 1\n", INSTANCE_SUPPORTER_UNKNOWN, 2);
    bad("p bm 2 3 1\ne 4294967297 1 1\n", INSTANCE_FAMILY_UNKNOWN, 2);
}

static void nothing_is_said_twice(void **state) {
    (void)state;
    bad("p bm 2 3 0\ns 1 1\ns 2 1\ns 1 1\n", INSTANCE_SUPPORTER_TWICE, 4);
    bad("p bm 2 3 3\ne 1 1 1\ne 1 2 1\ne 1 1 1\n", INSTANCE_PAIR_TWICE, 4);
    /* Scattered: once before and once after, or both after. */
    bad("p bm 2 3 4\ne 1 1 1\ne 2 1 1\ne 1 3 9\nc\ne 1 1 1\n", INSTANCE_PAIR_TWICE, 6);
    bad("p bm 2 3 4\ne 2 1 1\ne 1 2 1\ne 2 3 9\ne 1 2 1\n", INSTANCE_PAIR_TWICE, 5);
}

static void pairs_are_counted(void **state) {
    (void)state;
    bad("p bm 2 3 1\ne 1 1 1\ne 1 2 1\n", INSTANCE_PAIRS_MORE, 3);
    bad("p bm 2 3 0\ne 1 1 1\n", INSTANCE_PAIRS_MORE, 2);
    bad("p bm 2 3 2\ne 1 1 1\nc end\n", INSTANCE_PAIRS_FEWER, 3);
}

static void long_lines_are_told(void **state) {
    (void)state;
    Buf buf = buf_new(arena, 1 << 20);
    buf_add(&buf, STR("p bm 1 1 1\nc "));
    for (size_t at = 0; at < LINES_BYTES_MOST - 3; at++) {
        buf_add_char(&buf, 'x');
    }
    buf_add(&buf, STR("\ne 1 1 5\n"));
    assert_int_equal(good(buf_str(&buf)).weight[0], 5); /* as long as it may be */
    Buf longer = buf_new(arena, 1 << 20);
    buf_add(&longer, STR("p bm 1 1 1\nc x"));
    buf_add(&longer, str_part(buf_str(&buf), 13, buf.length));
    AssignmentInstance instance = {0};
    const InstanceFault fault = read_dripping(buf_str(&longer), 1 << 20, &instance);
    assert_int_equal(fault.flaw, INSTANCE_LINE_LONG);
    assert_int_equal(fault.line, 2);
}

/* ---- plans and proofs ---- */

typedef struct Reading {
    const uint32_t *partner;
    const int64_t *value;
    const int64_t *price;
} Reading;

static InstanceFault read_beside(Str text, bool is_plan, const AssignmentInstance *instance,
                                 Reading *reading) {
    Drip drip = {.left = text, .piece = 7};
    const LinesSource source = {.read = drip_read, .context = &drip, .bytes_most = UINT64_MAX};
    return is_plan ? instance_read_plan(arena, arena, &source, instance, &reading->partner)
                   : instance_read_proof(arena, arena, &source, instance, &reading->value, &reading->price);
}

static void bad_beside(const char *text, bool is_plan, InstanceFlaw flaw, uint64_t line) {
    const AssignmentInstance instance = good(STR("p bm 2 3 3\ne 1 1 4\ne 1 2 -6\ne 2 2 5\n"));
    Reading reading = {0};
    const InstanceFault fault = read_beside(str_of(text), is_plan, &instance, &reading);
    if (fault.flaw != flaw || fault.line != line) {
        fail_msg("%s: flaw %d in line %d", text, (int)fault.flaw, (int)fault.line);
    }
}

static void plans_are_read(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("p bm 3 3 2\ne 1 1 4\ne 2 2 5\n"));
    Reading reading = {0};
    assert_int_equal(read_beside(STR("c plan\n2 2 5\n3 1 9\n"), true, &instance, &reading).flaw,
                     INSTANCE_FINE);
    assert_int_equal(reading.partner[0], ASSIGNMENT_ALONE);
    assert_int_equal(reading.partner[1], 1);
    assert_int_equal(reading.partner[2], 0); /* there is no such pair, as certificate.h will find */
    bad_beside("1 1 4\n1 2 -6\n", true, INSTANCE_FAMILY_TWICE, 2);
    bad_beside("1 1 3\n", true, INSTANCE_OTHER_WEIGHT, 1);
    bad_beside("1 2 6\n", true, INSTANCE_OTHER_WEIGHT, 1);
    bad_beside("3 1 3\n", true, INSTANCE_FAMILY_UNKNOWN, 1);
    bad_beside("1 4 3\n", true, INSTANCE_SUPPORTER_UNKNOWN, 1);
    bad_beside("0 1 4\n", true, INSTANCE_FAMILY_UNKNOWN, 1); /* counted from 1 */
    bad_beside("1 0 4\n", true, INSTANCE_SUPPORTER_UNKNOWN, 1);
    bad_beside("1 1 2147483648\n", true, INSTANCE_NUMBER_GREAT, 1);
    bad_beside("1 1 4 4\n", true, INSTANCE_LINE_MALFORMED, 1);
    bad_beside("c\n1 1\n", true, INSTANCE_LINE_MALFORMED, 2);
    bad_beside("e 1 1 4\n", true, INSTANCE_LINE_MALFORMED, 1);
}

static void proofs_are_read(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("p bm 2 3 0\n"));
    Reading reading = {0};
    const Str text = STR("f 2 9223372036854775807\nc\ns 1 -9223372036854775807\ns 3 5");
    assert_int_equal(read_beside(text, false, &instance, &reading).flaw, INSTANCE_FINE);
    const int64_t value[] = {0, INT64_MAX};
    const int64_t price[] = {-INT64_MAX, 0, 5};
    assert_memory_equal(reading.value, value, sizeof value);
    assert_memory_equal(reading.price, price, sizeof price);
    bad_beside("f 1 1\nf 1 1\n", false, INSTANCE_FAMILY_TWICE, 2);
    bad_beside("s 1 1\nf 1 1\ns 1 0\n", false, INSTANCE_PRICE_TWICE, 3);
    bad_beside("f 3 1\n", false, INSTANCE_FAMILY_UNKNOWN, 1);
    bad_beside("s 4 1\n", false, INSTANCE_SUPPORTER_UNKNOWN, 1);
    bad_beside("f 1 9223372036854775808\n", false, INSTANCE_NUMBER_GREAT, 1);
    bad_beside("f 1\n", false, INSTANCE_LINE_MALFORMED, 1);
    bad_beside("f 1 1 1\n", false, INSTANCE_LINE_MALFORMED, 1);
    bad_beside("p 1 1\n", false, INSTANCE_LINE_UNKNOWN, 1);
    bad_beside("fs 1 1\n", false, INSTANCE_LINE_UNKNOWN, 1);
}

static void long_lines_are_told_there_too(void **state) {
    (void)state;
    char *text = arena_get(arena, LINES_BYTES_MOST + 2);
    memset(text, ' ', LINES_BYTES_MOST + 1);
    bad_beside(text, true, INSTANCE_LINE_LONG, 1);
    bad_beside(text, false, INSTANCE_LINE_LONG, 1);
}

/* ---- writing ---- */

static void keep(void *context, Str bytes) {
    buf_add(context, bytes);
}

static AssignmentInstance drawn(Random *random, uint32_t families, uint32_t supporters) {
    uint32_t *capacity = NEW_MANY(arena, supporters, uint32_t);
    uint32_t *first = NEW_MANY(arena, families + 1, uint32_t);
    uint32_t *supporter = NEW_MANY(arena, (size_t)families * supporters, uint32_t);
    int32_t *weight = NEW_MANY(arena, (size_t)families * supporters, int32_t);
    for (uint32_t at = 0; at < supporters; at++) {
        capacity[at] = (uint32_t)random_below(random, 4);
    }
    uint32_t pair = 0;
    for (uint32_t family = 0; family < families; family++) {
        for (uint32_t at = 0; at < supporters; at++) {
            if (random_below(random, 3) == 0) {
                supporter[pair] = at;
                weight[pair++] = (int32_t)random_below(random, UINT32_MAX) / 2;
            }
        }
        first[family + 1] = pair;
    }
    return (AssignmentInstance){.families = families,
                                .supporters = supporters,
                                .capacity = capacity,
                                .first = first,
                                .supporter = supporter,
                                .weight = weight};
}

static void is_same(const AssignmentInstance *left, const AssignmentInstance *right) {
    assert_int_equal(left->families, right->families);
    assert_int_equal(left->supporters, right->supporters);
    assert_memory_equal(left->capacity, right->capacity, left->supporters * sizeof(uint32_t));
    assert_memory_equal(left->first, right->first, (left->families + 1) * sizeof(uint32_t));
    const uint32_t pairs = left->first[left->families];
    assert_memory_equal(left->supporter, right->supporter, pairs * sizeof(uint32_t));
    assert_memory_equal(left->weight, right->weight, pairs * sizeof(int32_t));
}

/* The lines of a text, in an order drawn, behind the p line. */
static Str shuffled(Random *random, Str text) {
    Str *lines = NEW_MANY(arena, text.length, Str);
    size_t count = 0;
    for (Str rest = text; !str_is_empty(rest); count++) {
        (void)str_cut(rest, '\n', &lines[count], &rest);
    }
    for (size_t at = count - 1; at > 2; at--) {
        const size_t other = 2 + random_below(random, at - 1);
        const Str line = lines[at];
        lines[at] = lines[other];
        lines[other] = line;
    }
    Buf buf = buf_new(arena, 1 << 22);
    for (size_t at = 0; at < count; at++) {
        buf_add(&buf, lines[at]);
        buf_add_char(&buf, '\n');
    }
    return buf_str(&buf);
}

static void what_is_written_is_read_the_same(void **state) {
    (void)state;
    Random random = random_seeded(1);
    for (uint32_t round = 0; round < 30; round++) {
        const AssignmentInstance instance = drawn(&random, round * 10, round * 3);
        Buf buf = buf_new(arena, 1 << 22);
        const RecordsSink sink = {.write = keep, .context = &buf};
        instance_write(arena, &sink, &instance, STR("as drawn"));
        AssignmentInstance again = {0};
        assert_int_equal(read_dripping(buf_str(&buf), 1 << 20, &again).flaw, INSTANCE_FINE);
        is_same(&instance, &again);
        const Str mixed = shuffled(&random, buf_str(&buf));
        AssignmentInstance turned = {0};
        assert_int_equal(read_dripping(mixed, 1000, &turned).flaw, INSTANCE_FINE);
        is_same(&instance, &turned);
        arena_reset(arena);
    }
}

static void plans_and_proofs_come_back(void **state) {
    (void)state;
    const AssignmentInstance instance = good(STR("p bm 3 2 3\ne 1 1 4\ne 2 2 5\ne 2 1 7\n"));
    const uint32_t partner[] = {0, 1, ASSIGNMENT_ALONE};
    const int64_t value[] = {INT64_MAX, 0, -1};
    const int64_t price[] = {INT64_MIN, 12};
    Buf buf = buf_new(arena, 1 << 20);
    const RecordsSink sink = {.write = keep, .context = &buf};
    instance_write_plan(arena, &sink, &instance, partner);
    instance_write_proof(arena, &sink, &instance, value, price);
    assert_true(str_equal(buf_str(&buf), STR("1 1 4\n2 2 5\nf 1 9223372036854775807\nf 2 0\nf 3 -1\n"
                                             "s 1 -9223372036854775808\ns 2 12\n")));
    Buf bare = buf_new(arena, 1 << 20);
    instance_write(arena, &(RecordsSink){.write = keep, .context = &bare}, &instance, STR_NONE);
    assert_true(str_equal(buf_str(&bare), STR("p bm 3 2 3\ne 1 1 4\ne 2 1 7\ne 2 2 5\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_instance_is_read, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(blanks_and_ends_may_vary, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(families_may_come_scattered, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(headers_can_be_wrong, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(lines_can_be_wrong, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(people_can_be_unknown, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(nothing_is_said_twice, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(pairs_are_counted, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(long_lines_are_told, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(plans_are_read, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(proofs_are_read, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(long_lines_are_told_there_too, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(what_is_written_is_read_the_same, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(plans_and_proofs_come_back, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
