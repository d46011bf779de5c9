-- SPDX-License-Identifier: Apache-2.0
-- The few consents of a program that a parent signs too: the board asks which of them still wait.
CREATE INDEX consent_signs ON consent (program, signs);
