// SPDX-License-Identifier: Apache-2.0
//
// Two validators that execute blocks in parallel and two that do it one after the other finalize the
// same chain under load. UNUM_LOAD_SECONDS says for how long.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UNUM_BIN, run } from '../e2e/lib/process.mjs'
import { after, before, describe, test } from '../e2e/lib/testing.mjs'
import { LAUNCH_DEADLINE_MS, agree, launch } from './lib/network.mjs'

const SECONDS = Number(process.env.UNUM_LOAD_SECONDS ?? 20)
const DEADLINE_MS = (SECONDS + 180) * 1_000

describe('validators that execute in different ways', () => {
	/** @type {Awaited<ReturnType<typeof launch>>} */
	let network

	before(
		async () => {
			network = await launch('mixed.toml')
		},
		{ timeout: LAUNCH_DEADLINE_MS + 60_000 },
	)

	after(() => network?.end())

	const log = name => readFileSync(join(network.folder, `${name}.log`), 'utf8')

	test('finalize the same chain under load', { timeout: DEADLINE_MS }, async () => {
		const { alice } = network.nodes
		const load = await run(
			UNUM_BIN,
			[
				...['bench', 'load', '--url', alice.url, '--workload', 'mixed', '--senders', '100'],
				...['--tps', '120', '--duration', String(SECONDS), '--json'],
			],
			{ deadlineMs: DEADLINE_MS },
		)
		assert.equal(load.code, 0, load.stderr)
		const summary = JSON.parse(load.stdout)
		assert.deepEqual(
			[summary.sent, summary.refused, summary.lost, summary.included],
			[120 * SECONDS, 0, 0, 120 * SECONDS],
			load.stdout,
		)
		await agree(Object.values(network.nodes), await alice.best())
	})

	test('make and import blocks in lanes, and none was another one', () => {
		const parallel = log('alice') + log('bob')
		const lanes = /(\d+) extrinsics in (\d+) lanes/g
		for (const what of ['A block made after', 'A block after']) {
			const lines = parallel.split('\n').filter(line => line.includes(what))
			const inLanes = lines.flatMap(line => [...line.matchAll(lanes)])
			assert.ok(inLanes.some(([, , count]) => Number(count) > 1), lines.slice(-20).join('\n'))
		}
		assert.doesNotMatch(parallel, /This is a defect/)
		assert.doesNotMatch(parallel, /is another one when it is executed in lanes/)
	})
})
