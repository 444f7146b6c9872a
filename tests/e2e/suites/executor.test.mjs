// SPDX-License-Identifier: Apache-2.0
//
// Blocks are made and imported in lanes, under load, and come to what they come to in order.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNode } from '../lib/node.mjs'
import { Child, ROOT, UNUM_BIN, freePort, temporaryFolder, unum } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { eventually } from '../lib/wait.mjs'

/** @param {string[]} args */
async function succeeds(args) {
	const result = await unum(args, { deadlineMs: 300_000 })
	assert.equal(result.code, 0, `unum ${args.join(' ')}\n${result.stdout}${result.stderr}`)
	return result
}

/** @param {string[]} args */
async function json(...args) {
	return JSON.parse((await succeeds(args)).stdout)
}

describe('a node under load', () => {
	const basePath = temporaryFolder('load')
	/** @type {import('../lib/node.mjs').Node} */
	let node
	/** @type {any} */
	let summary

	before(async () => {
		node = await startNode({
			sealing: 'slot',
			basePath,
			flags: ['--executor-threads', '2', '-lexecutor=debug'],
		})
	})
	after(() => node.stop())

	test('includes everything that it is sent', { timeout: 300_000 }, async () => {
		summary = await json(
			...['bench', 'load', '--url', node.url, '--workload', 'mixed', '--senders', '200'],
			...['--tps', '120', '--duration', '10', '--pid', String(node.pid), '--json'],
		)
		assert.equal(summary.sent, 1_200)
		assert.equal(summary.refused, 0, summary.first_refusal)
		assert.equal(summary.lost, 0)
		assert.equal(summary.included, 1_200)
		assert.ok(summary.transactions_per_second > 60, JSON.stringify(summary))
		assert.ok(summary.memory_mib_most > 50)
	})

	test('makes blocks in lanes', async () => {
		const log = node.process.logTail(100_000)
		const made = [...log.matchAll(/A block made after \S+: (\d+) extrinsics in (\d+) lanes/g)]
		assert.ok(made.some(([, , lanes]) => Number(lanes) > 1), log.slice(-2_000))
		assert.doesNotMatch(log, /This is a defect/)
	})

	test('refuses to load another machine', async () => {
		const { code, stderr } = await unum(['bench', 'load', '--url', 'ws://192.0.2.1:9944'])
		assert.equal(code, 1)
		assert.match(stderr, /is not on this machine/)
	})

	test('its chain comes to the same when it is replayed', { timeout: 300_000 }, async () => {
		await node.stop()
		const replayed = await json('replay', '--dev', '--base-path', basePath, '--threads', '2', '--json')
		assert.deepEqual(replayed.divergent, [])
		assert.equal(replayed.fallbacks, 0)
		assert.ok(replayed.blocks >= summary.blocks)
		assert.ok(replayed.in_lanes > 0, JSON.stringify(replayed))
		const part = await json(
			...['replay', '--dev', '--base-path', basePath, '--from', '2', '--to', '4', '--json'],
		)
		assert.deepEqual([part.from, part.to, part.blocks], [2, 4, 3])
		const beyond = await unum(['replay', '--dev', '--base-path', basePath, '--to', '999999'])
		assert.equal(beyond.code, 1)
		assert.match(beyond.stderr, /there are no blocks 1 to 999999/)
	})

	test('its chain is imported in lanes, also after a power cut', { timeout: 300_000 }, async () => {
		const file = join(temporaryFolder('blocks'), 'blocks.bin')
		const exported = await unum(['export-blocks', '--dev', '--base-path', basePath, '--binary', file])
		assert.equal(exported.code, 0, exported.stderr)
		const copy = temporaryFolder('copy')
		const args = ['import-blocks', '--dev', '--base-path', copy, '--binary', file]
		const log = join(temporaryFolder('import'), 'import.log')
		const cut = new Child(UNUM_BIN, [...args, '-lexecutor=debug'], { log })
		// Somewhere in the middle, in whatever it is doing.
		await eventually(60_000, 'a block in lanes', () =>
			/A block after \S+: \d+ extrinsics in/.test(readFileSync(log, 'utf8')),
		)
		await cut.kill()
		const again = await unum(args)
		assert.equal(again.code, 0, again.stderr)
		const info = await Promise.all(
			[basePath, copy].map(path => unum(['chain-info', '--dev', '--base-path', path])),
		)
		const [best, bestOfCopy] = info.map(({ stdout }) => JSON.parse(stdout).best_hash)
		assert.ok(best)
		assert.equal(bestOfCopy, best)
	})
})

