/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own first page: what I asked for, whom I walk with, what waits for me. */
#include "features/account/account.h"
#include "features/me/me_view.h"
#include "me_html.h"
#include "routes.h"

void me_show(Get *get) {
    Person person;
    if (!account_person_find(get->scope, get->scope->actor, &person)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    MePage page = {.layout = layout_of(get->scope, get->reply, TEXT_UI_MY_PAGE), .called = person.called};
    me_page(reply_html(get->reply, 200), &page);
}
