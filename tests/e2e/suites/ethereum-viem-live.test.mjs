// SPDX-License-Identifier: Apache-2.0
//
// viem over WebSocket, and what only transactions show: subscriptions, EIP-7702, messages.

import assert from 'node:assert/strict'
import {
	createPublicClient,
	createWalletClient,
	defineChain,
	encodeFunctionData,
	getAddress,
	http,
	webSocket,
	zeroAddress,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { CHAIN_ID, COIN, devAccount, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { Inbox, eventually } from '../lib/wait.mjs'

describe('viem, live', () => {
	const contracts = compileFile('Calls.sol')
	const abiOf = name => JSON.parse(contracts[name].abi.formatJson())
	const account = privateKeyToAccount(devAccount(4).privateKey)
	let ethereum, client, socket, wallet, counter, batch

	async function deploy(name) {
		const { bytecode } = contracts[name]
		const hash = await wallet.deployContract({ abi: abiOf(name), bytecode })
		return (await client.waitForTransactionReceipt({ hash })).contractAddress
	}

	const done = async sent => {
		const receipt = await client.waitForTransactionReceipt({ hash: await sent })
		assert.equal(receipt.status, 'success')
		return receipt
	}

	const add = note =>
		done(wallet.writeContract({ ...counter, functionName: 'add', args: [1n, note] }))

	before(async () => {
		ethereum = await startEthereum()
		const rpcUrls = { default: { http: [ethereum.url], webSocket: [ethereum.wsUrl] } }
		const nativeCurrency = { name: 'Unum', symbol: 'UNUM', decimals: 18 }
		const chain = defineChain({ id: CHAIN_ID, name: 'Unum', nativeCurrency, rpcUrls })
		client = createPublicClient({ chain, transport: http(), pollingInterval: 100, cacheTime: 0 })
		const transport = webSocket(ethereum.wsUrl, { reconnect: false, keepAlive: false })
		socket = createPublicClient({ chain, transport })
		ethereum.onStop(async () => (await socket.transport.getRpcClient()).close())
		wallet = createWalletClient({ chain, transport: http(), account })
		counter = { address: await deploy('Counter'), abi: abiOf('Counter') }
		batch = { address: await deploy('Batch'), abi: abiOf('Batch') }
	})
	after(() => ethereum?.stop())

	/** Subscriptions stand when a later call on the same connection is answered. */
	async function settled() {
		await socket.getChainId()
		await socket.getChainId()
	}

	/** A subscription as it comes over the wire. @param {unknown[]} params */
	async function subscribe(...params) {
		const inbox = new Inbox()
		const onData = data => inbox.push(data.result ?? data)
		const { unsubscribe } = await socket.transport.subscribe({ params, onData, onError: inbox.push })
		return { inbox, unsubscribe }
	}

	test('blocks, events and waiting transactions are watched', async () => {
		const [blocks, events, hashes] = [new Inbox(), new Inbox(), new Inbox()]
		const stops = [
			socket.watchBlocks({ onBlock: blocks.push, onError: blocks.push }),
			socket.watchContractEvent({
				...counter,
				eventName: 'Counted',
				args: { by: account.address },
				onLogs: logs => logs.forEach(events.push),
			}),
			socket.watchPendingTransactions({ onTransactions: all => all.forEach(hashes.push) }),
		]
		await settled()
		const { blockHash, transactionHash } = await add('watched')
		await blocks.first(20_000, 'the block', ({ hash }) => hash === blockHash)
		const log = await events.first(20_000, 'the event', ({ args }) => args.note === 'watched')
		assert.deepEqual([log.blockHash, log.transactionHash, log.removed], [blockHash, transactionHash, false])
		await hashes.first(20_000, 'the transaction', hash => hash === transactionHash)
		for (const stop of stops) stop()
	})

	test('newHeads, logs and newPendingTransactions have the fields of geth’s', async () => {
		const heads = await subscribe('newHeads')
		const topics = [[contracts.Counter.abi.getEvent('Counted').topicHash], null, null]
		const logs = await subscribe('logs', { address: [counter.address], topics })
		const none = await subscribe('logs', { address: zeroAddress })
		const pending = await subscribe('newPendingTransactions')
		const { blockHash, blockNumber, transactionHash } = await add('subscribed')
		const head = await heads.inbox.first(20_000, 'the head', ({ hash }) => hash === blockHash)
		assert.equal(BigInt(head.number), blockNumber)
		const { parentHash, stateRoot, baseFeePerGas, gasLimit } = await client.getBlock({ blockHash })
		assert.deepEqual([head.parentHash, head.stateRoot], [parentHash, stateRoot])
		assert.deepEqual([BigInt(head.baseFeePerGas), BigInt(head.gasLimit)], [baseFeePerGas, gasLimit])
		const log = await logs.inbox.first(20_000, 'the log', item => item.transactionHash === transactionHash)
		assert.deepEqual([log.blockHash, log.removed], [blockHash, false])
		await pending.inbox.first(20_000, 'the hash', hash => hash === transactionHash)
		assert.deepEqual(none.inbox.items, [])

		for (const { unsubscribe } of [logs, none, pending]) await unsubscribe()
		const seen = logs.inbox.items.length
		const after_ = await add('unheard')
		await heads.inbox.first(20_000, 'the next head', ({ hash }) => hash === after_.blockHash)
		assert.equal(logs.inbox.items.length, seen)
		await heads.unsubscribe()
	})

	test('EIP-7702: a wallet acts as a contract while another pays, and takes it back', async () => {
		const eoa = privateKeyToAccount(generatePrivateKey())
		const owner = createWalletClient({ chain: client.chain, transport: http(), account: eoa })
		await done(wallet.sendTransaction({ to: eoa.address, value: 3n * COIN }))
		const authorization = await owner.signAuthorization({ contractAddress: batch.address })
		const to = freshKey().address
		const note = encodeFunctionData({ ...counter, functionName: 'add', args: [2n, 'delegated'] })
		const calls = [
			{ to, value: COIN, data: '0x' },
			{ to: counter.address, value: 0n, data: note },
		]
		const data = encodeFunctionData({ ...batch, functionName: 'act', args: [calls] })
		const authorizationList = [authorization]
		const receipt = await done(wallet.sendTransaction({ to: eoa.address, data, authorizationList }))
		assert.equal(receipt.type, 'eip7702')
		assert.equal(await client.getBalance({ address: to }), COIN)
		assert.equal(await client.getBalance({ address: eoa.address }), 2n * COIN)
		const [counted, acted] = receipt.logs
		assert.equal(BigInt(counted.topics[1]), BigInt(eoa.address))
		assert.deepEqual([getAddress(acted.address), BigInt(acted.topics[2])], [eoa.address, BigInt(account.address)])
		const code = await client.getCode({ address: eoa.address })
		assert.equal(code, `0xef0100${batch.address.slice(2)}`)
		assert.equal(await client.getTransactionCount({ address: eoa.address }), 1)
		const read = await client.getTransaction({ hash: receipt.transactionHash })
		assert.equal(getAddress(read.authorizationList[0].address), getAddress(batch.address))

		// A later call needs no authorization; an authorization that was used works no more.
		await done(wallet.sendTransaction({ to: eoa.address, data }))
		assert.equal(await client.getBalance({ address: to }), 2n * COIN)
		const none = await owner.signAuthorization({ contractAddress: zeroAddress, executor: 'self' })
		await done(owner.sendTransaction({ to: zeroAddress, authorizationList: [none] }))
		assert.equal(await client.getCode({ address: eoa.address }), undefined)
		await done(wallet.sendTransaction({ to: eoa.address, data, authorizationList }))
		assert.equal(await client.getCode({ address: eoa.address }), undefined)
	})

	test('messages are verified on the chain, by a contract that is never deployed', async () => {
		const message = 'who is who'
		const [signature, { address }] = [await wallet.signMessage({ message }), account]
		assert.ok(await client.verifyMessage({ address, message, signature }))
		assert.ok(!(await client.verifyMessage({ address, message: 'else', signature })))
		const types = { Note: [{ name: 'text', type: 'string' }] }
		const note = { domain: { chainId: CHAIN_ID }, types, primaryType: 'Note', message: { text: 'x' } }
		const typed = await wallet.signTypedData(note)
		assert.ok(await client.verifyTypedData({ ...note, address, signature: typed }))
	})

	test('a fee cap is kept, and the tip is what was offered', async () => {
		const before_ = await client.getBalance({ address: account.address })
		const fees = { maxFeePerGas: 400n * 10n ** 9n, maxPriorityFeePerGas: 5n * 10n ** 9n }
		const receipt = await done(wallet.sendTransaction({ to: zeroAddress, value: 0n, ...fees }))
		const { baseFeePerGas } = await client.getBlock({ blockHash: receipt.blockHash })
		assert.equal(receipt.effectiveGasPrice, baseFeePerGas + fees.maxPriorityFeePerGas)
		const paid = before_ - (await client.getBalance({ address: account.address }))
		assert.equal(paid, receipt.gasUsed * receipt.effectiveGasPrice)
	})

	test('the safe and the finalized block follow', async () => {
		const { blockNumber } = await add('final')
		await eventually(20_000, 'the finalized block', async () => {
			const [safe, final] = await Promise.all(
				['safe', 'finalized'].map(blockTag => client.getBlock({ blockTag })),
			)
			assert.ok(final.number <= safe.number)
			return final.number >= blockNumber
		})
	})
})