describe('the README', () => {
	test('says how to measure, and it works as printed', { timeout: 600_000 }, async () => {
		const text = readFileSync(join(ROOT, 'README.md'), 'utf8')
		const [, block] = text.match(/## How fast is it here\?[^]*?```sh\n([^]*?)```/) ?? []
		const [throughput, load, replay] = block.trim().split('\n')
		const words = line => line.split(' ').slice(1)
		assert.match((await succeeds(words(throughput))).stdout, /hot[^]* 1 thread .*\/s/)

		const basePath = temporaryFolder('data')
		const node = await startNode({ sealing: 'slot', basePath })
		const loaded = await succeeds([...words(load), '--url', node.url])
		assert.match(loaded.stdout, /The chain sustained \d+ transactions a second/)
		assert.match(loaded.stdout, / 0 are lost/)
		await node.stop()
		const replayed = await succeeds(words(replay).map(word => (word === './data' ? basePath : word)))
		assert.match(replayed.stdout, /Different: 0\./)
	})
})

describe('a node that executes both ways', () => {
	test('finds no difference', { timeout: 200_000 }, async () => {
		const prometheusPort = await freePort()
		const node = await startNode({
			sealing: 'slot',
			prometheusPort,
			flags: ['--executor', 'shadow', '-lexecutor=debug'],
		})
		await json(
			...['bench', 'load', '--url', node.url, '--senders', '100'],
			...['--tps', '100', '--duration', '5', '--json'],
		)
		assert.doesNotMatch(node.process.logTail(100_000), /This is a defect/)
		const metrics = await (await fetch(`http://127.0.0.1:${prometheusPort}/metrics`)).text()
		assert.match(metrics, /^unum_executor_threads\S* \d+$/m)
		assert.match(metrics, /^unum_executor_divergences_total\S* 0$/m)
		await node.stop()
	})
})

describe('throughput', () => {
	test('is measured for every workload', { timeout: 600_000 }, async () => {
		const plot = join(temporaryFolder('plot'), 'plot.svg')
		const rows = await json(
			...['bench', 'throughput', '--accounts', '400', '--threads', '1,2', '--blocks', '1'],
			...['--transactions', '100', '--rounds', '1', '--json', '--plot', plot],
		)
		const workloads = 'disjoint zipf hot chained contexts erc20 contracts mixed global30 solana spl remarks'.split(' ')
		const expected = workloads.flatMap(workload => [
			{ workload, mode: 'sequential', threads: 1 },
			{ workload, mode: 'parallel', threads: 1 },
			{ workload, mode: 'parallel', threads: 2 },
		])
		assert.deepEqual(
			rows.map(({ workload, mode, threads }) => ({ workload, mode, threads })),
			expected,
		)
		for (const row of rows) {
			assert.equal(row.accounts, 400)
			assert.ok(row.transactions >= 30, JSON.stringify(row))
			assert.ok(Math.abs(row.transactions / row.seconds / row.transactions_per_second - 1) < 1e-6)
			assert.ok(Object.keys(row.stages_ms).length > 0)
		}
		assert.match(readFileSync(plot, 'utf8'), /^<svg[^]*disjoint[^]*<\/svg>/)
	})
})
