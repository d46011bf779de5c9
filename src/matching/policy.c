/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes policies, and works out what a pair weighs by one. */
#include "matching/policy.h"

#include <assert.h>

static_assert(POLICY_VALUE_MOST < 1 << (31 - POLICY_LOT_BITS_LEAST),
              "a weight must fit 31 bits with its lot");

static const char *const FACET_WORDS[FACET_COUNT] = {
    [FACET_EXPERIENCE] = "experience",
    [FACET_SYSTEM] = "system",
    [FACET_ROLE] = "role",
    [FACET_LANGUAGE] = "language",
    [FACET_RELATION] = "relation",
    [FACET_AGE] = "age",
    [FACET_TIME] = "time",
    [FACET_CHANNEL] = "channel",
    [FACET_REGION] = "region",
    [FACET_CULTURE] = "culture",
    [FACET_GENDER] = "gender",
    [FACET_FUNDING] = "funding",
};
static const char *const RULE_WORDS[] = {
    [RULE_FREE] = "free", [RULE_IF_SAID] = "if-said", [RULE_COMMON] = "common"};
static const char *const METHOD_WORDS[] = {[METHOD_BEST_SUM] = "best-sum", [METHOD_NO_ENVY] = "no-envy"};

/* A line that is a name and a number. */
typedef struct NumberLine {
    const char *name;
    size_t offset; /* in MatchingPolicy */
    int64_t least;
    int64_t most;
} NumberLine;

static const NumberLine NUMBER_LINES[] = {
    {"known", offsetof(MatchingPolicy, known), 0, POLICY_POINTS_MOST},
    {"listed-penalty", offsetof(MatchingPolicy, listed_penalty), 0, POLICY_POINTS_MOST},
    {"fit", offsetof(MatchingPolicy, fit), 1, POLICY_FIT_MOST},
    {"day", offsetof(MatchingPolicy, day), 0, POLICY_POINTS_MOST},
    {"urgent", offsetof(MatchingPolicy, urgent), 0, POLICY_BONUS_MOST},
    {"hold-hours", offsetof(MatchingPolicy, hold_hours), 1, POLICY_HOURS_MOST},
};

enum {
    RULE_WORD_COUNT = sizeof(RULE_WORDS) / sizeof(RULE_WORDS[0]),
    METHOD_WORD_COUNT = sizeof(METHOD_WORDS) / sizeof(METHOD_WORDS[0]),
    NUMBER_LINE_COUNT = sizeof(NUMBER_LINES) / sizeof(NUMBER_LINES[0]),
    /* Bits of what was seen: the name, the method, the numbers, the facets. */
    LINE_POLICY = 0,
    LINE_METHOD = 1,
    LINE_NUMBERS = 2,
    LINE_FACETS = LINE_NUMBERS + NUMBER_LINE_COUNT,
    LINE_COUNT = LINE_FACETS + FACET_COUNT,
};

Str policy_facet_word(MatchingFacet facet) {
    assert((unsigned)facet < FACET_COUNT);
    return str_of(FACET_WORDS[facet]);
}

/* ---- reading ---- */

typedef struct Reader {
    MatchingPolicy policy;
    uint32_t seen; /* bits 1U << LINE_... */
    Str rest;      /* of the line */
} Reader;

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

/* Takes the next word from the line; empty at its end. */
static Str next_word(Reader *reader) {
    size_t start = 0;
    while (start < reader->rest.length && is_blank(reader->rest.at[start])) {
        start++;
    }
    size_t end = start;
    while (end < reader->rest.length && !is_blank(reader->rest.at[end])) {
        end++;
    }
    const Str word = str_part(reader->rest, start, end - start);
    reader->rest = str_part(reader->rest, end, reader->rest.length - end);
    return word;
}

static PolicyFault fault(PolicyFlaw flaw, Str word) {
    return (PolicyFault){.flaw = flaw, .word = word};
}

static const PolicyFault FINE = {.flaw = POLICY_FINE};

