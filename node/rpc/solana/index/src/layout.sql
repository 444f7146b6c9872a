-- Blocks of all forks. A `place` is the row of a block and a position in it: `id << 24 | position`.
CREATE TABLE blocks (
	id INTEGER PRIMARY KEY,
	slot INTEGER NOT NULL,
	hash BLOB NOT NULL UNIQUE,
	parent BLOB NOT NULL,
	timestamp INTEGER NOT NULL,
	transactions INTEGER NOT NULL
);
CREATE INDEX blocks_by_slot ON blocks (slot);

-- `included`: SCALE of `IncludedTransaction`.
CREATE TABLE transactions (
	place INTEGER PRIMARY KEY,
	included BLOB NOT NULL
);

CREATE TABLE signature_keys (
	key INTEGER NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (key, place)
) WITHOUT ROWID;

CREATE TABLE address_keys (
	key INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (key, slot, place)
) WITHOUT ROWID;
