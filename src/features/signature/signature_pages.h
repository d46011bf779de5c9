/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the pages of this folder. */
#ifndef SIGNATURE_PAGES_H
#define SIGNATURE_PAGES_H

#include "features/signature/signature_view.h"

SignatureLink signature_link_shown(const Scope *scope, const GuardianLink *link);

#endif
