/* SPDX-License-Identifier: Apache-2.0 */
/* Dates: cut into numbers and month words first, then one rule for each form. */
#include "features/import/import_date.h"

enum { FIRST_YEAR = 1990, MOST_PARTS = 6 };

/* A date's pieces in the order they stand: numbers with how many digits they had, or a month's word. */
typedef struct Part {
    int64_t number;
    size_t digits; /* 0: a month's word, number says which */
} Part;

typedef struct Parts {
    Part items[MOST_PARTS];
    size_t count;
    bool has_other; /* something else stands there: a time, a remark, a weekday */
} Parts;

int import_month(Str folded) {
    static const char *const names[12] = {
        "january|enero|jan|ene",
        "february|febrero|feb",
        "march|marzo|mar",
        "april|abril|apr|abr",
        "may|mayo",
        "june|junio|jun",
        "july|julio|jul",
        "august|agosto|aug|ago",
        "september|septiembre|setiembre|sept|sep|set",
        "october|octubre|oct",
        "november|noviembre|nov",
        "december|diciembre|dec|dic",
    };
    for (int month = 0; month < 12; month++) {
        if (import_is_one_of(folded, names[month])) {
            return month + 1;
        }
    }
    return 0;
}

/* One word of the date, already without the signs around it. */
static void part_add(Parts *parts, Str word) {
    int64_t number = 0;
    Str digits = word;
    /* "3rd", "21st" */
    if (word.length > 2 && word.at[0] >= '0' && word.at[0] <= '9') {
        const Str end = str_part(word, word.length - 2, 2);
        if (str_equal(end, STR("st")) || str_equal(end, STR("nd")) || str_equal(end, STR("rd")) ||
            str_equal(end, STR("th"))) {
            digits = str_part(word, 0, word.length - 2);
        }
    }
    Part part = {.number = 0};
    if (digits.length <= 8 && str_to_int(digits, 0, 99999999, &number)) {
        part = (Part){.number = number, .digits = digits.length};
    } else if (import_month(word) != 0) {
        part = (Part){.number = import_month(word)};
    } else if (str_equal(word, STR("de")) || str_equal(word, STR("del")) || str_equal(word, STR("of"))) {
        return;
    } else {
        parts->has_other = true;
        return;
    }
    if (parts->count == MOST_PARTS) {
        parts->has_other = true;
        return;
    }
    parts->items[parts->count++] = part;
}

static Parts parts_of(Arena *arena, Str cell) {
    Parts parts = {.count = 0};
    Str left = import_fold(arena, str_part(cell, 0, 60));
    parts.has_other = cell.length > 60;
    while (left.length > 0) {
        Str word = STR_NONE;
        (void)str_cut(left, ' ', &word, &left);
        part_add(&parts, word);
    }
    return parts;
}

/* Parts without an arena, for the pass over a column: enough for pure numbers between signs. */
static bool two_numbers_first(Str cell, int64_t *ret_first, int64_t *ret_second) {
    int64_t numbers[3] = {0};
    size_t lengths[3] = {0};
    size_t count = 0;
    for (size_t at = 0; at < cell.length && cell.length <= 60;) {
        size_t end = at;
        while (end < cell.length && cell.at[end] >= '0' && cell.at[end] <= '9') {
            end++;
        }
        if (end == at || end - at > 4 || count == 3) {
            return false;
        }
        (void)str_to_int(str_part(cell, at, end - at), 0, 9999, &numbers[count]);
        lengths[count++] = end - at;
        at = end;
        if (at < cell.length && memchr("/-. ", cell.at[at], 4) == NULL) {
            return false;
        }
        at++;
    }
    *ret_first = numbers[0];
    *ret_second = numbers[1];
    return count == 3 && lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 2 || lengths[2] == 4);
}

ImportDateOrder import_date_order(ImportDateOrder before, Str cell) {
    int64_t first = 0;
    int64_t second = 0;
    if (before == DATE_ORDER_BOTH || !two_numbers_first(cell, &first, &second)) {
        return before;
    }
    const bool says_month = second > 12 && first <= 12;
    const bool says_day = first > 12 && second <= 12;
    if (!says_month && !says_day) {
        return before;
    }
    const ImportDateOrder now = says_month ? DATE_ORDER_MONTH_FIRST : DATE_ORDER_DAY_FIRST;
    return before == DATE_ORDER_UNPROVEN || before == now ? now : DATE_ORDER_BOTH;
}

static bool is_leap(int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool day_make(int64_t year, int64_t month, int64_t day, ImportDay *ret_day) {
    static const int8_t lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || year < 0 || year > 9999) {
        return false;
    }
    const int64_t length = lengths[month] + (month == 2 && is_leap(year) ? 1 : 0);
    if (day < 1 || day > length) {
        return false;
    }
    *ret_day = (ImportDay){.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day};
    return true;
}