static bool is_name(Str word) {
    for (size_t at = 0; at < word.length; at++) {
        const char byte = word.at[at];
        const bool is_fine =
            (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.';
        if (!is_fine) {
            return false;
        }
    }
    return word.length >= 1 && word.length <= POLICY_NAME_MOST;
}

static PolicyFault read_name(Reader *reader) {
    const Str word = next_word(reader);
    if (!is_name(word)) {
        return fault(POLICY_WORD_BAD, word);
    }
    reader->policy.name = word;
    return FINE;
}

/* The next word as one of these; its place among them into ret_at. */
static PolicyFault read_choice(Reader *reader, const char *const *words, size_t count, size_t *ret_at) {
    const Str word = next_word(reader);
    for (size_t at = 0; at < count; at++) {
        if (str_equal(word, str_of(words[at]))) {
            *ret_at = at;
            return FINE;
        }
    }
    return fault(POLICY_WORD_BAD, word);
}

static PolicyFault read_number(Reader *reader, int64_t least, int64_t most, int64_t *ret_number) {
    const Str word = next_word(reader);
    return str_to_int(word, least, most, ret_number) ? FINE : fault(POLICY_NUMBER_BAD, word);
}

static PolicyFault read_method(Reader *reader) {
    size_t at = 0;
    const PolicyFault found = read_choice(reader, METHOD_WORDS, METHOD_WORD_COUNT, &at);
    reader->policy.method = (MatchingMethod)at;
    return found;
}

/* `rule WORD first N chosen N coded N`, after the facet's name. */
static PolicyFault read_facet(Reader *reader, MatchingFacetPolicy *ret_facet) {
    const struct {
        const char *name;
        int64_t *number; /* NULL: the rule's word */
    } parts[] = {{"rule", NULL},
                 {"first", &ret_facet->first},
                 {"chosen", &ret_facet->chosen},
                 {"coded", &ret_facet->coded}};
    for (size_t at = 0; at < sizeof(parts) / sizeof(parts[0]); at++) {
        size_t choice = 0;
        PolicyFault found = read_choice(reader, &parts[at].name, 1, &choice);
        if (found.flaw == POLICY_FINE && parts[at].number == NULL) {
            found = read_choice(reader, RULE_WORDS, RULE_WORD_COUNT, &choice);
            ret_facet->rule = (MatchingFacetRule)choice;
        } else if (found.flaw == POLICY_FINE) {
            found = read_number(reader, 0, POLICY_POINTS_MOST, parts[at].number);
        }
        if (found.flaw != POLICY_FINE) {
            return found;
        }
    }
    return FINE;
}

static const char *line_name(size_t line) {
    if (line == LINE_POLICY) {
        return "policy";
    }
    if (line == LINE_METHOD) {
        return "method";
    }
    return line < LINE_FACETS ? NUMBER_LINES[line - LINE_NUMBERS].name : FACET_WORDS[line - LINE_FACETS];
}

static int64_t *number_of(MatchingPolicy *policy, size_t number) {
    return (int64_t *)((char *)policy + NUMBER_LINES[number].offset);
}

static PolicyFault read_values(Reader *reader, size_t line) {
    if (line == LINE_POLICY) {
        return read_name(reader);
    }
    if (line == LINE_METHOD) {
        return read_method(reader);
    }
    if (line < LINE_FACETS) {
        const NumberLine *number = &NUMBER_LINES[line - LINE_NUMBERS];
        return read_number(reader, number->least, number->most,
                           number_of(&reader->policy, line - LINE_NUMBERS));
    }
    return read_facet(reader, &reader->policy.facets[line - LINE_FACETS]);
}

static PolicyFault read_line(Reader *reader) {
    const Str name = next_word(reader);
    if (name.length == 0) {
        return FINE;
    }
    size_t line = 0;
    while (line < LINE_COUNT && !str_equal(name, str_of(line_name(line)))) {
        line++;
    }
    if (line == LINE_COUNT) {
        return fault(POLICY_LINE_UNKNOWN, name);
    }
    if ((reader->seen & (1U << line)) != 0) {
        return fault(POLICY_LINE_TWICE, name);
    }
    reader->seen |= 1U << line;
    const PolicyFault found = read_values(reader, line);
    if (found.flaw != POLICY_FINE) {
        return found;
    }
    const Str more = next_word(reader);
    return more.length == 0 ? FINE : fault(POLICY_WORD_BAD, more);
}

static bool is_facet_worth_nothing(const MatchingFacetPolicy *facet) {
    return facet->first == 0 && facet->chosen == 0 && facet->coded == 0;
}

/* What the text as a whole lacks. */
static PolicyFault judge(const Reader *reader) {
    for (size_t line = 0; line < LINE_FACETS; line++) {
        if ((reader->seen & (1U << line)) == 0) {
            return fault(POLICY_LINE_MISSING, str_of(line_name(line)));
        }
    }
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        if (!is_facet_worth_nothing(&reader->policy.facets[facet])) {
            return FINE;
        }
    }
    return fault(POLICY_NOTHING_SCORES, STR_NONE);
}

