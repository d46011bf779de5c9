/* SPDX-License-Identifier: Apache-2.0 */
/* Reads forms tag by tag. Compiled templates write attributes in double quotes and escape all values, so
 * that a "<" is a tag and a '"' ends a value. */
#include "test/unit.h"

#include "test/access/forms.h"

#include "base/buf.h"
#include "platform/url.h"

enum { BODY_MOST = 48 * 1024 };

/* One form being read. */
typedef struct Filling {
    Buf body;
    Str radio, radio_value;     /* the group being read; its first choice counts until a chosen one comes */
    Str select, option, chosen; /* a list, in the same way */
    bool has_button;            /* the first one is the one that Enter presses */
} Filling;

static Str unescape(Arena *arena, Str text) {
    static const struct {
        Str from;
        char to;
    } entities[] = {{STR("&amp;"), '&'}, {STR("&lt;"), '<'},   {STR("&gt;"), '>'},
                    {STR("&#34;"), '"'}, {STR("&quot;"), '"'}, {STR("&#39;"), '\''}};
    Buf out = buf_new(arena, text.length + 1);
    for (size_t at = 0; at < text.length;) {
        size_t step = 1;
        char byte = text.at[at];
        for (size_t index = 0; byte == '&' && index < sizeof entities / sizeof entities[0]; index++) {
            if (str_starts_with(str_part(text, at, text.length), entities[index].from)) {
                step = entities[index].from.length;
                byte = entities[index].to;
                break;
            }
        }
        buf_add_char(&out, byte);
        at += step;
    }
    return buf_str(&out);
}

/* The value of ` name="..."` within a tag; STR_NONE without one. */
static Str attribute(Arena *arena, Str tag, const char *name) {
    const Str start = str_print(arena, " %s=\"", name);
    for (size_t at = 0; at + start.length <= tag.length; at++) {
        if (str_starts_with(str_part(tag, at, tag.length), start)) {
            const Str rest = str_part(tag, at + start.length, tag.length);
            Str value = STR_NONE;
            Str behind = STR_NONE;
            return str_cut(rest, '"', &value, &behind) ? unescape(arena, value) : STR_NONE;
        }
    }
    return STR_NONE;
}

static bool has_word(Str tag, Str word) {
    return str_contains(tag, word);
}

static void pair_add(Filling *form, Str name, Str value) {
    if (str_is_empty(name) || str_equal(name, STR("token")) || str_equal(name, STR("once"))) {
        return;
    }
    buf_add_char(&form->body, '&');
    url_add_word(&form->body, name);
    buf_add_char(&form->body, '=');
    url_add_word(&form->body, value);
}

/* Something plausible for an empty field, by its kind. */
static Str plausible(Str type, Str name, Str mode) {
    if (str_equal(type, STR("email")) || str_contains(name, STR("mail"))) {
        return STR("ana@example.org");
    }
    if (str_equal(type, STR("tel"))) {
        return STR("(787) 555-0101");
    }
    if (str_equal(type, STR("number")) || str_equal(mode, STR("numeric"))) {
        return STR("3");
    }
    if (str_equal(type, STR("date"))) {
        return STR("2026-03-02");
    }
    return STR("Words of ours");
}

static void radio_end(Filling *form) {
    pair_add(form, form->radio, form->radio_value);
    form->radio = form->radio_value = STR_NONE;
}

static void input_add(Arena *arena, Filling *form, Str tag) {
    const Str type = attribute(arena, tag, "type");
    const Str name = attribute(arena, tag, "name");
    const Str value = attribute(arena, tag, "value");
    const bool is_on = has_word(tag, STR(" checked"));
    if (str_equal(type, STR("radio"))) {
        if (!str_equal(form->radio, name)) {
            radio_end(form);
            form->radio = name;
            form->radio_value = value;
        } else if (is_on) {
            form->radio_value = value;
        }
        return;
    }
    if (str_equal(type, STR("checkbox"))) {
        pair_add(form, name, str_is_none(value) ? STR("on") : value);
        return;
    }
    if (str_equal(type, STR("file")) || str_equal(type, STR("submit"))) {
        return;
    }
    pair_add(form, name,
             str_is_empty(value) && !str_equal(type, STR("hidden"))
                 ? plausible(type, name, attribute(arena, tag, "inputmode"))
                 : value);
}

static void select_end(Filling *form) {
    if (!str_is_none(form->select)) {
        pair_add(form, form->select, str_is_none(form->chosen) ? form->option : form->chosen);
    }
    form->select = form->option = form->chosen = STR_NONE;
}

static void tag_read(Arena *arena, Filling *form, Str tag, Str words) {
    if (str_starts_with(tag, STR("input "))) {
        input_add(arena, form, tag);
    } else if (str_starts_with(tag, STR("textarea "))) {
        const Str typed = str_trim(unescape(arena, words));
        pair_add(form, attribute(arena, tag, "name"), str_is_empty(typed) ? STR("Words of ours") : typed);
    } else if (str_starts_with(tag, STR("select "))) {
        form->select = attribute(arena, tag, "name");
    } else if (str_starts_with(tag, STR("option")) && !str_is_none(form->select)) {
        const Str value = attribute(arena, tag, "value");
        if (str_is_empty(form->option)) {
            form->option = value;
        }
        if (has_word(tag, STR(" selected"))) {
            form->chosen = value;
        }
    } else if (str_equal(tag, STR("/select"))) {
        select_end(form);
    } else if (str_starts_with(tag, STR("button")) && !has_word(tag, STR("type=\"button\""))) {
        if (!form->has_button) {
            pair_add(form, attribute(arena, tag, "name"), attribute(arena, tag, "value"));
            form->has_button = true;
        }
    }
}

void forms_fill(Arena *arena, Str page, FilledForms *ret_forms) {
    ret_forms->count = 0;
    Filling form = {0};
    Str action = STR_NONE;
    bool is_in_form = false;
    Str rest = page;
    Str words = STR_NONE;
    Str tag = STR_NONE;
    (void)str_cut(rest, '<', &words, &rest);
    while (str_cut(rest, '>', &tag, &rest)) {
        if (!str_cut(rest, '<', &words, &rest)) {
            words = STR("");
        }
        if (str_starts_with(tag, STR("form ")) && has_word(tag, STR("method=\"post\""))) {
            is_in_form = true;
            action = attribute(arena, tag, "action");
            form = (Filling){.body = buf_new(arena, BODY_MOST)};
        } else if (str_equal(tag, STR("/form")) && is_in_form) {
            is_in_form = false;
            radio_end(&form);
            if (ret_forms->count < sizeof ret_forms->items / sizeof ret_forms->items[0]) {
                ret_forms->items[ret_forms->count++] =
                    (FilledForm){.action = action, .body = buf_str(&form.body)};
            }
        } else if (is_in_form) {
            tag_read(arena, &form, tag, words);
        }
    }
}
