/* SPDX-License-Identifier: Apache-2.0 */
/* Common ways to write the things that programs' lists speak of, in English and Spanish.
 *
 * Each concept is a set of folded phrases that mean the same; `broader` names a phrase of the concept to
 * try when the list has no word for this one ("aunt" where the list only says "relative"). The order of
 * concepts is their bit. */
#ifndef IMPORT_CONCEPTS_H
#define IMPORT_CONCEPTS_H

#include "features/import/import_words.h"

typedef struct ImportConcept {
    const char *phrases; /* folded, '|' between them */
    const char *broader; /* a phrase of another concept of the topic, or NULL */
    bool
        is_common; /* its words stand within other words' names ("foster parent"): only whole phrases count */
} ImportConcept;

/* The topic's concepts, at most 64; the table lives forever. */
const ImportConcept *import_concepts(ImportTopic topic, size_t *ret_count);

#endif
