// SPDX-License-Identifier: Apache-2.0
//
// The runtime is exchanged while the chain runs: the same node process, no restart, nothing lost, and
// one virtual machine more than before.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stringToHex, u8aToHex } from '@polkadot/util'
import { blake2AsHex } from '@polkadot/util-crypto'
import { addressesOf, idCom } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { PROBE_BIN, run } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send, sudo } from '../lib/tx.mjs'
import { eventually } from '../lib/wait.mjs'

const KEY_VALUE_VM = 5

/** The Wasm of the probe runtime: one version newer, with a sixth engine. */
async function probeCode() {
	const path = process.env.UNUM_PROBE_WASM ?? (await run(PROBE_BIN, [])).stdout.trim()
	return u8aToHex(readFileSync(path))
}

const WAYS = [
	{
		name: 'sudo(system.setCode)',
		upgrade: async (api, code) => {
			const call = api.tx.system.setCode(code)
			// A new runtime may take a whole block: its weight is not counted against this one's limit.
			await send(
				api,
				api.tx.sudo.sudoUncheckedWeight(call, { refTime: 0, proofSize: 0 }),
				account('//Alice'),
			)
		},
	},
	{
		name: 'authorizeUpgrade and applyAuthorizedUpgrade',
		upgrade: async (api, code) => {
			await sudo(api, api.tx.system.authorizeUpgrade(blake2AsHex(code)))
			// Anyone may apply what was authorized; something else is refused.
			await assert.rejects(
				send(api, api.tx.system.applyAuthorizedUpgrade(`${code.slice(0, -2)}00`), account('//Bob')),
				/Unauthorized|1010/,
			)
			await send(api, api.tx.system.applyAuthorizedUpgrade(code), account('//Bob'))
		},
	},
]

