// SPDX-License-Identifier: Apache-2.0
//
// node:test, with the nodes' logs beside every failure.

import { after, before as nodeBefore, test as nodeTest } from 'node:test'
import { stopAll } from './node.mjs'
import { logTails } from './process.mjs'

export { after, describe } from 'node:test'

// What a failed test has left running would keep its file from ending.
after(stopAll)

/** No single test takes longer; a hanging one fails with its log. */
const TEST_DEADLINE_MS = 180_000

/** @typedef {(context: import('node:test').TestContext) => Promise<void> | void} Body */

/**
 * A test whose failure shows the ends of the nodes' logs.
 *
 * @param {string} name the behaviour, as a sentence
 * @param {Body | { timeout: number }} options milliseconds that it may take, or the body at once
 * @param {Body} [maybeBody]
 */
export function test(name, options, maybeBody) {
	const [body, timeout] =
		typeof options === 'function'
			? [options, TEST_DEADLINE_MS]
			: [/** @type {Body} */ (maybeBody), options.timeout]
	return nodeTest(name, { timeout }, async context => {
		// The runner stops waiting for a body that is out of time; its error is then never seen.
		context.signal.addEventListener('abort', () => {
			if (context.signal.reason?.failureType === 'testTimeoutFailure') showLogs(name)
		})
		await withLogs(name, () => body(context))
	})
}

/**
 * Prepares a group of tests; the same for its failure.
 *
 * @param {() => Promise<void>} body
 * @param {{ timeout: number }} [options]
 */
export function before(body, options) {
	nodeBefore(() => withLogs('before', body), options)
}

/** @param {string} name @param {() => Promise<void> | void} body */
async function withLogs(name, body) {
	try {
		await body()
	} catch (error) {
		showLogs(name)
		throw error
	}
}

/** @param {string} name */
function showLogs(name) {
	const tails = logTails()
	if (tails) console.error(`\n=== logs at the failure of "${name}"\n${tails}\n`)
}