PolicyFault policy_read(Str text, MatchingPolicy *ret_policy) {
    if (text.length > POLICY_TEXT_MOST) {
        return fault(POLICY_TOO_LONG, STR_NONE);
    }
    Reader reader = {0};
    for (size_t line = 1; text.length > 0; line++) {
        str_cut(text, '\n', &reader.rest, &text);
        if (str_ends_with(reader.rest, STR("\r"))) {
            reader.rest.length--;
        }
        Str comment = STR_NONE;
        str_cut(reader.rest, '#', &reader.rest, &comment);
        PolicyFault found = read_line(&reader);
        if (found.flaw != POLICY_FINE) {
            found.line = line;
            return found;
        }
    }
    const PolicyFault found = judge(&reader);
    if (found.flaw == POLICY_FINE) {
        *ret_policy = reader.policy;
    }
    return found;
}

/* ---- writing ---- */

void policy_write(Buf *buf, const MatchingPolicy *policy) {
    buf_print(buf, "policy %.*s\nmethod %s\n", STR_ARGS(policy->name), METHOD_WORDS[policy->method]);
    for (size_t at = 0; at < FACET_COUNT; at++) {
        const MatchingFacetPolicy *facet = &policy->facets[at];
        if (facet->rule == RULE_FREE && is_facet_worth_nothing(facet)) {
            continue;
        }
        buf_print(buf, "%s rule %s first %lld chosen %lld coded %lld\n", FACET_WORDS[at],
                  RULE_WORDS[facet->rule], (long long)facet->first, (long long)facet->chosen,
                  (long long)facet->coded);
    }
    MatchingPolicy copy = *policy;
    for (size_t at = 0; at < NUMBER_LINE_COUNT; at++) {
        buf_print(buf, "%s %lld\n", NUMBER_LINES[at].name, (long long)*number_of(&copy, at));
    }
}

/* ---- what a pair weighs ---- */

int64_t policy_value(const MatchingPolicy *policy, const MatchingRequest *request, int64_t score) {
    assert(score >= -POLICY_SCORE_MOST && score <= POLICY_SCORE_MOST);
    assert(request->waiting_days >= 0);
    const int64_t days = request->waiting_days < POLICY_DAYS_MOST ? request->waiting_days : POLICY_DAYS_MOST;
    const int64_t value = score * policy->fit + days * policy->day +
                          (request->is_urgent ? policy->urgent : 0) +
                          (request->is_in_floor_group ? policy->floor : 0);
    return value > 1 ? value : 1;
}

unsigned policy_lot_bits(int64_t greatest) {
    assert(greatest >= 0 && greatest <= POLICY_VALUE_MOST);
    unsigned bits = POLICY_LOT_BITS_MOST;
    while (((greatest + 1) << bits) - 1 > INT32_MAX) {
        bits--;
    }
    return bits;
}
