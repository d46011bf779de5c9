/* SPDX-License-Identifier: Apache-2.0 */
/* The sentence for each meaning, reason, remark, question, refusal and trouble of an import. */
#ifndef IMPORT_TEXTS_H
#define IMPORT_TEXTS_H

#include "features/import/import_plan.h"
#include "text/text.h"

Text import_meaning_text(ImportMeaning meaning);
Text import_why_text(ImportWhy why);
/* TEXT_NONE for REMARK_NONE. */
Text import_remark_text(ImportRemark remark);
Text import_read_text(ImportRead read);
Text import_encoding_text(ImportEncoding encoding);
Text import_kind_text(ImportKind kind);
/* TEXT_NONE for REFUSAL_NONE. */
Text import_refusal_text(ImportRefusal refusal);

/* Everything there is to say about a row, a sentence each, in the order of weight. */
Strs import_row_sentences(Arena *arena, const ImportPlan *plan, const ImportRowPlan *row);

#endif
