// SPDX-License-Identifier: Apache-2.0
//
// Every method of Ethereum's JSON-RPC, and the form of its answer.

import assert from 'node:assert/strict'
import { ContractFactory, Wallet, keccak256, parseUnits, toQuantity } from 'ethers'
import { CHAIN_ID, devAccount, devSigner, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { checkResult } from '../lib/schemas.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const UNKNOWN = `0x${'ab'.repeat(32)}`

describe('ethereum rpc', () => {
	const { Counter } = compileFile('Calls.sol')
	let ethereum, provider, signer, counter, address, receipt, by

	const done = async sent => (await sent).wait()

	/** Calls a method and checks the form of its answer. */
	async function ask(method, ...params) {
		const result = await ethereum.rpc(method, ...params)
		checkResult(method, result)
		return result
	}

	before(async () => {
		ethereum = await startEthereum()
		provider = ethereum.provider()
		signer = devSigner(8, provider)
		counter = await new ContractFactory(Counter.abi, Counter.bytecode, signer).deploy()
		address = await counter.getAddress()
		receipt = await done(counter.add(3n, 'three'))
		by = [toQuantity(receipt.blockNumber), receipt.blockHash]
	})
	after(() => ethereum?.stop())

	test('the chain and the client', async () => {
		assert.equal(Number(await ask('eth_chainId')), CHAIN_ID)
		assert.equal(await ask('net_version'), String(CHAIN_ID))
		assert.equal(await ask('eth_syncing'), false)
		assert.ok(Number(await ask('eth_blockNumber')) >= receipt.blockNumber)
		assert.equal(await ask('web3_sha3', '0x68656c6c6f'), keccak256('0x68656c6c6f'))
		for (const method of ['eth_accounts', 'net_listening', 'net_peerCount', 'web3_clientVersion'])
			await ask(method)
	})

	test('fees', async () => {
		for (const method of ['eth_gasPrice', 'eth_maxPriorityFeePerGas', 'eth_blobBaseFee']) await ask(method)
		assert.equal((await ask('eth_feeHistory', '0x2', 'latest', [50])).reward.length, 2)
		assert.equal((await ask('eth_feeHistory', 2, by[0], [])).gasUsedRatio.length, 2)
		await ask('eth_feeHistory', '0x400', 'latest', [])
		for (const wrong of [[101], [50, 10], [-1]])
			await ethereum.refused('eth_feeHistory', '0x2', 'latest', wrong)
	})

	test('accounts', async () => {
		for (const at of ['latest', 'earliest', 'pending', 'safe', 'finalized', by[0]]) {
			await ask('eth_getBalance', devAccount(8).address, at)
			await ask('eth_getTransactionCount', devAccount(8).address, at)
			await ask('eth_getCode', address, at)
			await ask('eth_getStorageAt', address, '0x0', at)
		}
		assert.equal(BigInt(await ask('eth_getStorageAt', address, `0x${'00'.repeat(32)}`, by[0])), 3n)
		const nobody = freshKey().address
		assert.equal(await ask('eth_getBalance', nobody, 'latest'), '0x0')
		assert.equal(await ask('eth_getCode', nobody, 'latest'), '0x')
		// A chain may be unable to prove, and then says so.
		const { error, result } = await ethereum.answer('eth_getProof', address, [`0x${'00'.repeat(32)}`], 'latest')
		if (error) assert.equal(error.code, -32000)
		else checkResult('eth_getProof', result)
	})

	test('calls, estimates, access lists, simulations', async () => {
		const data = Counter.abi.encodeFunctionData('add', [1n, ''])
		const request = { from: devAccount(8).address, to: address, data }
		assert.equal(BigInt(await ask('eth_call', request, 'latest')), 4n)
		assert.equal(BigInt(await ask('eth_call', { ...request, data: undefined, input: data })), 4n)
		assert.ok(BigInt(await ask('eth_estimateGas', request)) > 21_000n)
		await ask('eth_createAccessList', request, 'latest')
		const blockStateCalls = [{ calls: [request] }, { calls: [request] }]
		const simulated = await ask('eth_simulateV1', { blockStateCalls }, 'latest')
		assert.deepEqual(simulated.map(({ calls }) => BigInt(calls[0].returnData)), [4n, 5n])
		const { code, data: why } = await ethereum.refused('eth_call', {
			...request,
			data: Counter.abi.encodeFunctionData('add', [5_000n, '']),
		})
		assert.equal(code, 3)
		assert.equal(Counter.abi.parseError(why).name, 'TooFar')
	})

	test('blocks, their transactions and their receipts', async () => {
		for (const [how, at] of [['Number', by[0]], ['Hash', by[1]]]) {
			const { transactions } = await ask(`eth_getBlockBy${how}`, at, false)
			const full = await ask(`eth_getBlockBy${how}`, at, true)
			assert.deepEqual(full.transactions.map(({ hash }) => hash), transactions)
			const count = await ask(`eth_getBlockTransactionCountBy${how}`, at)
			assert.equal(Number(count), transactions.length)
			const index = toQuantity(receipt.index)
			const read = await ask(`eth_getTransactionByBlock${how}AndIndex`, at, index)
			assert.equal(read.hash, receipt.hash)
			assert.equal(await ask(`eth_getTransactionByBlock${how}AndIndex`, at, '0xfff'), null)
			assert.equal(await ask(`eth_getUncleCountByBlock${how}`, at), '0x0')
			assert.equal(await ask(`eth_getUncleByBlock${how}AndIndex`, at, '0x0'), null)
			const receipts = await ask('eth_getBlockReceipts', at)
			assert.ok(receipts.some(({ transactionHash }) => transactionHash === receipt.hash))
		}
		for (const tag of ['latest', 'earliest', 'safe', 'finalized']) await ask('eth_getBlockByNumber', tag, true)
		const latest = await ask('eth_getBlockByNumber', 'latest', false)
		const parent = await ask('eth_getBlockByHash', latest.parentHash, false)
		assert.equal(Number(parent.number) + 1, Number(latest.number))
		assert.ok(Number(parent.timestamp) <= Number(latest.timestamp))
	})

	test('a transaction of each type', async () => {
		const to = devAccount(9).address
		const wallet = new Wallet(freshKey().privateKey, provider)
		await done(signer.sendTransaction({ to: wallet.address, value: parseUnits('1', 'ether') }))
		const authorization = await wallet.authorize({ address, nonce: 4, chainId: CHAIN_ID })
		const variants = [
			{ type: 0 },
			{ type: 1, accessList: [{ address, storageKeys: [`0x${'00'.repeat(32)}`] }] },
			{ type: 2 },
			{ type: 4, authorizationList: [authorization] },
		]
		for (const fields of variants) {
			const { hash } = await done(wallet.sendTransaction({ to, value: 1n, gasLimit: 100_000n, ...fields }))
			const read = await ask('eth_getTransactionByHash', hash)
			assert.equal(Number(read.type), fields.type)
			const { type, status } = await ask('eth_getTransactionReceipt', hash)
			assert.deepEqual([Number(type), status], [fields.type, '0x1'])
			const raw = await ask('debug_getRawTransaction', hash)
			assert.equal(keccak256(raw), hash)
		}
		const code = await ask('eth_getCode', wallet.address, 'latest')
		assert.equal(code, `0xef0100${address.slice(2).toLowerCase()}`)
	})

	test('what is unknown is null, and not an error', async () => {
		for (const method of ['eth_getTransactionByHash', 'eth_getTransactionReceipt', 'eth_getBlockReceipts'])
			assert.equal(await ask(method, UNKNOWN), null, method)
		assert.equal(await ask('eth_getBlockByHash', UNKNOWN, false), null)
		assert.equal(await ask('eth_getBlockByNumber', '0xffffffff', false), null)
		assert.equal(await ask('eth_getBlockTransactionCountByHash', UNKNOWN), null)
		assert.equal(await ask('eth_getTransactionByBlockNumberAndIndex', '0xffffffff', '0x0'), null)
	})

	test('raw blocks, headers and receipts', async () => {
		for (const method of ['debug_getRawBlock', 'debug_getRawHeader', 'debug_getRawReceipts'])
			await ask(method, by[0])
	})

	test('the pool', async () => {
		for (const method of ['txpool_status', 'txpool_content', 'txpool_inspect']) await ask(method)
		await ask('txpool_contentFrom', devAccount(8).address)
	})
})
