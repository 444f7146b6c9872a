// SPDX-License-Identifier: Apache-2.0
//
// The index behind the Ethereum JSON-RPC: it survives a restart, is made anew when told to, and follows
// a chain that changes its mind.

import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AbiCoder, ContractFactory, Interface, concat } from 'ethers'
import { devSigner, startEthereum } from '../lib/ethereum.mjs'
import { UNUM_BIN, run, temporaryFolder } from '../lib/process.mjs'
import { describe, test } from '../lib/testing.mjs'
import { eventually } from '../lib/wait.mjs'

/** Init code of a contract that logs the first word of its calldata as a topic. */
const LOGGER = concat(['0x60068060095f395ff3', '0x5f355f5fa100'])

const word = number => AbiCoder.defaultAbiCoder().encode(['uint256'], [number])
const skip = process.env.UNUM_ETHEREUM_URL !== undefined

describe('the index', { skip }, () => {
	test('survives a restart, a missing file and a new start', async () => {
		const basePath = temporaryFolder('indexed')
		let ethereum = await startEthereum({ basePath })
		const signer = devSigner(0, ethereum.provider())
		const sent = await signer.sendTransaction({ to: await signer.getAddress(), value: 1n })
		const { hash } = await sent.wait()
		const before = await ethereum.rpc('eth_getTransactionReceipt', hash)
		const lookAgain = async () => {
			ethereum = await startEthereum({ basePath })
			assert.deepEqual(await ethereum.rpc('eth_getTransactionReceipt', hash), before)
			await ethereum.stop()
		}
		await ethereum.stop()
		await lookAgain()

		const onChain = ['--dev', '--base-path', basePath]
		const made = await run(UNUM_BIN, ['eth', 'reindex', ...onChain])
		assert.equal(made.code, 0, made.stderr)
		assert.match(made.stdout, /\d+ blocks are indexed\./)
		await lookAgain()

		const chains = join(basePath, 'chains')
		rmSync(join(chains, readdirSync(chains)[0], 'ethereum'), { recursive: true })
		await lookAgain()
	})

	test('follows a chain that changes its mind', async () => {
		const ethereum = await startEthereum({ sealing: 'manual' })
		const seal = async parent =>
			(await ethereum.rpc('engine_createBlock', true, false, parent ?? null)).hash
		const signer = devSigner(0, ethereum.provider())
		const factory = new ContractFactory(new Interface([]), LOGGER, signer)
		const logger = await factory.deploy()
		const common = await seal()
		const address = await logger.getAddress()

		const socket = ethereum.webSocket()
		const heard = []
		await socket.send('eth_subscribe', ['logs', { address }])
		socket.websocket.addEventListener('message', ({ data }) => {
			const { params } = JSON.parse(data)
			if (params) heard.push(params.result)
		})
		const filter = await ethereum.rpc('eth_newFilter', { address })

		const { hash } = await signer.sendTransaction({ to: address, data: word(7), gasLimit: 100_000 })
		const first = await seal()
		const receipt = await ethereum.rpc('eth_getTransactionReceipt', hash)
		assert.equal(receipt.blockHash, first)
		assert.equal(receipt.logs[0].topics[0], word(7))

		// A longer chain from the block before. (At the same time the same block would be made.)
		await ethereum.rpc('evm_increaseTime', 10)
		const second = await seal(common)
		const third = await seal(second)
		const block = await ethereum.rpc('eth_getBlockByNumber', 'latest', false)
		assert.deepEqual([block.hash, block.parentHash], [third, second])
		const number = `0x${(Number(block.number) - 1).toString(16)}`
		assert.equal((await ethereum.rpc('eth_getBlockByNumber', number, false)).hash, second)
		assert.equal((await ethereum.rpc('eth_getBlockByHash', first, false)).hash, first, 'still known')

		// The transaction is not lost: it is on the new chain, or waits to be.
		await eventually(10_000, 'the transaction to be on the new chain', async () => {
			const again = await ethereum.rpc('eth_getTransactionReceipt', hash)
			if (again === null) await seal()
			return again !== null && again.blockHash !== first
		})
		const logs = await ethereum.rpc('eth_getLogs', { address, fromBlock: '0x0' })
		assert.equal(logs.length, 1, 'once')
		assert.notEqual(logs[0].blockHash, first)

		const story = all => all.map(({ blockHash, removed }) => [blockHash === first, removed])
		const expected = [[true, false], [true, true], [false, false]]
		await eventually(10_000, 'the subscription to tell it', () => heard.length === 3)
		assert.deepEqual(story(heard), expected)
		// A filter that was not asked meanwhile tells only how it came out.
		assert.deepEqual(story(await ethereum.rpc('eth_getFilterChanges', filter)), [[false, false]])
		await ethereum.stop()
	})
})
