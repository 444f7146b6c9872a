// SPDX-License-Identifier: Apache-2.0
//
// Solana transactions of any fields, also such as no library would make.

import { base58 } from '@scure/base'
import nacl from 'tweetnacl'

/** The order of the group in which signatures are made (RFC 8032, section 5.1). */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

/** A length, as short as it can be. @param {number} value */
function compact(value) {
	const bytes = []
	for (let rest = value; ; rest >>= 7) {
		if (rest < 0x80) return Buffer.from([...bytes, rest])
		bytes.push((rest & 0x7f) | 0x80)
	}
}

/** @param {Uint8Array[]} items */
const list = items => Buffer.concat([compact(items.length), ...items])

/** @param {Iterable<number>} bytes */
const counted = bytes => list([...bytes].map(byte => Buffer.from([byte])))

/**
 * A message.
 *
 * @param {object} fields
 * @param {number[]} [fields.header] how many sign, how many of these are read only, how many of the others
 * @param {import('@solana/web3.js').PublicKey[]} fields.keys
 * @param {string} fields.blockhash
 * @param {{ program: number, accounts?: number[], data?: Iterable<number> }[]} [fields.instructions]
 * @param {{ table: import('@solana/web3.js').PublicKey, writable?: number[], readonly?: number[] }[]} [fields.lookups]
 *   makes it one of version 0
 * @param {number} [fields.version]
 */
export function messageOf({ header = [1, 0, 0], keys, blockhash, instructions = [], lookups, version }) {
	const number = version ?? (lookups ? 0 : undefined)
	const tables = (lookups ?? []).map(({ table, writable = [], readonly = [] }) =>
		Buffer.concat([table.toBytes(), counted(writable), counted(readonly)]),
	)
	return Buffer.concat([
		Buffer.from(number === undefined ? [] : [0x80 | number]),
		Buffer.from(header),
		list(keys.map(key => key.toBytes())),
		base58.decode(blockhash),
		list(instructions.map(({ program, accounts = [], data = [] }) =>
			Buffer.concat([Buffer.from([program]), counted(accounts), counted(data)]),
		)),
		...(number === undefined ? [] : [list(tables)]),
	])
}

/** A transaction of a message and whatever signatures. @param {Uint8Array[]} signatures @param {Uint8Array} message */
export const transactionOf = (signatures, message) => Buffer.concat([list(signatures), message])

/** Signs a message. @param {import('@solana/web3.js').Keypair} key @param {Uint8Array} message */
export const signatureOf = (key, message) => nacl.sign.detached(message, key.secretKey)

/** A message with the signatures of these keys. @param {Uint8Array} message @param {import('@solana/web3.js').Keypair[]} signers */
export const signedMessage = (message, ...signers) =>
	transactionOf(signers.map(key => signatureOf(key, message)), message)

/** The other signature over the same message that a careless verifier takes as well. @param {Uint8Array} signature */
export function malleated(signature) {
	const bytes = Buffer.from(signature)
	let scalar = GROUP_ORDER
	for (let at = 32; at < 64; at++) scalar += BigInt(bytes[at]) << BigInt(8 * (at - 32))
	for (let at = 32; at < 64; at++) bytes[at] = Number((scalar >> BigInt(8 * (at - 32))) & 0xffn)
	return bytes
}
