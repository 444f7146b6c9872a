// SPDX-License-Identifier: Apache-2.0
//
// Starts the node under test on free loopback ports and talks to it, through polkadot.js and through
// bare JSON-RPC.

import { join } from 'node:path'
import { ApiPromise, WsProvider } from '@polkadot/api'
import { Child, UNUM_BIN, temporaryFolder } from './process.mjs'
import { eventually, within } from './wait.mjs'

/** Compiling the runtime for the first time takes seconds on a busy machine. */
const START_DEADLINE_MS = 90_000

const RPC_READY = /Running JSON-RPC server: addr=127\.0\.0\.1:(\d+)/

/** A JSON-RPC error answer. */
export class RpcError extends Error {
	/** @param {{ code: number, message: string, data?: unknown }} answer */
	constructor({ code, message, data }) {
		const details =
			data === undefined ? '' : `: ${typeof data === 'string' ? data : JSON.stringify(data)}`
		super(`${code}: ${message}${details}`)
		this.name = 'RpcError'
		this.code = code
		this.data = data
	}
}

const started = /** @type {Set<Node>} */ (new Set())

/** Stops all nodes that this test file has started and not stopped. */
export async function stopAll() {
	await Promise.allSettled(
		[...started].map(node => (node.process.running ? node.stop() : undefined)),
	)
}

/** A running node. */
export class Node {
	#api = /** @type {Promise<ApiPromise> | undefined} */ (undefined)
	#requests = 0

	/**
	 * @param {string} name
	 * @param {Child | import('./process.mjs').ForeignProcess} process
	 * @param {number} rpcPort
	 */
	constructor(name, process, rpcPort) {
		this.name = name
		this.process = process
		this.rpcPort = rpcPort
		started.add(this)
	}

	get pid() {
		return this.process.pid
	}

	/** The WebSocket address of its RPC. */
	get url() {
		return `ws://127.0.0.1:${this.rpcPort}`
	}

	/** The polkadot.js connection, made on first use. @returns {Promise<ApiPromise>} */
	api() {
		this.#api ??= connect(this.url)
		return this.#api
	}

	/**
	 * A bare JSON-RPC call over HTTP.
	 *
	 * @param {string} method
	 * @param {unknown[]} params
	 * @returns {Promise<any>} the result; an error answer throws {@link RpcError}
	 */
	async rpc(method, ...params) {
		const response = await fetch(`http://127.0.0.1:${this.rpcPort}`, {
			method: 'POST',
			// No connection is kept: an idle one would keep the test's process from ending.
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify({ jsonrpc: '2.0', id: ++this.#requests, method, params }),
			signal: AbortSignal.timeout(30_000),
		})
		const answer = JSON.parse(await response.text())
		if (answer.error) throw new RpcError(answer.error)
		return answer.result
	}

	/** Waits until its RPC answers; an error as soon as the process has ended. */
	async ready() {
		const answered = await eventually(START_DEADLINE_MS, `RPC of ${this.name}`, () =>
			this.process.running ? this.rpc('system_health') : 'ended',
		)
		if (answered === 'ended') throw new Error(`${this.name} has ended:\n${this.process.logTail()}`)
	}

	/** Makes a block now (sealing mode `manual`). @param {{ finalize?: boolean }} [options] */
	async seal({ finalize = true } = {}) {
		return (await this.rpc('engine_createBlock', true, finalize, null)).hash
	}

	/** Number of the best block. */
	async best() {
		return Number((await this.rpc('chain_getHeader')).number)
	}

	/** Number of the last finalized block. */
	async finalized() {
		const hash = await this.rpc('chain_getFinalizedHead')
		return Number((await this.rpc('chain_getHeader', hash)).number)
	}

	/** Waits until the best block has this number. @param {number} number @param {number} [deadlineMs] */
	bestReaches(number, deadlineMs = 60_000) {
		return eventually(
			deadlineMs,
			`best block ${number} on ${this.name}`,
			async () => (await this.best()) >= number,
		)
	}

	/** Waits until the block with this number is final. @param {number} number @param {number} [deadlineMs] */
	finalizedReaches(number, deadlineMs = 60_000) {
		return eventually(
			deadlineMs,
			`finalized block ${number} on ${this.name}`,
			async () => (await this.finalized()) >= number,
		)
	}

	async disconnect() {
		const api = this.#api
		this.#api = undefined
		await (await api?.catch(() => undefined))?.disconnect()
	}

	/** Stops it as an operator would. */
	async stop() {
		await this.disconnect()
		return this.process.stop()
	}

	/** Stops it as a power cut would. */
	async kill() {
		await this.disconnect()
		return this.process.kill()
	}
}

/** Connects polkadot.js, with no custom types. @param {string} url @returns {Promise<ApiPromise>} */
export async function connect(url) {
	// No reconnecting: a node that is gone fails the test instead of filling its output.
	const provider = new WsProvider(url, false)
	await provider.connect()
	await within(10_000, `a connection to ${url}`, provider.isReady)
	const api = new ApiPromise({ provider, noInitWarn: true })
	return within(30_000, `polkadot.js on ${url}`, api.isReadyOrError)
}

/**
 * Starts a development chain (or, with `chain`, any other) and waits until its RPC answers.
 *
 * @param {object} [options]
 * @param {string} [options.name]
 * @param {string} [options.sealing] slot, instant, manual or milliseconds
 * @param {string} [options.basePath] keeps the chain there; by default it is gone with the node
 * @param {string} [options.chain] a preset or a spec file instead of `--dev`
 * @param {number} [options.prometheusPort] where its metrics are; by default it offers none
 * @param {string[]} [options.flags] further flags
 * @returns {Promise<Node>}
 */
export async function startNode({
	name = 'node',
	sealing = 'instant',
	basePath,
	chain,
	prometheusPort,
	flags = [],
} = {}) {
	const log = join(temporaryFolder(name), 'node.log')
	const process = new Child(
		UNUM_BIN,
		[
			...(chain === undefined ? ['--dev'] : ['--chain', chain]),
			...(basePath === undefined ? ['--tmp'] : ['--base-path', basePath]),
			...['--sealing', sealing],
			...['--rpc-port', '0', '--listen-addr', '/ip4/127.0.0.1/tcp/0'],
			...(prometheusPort === undefined
				? ['--no-prometheus']
				: ['--prometheus-port', String(prometheusPort)]),
			...['--no-telemetry', '--no-mdns'],
			...flags,
		],
		{ log },
	)
	const [, port] = await process.line(RPC_READY, START_DEADLINE_MS)
	const node = new Node(name, process, Number(port))
	await node.ready()
	return node
}
