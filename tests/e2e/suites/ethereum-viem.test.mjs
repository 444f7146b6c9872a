// SPDX-License-Identifier: Apache-2.0
//
// viem, as it is: batches of reads, simulations, overrides, access lists, history, and EIP-7702.

import assert from 'node:assert/strict'
import {
	createPublicClient,
	createWalletClient,
	defineChain,
	getAddress,
	http,
	parseGwei,
	zeroAddress,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { CHAIN_ID, COIN, devAccount, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const hex = number => `0x${number.toString(16)}`

describe('viem', () => {
	const contracts = Object.fromEntries(
		Object.entries(compileFile('Calls.sol')).map(([name, { abi, bytecode, runtime }]) => [
			name,
			{ abi: JSON.parse(abi.formatJson()), bytecode, runtime },
		]),
	)
	let ethereum, chain, client, wallet, counter
	const account = privateKeyToAccount(devAccount(3).privateKey)

	async function deploy(name) {
		const hash = await wallet.deployContract(contracts[name])
		const { contractAddress } = await client.waitForTransactionReceipt({ hash })
		return contractAddress
	}

	const done = async sent => {
		const receipt = await client.waitForTransactionReceipt({ hash: await sent })
		assert.equal(receipt.status, 'success')
		return receipt
	}

	const add = (step, note = '') =>
		done(wallet.writeContract({ ...counter, functionName: 'add', args: [step, note] }))

	const count = at => client.readContract({ ...counter, functionName: 'count', ...at })

	before(async () => {
		ethereum = await startEthereum()
		const rpcUrls = { default: { http: [ethereum.url] } }
		const nativeCurrency = { name: 'Unum', symbol: 'UNUM', decimals: 18 }
		chain = defineChain({ id: CHAIN_ID, name: 'Unum', nativeCurrency, rpcUrls })
		const options = { chain, transport: http(), pollingInterval: 100, cacheTime: 0 }
		client = createPublicClient(options)
		wallet = createWalletClient({ ...options, account })
		counter = { address: await deploy('Counter'), abi: contracts.Counter.abi }
	})
	after(() => ethereum?.stop())

	test('the chain is the one that the client expects', async () => {
		assert.equal(await client.getChainId(), CHAIN_ID)
		const block = await client.getBlock({ includeTransactions: true })
		assert.equal(block.number, await client.getBlockNumber())
		assert.equal(block.transactions[0].blockHash, block.hash)
	})

	test('many reads travel in one call, and one may fail', async () => {
		const multicallAddress = await deploy('Multicall')
		const contracts_ = [
			{ ...counter, functionName: 'count' },
			{ ...counter, functionName: 'add', args: [1001n, ''] },
			{ ...counter, functionName: 'where' },
		]
		const [first, second, third] = await client.multicall({ contracts: contracts_, multicallAddress })
		assert.deepEqual([first.status, second.status, third.status], ['success', 'failure', 'success'])
		assert.equal(first.result, 0n)
		assert.match(second.error.message, /TooFar/)
		assert.deepEqual(third.result.slice(2), [BigInt(CHAIN_ID), getAddress(multicallAddress)])
	})

	test('a simulation says what a transaction would return, or why it would fail', async () => {
		const attempt = args => client.simulateContract({ ...counter, functionName: 'add', args, account })
		const { request, result } = await attempt([2n, 'two'])
		assert.equal(result, 2n)
		await done(wallet.writeContract(request))
		assert.equal(await count(), 2n)
		await assert.rejects(attempt([5_000n, '']), error => {
			const { data } = error.walk(({ name }) => name === 'ContractFunctionRevertedError')
			assert.deepEqual([data.errorName, data.args], ['TooFar', [5_002n, 1_000n]])
			return true
		})
	})

	test('an estimate is enough, and a transfer costs 21000', async () => {
		const to = freshKey().address
		assert.equal(await client.estimateGas({ account, to, value: 1n }), 21_000n)
		const call = { ...counter, functionName: 'add', args: [1n, 'estimated'], account }
		const gas = await client.estimateContractGas(call)
		const { gasUsed } = await done(wallet.writeContract({ ...call, gas }))
		assert.ok(gasUsed <= gas && gas < gasUsed * 2n, `used ${gasUsed} of ${gas}`)
		await assert.rejects(client.estimateGas({ account, to, value: 10n ** 30n }), /insufficient|enough/i)
	})

	test('logs are found by their arguments, by range and by block', async () => {
		const { blockHash, blockNumber, transactionHash } = await add(3n, 'find me')
		const event = contracts.Counter.abi.find(({ name }) => name === 'Counted')
		const by = { address: counter.address, event, strict: true }
		const found = await client.getLogs({ ...by, args: { by: account.address }, fromBlock: 0n })
		assert.ok(found.length >= 2)
		assert.equal(found.at(-1).args.note, 'find me')
		assert.equal((await client.getLogs({ ...by, blockHash }))[0].transactionHash, transactionHash)
		const range = { fromBlock: blockNumber, toBlock: blockNumber }
		assert.equal((await client.getLogs({ ...by, ...range })).length, 1)
		const other = { by: freshKey().address }
		assert.deepEqual(await client.getLogs({ ...by, args: other, fromBlock: 0n }), [])
		const either = { by: [other.by, account.address] }
		assert.equal((await client.getLogs({ ...by, args: either, ...range })).length, 1)
	})

	test('the past is read by number, by hash, and by EIP-1898', async () => {
		const old = await add(1n)
		const was = await count()
		await add(10n)
		assert.equal(await count(), was + 10n)
		assert.equal(await count({ blockNumber: old.blockNumber }), was)
		const call = { to: counter.address, data: '0x06661abd' }
		const { blockHash } = old
		const points = [hex(old.blockNumber), { blockNumber: hex(old.blockNumber) }, { blockHash }]
		for (const at of [...points, { blockHash, requireCanonical: true }])
			assert.equal(BigInt(await ethereum.rpc('eth_call', call, at)), was, JSON.stringify(at))
		const slot = await client.getStorageAt({ ...counter, slot: '0x0', blockNumber: old.blockNumber })
		assert.equal(BigInt(slot), was)
		const unknown = { blockHash: `0x${'ab'.repeat(32)}` }
		for (const method of ['eth_getBalance', 'eth_getTransactionCount', 'eth_getCode'])
			await ethereum.refused(method, counter.address, unknown)
	})

	test('a call sees balances, code, slots and block fields that are not there', async () => {
		const poor = freshKey().address
		const send = { account: poor, to: zeroAddress, value: 5n * COIN }
		await assert.rejects(client.call(send))
		await client.call({ ...send, stateOverride: [{ address: poor, balance: 6n * COIN }] })
		const value = `0x${(77n).toString(16).padStart(64, '0')}`
		const stateDiff = [{ slot: `0x${'00'.repeat(32)}`, value }]
		assert.equal(await count({ stateOverride: [{ address: counter.address, stateDiff }] }), 77n)
		const moved = { address: poor, abi: counter.abi, functionName: 'count' }
		const code = contracts.Counter.runtime
		assert.equal(await client.readContract({ ...moved, stateOverride: [{ address: poor, code }] }), 0n)
		assert.ok((await count()) < 77n)
		const blockOverrides = { number: 123n, time: 4_000_000_000n }
		const where = { ...counter, functionName: 'where', blockOverrides }
		const [number, time, id] = await client.readContract(where)
		assert.deepEqual([number, time, id], [123n, 4_000_000_000n, BigInt(CHAIN_ID)])
	})

	test('blocks of calls are simulated one on another', async () => {
		const [from, to] = [freshKey().address, freshKey().address]
		const added = (step, note) => ({
			...{ to: counter.address, abi: counter.abi },
			...{ functionName: 'add', args: [step, note] },
		})
		const blocks = [
			{
				stateOverrides: [{ address: from, balance: 3n * COIN }],
				calls: [{ account: from, to, value: 2n * COIN }],
			},
			{
				blockOverrides: { time: 4_000_000_000n },
				calls: [
					{ account: to, to: from, value: COIN },
					{ account: to, ...added(1n, 'simulated') },
					{ account: to, ...added(9_999n, '') },
				],
			},
		]
		const before_ = await count()
		const [first, second] = await client.simulateBlocks({ blocks })
		assert.deepEqual(first.calls.map(({ status }) => status), ['success'])
		assert.equal(second.number, first.number + 1n)
		assert.equal(second.timestamp, 4_000_000_000n)
		assert.equal(second.parentHash, first.hash)
		assert.deepEqual(second.calls.map(({ status }) => status), ['success', 'success', 'failure'])
		assert.equal(second.calls[1].result, before_ + 1n)
		assert.equal(second.calls[1].logs.length, 1)
		assert.match(second.calls[2].error.message, /TooFar/)
		const calls = [added(1n, 'only a thought')]
		const { results } = await client.simulateCalls({ account: account.address, calls })
		assert.equal(results[0].result, before_ + 1n)
		assert.equal(await count(), before_)
	})

	test('an access list names what a call touches, and a transaction takes it along', async () => {
		const data = '0x06661abd'
		const request = { account, to: counter.address, data }
		const { accessList, gasUsed } = await client.createAccessList(request)
		const touched = accessList.find(({ address }) => address.toLowerCase() === counter.address)
		assert.deepEqual(touched.storageKeys, [`0x${'00'.repeat(32)}`])
		assert.ok(gasUsed > 21_000n)
		const receipt = await done(wallet.sendTransaction({ ...request, accessList, type: 'eip2930' }))
		assert.equal(receipt.type, 'eip2930')
		const { accessList: read } = await client.getTransaction({ hash: receipt.transactionHash })
		assert.deepEqual(read, accessList)
	})

	test('fees have a history', async () => {
		for (const step of [1n, 1n, 1n]) await add(step)
		const blockCount = 3
		const history = await client.getFeeHistory({ blockCount, rewardPercentiles: [10, 90] })
		assert.equal(history.oldestBlock, (await client.getBlockNumber()) - 2n)
		assert.equal(history.baseFeePerGas.length, 4)
		assert.equal(history.gasUsedRatio.length, 3)
		assert.ok(history.gasUsedRatio.every(ratio => ratio > 0 && ratio <= 1))
		assert.ok(history.reward.every(([low, high]) => low <= high))
		const block = await client.getBlock({ blockNumber: history.oldestBlock })
		assert.equal(history.baseFeePerGas[0], block.baseFeePerGas)
		const { maxFeePerGas } = await client.estimateFeesPerGas()
		assert.ok(maxFeePerGas >= block.baseFeePerGas && maxFeePerGas < parseGwei('1000'))
	})
})
