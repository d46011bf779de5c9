/* SPDX-License-Identifier: Apache-2.0 */
/* The first page, and who a program is. */
#include "features/home/home_view.h"
#include "home_html.h"
#include "routes.h"

void home_show(Get *get) {
    Programs programs = program_list(get->scope);
    HomePage page = {.layout = layout_of(get->scope, get->reply, TEXT_HOME_TITLE), .programs = programs};
    layout_only_reads(&page.layout, get->scope, get->reply);
    if (programs.count == 1) {
        page.welcome = program_said(get->scope, programs.items[0].id, PROGRAM_WELCOME);
    }
    home_page(reply_html(get->reply, 200), &page);
}

void about_show(Get *get, Str slug) {
    Program program;
    if (!program_find_by_slug(get->scope, slug, &program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    AboutPage page = {
        .layout = layout_titled(get->scope, get->reply, program.name),
        .program = program,
        .welcome = program_said(get->scope, program.id, PROGRAM_WELCOME),
        .who = program_said(get->scope, program.id, PROGRAM_WHO),
        .role = program_said(get->scope, program.id, PROGRAM_ROLE),
        .must_tell = program_said(get->scope, program.id, PROGRAM_MUST_TELL),
        .reach = program_said(get->scope, program.id, PROGRAM_REACH),
    };
    layout_only_reads(&page.layout, get->scope, get->reply);
    about_page(reply_html(get->reply, 200), &page);
}
