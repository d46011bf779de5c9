-- SPDX-License-Identifier: Apache-2.0
-- Whoever gave for years has many walks behind them, and their own page shows the last few: in order, and no others read.
DROP INDEX match_giver;
CREATE INDEX match_giver ON match (giver, state, ended_at);