for (const { name, upgrade } of WAYS) {
	describe(`live upgrade by ${name}`, () => {
		let node, api, before_
		const [alice, bob] = [account('//Alice'), account('//Bob')]
		const receiver = freshAccount('receiver')
		const nativeTransfer = (to, amount, asset = null) =>
			api.tx.dispatch.submit({ Transfer: { asset, to: to.address, amount } }, null)

		before(async () => {
			node = await startNode({ name: 'upgrade' })
			api = await node.api()
		})
		after(() => node?.stop())

		/** What must be the same before and after. */
		async function snapshot(mint, transaction) {
			return {
				accounts: (await api.query.system.account.entries())
					.map(([key, info]) => [key.toHex(), info.toHex()])
					.filter(([key]) => !key.endsWith(u8aToHex(alice.publicKey).slice(2)))
					.filter(([key]) => !key.endsWith(u8aToHex(bob.publicKey).slice(2))),
				mints: (await api.query.unifiedTokens.mints.entries()).map(entry => entry.map(String)),
				balances: (await api.query.unifiedTokens.balances.entries()).map(entry =>
					entry.map(String),
				),
				receipt: await node.rpc('unum_receipt', transaction),
				evm: await node.rpc('unum_resolve', 'evm', addressesOf(receiver.address).evm),
				issuance: (await api.query.unifiedTokens.mints(mint)).unwrap().supply.toBigInt(),
				genesis: await node.rpc('chain_getBlockHash', 0),
			}
		}

		let mint, transaction, pid, version

		test('before: state is made, and it is sound', async () => {
			pid = node.pid
			version = api.runtimeVersion.specVersion.toNumber()
			const create = api.tx.unifiedTokens.createMint(
				u8aToHex(randomBytes(32)),
				12,
				null,
				'Kept',
				'KEPT',
				alice.address,
				null,
			)
			mint = (await send(api, create, alice)).event('unifiedTokens', 'MintCreated').mint.toHex()
			await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1000n), alice)
			await send(api, nativeTransfer(receiver, 300n, mint), alice)
			await send(
				api,
				api.tx.dispatch.submit(
					{ CreateAccount: { idCom: freshAccount('created').address, amount: UNIT } },
					null,
				),
				alice,
			)
			transaction = (await send(api, nativeTransfer(receiver, 7n * UNIT), alice)).hash
			before_ = await snapshot(mint, transaction)
			assert.ok(before_.receipt)
			assert.equal((await node.rpc('unum_engines')).length, 3)
			assert.deepEqual(await node.rpc('unum_checkState'), [])
		})

		test('the upgrade itself', async () => {
			await upgrade(api, await probeCode())
			// One block under the new runtime: migrations run, if there are any.
			await send(api, api.tx.system.remark('0x'), bob).catch(async () => {
				// Signed for the old version while the connection was learning of the new one.
				await eventually(
					30_000,
					'the new version',
					() => api.runtimeVersion.specVersion.toNumber() > version,
				)
				return send(api, api.tx.system.remark('0x'), bob)
			})
			await eventually(
				30_000,
				'polkadot.js to follow the upgrade',
				() => api.runtimeVersion.specVersion.toNumber() === version + 1,
			)
			assert.equal(Number((await node.rpc('state_getRuntimeVersion')).specVersion), version + 1)
		})

		test('after: the same process, nothing lost, and still sound', async () => {
			assert.equal(node.pid, pid)
			assert.ok(node.process.running)
			assert.deepEqual(await snapshot(mint, transaction), before_)
			assert.deepEqual(await node.rpc('unum_checkState'), [])
		})

		test('after: the other engines work as before', async () => {
			const [coins, tokens] = [await freeBalance(api, receiver.address), 300n]
			await send(api, nativeTransfer(receiver, UNIT), alice)
			await send(api, nativeTransfer(receiver, 5n, mint), alice)
			assert.equal(await freeBalance(api, receiver.address), coins + UNIT)
			const held = await api.query.unifiedTokens.balances(receiver.address, mint)
			assert.equal(held.amount.toBigInt(), tokens + 5n)
		})

		test('after: the new engine is listed, and works through polkadot.js', async () => {
			const engines = await node.rpc('unum_engines')
			assert.equal(engines.length, 4)
			assert.deepEqual(engines.at(-1), {
				vm: KEY_VALUE_VM,
				name: 'kv',
				firstOpcode: '0x50',
				lastOpcode: '0x5f',
				enabled: true,
			})
			const [key, value] = [stringToHex('motto'), stringToHex('out of many, one')]
			const submit = payload => send(api, api.tx.dispatch.submit(payload, null), alice)

			const put = await submit({ KvPut: { key, value } })
			const receipt = await node.rpc('unum_receipt', put.hash)
			assert.equal(receipt.status, 'success')
			assert.equal(receipt.vm, KEY_VALUE_VM)
			assert.equal(receipt.opcode, '0x50')
			assert.equal(receipt.sender, u8aToHex(idCom(alice.address)))
			assert.deepEqual(
				receipt.logs.map(({ data }) => data),
				[value],
			)

			await submit({ KvDelete: { key } })
			await assert.rejects(submit({ KvDelete: { key } }), /no value under this key/)
			await assert.rejects(
				submit({ KvPut: { key: `0x${'00'.repeat(65)}`, value } }),
				/longer than 64 bytes/,
			)
			assert.deepEqual(await node.rpc('unum_checkState'), [])
		})

		test('after: the new engine can be switched off, and the old one does not notice', async () => {
			await sudo(api, api.tx.dispatch.setEngineEnabled(KEY_VALUE_VM, false))
			await assert.rejects(
				send(api, api.tx.dispatch.submit({ KvPut: { key: '0x00', value: '0x00' } }, null), alice),
				/switched off/,
			)
			await send(api, nativeTransfer(receiver, 1n), alice)
			await sudo(api, api.tx.dispatch.setEngineEnabled(KEY_VALUE_VM, true))
			await send(
				api,
				api.tx.dispatch.submit({ KvPut: { key: '0x00', value: '0x00' } }, null),
				alice,
			)
		})
	})
}

describe('an upgrade that must not happen', () => {
	let node, api
	before(async () => {
		node = await startNode({ name: 'no-upgrade' })
		api = await node.api()
	})
	after(() => node?.stop())

	test('code that is no runtime, and code from somebody who is not root', async () => {
		const version = api.runtimeVersion.specVersion.toNumber()
		const unchecked = call => api.tx.sudo.sudoUncheckedWeight(call, { refTime: 0, proofSize: 0 })
		await assert.rejects(
			send(api, unchecked(api.tx.system.setCode('0x00112233')), account('//Alice')),
			/system\.\w+: \w/,
		)
		// The running runtime once more: the version has to grow.
		const current = await node.rpc('state_getStorage', '0x3a636f6465')
		await assert.rejects(
			send(api, unchecked(api.tx.system.setCode(current)), account('//Alice')),
			/system\.SpecVersionNeedsToIncrease/,
		)
		await assert.rejects(
			send(api, api.tx.system.setCode(current), account('//Bob')),
			/BadOrigin|1010/,
		)
		assert.equal(Number((await node.rpc('state_getRuntimeVersion')).specVersion), version)
		await send(api, api.tx.system.remark('0x'), account('//Alice'))
	})
})
