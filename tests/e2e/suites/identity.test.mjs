// SPDX-License-Identifier: Apache-2.0
//
// One account, five addresses: what the node answers against values computed here.

import assert from 'node:assert/strict'
import { base58, bech32, bech32m } from '@scure/base'
import { u8aToHex } from '@polkadot/util'
import { ethereumEncode } from '@polkadot/util-crypto'
import { addressesOf, idCom, tronAddress, unbound } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freshAccount, send } from '../lib/tx.mjs'

const VMS = /** @type {const} */ (['evm', 'svm', 'bvm', 'tvm'])

describe('identity', () => {
	let node, api
	const alice = account('//Alice')

	before(async () => {
		node = await startNode({ name: 'identity' })
		api = await node.api()
	})
	after(() => node?.stop())

	test('an account has the derived address on every VM', async () => {
		for (const id of [alice.address, freshAccount('never seen').address, `0x${'01'.repeat(32)}`]) {
			const expected = addressesOf(id)
			for (const [number, vm] of VMS.entries()) {
				assert.equal(await node.rpc('unum_addressOf', id, vm), expected[vm], `${vm} of ${id}`)
				assert.equal(await node.rpc('unum_addressOf', id, number + 1), expected[vm])
			}
		}
		assert.equal(
			await node.rpc('unum_addressOf', u8aToHex(idCom(alice.address)), 'native'),
			alice.address,
		)
	})

	test('known values', async () => {
		const id = `0x${'01'.repeat(32)}`
		assert.equal(
			await node.rpc('unum_addressOf', id, 'evm'),
			'0x719b599193eb0D1111F8cFbe4f37EBd11ECeaaAe',
		)
		assert.equal(
			await node.rpc('unum_addressOf', id, 'svm'),
			'bUkqfza7VdurUu3X7Y13GQBc33hXpMTHemor4yt6gTY',
		)
		assert.equal(await node.rpc('unum_addressOf', id, 'tvm'), 'TLRzHq8QGQVP3rtQUYNu1KC61unb4RfXwk')
		assert.equal(
			await node.rpc('unum_resolve', 'evm', `0x${'aa'.repeat(20)}`),
			'0xbd1c19ee867e04de200cd30472d93a624a8062b25fc73ae540d0be08ba5e1381',
		)
	})

	test('an account that was seen owns its addresses', async () => {
		const receiver = freshAccount('receiver')
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, UNIT), alice)
		for (const who of [alice, receiver]) {
			const id = u8aToHex(idCom(who.address))
			const addresses = addressesOf(who.address)
			for (const vm of VMS) assert.equal(await node.rpc('unum_resolve', vm, addresses[vm]), id, vm)
			assert.equal(await node.rpc('unum_resolve', 'native', who.address), id)
			assert.equal(await node.rpc('unum_resolve', 'native', id), id)
		}
	})

	test('an address that nobody has shown resolves to its own identity, on each VM another', async () => {
		const bytes20 = new Uint8Array(20).fill(0x42)
		const bytes32 = new Uint8Array(32).fill(0x42)
		const scripts = [
			[
				bech32.encode('bcrt', [0, ...bech32.toWords(bytes20)]),
				Uint8Array.from([0x00, 20, ...bytes20]),
			],
			[
				bech32m.encode('bcrt', [1, ...bech32m.toWords(bytes32)]),
				Uint8Array.from([0x51, 32, ...bytes32]),
			],
		]
		assert.equal(
			await node.rpc('unum_resolve', 'evm', ethereumEncode(bytes20)),
			unbound.evm(bytes20),
		)
		assert.equal(await node.rpc('unum_resolve', 'tvm', tronAddress(bytes20)), unbound.tvm(bytes20))
		assert.equal(
			await node.rpc('unum_resolve', 'svm', base58.encode(bytes32)),
			unbound.svm(bytes32),
		)
		for (const [address, script] of scripts) {
			assert.equal(await node.rpc('unum_resolve', 'bvm', address), unbound.bvm(script), address)
		}
	})

	test('a mistyped address is refused with a reason', async () => {
		const addresses = addressesOf(alice.address)
		const cases = [
			['evm', addresses.evm.replace(/[a-f]/, letter => letter.toUpperCase()), /checksum|case/i],
			['evm', addresses.evm.slice(0, -1), /40|digits|length|20 bytes/i],
			[
				'tvm',
				`${addresses.tvm.slice(0, -1)}${addresses.tvm.endsWith('1') ? '2' : '1'}`,
				/checksum/i,
			],
			['svm', `${addresses.svm}0`, /base58|character/i],
			['bvm', addresses.bvm.replace(/.$/, last => (last === 'q' ? 'p' : 'q')), /checksum|bech32/i],
			['bvm', addresses.bvm.replace('bcrt', 'bc'), /checksum|bcrt|prefix|network|bech32/i],
			['native', `${alice.address}x`, /SS58|hex/i],
			['nvm', addresses.evm, /VM/],
		]
		for (const [vm, address, reason] of cases) {
			await assert.rejects(node.rpc('unum_resolve', vm, address), reason, `${vm} ${address}`)
		}
	})

	test('both answers can be asked of an older block', async () => {
		const receiver = freshAccount('receiver')
		const before = await node.rpc('chain_getBlockHash')
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, UNIT), alice)
		const { evm } = addressesOf(receiver.address)
		const id = u8aToHex(idCom(receiver.address))
		assert.equal(await node.rpc('unum_resolve', 'evm', evm), id)
		assert.notEqual(await node.rpc('unum_resolve', 'evm', evm, before), id)
	})
})
