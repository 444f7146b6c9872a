// SPDX-License-Identifier: Apache-2.0
//
// Starts networks by zombienet, from the files that people use.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Node } from '../../e2e/lib/node.mjs'
import { Child, ForeignProcess, ROOT, UNUM_BIN, temporaryFolder } from '../../e2e/lib/process.mjs'

const ZOMBIENET = join(ROOT, 'tests/zombienet/node_modules/.bin/zombienet')

/** How long a network has to come up. */
export const LAUNCH_DEADLINE_MS = 240_000

/** The names of the four validators. */
export const NAMES = ['alice', 'bob', 'charlie', 'dave']

/** The network files name the command `unum`; it is found through PATH. */
export const WITH_UNUM = { PATH: `${dirname(UNUM_BIN)}:${process.env.PATH}` }

/**
 * Starts four validators and waits until their RPC answers.
 *
 * @param {string} file in the folder `zombienet`
 */
export async function launch(file) {
	const folder = join(temporaryFolder('zombienet'), 'network')
	const zombienet = new Child(
		ZOMBIENET,
		[
			...['--provider', 'native', '--logType', 'text', '--dir', folder],
			...['spawn', join(ROOT, 'zombienet', file)],
		],
		{
			log: join(dirname(folder), 'zombienet.log'),
			env: WITH_UNUM,
			// Its nodes are in its group, so none can outlive it.
			group: true,
		},
	)
	await zombienet.line(/^Namespace : /, LAUNCH_DEADLINE_MS)
	const network = JSON.parse(readFileSync(join(folder, 'zombie.json'), 'utf8'))
	assert.deepEqual(Object.keys(network.nodesByName).sort(), NAMES)
	/** @type {Record<string, Node>} */
	const nodes = {}
	/** @type {Record<string, string>} */
	const commands = {}
	for (const name of NAMES) {
		const { pid, cmd } = network.client.processMap[name]
		const port = Number(new URL(network.nodesByName[name].wsUri).port)
		commands[name] = cmd.join(' ')
		nodes[name] = new Node(name, new ForeignProcess(pid, join(folder, `${name}.log`)), port)
	}
	await Promise.all(NAMES.map(name => nodes[name].ready()))
	return {
		folder,
		nodes,
		commands,
		/** Ends all of them at once. */
		async end() {
			await Promise.allSettled(Object.values(nodes).map(node => node.kill()))
			await zombienet.kill()
		},
	}
}

/** Asserts that all these nodes have the same finalized block at this height. */
export async function agree(group, number) {
	await Promise.all(group.map(node => node.finalizedReaches(number)))
	const hashes = await Promise.all(group.map(node => node.rpc('chain_getBlockHash', number)))
	assert.equal(new Set(hashes).size, 1, `block ${number}: ${hashes}`)
	return hashes[0]
}
