// SPDX-License-Identifier: Apache-2.0
//
// The dispatcher and the native VM behind it: operations, receipts, and everything that is refused
// before inclusion, each with its own sentence.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util'
import { idCom } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import {
	UNIT,
	account,
	freeBalance,
	freshAccount,
	nextNonce,
	send,
	signedWithCall,
	sudo,
} from '../lib/tx.mjs'
import { eventually } from '../lib/wait.mjs'

const NATIVE = 0
const MAX_U128 = 2n ** 128n - 1n
const MAX_PAYLOAD_BYTES = 128 * 1024

describe('dispatch', () => {
	let node, api
	const alice = account('//Alice')
	const bob = account('//Bob')

	before(async () => {
		node = await startNode({ name: 'dispatch' })
		api = await node.api()
	})
	after(() => node?.stop())

	/** What payment_queryInfo says about a signed extrinsic. */
	const predictedFee = async extrinsic =>
		BigInt((await node.rpc('payment_queryInfo', extrinsic.toHex())).partialFee)

	const transfer = (to, amount, asset = null) =>
		api.tx.dispatch.submit({ Transfer: { asset, to: to.address, amount } }, null)

	async function funded(label, amount = 10n * UNIT) {
		const who = freshAccount(label)
		await send(api, api.tx.balances.transferKeepAlive(who.address, amount), alice)
		return who
	}

	async function createMint(creator) {
		const salt = u8aToHex(randomBytes(32))
		const call = api.tx.unifiedTokens.createMint(
			salt,
			12,
			null,
			'Test',
			'TEST',
			creator.address,
			null,
		)
		return (await send(api, call, creator)).event('unifiedTokens', 'MintCreated').mint.toHex()
	}

	describe('operations', () => {
		test('a payload is its opcode and then the fields, as in any other client', async () => {
			const call = api.tx.dispatch.submit(
				{ Transfer: { asset: null, to: bob.address, amount: 258n } },
				`0x${'ab'.repeat(16)}`,
			)
			const [pallet] = call.method.callIndex
			const amount = new Uint8Array(16)
			amount.set([2, 1])
			const expected = u8aConcat(
				[pallet, 0],
				[0x01, 0],
				idCom(bob.address),
				amount,
				[1],
				new Uint8Array(16).fill(0xab),
			)
			assert.equal(u8aToHex(call.method.toU8a()), u8aToHex(expected))
			const token = transfer(bob, 1n, `0x${'07'.repeat(32)}`).method.toU8a()
			assert.deepEqual([...token.slice(2, 6)], [0x01, 1, 7, 7])
		})

		test('a native transfer moves coins, and its receipt says so', async () => {
			const receiver = freshAccount('receiver')
			const call = transfer(receiver, 3n * UNIT)
			await call.signAsync(alice, { nonce: -1 })
			const predicted = await predictedFee(call)
			const included = await send(api, call, null)
			assert.equal(await freeBalance(api, receiver.address), 3n * UNIT)
			const fee = included.event('transactionPayment', 'TransactionFeePaid').actualFee.toBigInt()
			assert.ok(fee > 0n && fee <= predicted, `${fee} charged, ${predicted} predicted`)

			const executed = included.event('dispatch', 'Executed')
			assert.equal(executed.vm.toNumber(), NATIVE)
			assert.equal(executed.opcode.toNumber(), 1)
			assert.equal(executed.sender.toString(), alice.address)

			const receipt = await node.rpc('unum_receipt', included.hash)
			const { number } = await node.rpc('chain_getHeader', included.blockHash)
			assert.equal(receipt.transactionHash, included.hash)
			assert.equal(receipt.blockHash, included.blockHash)
			assert.equal(receipt.blockNumber, Number(number))
			assert.equal(receipt.index, 0)
			assert.equal(receipt.vm, NATIVE)
			assert.equal(receipt.vmName, 'native')
			assert.equal(receipt.opcode, '0x01')
			assert.equal(receipt.sender, u8aToHex(idCom(alice.address)))
			assert.equal(receipt.status, 'success')
			assert.equal(receipt.error, null)
			assert.equal(receipt.nativeStatus, '0x')
			assert.equal(BigInt(receipt.fee), fee)
			assert.ok(receipt.gasUsed.refTime > 0)
		})

		test('the receipts of a block are found by hash, by number, and of the best block', async () => {
			const included = await send(api, transfer(bob, 1n), alice)
			const byHash = await node.rpc('unum_receipts', included.blockHash)
			assert.equal(byHash.length, 1)
			assert.equal(byHash[0].transactionHash, included.hash)
			assert.deepEqual(await node.rpc('unum_receipts', byHash[0].blockNumber), byHash)
			assert.deepEqual(await node.rpc('unum_receipts', null), byHash)
			assert.deepEqual(await node.rpc('unum_receipts'), byHash)
			await send(api, api.tx.system.remark('0x'), alice)
			assert.deepEqual(await node.rpc('unum_receipts', null), [])
			assert.deepEqual(await node.rpc('unum_receipt', included.hash), byHash[0])
		})

		test('a transaction that never was has no receipt', async () => {
			assert.equal(await node.rpc('unum_receipt', `0x${'00'.repeat(32)}`), null)
			await assert.rejects(node.rpc('unum_receipts', `0x${'00'.repeat(32)}`), /block/i)
			await assert.rejects(node.rpc('unum_receipts', 4_000_000_000), /block/i)
		})

		test('an account is created with an endowment, once', async () => {
			const created = freshAccount('created')
			const call = amount =>
				api.tx.dispatch.submit({ CreateAccount: { idCom: created.address, amount } }, null)
			const included = await send(api, call(2n * UNIT), alice)
			assert.equal(await freeBalance(api, created.address), 2n * UNIT)
			const receipt = await node.rpc('unum_receipt', included.hash)
			assert.equal(receipt.opcode, '0x02')
			assert.ok((await api.query.system.account(created.address)).sufficients.toNumber() > 0)
			await assert.rejects(send(api, call(1n), alice), /exists/i)
		})

		test('a token moves like a coin', async () => {
			const mint = await createMint(alice)
			const receiver = freshAccount('receiver')
			await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 100n), alice)
			await send(api, transfer(receiver, 40n, mint), alice)
			const held = owner => api.query.unifiedTokens.balances(owner.address, mint)
			assert.equal((await held(receiver)).amount.toBigInt(), 40n)
			assert.equal((await held(alice)).amount.toBigInt(), 60n)
		})

		test('the context tag comes back in the receipt', async () => {
			const tag = u8aToHex(randomBytes(16))
			const call = api.tx.dispatch.submit(
				{ Transfer: { asset: null, to: bob.address, amount: 1n } },
				tag,
			)
			const included = await send(api, call, alice)
			assert.equal((await node.rpc('unum_receipt', included.hash)).context, tag)
		})

		test('a batch has one receipt for each operation, in order', async () => {
			const [first, second] = [freshAccount(), freshAccount()]
			const included = await send(
				api,
				api.tx.utility.batchAll([transfer(first, UNIT), transfer(second, 2n * UNIT)]),
				alice,
			)
			const receipts = await node.rpc('unum_receipts', included.blockHash)
			assert.deepEqual(
				receipts.map(({ index }) => index),
				[0, 1],
			)
			assert.deepEqual(
				new Set(receipts.map(({ transactionHash }) => transactionHash)),
				new Set([included.hash]),
			)
			assert.equal(await freeBalance(api, second.address), 2n * UNIT)
		})

		test('a proxy operates as the account that named it', async () => {
			const owner = await funded('owner', 100n * UNIT)
			const receiver = freshAccount('receiver')
			await send(api, api.tx.proxy.addProxy(bob.address, 'Any', 0), owner)
			const included = await send(
				api,
				api.tx.proxy.proxy(owner.address, null, transfer(receiver, UNIT)),
				bob,
			)
			const receipt = await node.rpc('unum_receipt', included.hash)
			assert.equal(receipt.sender, u8aToHex(idCom(owner.address)))
			assert.equal(await freeBalance(api, receiver.address), UNIT)
		})
	})

	describe('engines', () => {
		test('are listed with their opcodes', async () => {
			const [native] = await node.rpc('unum_engines')
			assert.deepEqual(native, {
				vm: NATIVE,
				name: 'native',
				firstOpcode: '0x01',
				lastOpcode: '0x0f',
				enabled: true,
			})
		})

		test('are switched off and on by root, and by nobody else', async () => {
			const [mint, receiver] = [await createMint(alice), freshAccount('receiver')]
			await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
			await assert.rejects(
				send(api, api.tx.dispatch.setEngineEnabled(NATIVE, false), bob),
				/BadOrigin/,
			)
			await sudo(api, api.tx.dispatch.setEngineEnabled(NATIVE, false))
			try {
				assert.equal((await node.rpc('unum_engines'))[0].enabled, false)
				await assert.rejects(send(api, transfer(receiver, 1n), alice), /switched off|disabled/i)
				// Nothing else stops with it.
				await send(api, api.tx.unifiedTokens.transfer(mint, receiver.address, 1n), alice)
				await send(api, api.tx.balances.transferKeepAlive(receiver.address, 1n), alice)
			} finally {
				await sudo(api, api.tx.dispatch.setEngineEnabled(NATIVE, true))
			}
			await send(api, transfer(receiver, 1n), alice)
			assert.equal(await freeBalance(api, receiver.address), 2n)
		})

		test('that do not exist cannot be switched', async () => {
			await assert.rejects(
				sudo(api, api.tx.dispatch.setEngineEnabled(99, false)),
				/dispatch\.UnknownEngine: \w/,
			)
		})
	})

	describe('what is refused before inclusion', () => {
		/**
		 * Submits, expects a refusal with that sentence, and that it left no trace: no block, no fee,
		 * no nonce, nothing waiting in the pool.
		 */
		async function refused(who, extrinsic, sentence) {
			const height = await node.best()
			const balance = await freeBalance(api, who.address)
			const nonce = await nextNonce(api, who.address)
			await assert.rejects(node.rpc('author_submitExtrinsic', extrinsic), error => {
				assert.match(error.message, sentence)
				assert.doesNotMatch(error.message, /panic|unreachable|trap/i)
				return true
			})
			assert.equal(await node.best(), height)
			assert.equal(await freeBalance(api, who.address), balance)
			assert.equal(await nextNonce(api, who.address), nonce)
			assert.deepEqual(await node.rpc('author_pendingExtrinsics'), [])
		}

		const rawSubmit = (...parts) => {
			const [pallet] = api.tx.dispatch.setEngineEnabled.callIndex
			return u8aConcat([pallet, 0], ...parts)
		}

		async function signedHex(extrinsic, who, options = {}) {
			await extrinsic.signAsync(who, { nonce: -1, ...options })
			return extrinsic.toHex()
		}

		const goodPayload = () => transfer(bob, 1n).method.toU8a().slice(2, -1)
		const NO_TAG = [0]

		test('the test’s own raw calls are sound: the same bytes as polkadot.js are accepted', async () => {
			const receiver = freshAccount('receiver')
			const call = transfer(receiver, 5n).method.toU8a()
			await node.rpc('author_submitExtrinsic', await signedWithCall(api, alice, call))
			await eventually(
				30_000,
				'the transfer',
				async () => (await freeBalance(api, receiver.address)) === 5n,
			)
		})

		test('an unknown opcode', async () => {
			for (const opcode of [0x00, 0x10, 0x77, 0xff]) {
				const call = rawSubmit([opcode], goodPayload().slice(1), NO_TAG)
				const hex = opcode.toString(16).padStart(2, '0')
				await refused(bob, await signedWithCall(api, bob, call), new RegExp(`opcode 0x${hex}`, 'i'))
			}
		})

		test('an opcode of a known VM that means nothing yet', async () => {
			const call = rawSubmit([0x0f], goodPayload().slice(1), NO_TAG)
			await refused(bob, await signedWithCall(api, bob, call), /0x0f/i)
		})

		test('no payload at all', async () => {
			await refused(bob, await signedWithCall(api, bob, rawSubmit()), /empty|no opcode|truncated/i)
		})

		test('truncated bytes', async () => {
			const payload = goodPayload()
			for (const length of [1, 2, 20, payload.length - 1]) {
				const call = rawSubmit(payload.slice(0, length))
				await refused(bob, await signedWithCall(api, bob, call), /truncated|end/i)
			}
		})

		test('trailing bytes', async () => {
			for (const surplus of [[0], [0, 0, 0]]) {
				const call = rawSubmit(goodPayload(), NO_TAG, surplus)
				await refused(bob, await signedWithCall(api, bob, call), /trailing|more bytes|surplus/i)
			}
		})

		test('a payload of more than 128 KiB', async () => {
			const call = rawSubmit([0x01], new Uint8Array(MAX_PAYLOAD_BYTES), NO_TAG)
			await refused(bob, await signedWithCall(api, bob, call), /131,?072|128 KiB|too (large|long)/i)
		})

		test('an engine that is switched off', async () => {
			await sudo(api, api.tx.dispatch.setEngineEnabled(NATIVE, false))
			try {
				await refused(bob, await signedHex(transfer(alice, 1n), bob), /switched off|disabled/i)
			} finally {
				await sudo(api, api.tx.dispatch.setEngineEnabled(NATIVE, true))
			}
		})

		test('an unknown mint', async () => {
			const call = transfer(alice, 1n, `0x${'07'.repeat(32)}`)
			await refused(bob, await signedHex(call, bob), /mint.*0707|0707.*mint/i)
		})

		test('more coins than there are, with both numbers', async () => {
			const who = await funded('short')
			const call = transfer(alice, 11n * UNIT)
			await refused(
				who,
				await signedHex(call, who),
				/balance.*11000000000000000000|11000000000000000000.*balance/i,
			)
		})

		test('coins that the fee needs', async () => {
			const who = await funded('exact')
			await refused(who, await signedHex(transfer(alice, 10n * UNIT), who), /balance|fee/i)
		})

		test('more tokens than there are', async () => {
			const mint = await createMint(alice)
			await send(api, api.tx.unifiedTokens.mintTo(mint, bob.address, 10n), alice)
			await refused(bob, await signedHex(transfer(alice, 11n, mint), bob), /balance/i)
		})

		test('an amount that no balance can hold', async () => {
			await refused(
				bob,
				await signedHex(transfer(alice, MAX_U128), bob),
				/balance|overflow|exceed/i,
			)
		})

		test('a nonce that was used', async () => {
			const who = await funded('used')
			await send(api, transfer(alice, 1n), who)
			await refused(
				who,
				await signedHex(transfer(alice, 1n), who, { nonce: 0 }),
				/nonce|outdated|stale/i,
			)
		})

		test('a signature of somebody else', async () => {
			const call = transfer(alice, 1n)
			await call.signAsync(bob, { nonce: -1 })
			const bytes = hexToU8a(call.toHex())
			// Length prefix (2), version (1), MultiAddress::Id (1): the first byte of the account.
			bytes[4] ^= 1
			await assert.rejects(
				node.rpc('author_submitExtrinsic', u8aToHex(bytes)),
				/signature|proof|payment/i,
			)
		})

		test('an extrinsic for another chain or another runtime version', async () => {
			const foreign = transfer(alice, 1n)
			await foreign.signAsync(bob, {
				nonce: -1,
				era: 0,
				genesisHash: `0x${'01'.repeat(32)}`,
				blockHash: `0x${'01'.repeat(32)}`,
			})
			await refused(bob, foreign.toHex(), /signature|proof/i)
		})
	})

	test('a nonce from the future waits until it is its turn', async () => {
		const who = await funded('eager')
		const receiver = freshAccount('receiver')
		const second = transfer(receiver, 2n)
		await second.signAsync(who, { nonce: 1 })
		await node.rpc('author_submitExtrinsic', second.toHex())
		assert.equal(await nextNonce(api, who.address), 0)
		await send(api, transfer(receiver, 1n), who, { nonce: 0 })
		await eventually(
			30_000,
			'the waiting transfer',
			async () => (await freeBalance(api, receiver.address)) === 3n,
		)
	})

	test('all invariants hold after all that', async () => {
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})
})

