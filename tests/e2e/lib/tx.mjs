// SPDX-License-Identifier: Apache-2.0
//
// Signing, sending and waiting; errors come back in the runtime's own words.

import { Keyring } from '@polkadot/keyring'
import { compactAddLength, compactFromU8a, hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util'
import { blake2AsHex } from '@polkadot/util-crypto'
import { within } from './wait.mjs'

/** @typedef {import('@polkadot/api').ApiPromise} ApiPromise */
/** @typedef {import('@polkadot/keyring/types').KeyringPair} KeyringPair */
/** @typedef {import('@polkadot/api/types').SubmittableExtrinsic<'promise'>} Extrinsic */

const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 })

/** One of the well-known development accounts, or any derivation. @param {string} uri such as `//Alice` */
export function account(uri) {
	return keyring.addFromUri(uri)
}

let fresh = 0

/** An account that nobody has used on this chain. @param {string} [label] */
export function freshAccount(label = 'fresh') {
	fresh += 1
	return account(`//${label}//${process.pid}//${fresh}`)
}

/** One coin of the native currency, in base units. */
export const UNIT = 10n ** 18n

/** An extrinsic that is in a block and failed there. */
export class DispatchFailure extends Error {
	/** @param {string} message @param {Included} included */
	constructor(message, included) {
		super(message)
		this.name = 'DispatchFailure'
		this.included = included
	}
}

/** An extrinsic that is in a block. */
export class Included {
	/**
	 * @param {`0x${string}`} hash of the extrinsic
	 * @param {`0x${string}`} blockHash
	 * @param {import('@polkadot/types/interfaces').EventRecord[]} records its events
	 */
	constructor(hash, blockHash, records) {
		this.hash = hash
		this.blockHash = blockHash
		this.events = records.map(({ event }) => event)
	}

	/** The data of its only event of this kind. @param {string} section @param {string} method @returns {any} */
	event(section, method) {
		const found = this.events.filter(event => event.section === section && event.method === method)
		if (found.length !== 1)
			throw new Error(`${found.length} events ${section}.${method} in: ${this.names().join(', ')}`)
		return found[0].data
	}

	/** `section.method` of its events, in order. */
	names() {
		return this.events.map(({ section, method }) => `${section}.${method}`)
	}
}

/**
 * A dispatch error as `pallet.Error: documentation`.
 *
 * @param {ApiPromise} api
 * @param {any} error
 * @returns {string}
 */
export function describeError(api, error) {
	if (!error.isModule) return error.toString()
	const { section, name, docs } = api.registry.findMetaError(error.asModule)
	return `${section}.${name}: ${docs.join(' ').trim()}`
}

/**
 * Signs, sends and waits until the extrinsic is in a block.
 *
 * @param {ApiPromise} api
 * @param {Extrinsic} extrinsic already signed when there is no signer
 * @param {KeyringPair | null} signer
 * @param {object} [options]
 * @param {number} [options.nonce] the account's next one by default
 * @param {boolean} [options.finalized] wait for finality too
 * @param {number} [options.deadlineMs]
 * @returns {Promise<Included>}
 * @throws {DispatchFailure} when it failed in the block, and when a call that sudo made failed
 */
export async function send(
	api,
	extrinsic,
	signer,
	{ nonce = -1, finalized = false, deadlineMs = 60_000 } = {},
) {
	let unsubscribe = () => {}
	const { section, method } = extrinsic.method
	try {
		const result = await within(
			deadlineMs,
			`${section}.${method} in a ${finalized ? 'finalized ' : ''}block`,
			new Promise((resolve, reject) => {
				const onStatus = (/** @type {any} */ status) => {
					// A block that is final when it is made may be announced as final at once.
					if (status.isFinalized || (status.isInBlock && !finalized)) resolve(status)
					else if (status.isError)
						reject(new Error(`${section}.${method}: ${status.status.toString()}`))
				}
				const sent = signer
					? extrinsic.signAndSend(signer, { nonce }, onStatus)
					: extrinsic.send(onStatus)
				sent.then(stop => (unsubscribe = stop), reject)
			}),
		)
		return checked(api, result)
	} finally {
		unsubscribe()
	}
}

/** @param {ApiPromise} api @param {any} result */
function checked(api, { txHash, status, events, dispatchError }) {
	const blockHash = (status.isFinalized ? status.asFinalized : status.asInBlock).toHex()
	const included = new Included(txHash.toHex(), blockHash, events)
	if (dispatchError) throw new DispatchFailure(describeError(api, dispatchError), included)
	for (const { section, method, data } of /** @type {any[]} */ (included.events)) {
		if (section === 'sudo' && method === 'Sudid' && data[0].isErr) {
			throw new DispatchFailure(describeError(api, data[0].asErr), included)
		}
	}
	return included
}

/** Calls as root. @param {ApiPromise} api @param {Extrinsic} call @param {number} [nonce] */
export function sudo(api, call, nonce) {
	return send(api, api.tx.sudo.sudo(call), account('//Alice'), { nonce })
}

/** Free balance of the native coin. @param {ApiPromise} api @param {string} address */
export async function freeBalance(api, address) {
	const { data } = /** @type {any} */ (await api.query.system.account(address))
	return data.free.toBigInt()
}

/** Next nonce, the pool's transactions included. @param {ApiPromise} api @param {string} address */
export async function nextNonce(api, address) {
	return (await api.rpc.system.accountNextIndex(address)).toNumber()
}

/**
 * A properly signed extrinsic whose call is any bytes at all, also such as no metadata describes:
 * what an attacker or a broken client sends.
 *
 * @param {ApiPromise} api
 * @param {KeyringPair} signer
 * @param {Uint8Array} call the bytes in place of the encoded call
 * @param {number} [nonce] the account's next one by default
 * @returns {Promise<`0x${string}`>}
 */
export async function signedWithCall(api, signer, call, nonce) {
	const carrier = api.tx.system.remark('0x')
	const options = {
		blockHash: api.genesisHash,
		era: 0,
		genesisHash: api.genesisHash,
		nonce: nonce ?? (await nextNonce(api, signer.address)),
		runtimeVersion: api.runtimeVersion,
	}
	await carrier.signAsync(signer, { ...options, era: 0 })
	const method = carrier.method.toU8a()
	const withLength = carrier.toU8a()
	const [prefix] = compactFromU8a(withLength)
	const bare = withLength.slice(prefix)
	const head = bare.slice(0, bare.length - method.length)

	const payload = api.registry.createTypeUnsafe('ExtrinsicPayload', [
		{
			...options,
			method: u8aToHex(method),
			specVersion: api.runtimeVersion.specVersion,
			tip: 0,
			transactionVersion: api.runtimeVersion.transactionVersion,
		},
		{ version: 4 },
	])
	// What is signed is the call, then what the extensions add; only the call is exchanged.
	const signed = payload.toU8a({ method: true })
	const extra = signed.slice(method.length)
	const message = u8aConcat(call, extra)
	const signature = signer.sign(message.length > 256 ? hexToU8a(blake2AsHex(message)) : message, {
		withType: true,
	})

	// version ‖ MultiAddress::Id ‖ account ‖ signature ‖ extensions ‖ call
	const beforeSignature = 1 + 1 + 32
	return u8aToHex(
		compactAddLength(
			u8aConcat(
				head.slice(0, beforeSignature),
				signature,
				head.slice(beforeSignature + signature.length),
				call,
			),
		),
	)
}
