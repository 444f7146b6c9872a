// SPDX-License-Identifier: Apache-2.0
//
// A chain for Ethereum's clients: the node of this repository or, with UNUM_ETHEREUM_URL, any other
// one with the same chain id and development accounts. Against Hardhat's network or Anvil the suites
// show whether they themselves are right:
//
//   anvil --chain-id 4663 --port 8545
//   UNUM_ETHEREUM_URL=http://127.0.0.1:8545 node --test suites/ethereum-*.test.mjs

import assert from 'node:assert/strict'
import {
	HDNodeWallet,
	JsonRpcProvider,
	NonceManager,
	Wallet,
	WebSocketProvider,
	concat,
	encodeRlp,
	keccak256,
	toBeArray,
	toBeHex,
} from 'ethers'
import { RpcError, startNode } from './node.mjs'

/** The chain id of the development chain. */
export const CHAIN_ID = 4663

/** The words behind the development accounts of Hardhat, Anvil and this chain. */
export const MNEMONIC = 'test test test test test test test test test test test junk'

/** Wei in a coin. */
export const COIN = 10n ** 18n

/** The key and address of a development account. @param {number} index 0 to 9 */
export function devAccount(index) {
	const { privateKey, address } = HDNodeWallet.fromPhrase(MNEMONIC, '', `m/44'/60'/0'/0/${index}`)
	return { privateKey: /** @type {`0x${string}`} */ (privateKey), address }
}

/** A key that nobody has used on this chain. */
export function freshKey() {
	const { privateKey, address } = HDNodeWallet.createRandom()
	return { privateKey: /** @type {`0x${string}`} */ (privateKey), address }
}

/** A chain that answers Ethereum's JSON-RPC. */
export class Ethereum {
	#requests = 0
	#closing = /** @type {(() => unknown)[]} */ ([])

	/** @param {string} url of HTTP @param {import('./node.mjs').Node} [node] what is behind it */
	constructor(url, node) {
		this.url = url
		this.node = node
	}

	/** Where WebSocket is spoken: on the same port. */
	get wsUrl() {
		return this.url.replace(/^http/, 'ws')
	}

	/** An HTTP client of ethers, quick enough for a chain that makes a block per transaction. */
	provider() {
		const options = { staticNetwork: true, pollingInterval: 100, cacheTimeout: -1 }
		return this.#closed(new JsonRpcProvider(this.url, CHAIN_ID, options))
	}

	/** A WebSocket client of ethers. */
	webSocket() {
		return this.#closed(new WebSocketProvider(this.wsUrl, CHAIN_ID, { staticNetwork: true }))
	}

	/** @template {{ destroy(): unknown }} T @param {T} client @returns {T} */
	#closed(client) {
		this.#closing.push(() => client.destroy())
		return client
	}

	/** Does something before the chain stops. @param {() => unknown} close */
	onStop(close) {
		this.#closing.push(close)
	}

	/** A body of any kind, and the status and text that come back. @param {string} body */
	async post(body) {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close' },
			body,
			signal: AbortSignal.timeout(30_000),
		})
		return { status: response.status, text: await response.text() }
	}

	/** The whole answer to a call. @param {string} method @param {unknown[]} params */
	async answer(method, ...params) {
		const request = { jsonrpc: '2.0', id: ++this.#requests, method, params }
		return JSON.parse((await this.post(JSON.stringify(request))).text)
	}

	/** @param {string} method @param {unknown[]} params @returns {Promise<any>} the result */
	async rpc(method, ...params) {
		const answer = await this.answer(method, ...params)
		if (answer.error) throw new RpcError(answer.error)
		return answer.result
	}

	/** The error that a call is answered with. @param {string} method @param {unknown[]} params */
	async refused(method, ...params) {
		const { error, result } = await this.answer(method, ...params)
		assert.ok(error, `${method} was answered with ${JSON.stringify(result)?.slice(0, 200)}`)
		assert.equal(typeof error.code, 'number')
		assert.equal(typeof error.message, 'string')
		return error
	}

	/** Makes a block now (sealing mode `manual`). */
	seal() {
		return this.node ? this.node.seal() : this.rpc('evm_mine')
	}

	/** Closes what was opened, and the node. */
	async stop() {
		for (const close of this.#closing) await close()
		await this.node?.stop()
	}
}

/**
 * Starts a development chain that makes a block per transaction, or takes the one that
 * UNUM_ETHEREUM_URL names.
 *
 * @param {Parameters<typeof startNode>[0]} [options]
 * @returns {Promise<Ethereum>}
 */
export async function startEthereum(options = {}) {
	const url = process.env.UNUM_ETHEREUM_URL
	if (url) return foreign(url, options.sealing)
	const node = await startNode({ name: 'ethereum', sealing: 'instant', ...options })
	return new Ethereum(`http://127.0.0.1:${node.rpcPort}`, node)
}

/** The chain at `url`, which understands Hardhat's methods. @param {string} url @param {string} [sealing] */
async function foreign(url, sealing) {
	const ethereum = new Ethereum(url)
	if (sealing === 'manual') {
		await ethereum.rpc('evm_setAutomine', false)
		ethereum.onStop(() => ethereum.rpc('evm_setAutomine', true))
	}
	return ethereum
}

/**
 * A wallet of ethers on a development account, which counts its nonces itself.
 *
 * @param {number} index
 * @param {import('ethers').Provider} provider
 */
export function devSigner(index, provider) {
	return new NonceManager(new Wallet(devAccount(index).privateKey, provider))
}

/**
 * Signs a typed transaction of any fields, also such as no careful library would sign.
 *
 * @param {import('ethers').Wallet} wallet
 * @param {number} type
 * @param {any[]} fields numbers, hex and lists of them
 */
export function signFields(wallet, type, fields) {
	const encoded = fields.map(field => toRlp(field))
	const hash = keccak256(concat([toBeHex(type), encodeRlp(encoded)]))
	const { yParity, r, s } = wallet.signingKey.sign(hash)
	const signed = [...encoded, ...[yParity, BigInt(r), BigInt(s)].map(toRlp)]
	return concat([toBeHex(type), encodeRlp(signed)])
}

/** @param {any} field @returns {any} */
function toRlp(field) {
	if (Array.isArray(field)) return field.map(toRlp)
	return typeof field === 'string' ? field : toBeArray(field)
}

/**
 * The data that a refused call reverted with, wherever a client or a chain puts it.
 *
 * @param {any} error
 * @returns {string | undefined}
 */
export function revertData(error) {
	if (typeof error?.data === 'string') return error.data
	return error?.data?.data ?? (error?.info?.error ? revertData(error.info.error) : undefined)
}
