// SPDX-License-Identifier: Apache-2.0
//
// The native coin through polkadot.js: transfers, fees, events, subscriptions.

import assert from 'node:assert/strict'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, nextNonce, send } from '../lib/tx.mjs'
import { Inbox, eventually } from '../lib/wait.mjs'

describe('balances', () => {
	let node, api
	const alice = account('//Alice')
	const bob = account('//Bob')

	before(async () => {
		node = await startNode({ name: 'balances' })
		api = await node.api()
	})
	after(() => node?.stop())

	/** What payment_queryInfo says about a signed extrinsic. */
	const predictedFee = async extrinsic =>
		BigInt((await node.rpc('payment_queryInfo', extrinsic.toHex())).partialFee)

	test('development accounts are funded', async () => {
		for (const uri of ['//Alice', '//Bob', '//Charlie', '//Dave', '//Eve', '//Ferdie']) {
			assert.ok((await freeBalance(api, account(uri).address)) > UNIT, uri)
		}
	})

	test('a transfer moves the amount and charges the fee that payment_queryInfo predicted', async () => {
		const receiver = freshAccount('receiver')
		const before = await freeBalance(api, alice.address)
		const transfer = api.tx.balances.transferKeepAlive(receiver.address, 3n * UNIT)
		const estimate = (await transfer.paymentInfo(alice)).partialFee.toBigInt()
		await transfer.signAsync(alice, { nonce: -1 })
		const predicted = await predictedFee(transfer)

		const included = await send(api, transfer, null)

		const paid = included.event('transactionPayment', 'TransactionFeePaid')
		assert.equal(paid.who.toString(), alice.address)
		assert.equal(paid.actualFee.toBigInt(), predicted)
		assert.equal(predicted, estimate)
		assert.ok(predicted > 0n)
		const moved = included.event('balances', 'Transfer')
		assert.equal(moved.from.toString(), alice.address)
		assert.equal(moved.to.toString(), receiver.address)
		assert.equal(moved.amount.toBigInt(), 3n * UNIT)
		assert.equal(await freeBalance(api, receiver.address), 3n * UNIT)
		assert.equal(await freeBalance(api, alice.address), before - 3n * UNIT - predicted)
	})

	test('a tip is charged on top of the fee', async () => {
		const transfer = api.tx.balances.transferKeepAlive(bob.address, 1n)
		await transfer.signAsync(alice, { nonce: -1, tip: 5n * UNIT })
		const predicted = await predictedFee(transfer)
		const paid = (await send(api, transfer, null)).event('transactionPayment', 'TransactionFeePaid')
		assert.equal(paid.tip.toBigInt(), 5n * UNIT)
		assert.equal(paid.actualFee.toBigInt(), predicted + 5n * UNIT)
	})

	test('a balance subscription sees the change', async () => {
		const receiver = freshAccount('subscribed')
		const seen = new Inbox()
		const unsubscribe = await api.query.system.account(receiver.address, ({ data }) =>
			seen.push(data.free.toBigInt()),
		)
		await seen.first(30_000, 'the balance before', balance => balance === 0n)
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, UNIT), alice)
		await seen.first(30_000, 'the balance after', balance => balance === UNIT)
		unsubscribe()
	})

	test('an event subscription sees the transfer', async () => {
		const receiver = freshAccount('observed')
		const seen = new Inbox()
		const unsubscribe = await api.query.system.events(records => {
			for (const { event } of records)
				if (api.events.balances.Transfer.is(event)) seen.push(event.data)
		})
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, 7n), alice)
		const data = await seen.first(
			30_000,
			'the transfer',
			({ to }) => to.toString() === receiver.address,
		)
		assert.equal(data.amount.toBigInt(), 7n)
		unsubscribe()
	})

	test('one base unit opens an account: the existential deposit is 1', async () => {
		const receiver = freshAccount('tiny')
		assert.equal(api.consts.balances.existentialDeposit.toBigInt(), 1n)
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, 1n), alice)
		assert.equal(await freeBalance(api, receiver.address), 1n)
	})

	test('a transfer of more than there is fails in the block, charges the fee, and moves nothing', async () => {
		const poor = freshAccount('poor')
		const receiver = freshAccount('receiver')
		await send(api, api.tx.balances.transferKeepAlive(poor.address, 10n * UNIT), alice)
		const failure = await send(
			api,
			api.tx.balances.transferKeepAlive(receiver.address, 100n * UNIT),
			poor,
		).then(
			() => assert.fail('it succeeded'),
			error => error,
		)
		assert.match(failure.message, /funds|balance/i)
		const fee = failure.included
			.event('transactionPayment', 'TransactionFeePaid')
			.actualFee.toBigInt()
		assert.equal(await freeBalance(api, poor.address), 10n * UNIT - fee)
		assert.equal(await freeBalance(api, receiver.address), 0n)
		assert.equal(await nextNonce(api, poor.address), 1)
	})

	test('an account without coins cannot send: refused before inclusion', async () => {
		await assert.rejects(
			send(api, api.tx.balances.transferKeepAlive(bob.address, 1n), freshAccount('penniless')),
			/1010.*(payment|pay|balance)/i,
		)
	})

	test('an emptied account is kept: its nonce does not start again', async () => {
		const sender = freshAccount('emptied')
		await send(api, api.tx.balances.transferKeepAlive(sender.address, 10n * UNIT), alice)
		await send(api, api.tx.balances.transferAll(bob.address, false), sender)
		assert.equal(await freeBalance(api, sender.address), 0n)
		assert.equal(await nextNonce(api, sender.address), 1)
		await send(api, api.tx.balances.transferKeepAlive(sender.address, 10n * UNIT), alice)
		assert.equal((await api.query.system.account(sender.address)).nonce.toNumber(), 1)
	})

	test('an extrinsic that was executed once is refused the second time, even after draining and funding', async () => {
		const sender = freshAccount('replayed')
		await send(api, api.tx.balances.transferKeepAlive(sender.address, 10n * UNIT), alice)
		const drain = api.tx.balances.transferAll(bob.address, false)
		await drain.signAsync(sender, { nonce: 0, era: 0 })
		await send(api, drain, null)
		await send(api, api.tx.balances.transferKeepAlive(sender.address, 10n * UNIT), alice)
		// The pool knows a transaction until its block is final; what is asked here is what comes then.
		let answer = ''
		await eventually(30_000, 'the pool to forget the transaction', async () => {
			answer = await node.rpc('author_submitExtrinsic', drain.toHex()).catch(String)
			return !/already imported/i.test(answer)
		})
		assert.match(answer, /outdated|stale|nonce/i)
		assert.equal(await freeBalance(api, sender.address), 10n * UNIT)
	})

	test('total issuance is what all accounts hold', async () => {
		const accounts = await api.query.system.account.entries()
		const held = accounts.reduce(
			(sum, [, { data }]) => sum + data.free.toBigInt() + data.reserved.toBigInt(),
			0n,
		)
		assert.equal(held, (await api.query.balances.totalIssuance()).toBigInt())
	})
})
