-- SPDX-License-Identifier: Apache-2.0
-- A place is the row of a block, shifted by 24 bits, and a position in that block (keys.rs).

-- What headers say. Rows are numbered in the order of insertion.
CREATE TABLE blocks (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL,
	hash BLOB NOT NULL UNIQUE,
	parent BLOB NOT NULL,
	state_root BLOB NOT NULL,
	extrinsics_root BLOB NOT NULL,
	receipts_root BLOB NOT NULL,
	size INTEGER NOT NULL,
	timestamp INTEGER NOT NULL
) STRICT;

-- Each block is in one of these two.
CREATE TABLE canonical (number INTEGER PRIMARY KEY, block INTEGER NOT NULL) STRICT;
CREATE TABLE forks (
	number INTEGER NOT NULL,
	block INTEGER NOT NULL,
	PRIMARY KEY (number, block)
) STRICT, WITHOUT ROWID;

-- Views in SCALE, without the logs of their receipts.
CREATE TABLE views (block INTEGER PRIMARY KEY, view BLOB NOT NULL) STRICT;

CREATE TABLE transactions (place INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE transaction_keys (
	key INTEGER NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;

-- Logs in SCALE, each with the place of its transaction.
CREATE TABLE logs (
	place INTEGER PRIMARY KEY,
	transaction_place INTEGER NOT NULL,
	log BLOB NOT NULL
) STRICT;
CREATE TABLE log_keys (
	key INTEGER NOT NULL,
	number INTEGER NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (key, number, place)
) STRICT, WITHOUT ROWID;
