// SPDX-License-Identifier: Apache-2.0
//
// One person, many wallets: wallets of every chain, by their real libraries, are bound to one identity.

import assert from 'node:assert/strict'
import { u8aToHex } from '@polkadot/util'
import { idCom } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'
import { bitcoin, metamask, phantom, tronLink } from '../lib/wallets.mjs'

describe('bindings', () => {
	let node, api
	const alice = account('//Alice')
	const hex = who => u8aToHex(idCom(who.address))

	before(async () => {
		node = await startNode({ name: 'bindings' })
		api = await node.api()
	})
	after(() => node?.stop())

	async function bind(owner, wallet) {
		const { message, nonce } = await node.rpc(
			'unum_bindingMessage',
			owner.address,
			wallet.vm,
			wallet.address,
		)
		const text = message.split('\n')
		assert.ok(text.includes(`Address: ${wallet.address}`), message)
		assert.ok(text.includes(`Identity: ${hex(owner)}`), message)
		assert.ok(text.includes(`Nonce: ${nonce}`), message)
		const proof = await wallet.prove(message)
		return send(api, api.tx.idCom.bind(wallet.encoded, proof), owner)
	}

	const wallets = [
		metamask('one'),
		phantom('one'),
		tronLink('one'),
		bitcoin('p2wpkh', 'one'),
		bitcoin('p2tr', 'one'),
		bitcoin('p2pkh', 'one'),
	]

	test('a wallet of every kind is bound, with what it held', async () => {
		const owner = freshAccount('owner')
		await send(api, api.tx.balances.transferKeepAlive(owner.address, 10n * UNIT), alice)
		for (const wallet of wallets) {
			const before = await node.rpc('unum_ownerOf', wallet.vm, wallet.address)
			assert.equal(before.origin, null, wallet.address)
			await send(api, api.tx.balances.transferKeepAlive(before.idCom, UNIT), alice)
			const bound = await bind(owner, wallet)
			assert.equal(bound.event('idCom', 'Swept').amount.toBigInt(), UNIT)
			assert.deepEqual(await node.rpc('unum_ownerOf', wallet.vm, wallet.address), {
				idCom: hex(owner),
				origin: 'bound',
			})
			assert.equal(await node.rpc('unum_resolve', wallet.vm, wallet.address), hex(owner))
			assert.equal(await freeBalance(api, before.idCom), 0n)
		}
		assert.ok((await freeBalance(api, owner.address)) > 15n * UNIT)
		const { addresses } = await node.rpc('unum_addresses', owner.address)
		const bound = addresses.filter(({ origin }) => origin === 'bound').map(({ address }) => address)
		assert.deepEqual(bound.sort(), wallets.map(({ address }) => address).sort())
		// Each VM shows the first one that was bound.
		for (const wallet of [wallets[0], wallets[1], wallets[2], wallets[3]])
			assert.equal(await node.rpc('unum_addressOf', owner.address, wallet.vm), wallet.address)
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})

	test('a wallet that is given back is its own again', async () => {
		const wallet = wallets[0]
		const { idCom: owner } = await node.rpc('unum_ownerOf', wallet.vm, wallet.address)
		const other = freshAccount('other')
		await send(api, api.tx.balances.transferKeepAlive(other.address, UNIT), alice)
		await assert.rejects(bind(other, wallet), /OwnedByAnother.*unbind/s)
		await assert.rejects(
			send(api, api.tx.idCom.unbind(wallet.encoded), other),
			/NotBound/,
		)
		assert.equal((await node.rpc('unum_ownerOf', wallet.vm, wallet.address)).idCom, owner)
	})

	test('a signature of another wallet binds nothing', async () => {
		const wallet = metamask('honest')
		const { message } = await node.rpc(
			'unum_bindingMessage',
			alice.address,
			wallet.vm,
			wallet.address,
		)
		const proof = await metamask('thief').prove(message)
		await assert.rejects(
			send(api, api.tx.idCom.bind(wallet.encoded, proof), alice),
			/WrongSignature/,
		)
	})

	test('the native operation binds, too, and is refused before inclusion where it can not', async () => {
		const owner = freshAccount('by opcode')
		await send(api, api.tx.balances.transferKeepAlive(owner.address, UNIT), alice)
		const wallet = phantom('two')
		const { message } = await node.rpc(
			'unum_bindingMessage',
			owner.address,
			wallet.vm,
			wallet.address,
		)
		const [address, proof] = [wallet.encoded, await wallet.prove(message)]
		const submit = () =>
			send(api, api.tx.dispatch.submit({ BindAddress: { address, proof } }, null), owner)
		await submit()
		assert.equal(await node.rpc('unum_resolve', wallet.vm, wallet.address), hex(owner))
		await assert.rejects(submit(), /belongs to this identity already/)
	})

	test('tokens are swept by anybody, to the owner only', async () => {
		const owner = freshAccount('sweeper')
		await send(api, api.tx.balances.transferKeepAlive(owner.address, UNIT), alice)
		const wallet = tronLink('three')
		const unbound = (await node.rpc('unum_ownerOf', wallet.vm, wallet.address)).idCom
		const created = await send(
			api,
			api.tx.unifiedTokens.createMint(`0x${'31'.repeat(32)}`, 6, null, 'Swept', 'SWP', null, null),
			alice,
		)
		const mint = created.event('unifiedTokens', 'MintCreated').mint.toHex()
		await send(api, api.tx.unifiedTokens.mintTo(mint, unbound, 500n), alice)
		await bind(owner, wallet)
		await send(api, api.tx.idCom.sweep(wallet.encoded, [mint]), account('//Bob'))
		const [coin, token] = await node.rpc('unum_balances', owner.address)
		assert.equal(coin.symbol, 'UNUM')
		assert.deepEqual(token, {
			mint,
			amount: '500',
			decimals: 6,
			symbol: 'SWP',
			name: 'Swept',
			frozen: false,
		})
	})
})