static int64_t whole_year(Part part) {
    return part.digits == 2 ? 2000 + part.number : part.number;
}

/* Three numbers: year first, or month and day in the column's order. */
static bool from_numbers(const Part *parts, ImportDateOrder order, ImportDay *ret_day, bool *ret_is_either) {
    *ret_is_either = false;
    if (parts[0].digits == 4) {
        return day_make(parts[0].number, parts[1].number, parts[2].number, ret_day);
    }
    if (parts[2].digits != 2 && parts[2].digits != 4) {
        return false;
    }
    const int64_t year = whole_year(parts[2]);
    ImportDay month_first = {.year = 0};
    ImportDay day_first = {.year = 0};
    const bool can_month = day_make(year, parts[0].number, parts[1].number, &month_first);
    const bool can_day = day_make(year, parts[1].number, parts[0].number, &day_first);
    const bool differ = can_month && can_day && parts[0].number != parts[1].number;
    *ret_is_either = differ && (order == DATE_ORDER_UNPROVEN || order == DATE_ORDER_BOTH);
    if (differ && order == DATE_ORDER_BOTH) {
        return false;
    }
    *ret_day = (order == DATE_ORDER_DAY_FIRST && can_day) || !can_month ? day_first : month_first;
    return can_month || can_day;
}

/* A month's word with a day and a year around it. */
static bool from_words(const Part *parts, ImportDay *ret_day) {
    if (parts[0].digits == 0 && parts[1].digits > 0 && parts[2].digits > 0) {
        return day_make(whole_year(parts[2]), parts[0].number, parts[1].number, ret_day);
    }
    if (parts[1].digits == 0 && parts[0].digits > 0 && parts[2].digits > 0) {
        const bool is_year_first = parts[0].digits == 4;
        return day_make(whole_year(parts[is_year_first ? 0 : 2]), parts[1].number,
                        parts[is_year_first ? 2 : 0].number, ret_day);
    }
    return false;
}

bool import_day_is_before(ImportDay left, ImportDay right) {
    if (left.year != right.year) {
        return left.year < right.year;
    }
    return left.month != right.month ? left.month < right.month : left.day < right.day;
}

/* Days since 1970 to a civil date (Howard Hinnant's public formulas). */
ImportDay import_day_of(Time time) {
    int64_t days = time.us / TIME_DAY - (time.us % TIME_DAY < 0 ? 1 : 0) + 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int64_t of_era = days - era * 146097;
    const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * of_year + 2) / 153;
    const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (ImportDay){
        .year = (int16_t)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = (int8_t)month,
        .day = (int8_t)(of_year - (153 * shifted + 2) / 5 + 1),
    };
}

static ImportDate date_not(ImportRemark remark, Str cell) {
    return (ImportDate){.reading = {.sure = IMPORT_NOT_UNDERSTOOD, .remark = remark, .rest = cell}};
}

ImportDate import_date(Arena *arena, Str cell, ImportDateOrder order, ImportDay today) {
    if (import_says_nothing(arena, cell)) {
        return (ImportDate){.reading = {.sure = IMPORT_SAYS_NOTHING, .rest = STR("")}};
    }
    const Parts parts = parts_of(arena, cell);
    if (parts.has_other || parts.count < 2 || parts.count > 3) {
        return date_not(REMARK_NOT_A_DATE, cell);
    }
    size_t words = 0;
    for (size_t index = 0; index < parts.count; index++) {
        words += parts.items[index].digits == 0 ? 1 : 0;
    }
    if (parts.count == 2) {
        const bool is_day = parts.items[0].digits <= 2 && parts.items[1].digits <= 2 && words <= 1;
        return date_not(is_day ? REMARK_DATE_NO_YEAR : REMARK_NOT_A_DATE, cell);
    }
    ImportDay day = {.year = 0};
    bool is_either = false;
    const bool is_day = words == 0   ? from_numbers(parts.items, order, &day, &is_either)
                        : words == 1 ? from_words(parts.items, &day)
                                     : false;
    if (!is_day) {
        return date_not(is_either ? REMARK_DATE_EITHER_ORDER : REMARK_NOT_A_DATE, cell);
    }
    if (day.year < FIRST_YEAR || day.year > today.year + 20) {
        return date_not(REMARK_DATE_UNREASONABLE, cell);
    }
    if (import_day_is_before(today, day)) {
        return date_not(REMARK_DATE_TO_COME, cell);
    }
    const ImportReading reading = {
        .sure = is_either ? IMPORT_GUESSED : IMPORT_UNDERSTOOD,
        .remark = is_either ? REMARK_DATE_EITHER_ORDER : REMARK_NONE,
        .rest = STR(""),
    };
    return (ImportDate){.reading = reading, .day = day};
}
