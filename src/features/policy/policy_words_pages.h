/* SPDX-License-Identifier: Apache-2.0 */
/* A policy in words, for the pages that show one and the page that edits one. */
#ifndef POLICY_WORDS_PAGES_H
#define POLICY_WORDS_PAGES_H

#include "features/policy/policy_view.h"

/* "Challenges lived through" */
Text policy_facet_text(MatchingFacet facet);
Text policy_rule_text(MatchingFacetRule rule);
Text policy_method_text(MatchingMethod method);

/* What the sentences and the bars about one policy are made of; it points to the policy. */
PolicyWords policy_words_of(const Scope *scope, const MatchingPolicy *policy);

/* Everything in which one reads otherwise than another. */
PolicyDifferences policy_differences_of(const Scope *scope, const MatchingPolicy *before,
                                        const MatchingPolicy *after);

#endif
