// SPDX-License-Identifier: Apache-2.0
//
// A Solana chain that is sent what it should not take: what each answer has to be, and that nothing comes
// of it.

import assert from 'node:assert/strict'

/** JSON-RPC 2.0, section 5.1. */
export const [PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS] = [-32_700, -32_600, -32_601, -32_602]

/** Of Agave (`rpc-client-api/src/custom_error.rs`): a transaction that would fail. */
export const PREFLIGHT = -32_002

/** Why a transaction is not sent that failed when it was tried out. @param {string} sentence */
export const failure = sentence => `Transaction simulation failed: ${sentence}`

/** @param {unknown} said @param {string | RegExp} expected @param {string} where */
export function matches(said, expected, where) {
	if (expected instanceof RegExp) assert.match(String(said), expected, where)
	else assert.equal(said, expected, where)
}

/** The parameters that send bytes. @param {Uint8Array} bytes @param {object} [more] */
export const sending = (bytes, more) => [Buffer.from(bytes).toString('base64'), { encoding: 'base64', ...more }]

/** The chain, and some whose lamports are watched. */
export class Abused {
	/** @param {import('./solana.mjs').Solana} solana @param {import('@solana/web3.js').Keypair[]} watched */
	constructor(solana, watched) {
		this.solana = solana
		this.watched = watched
		/** The newest blockhash, when something began of which nothing comes. */
		this.blockhash = ''
	}

	/** The answer to any body. @param {string} body @returns {Promise<any>} */
	async parsed(body) {
		return JSON.parse(await (await this.solana.post(body)).text())
	}

	/** What those who are watched have, in lamports. */
	balances() {
		const config = { commitment: 'processed' }
		const each = this.watched.map(key => this.solana.rpc('getBalance', key.publicKey.toBase58(), config))
		return Promise.all(each).then(all => all.map(({ value }) => value))
	}

	/** Nothing comes of it: no block, no lamport, and the node is well. @param {() => Promise<void>} act */
	async nothingComesOf(act) {
		const { solana } = this
		const [height, had] = [await solana.node.best(), await this.balances()]
		this.blockhash = (await solana.rpc('getLatestBlockhash', { commitment: 'processed' })).value.blockhash
		await act()
		assert.equal(await solana.rpc('getHealth'), 'ok')
		assert.deepEqual([await solana.node.best(), await this.balances()], [height, had])
	}

	/**
	 * A request is answered with this error.
	 *
	 * @param {string} method
	 * @param {unknown} params
	 * @param {number} code
	 * @param {string | RegExp} message
	 */
	async isRefused(method, params, code, message) {
		const request = { jsonrpc: '2.0', id: 7, method, params }
		const { error, result, ...rest } = await this.parsed(JSON.stringify(request))
		const where = `${method} ${JSON.stringify(params)?.slice(0, 200)}: ${JSON.stringify(error ?? result)?.slice(0, 500)}`
		assert.equal(error?.code, code, where)
		assert.deepEqual(rest, { jsonrpc: '2.0', id: 7 })
		matches(error.message, message, where)
		return error
	}

	/**
	 * A transaction is refused, as it is or because it failed when it was tried out, for `err`.
	 *
	 * @param {Uint8Array} bytes
	 * @param {number} code
	 * @param {string | RegExp} message
	 * @param {unknown} [err]
	 */
	async isNotSent(bytes, code, message, err) {
		const { data } = await this.isRefused('sendTransaction', sending(bytes), code, message)
		if (code === PREFLIGHT) assert.deepEqual(data.err, err)
		return data
	}
}