describe('dispatch: included and failed', () => {
	let node, api
	const alice = account('//Alice')

	before(async () => {
		node = await startNode({ name: 'dispatch-manual', sealing: 'manual' })
		api = await node.api()
	})
	after(() => node?.stop())

	test('a transfer that another one in the same block made impossible: fee and nonce stay, the rest is undone', async () => {
		const [sender, receiver] = [freshAccount('sender'), freshAccount('receiver')]
		await node.rpc(
			'author_submitExtrinsic',
			(
				await api.tx.balances
					.transferKeepAlive(sender.address, 10n * UNIT)
					.signAsync(alice, { nonce: -1 })
			).toHex(),
		)
		await node.seal()

		// Each is fine by itself, so both enter the pool; the block has room for one.
		const extrinsics = []
		for (const nonce of [0, 1]) {
			const call = api.tx.dispatch.submit(
				{ Transfer: { asset: null, to: receiver.address, amount: 6n * UNIT } },
				null,
			)
			await call.signAsync(sender, { nonce })
			extrinsics.push(await node.rpc('author_submitExtrinsic', call.toHex()))
		}
		const block = await node.seal()

		const [first, second] = await node.rpc('unum_receipts', block)
		assert.deepEqual([first.transactionHash, second.transactionHash], extrinsics)
		assert.equal(first.status, 'success')
		assert.equal(second.status, 'reverted')
		assert.match(second.error, /balance/i)
		assert.notEqual(second.nativeStatus, '0x')
		assert.deepEqual(second.logs, [])
		assert.equal(await freeBalance(api, receiver.address), 6n * UNIT)
		const fees = BigInt(first.fee) + BigInt(second.fee)
		assert.ok(BigInt(second.fee) > 0n)
		assert.equal(await freeBalance(api, sender.address), 4n * UNIT - fees)
		assert.equal((await api.query.system.account(sender.address)).nonce.toNumber(), 2)

		const failed = (await (await api.at(block)).query.system.events())
			.map(({ event }) => event)
			.filter(({ section, method }) => section === 'dispatch' && method === 'ExecutionFailed')
		assert.equal(failed.length, 1)
		assert.match(failed[0].data.message.toUtf8(), /balance/i)
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})
})
