// SPDX-License-Identifier: Apache-2.0
// Reads the specification of a chain and writes it with so many more accounts: the cost of an access to
// the database is that of a state of some size, and not of an empty one.
//
//   unum build-spec --chain dev | node scripts/weights/crowd.mjs 100000 > crowded.json

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58(bytes) {
	let number = BigInt(`0x${bytes.toString('hex')}`);
	let text = '';
	for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
	return text;
}

// SS58 with the prefix 42, which every chain has that has none of its own.
function address(publicKey) {
	const body = Buffer.concat([Buffer.from([42]), publicKey]);
	const checksum = createHash('blake2b512').update('SS58PRE').update(body).digest();
	return base58(Buffer.concat([body, checksum.subarray(0, 2)]));
}

const accounts = Array.from({ length: Number(process.argv[2]) }, (_, n) => {
	const key = createHash('sha256').update(`account ${n}`).digest();
	return `["${address(key)}", 1000000000000],`;
});
// As a text: balances are larger than the numbers that JSON has here.
const spec = readFileSync(0, 'utf8');
process.stdout.write(spec.replace(/"balances":\s*\[/, (begin) => begin + accounts.join('')));
