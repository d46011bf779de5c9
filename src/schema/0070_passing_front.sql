-- SPDX-License-Identifier: Apache-2.0
-- What was passed on in the last days, for the board of those who coordinate.

CREATE INDEX passing_at ON passing (at);
