// SPDX-License-Identifier: Apache-2.0
//
// What several calls or several people do together: batches, proxies, multisignature accounts.

import assert from 'node:assert/strict'
import { createKeyMulti, encodeAddress, sortAddresses } from '@polkadot/util-crypto'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'

describe('accounts', () => {
	let node, api
	const alice = account('//Alice')
	const bob = account('//Bob')
	const charlie = account('//Charlie')

	before(async () => {
		node = await startNode({ name: 'accounts' })
		api = await node.api()
	})
	after(() => node?.stop())

	test('batchAll makes all calls', async () => {
		const [first, second] = [freshAccount(), freshAccount()]
		const included = await send(
			api,
			api.tx.utility.batchAll([
				api.tx.balances.transferKeepAlive(first.address, UNIT),
				api.tx.balances.transferKeepAlive(second.address, 2n * UNIT),
			]),
			alice,
		)
		included.event('utility', 'BatchCompleted')
		assert.equal(await freeBalance(api, first.address), UNIT)
		assert.equal(await freeBalance(api, second.address), 2n * UNIT)
	})

	test('batchAll makes none when one fails', async () => {
		const receiver = freshAccount()
		const tooMuch = 2n * (await freeBalance(api, alice.address))
		await assert.rejects(
			send(
				api,
				api.tx.utility.batchAll([
					api.tx.balances.transferKeepAlive(receiver.address, UNIT),
					api.tx.balances.transferKeepAlive(receiver.address, tooMuch),
				]),
				alice,
			),
			/funds|balance/i,
		)
		assert.equal(await freeBalance(api, receiver.address), 0n)
	})

	test('a proxy acts for the account that named it, and no longer once removed', async () => {
		const [owner, receiver] = [freshAccount('owner'), freshAccount('receiver')]
		await send(api, api.tx.balances.transferKeepAlive(owner.address, 100n * UNIT), alice)
		await send(api, api.tx.proxy.addProxy(bob.address, 'Any', 0), owner)

		const transfer = api.tx.balances.transferKeepAlive(receiver.address, UNIT)
		const included = await send(api, api.tx.proxy.proxy(owner.address, null, transfer), bob)
		assert.ok(included.event('proxy', 'ProxyExecuted').result.isOk)
		assert.equal(included.event('balances', 'Transfer').from.toString(), owner.address)
		assert.equal(await freeBalance(api, receiver.address), UNIT)

		await assert.rejects(
			send(api, api.tx.proxy.proxy(owner.address, null, transfer), charlie),
			/proxy\.NotProxy/,
		)
		await send(api, api.tx.proxy.removeProxy(bob.address, 'Any', 0), owner)
		await assert.rejects(
			send(api, api.tx.proxy.proxy(owner.address, null, transfer), bob),
			/proxy\.NotProxy/,
		)
		assert.equal(await freeBalance(api, receiver.address), UNIT)
	})

	test('two of three signatories move what the multisignature account holds', async () => {
		const people = sortAddresses([alice.address, bob.address, charlie.address], 42)
		const shared = encodeAddress(createKeyMulti(people, 2), 42)
		const others = signer => people.filter(address => address !== signer.address)
		const receiver = freshAccount('receiver')
		await send(api, api.tx.balances.transferKeepAlive(shared, 10n * UNIT), alice)

		const call = api.tx.balances.transferKeepAlive(receiver.address, 4n * UNIT)
		const { weight } = await call.paymentInfo(alice)
		const opened = await send(
			api,
			api.tx.multisig.approveAsMulti(2, others(alice), null, call.method.hash, weight),
			alice,
		)
		opened.event('multisig', 'NewMultisig')
		assert.equal(await freeBalance(api, receiver.address), 0n)

		const { when } = (await api.query.multisig.multisigs(shared, call.method.hash)).unwrap()
		const closed = await send(api, api.tx.multisig.asMulti(2, others(bob), when, call, weight), bob)
		assert.ok(closed.event('multisig', 'MultisigExecuted').result.isOk)
		assert.equal(await freeBalance(api, receiver.address), 4n * UNIT)
		assert.equal(await freeBalance(api, shared), 6n * UNIT)
		assert.ok((await api.query.multisig.multisigs(shared, call.method.hash)).isNone)
	})

	test('only the sudo key is root', async () => {
		const call = api.tx.sudo.sudo(api.tx.system.remark('0x'))
		await assert.rejects(send(api, call, bob), /sudo|RequireSudo|BadOrigin|1010/i)
		const included = await send(api, call, alice)
		assert.ok(included.event('sudo', 'Sudid').sudoResult.isOk)
	})
})
