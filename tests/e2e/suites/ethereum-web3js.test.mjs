// SPDX-License-Identifier: Apache-2.0
//
// web3.js 4, as it is: a contract, its calls and events, batches, and subscriptions.

import assert from 'node:assert/strict'
import { Web3, WebSocketProvider } from 'web3'
import { CHAIN_ID, COIN, devAccount, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { Inbox } from '../lib/wait.mjs'

describe('web3.js', () => {
	const { abi: interface_, bytecode } = compileFile('Calls.sol').Counter
	const abi = JSON.parse(interface_.formatJson())
	const { address: me, privateKey } = devAccount(7)
	let ethereum, web3, socket, counter

	before(async () => {
		ethereum = await startEthereum()
		web3 = new Web3(ethereum.url)
		web3.eth.transactionPollingInterval = 100
		web3.eth.accounts.wallet.add(privateKey)
		const provider = new WebSocketProvider(ethereum.wsUrl, {}, { autoReconnect: false })
		ethereum.onStop(() => provider.disconnect())
		socket = new Web3(provider)
		const made = new web3.eth.Contract(abi)
		made.config.transactionPollingInterval = 100
		counter = await made.deploy({ data: bytecode }).send({ from: me, gas: '2000000' })
		counter.config.transactionPollingInterval = 100
	})
	after(() => ethereum?.stop())

	const add = (step, note) => counter.methods.add(step, note).send({ from: me, gas: '200000' })

	test('it knows the chain and its accounts', async () => {
		assert.equal(await web3.eth.getChainId(), BigInt(CHAIN_ID))
		assert.equal(await web3.eth.net.getId(), BigInt(CHAIN_ID))
		assert.equal(await web3.eth.net.isListening(), true)
		assert.ok((await web3.eth.getBalance(me)) > 9_000n * COIN)
		assert.match(await web3.eth.getNodeInfo(), /\w/)
		assert.equal((await web3.eth.getBlock(0)).number, 0n)
		assert.ok((await web3.eth.getGasPrice()) > 0n)
		assert.equal(await web3.eth.isSyncing(), false)
	})

	test('coins are sent and the receipt is right', async () => {
		const to = freshKey().address
		const receipt = await web3.eth.sendTransaction({ from: me, to, value: 5n * COIN, gas: 21_000n })
		assert.equal(receipt.status, 1n)
		assert.equal(receipt.gasUsed, 21_000n)
		assert.equal(await web3.eth.getBalance(to), 5n * COIN)
		const read = await web3.eth.getTransaction(receipt.transactionHash)
		assert.deepEqual([read.value, read.to.toLowerCase()], [5n * COIN, to.toLowerCase()])
		assert.equal(await web3.eth.getTransactionCount(me), BigInt(read.nonce) + 1n)
	})

	test('a contract is called, changed, and read in the past', async () => {
		assert.ok((await web3.eth.getCode(counter.options.address)).length > 100)
		const { blockNumber } = await add(3n, 'three')
		assert.equal(await counter.methods.count().call(), 3n)
		await add(4n, 'four')
		assert.equal(await counter.methods.count().call(), 7n)
		assert.equal(await counter.methods.count().call({}, blockNumber), 3n)
		assert.equal(await web3.eth.getStorageAt(counter.options.address, 0), `0x${'7'.padStart(64, '0')}`)
	})

	test('an error has its name and arguments', async () => {
		await assert.rejects(counter.methods.add(5_000n, '').call({ from: me }), error => {
			const { errorName, errorArgs } = error.cause ?? error.innerError
			assert.equal(errorName, 'TooFar')
			assert.equal(errorArgs.most, 1_000n)
			return true
		})
		await assert.rejects(counter.methods.add(5_000n, '').estimateGas({ from: me }))
	})

	test('past events are found by name and by argument', async () => {
		const { transactionHash } = await add(1n, 'find me')
		const by = { fromBlock: 0, toBlock: 'latest' }
		const all = await counter.getPastEvents('Counted', { ...by, filter: { by: me } })
		assert.equal(all.at(-1).transactionHash, transactionHash)
		assert.equal(all.at(-1).returnValues.note, 'find me')
		const none = await counter.getPastEvents('Counted', { ...by, filter: { by: freshKey().address } })
		assert.deepEqual(none, [])
	})

	test('subscriptions deliver heads, logs and waiting transactions', async () => {
		const [heads, logs, hashes, events] = [new Inbox(), new Inbox(), new Inbox(), new Inbox()]
		const open = [
			[await socket.eth.subscribe('newBlockHeaders'), heads],
			[await socket.eth.subscribe('logs', { address: counter.options.address }), logs],
			[await socket.eth.subscribe('newPendingTransactions'), hashes],
		]
		for (const [subscription, inbox] of open) subscription.on('data', inbox.push)
		const live = new socket.eth.Contract(abi, counter.options.address)
		const counted = live.events.Counted({ filter: { by: me } })
		const ready = new Promise(resolve => counted.on('connected', resolve))
		counted.on('data', events.push)
		await ready
		const { blockNumber, transactionHash } = await add(1n, 'heard')
		await heads.first(20_000, 'the head', ({ number }) => number === blockNumber)
		await logs.first(20_000, 'the log', log => log.transactionHash === transactionHash)
		await hashes.first(20_000, 'the hash', hash => hash === transactionHash)
		const event = await events.first(20_000, 'the event', ({ returnValues }) => returnValues.note === 'heard')
		assert.equal(event.event, 'Counted')
		for (const [subscription] of open) await subscription.unsubscribe()
		await counted.unsubscribe()
	})

	test('requests travel in a batch', async () => {
		const batch = new web3.BatchRequest()
		const request = (method, ...params) =>
			batch.add({ jsonrpc: '2.0', method, params, id: method })
		const answers = [request('eth_blockNumber'), request('eth_chainId'), request('eth_getBalance', me, 'latest')]
		await batch.execute()
		const [number, id, balance] = await Promise.all(answers)
		assert.deepEqual([Number(number) > 0, Number(id), BigInt(balance) > COIN], [true, CHAIN_ID, true])
	})

	test('what the wallet signs, the library verifies', async () => {
		const { signature } = web3.eth.accounts.sign('out of many', privateKey)
		assert.equal(web3.eth.accounts.recover('out of many', signature), me)
	})
})
