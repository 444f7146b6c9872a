// SPDX-License-Identifier: Apache-2.0
//
// Addresses and mint ids from their published formulas, computed without any code of the node.

import { createHash } from 'node:crypto'
import { base58, bech32m, createBase58check } from '@scure/base'
import { hexToU8a, u8aToHex } from '@polkadot/util'
import { decodeAddress, ethereumEncode } from '@polkadot/util-crypto'

/** @param {(string | Uint8Array)[]} parts @returns {Uint8Array} */
export function sha256(...parts) {
	const hash = createHash('sha256')
	for (const part of parts) hash.update(part)
	return new Uint8Array(hash.digest())
}

const base58check = createBase58check(bytes => sha256(bytes))

/** The 32 bytes of an SS58 address or of 0x hex. @param {string} id */
export function idCom(id) {
	return id.startsWith('0x') ? hexToU8a(id) : decodeAddress(id)
}

/** @param {Uint8Array} bytes */
const last20 = bytes => bytes.slice(12)

/**
 * The address of an id_com on each VM, in that chain's own notation.
 *
 * @param {string} id SS58 or 0x hex
 */
export function addressesOf(id) {
	const bytes = idCom(id)
	return {
		evm: ethereumEncode(last20(sha256('evm:', bytes))),
		svm: base58.encode(sha256('svm:', bytes)),
		bvm: bech32m.encode('bcrt', [16, ...bech32m.toWords(sha256('bvm:', bytes))]),
		tvm: tronAddress(last20(sha256('tron:', bytes))),
	}
}

/** @param {Uint8Array} address20 */
export function tronAddress(address20) {
	return base58check.encode(Uint8Array.from([0x41, ...address20]))
}

/** The id_com of a wallet's address that nobody has claimed. */
export const unbound = {
	/** @param {Uint8Array} address20 */
	evm: address20 => u8aToHex(sha256('ace-legacy-evm', address20)),
	/** @param {Uint8Array} address20 */
	tvm: address20 => u8aToHex(sha256('ace-legacy-tron', address20)),
	/** @param {Uint8Array} publicKey */
	svm: publicKey => u8aToHex(sha256('ace-legacy-solana', publicKey)),
	/** @param {Uint8Array} script */
	bvm: script => u8aToHex(sha256('ace-legacy-btc-output', script)),
}

/** The mint that `creator` makes with `salt`. @param {string} creator @param {Uint8Array} salt */
export function mintId(creator, salt) {
	return u8aToHex(sha256('unum-mint', idCom(creator), salt))
}
