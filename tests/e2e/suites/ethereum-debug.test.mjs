// SPDX-License-Identifier: Apache-2.0
//
// Traces: what happened inside a transaction, in the forms of geth's tracers.

import assert from 'node:assert/strict'
import { ContractFactory, id, toBeHex, toQuantity } from 'ethers'
import { devSigner, startEthereum } from '../lib/ethereum.mjs'
import { checkShape } from '../lib/schemas.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const ZERO = `0x${'00'.repeat(32)}`
const word = number => toBeHex(number, 32)
const same = (a, b) => assert.equal(a?.toLowerCase(), b?.toLowerCase())

describe('debug', () => {
	const { Counter } = compileFile('Calls.sol')
	let ethereum, signer, counter, address, me, added, attempted

	const trace = (hash, tracer, tracerConfig) =>
		ethereum.rpc('debug_traceTransaction', hash, { tracer, tracerConfig })

	/** The part of an object by address that belongs to one. */
	const of = (object, owner) =>
		Object.entries(object).find(([key]) => key.toLowerCase() === owner.toLowerCase())?.[1]

	before(async () => {
		ethereum = await startEthereum()
		signer = devSigner(9, ethereum.provider())
		me = await signer.getAddress()
		counter = await new ContractFactory(Counter.abi, Counter.bytecode, signer).deploy()
		address = await counter.getAddress()
		const done = async sent => (await sent).wait()
		await done(counter.add(1n, 'first'))
		added = await done(counter.add(4n, 'traced'))
		attempted = await done(counter.attempt(5_000n))
	})
	after(() => ethereum?.stop())

	test('callTracer: the calls as a tree', async () => {
		const frame = await trace(attempted.hash, 'callTracer')
		checkShape('callFrame', frame)
		assert.deepEqual([frame.type, frame.value, frame.error], ['CALL', '0x0', undefined])
		same(frame.from, me)
		same(frame.to, address)
		assert.equal(BigInt(frame.gasUsed), attempted.gasUsed)
		assert.equal(frame.input, Counter.abi.encodeFunctionData('attempt', [5_000n]))
		assert.equal(frame.output, ZERO)
		const [inner] = frame.calls
		checkShape('callFrame', inner)
		assert.deepEqual([frame.calls.length, inner.type, inner.error], [1, 'CALL', 'execution reverted'])
		same(inner.from, address)
		assert.equal(inner.input, Counter.abi.encodeFunctionData('add', [5_000n, '']))
		const { name, args } = Counter.abi.parseError(inner.output)
		assert.deepEqual([name, ...args], ['TooFar', 5_005n, 1_000n])
		assert.ok(BigInt(inner.gas) < BigInt(frame.gas))
	})

	test('callTracer: only the top, and with logs', async () => {
		const top = await trace(attempted.hash, 'callTracer', { onlyTopCall: true })
		assert.equal(top.calls, undefined)
		const { logs } = await trace(added.hash, 'callTracer', { withLog: true })
		assert.equal(logs.length, 1)
		same(logs[0].address, address)
		assert.deepEqual(logs[0].topics, added.logs[0].topics)
		assert.equal(logs[0].data, added.logs[0].data)
	})

	test('callTracer: a creation and a plain transfer', async () => {
		const creation = await trace(counter.deploymentTransaction().hash, 'callTracer')
		checkShape('callFrame', creation)
		assert.equal(creation.type, 'CREATE')
		same(creation.to, address)
		assert.equal(creation.input, Counter.bytecode)
		assert.equal(creation.output, Counter.runtime)
		const sent = await signer.sendTransaction({ to: me, value: 7n })
		await sent.wait()
		const transfer = await trace(sent.hash, 'callTracer')
		assert.deepEqual([transfer.type, transfer.value, transfer.gasUsed], ['CALL', '0x7', '0x5208'])
		assert.equal(transfer.calls, undefined)
	})

	test('prestateTracer: what was touched, as it was', async () => {
		const state = await trace(added.hash, 'prestateTracer')
		checkShape('prestate', state)
		const [sender, contract] = [of(state, me), of(state, address)]
		assert.equal(sender.nonce, (await ethereum.rpc('eth_getTransactionByHash', added.hash)).nonce * 1)
		assert.equal(contract.code, Counter.runtime)
		assert.equal(contract.storage[ZERO], word(1))
		const parent = toQuantity(added.blockNumber - 1)
		assert.equal(sender.balance, await ethereum.rpc('eth_getBalance', me, parent))
	})

	test('prestateTracer: what changed, before and after', async () => {
		const diff = await trace(added.hash, 'prestateTracer', { diffMode: true })
		checkShape('prestateDiff', diff)
		assert.equal(of(diff.pre, address).storage[ZERO], word(1))
		assert.equal(of(diff.post, address).storage[ZERO], word(5))
		assert.equal(of(diff.post, me).nonce, of(diff.pre, me).nonce + 1)
		const paid = BigInt(of(diff.pre, me).balance) - BigInt(of(diff.post, me).balance)
		assert.equal(paid, added.gasUsed * added.gasPrice)
		// What stayed as it was is not said again.
		assert.equal(of(diff.post, address).code, undefined)
	})

	test('4byteTracer: selectors and the sizes of their arguments', async () => {
		const selector = signature => id(signature).slice(0, 10)
		const size = (Counter.abi.encodeFunctionData('add', [5_000n, '']).length - 10) / 2
		assert.deepEqual(await trace(attempted.hash, '4byteTracer'), {
			[`${selector('attempt(uint256)')}-32`]: 1,
			[`${selector('add(uint256,string)')}-${size}`]: 1,
		})
	})

	test('without a tracer: every step', async () => {
		const steps = await ethereum.rpc('debug_traceTransaction', added.hash)
		checkShape('structTrace', steps)
		assert.deepEqual([BigInt(steps.gas), steps.failed], [added.gasUsed, false])
		assert.equal(BigInt(steps.returnValue), 5n)
		const [first] = steps.structLogs
		assert.deepEqual([first.pc, first.op, first.depth, first.stack], [0, 'PUSH1', 1, []])
		const stores = steps.structLogs.filter(({ op }) => op === 'SSTORE')
		assert.equal(stores.length, 1)
		assert.deepEqual(stores[0].stack.slice(-2).map(BigInt), [5n, 0n])
		assert.equal(steps.structLogs.at(-1).op, 'RETURN')
		assert.equal(first.memory, undefined)
		const options = { disableStack: true, disableStorage: true, enableMemory: true }
		const bare = await ethereum.rpc('debug_traceTransaction', added.hash, options)
		assert.ok(bare.structLogs.every(({ stack, storage }) => stack === undefined && storage === undefined))
		assert.ok(bare.structLogs.some(({ memory }) => memory?.length > 0))
		const inner = await ethereum.rpc('debug_traceTransaction', attempted.hash)
		assert.ok(inner.structLogs.some(({ op, depth }) => op === 'REVERT' && depth === 2))
	})

	test('a call that was never sent, and all transactions of a block', async () => {
		const data = Counter.abi.encodeFunctionData('attempt', [5_000n])
		const config = { tracer: 'callTracer' }
		const frame = await ethereum.rpc('debug_traceCall', { from: me, to: address, data }, 'latest', config)
		checkShape('callFrame', frame)
		assert.equal(frame.calls[0].error, 'execution reverted')
		const number = toQuantity(added.blockNumber)
		for (const [how, at] of [['Number', number], ['Hash', added.blockHash]]) {
			const all = await ethereum.rpc(`debug_traceBlockBy${how}`, at, config)
			const mine = all.find(({ txHash }) => txHash === added.hash)
			same(mine.result.to, address)
		}
	})

	test('what can not be traced is an error', async () => {
		await ethereum.refused('debug_traceTransaction', `0x${'ab'.repeat(32)}`)
		await ethereum.refused('debug_traceTransaction', added.hash, { tracer: 'noSuchTracer' })
		await ethereum.refused('debug_traceBlockByNumber', '0xffffffff', { tracer: 'callTracer' })
	})
})
