/* SPDX-License-Identifier: Apache-2.0 */
/* Forms, cookies, languages and limits, without a server. */
#include "test/unit.h"

#include "platform/crypto/crypto.h"
#include "platform/http/accept.h"
#include "platform/http/address.h"
#include "platform/http/cookie.h"
#include "platform/http/form.h"
#include "platform/http/limits.h"

static const char *const colors[] = {"red", "blue", NULL};

enum { NAME, NEED, MAIL, AGE, COLOR, COLORS, CALL, FIELDS };
static const Field fields[FIELDS] = {
    [NAME] = {.name = "name", .kind = FIELD_LINE, .is_required = true, .most_characters = 5},
    [NEED] = {.name = "need", .kind = FIELD_WORDS},
    [MAIL] = {.name = "mail", .kind = FIELD_MAIL},
    [AGE] = {.name = "age", .kind = FIELD_NUMBER, .least = 0, .most = 120},
    [COLOR] = {.name = "color", .kind = FIELD_CHOICE, .choices = colors},
    [COLORS] = {.name = "colors", .kind = FIELD_SET, .choices = colors},
    [CALL] = {.name = "call", .kind = FIELD_SWITCH},
};

static Form typed(Arena *arena, const char *body) {
    const Scope scope = {.arena = arena};
    Input input = {0};
    assert_true(form_parse_urlencoded(arena, str_of(body), &input));
    return form_read(&scope, &input, fields, FIELDS);
}

static void test_form_takes_what_is_declared(void **state) {
    Arena *arena = *state;
    const Form form =
        typed(arena, "name=+A%C3%B1a%0d%0a&need=one%0d%0a+two+&mail=a@b.example&age=7&color=red&colors=red"
                     "&colors=blue&call=on&unknown=x");
    assert_true(form.is_valid && form.is_sent);
    assert_true(str_equal(form_str(&form, NAME), STR("A\xc3\xb1"
                                                     "a")));
    assert_true(str_equal(form_str(&form, NEED), STR("one\n two ")));
    assert_int_equal(form_int(&form, AGE, -1), 7);
    assert_true(form_has(&form, COLORS, STR("blue")) && form_many(&form, COLORS).count == 2);
    assert_true(form_is_on(&form, CALL));
}

static void test_form_refuses(void **state) {
    static const struct {
        const char *body;
        size_t field;
        Text error;
    } table[] = {
        {"", NAME, TEXT_UI_FIELD_MISSING},
        {"name=++", NAME, TEXT_UI_FIELD_MISSING},
        {"name=abcdef", NAME, TEXT_UI_FIELD_TOO_LONG},
        {"name=a&name=b", NAME, TEXT_UI_FIELD_TWICE},
        {"name=a&mail=a@b", MAIL, TEXT_UI_FIELD_MAIL},
        {"name=a&mail=a@b@c.d", MAIL, TEXT_UI_FIELD_MAIL},
        {"name=a&mail=a+b@c.d", MAIL, TEXT_UI_FIELD_MAIL},
        {"name=a&age=x", AGE, TEXT_UI_FIELD_NUMBER},
        {"name=a&age=121", AGE, TEXT_UI_FIELD_NUMBER_RANGE},
        {"name=a&color=green", COLOR, TEXT_UI_FIELD_CHOICE},
        {"name=a&colors=red&colors=green", COLORS, TEXT_UI_FIELD_CHOICE},
    };
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        const Form form = typed(*state, table[at].body);
        assert_false(form.is_valid);
        assert_int_equal(form.values[table[at].field].error, table[at].error);
    }
}

static void test_urlencoded_refuses(void **state) {
    static const char *const bodies[] = {"a=%", "a=%1", "a=%zz", "a=%00", "%ff=a", "a=%c3"};
    Input input = {0};
    for (size_t at = 0; at < sizeof bodies / sizeof bodies[0]; at++) {
        assert_false(form_parse_urlencoded(*state, str_of(bodies[at]), &input));
    }
    Buf many = buf_new(*state, 4096);
    for (int at = 0; at < 513; at++) {
        buf_add(&many, STR("a=&"));
    }
    assert_false(form_parse_urlencoded(*state, buf_str(&many), &input));
    assert_null(input.pairs);
}

static void test_cookies(void **state) {
    (void)state;
    const Str header = STR("a=1; visit=ab-c_9.; xvisit=no; b=\"2\"; c=1; c=2");
    assert_true(str_equal(cookie_find(header, STR("visit")), STR("ab-c_9.")));
    assert_true(str_is_none(cookie_find(header, STR("b"))));
    assert_true(str_is_none(cookie_find(header, STR("c"))));
    assert_true(str_is_none(cookie_find(header, STR("vis"))));
}

static void test_languages(void **state) {
    (void)state;
    assert_int_equal(accept_lang(STR("fr-CA, es-PR;q=0.7, en;q=0.3")), LANG_ES);
    assert_int_equal(accept_lang(STR("en-US,en;q=0.9,es;q=0.8")), LANG_EN);
    assert_int_equal(accept_lang(STR("")), LANG_EN);
    assert_true(accept_encoding(STR("gzip, deflate, br;q=0.1"), STR("br")));
    assert_false(accept_encoding(STR("gzip;q=0"), STR("gzip")));
}

static void test_address_blocks(void **state) {
    HttpAddress address;
    assert_true(address_forwarded(STR("evil, 198.51.100.77"), &address));
    assert_true(str_equal(address_block(*state, address), STR("198.51.100.0/24")));
    assert_true(address_forwarded(STR("2001:db8:1:2fff::1"), &address));
    assert_true(str_equal(address_block(*state, address), STR("2001:db8:1:2f00::/56")));
    assert_false(address_forwarded(STR("198.51.100.77, evil"), &address));
}

static void test_limits_drain(void **state) {
    (void)state;
    Limits *limits = limits_new();
    const Time now = {TIME_HOUR};
    int wait = 0;
    for (int at = 0; at < 60; at++) {
        assert_true(limits_take(limits, LIMIT_POST_STRANGER, STR("a"), now, &wait));
    }
    assert_false(limits_take(limits, LIMIT_POST_STRANGER, STR("a"), now, &wait));
    assert_in_range(wait, 1, 3);
    assert_true(limits_take(limits, LIMIT_POST_STRANGER, STR("b"), now, &wait));
    assert_true(limits_take(limits, LIMIT_POST_PERSON, STR("a"), now, &wait));
    assert_true(limits_take(limits, LIMIT_POST_STRANGER, STR("a"), time_after(now, 3 * TIME_SECOND), &wait));
}

static int arena_begin(void **state) {
    *state = arena_new(16 * 1024 * 1024);
    return 0;
}

static int arena_end(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    crypto_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_takes_what_is_declared),
        cmocka_unit_test(test_form_refuses),
        cmocka_unit_test(test_urlencoded_refuses),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_address_blocks),
        cmocka_unit_test(test_limits_drain),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
