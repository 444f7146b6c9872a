// SPDX-License-Identifier: Apache-2.0
//
// What wallets and tools ask a node first: metadata, the list of methods, the new JSON-RPC interface.

import assert from 'node:assert/strict'
import { WsProvider } from '@polkadot/api'
import { hexToU8a } from '@polkadot/util'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freshAccount, send } from '../lib/tx.mjs'
import { Inbox, within } from '../lib/wait.mjs'

const OUR_PALLETS = ['IdCom', 'UnifiedTokens', 'Native', 'Dispatch']

/** The extensions of an unmodified Substrate chain: any wallet can sign for it. */
const STOCK_EXTENSIONS = [
	'AuthorizeCall',
	'ChargeTransactionPayment',
	'CheckGenesis',
	'CheckMetadataHash',
	'CheckMortality',
	'CheckNonZeroSender',
	'CheckNonce',
	'CheckSpecVersion',
	'CheckTxVersion',
	'CheckWeight',
	'WeightReclaim',
]

const METHODS = [
	'author_pendingExtrinsics author_submitAndWatchExtrinsic author_submitExtrinsic',
	'chain_getBlock chain_getBlockHash chain_getFinalizedHead chain_getHeader',
	'chain_subscribeFinalizedHeads chain_subscribeNewHeads',
	'chainHead_v1_body chainHead_v1_call chainHead_v1_follow chainHead_v1_header chainHead_v1_storage',
	'chainSpec_v1_chainName chainSpec_v1_genesisHash chainSpec_v1_properties',
	'payment_queryFeeDetails payment_queryInfo',
	'state_call state_getMetadata state_getRuntimeVersion state_getStorage state_subscribeStorage',
	'system_accountNextIndex system_chain system_health system_name system_properties system_version',
	'transaction_v1_broadcast transactionWatch_v1_submitAndWatch',
	'unum_addressOf unum_engines unum_receipt unum_receipts unum_resolve',
]

describe('rpc', () => {
	let node, api, provider
	const alice = account('//Alice')

	before(async () => {
		node = await startNode({ name: 'rpc' })
		api = await node.api()
		provider = new WsProvider(node.url, false)
		await provider.connect()
		await within(10_000, 'a connection', provider.isReady)
	})
	after(async () => {
		await provider?.disconnect()
		await node?.stop()
	})

	test('every promised method is there', async () => {
		const { methods } = await node.rpc('rpc_methods')
		const missing = METHODS.join(' ')
			.split(' ')
			.filter(method => !methods.includes(method))
		assert.deepEqual(missing, [])
	})

	test('the chain introduces itself', async () => {
		const properties = await node.rpc('system_properties')
		assert.equal(properties.tokenDecimals, 18)
		assert.equal(properties.ss58Format, 42)
		assert.match(properties.tokenSymbol, /^[A-Z]+$/)
		assert.match(await node.rpc('system_chain'), /dev/i)
		assert.equal(await node.rpc('system_chainType'), 'Development')
		assert.match(await node.rpc('system_name'), /unum/i)
		assert.equal(api.runtimeVersion.specName.toString(), 'unum')
	})

	test('metadata comes in versions 14, 15 and 16', async () => {
		const versions = (await api.call.metadata.metadataVersions()).toJSON()
		for (const version of [14, 15, 16]) {
			assert.ok(versions.includes(version), `${version} is not among ${versions}`)
			const answer = hexToU8a(
				await node.rpc(
					'state_call',
					'Metadata_metadata_at_version',
					`0x${version.toString(16).padStart(2, '0')}000000`,
				),
			)
			// Option::Some, a compact length of four bytes, the magic word "meta", the version.
			assert.equal(answer[0], 1)
			assert.equal(Buffer.from(answer.slice(5, 9)).toString(), 'meta')
			assert.equal(answer[9], version)
		}
	})

	test('only stock transaction extensions are asked for', () => {
		const unknown = api.registry.signedExtensions.filter(name => !STOCK_EXTENSIONS.includes(name))
		assert.deepEqual(unknown, [])
		assert.ok(api.registry.signedExtensions.includes('CheckMetadataHash'))
	})

	test('every call, event, error and storage item of our pallets is documented', () => {
		const bare = []
		let documented = 0
		for (const pallet of api.runtimeMetadata.asLatest.pallets) {
			const name = pallet.name.toString()
			if (!OUR_PALLETS.includes(name)) continue
			for (const kind of ['calls', 'events', 'errors']) {
				if (pallet[kind].isNone) continue
				const { def } = api.registry.lookup.getSiType(pallet[kind].unwrap().type)
				for (const variant of def.asVariant.variants) {
					if (!variant.docs.join('').trim()) bare.push(`${name}.${kind}.${variant.name}`)
					else documented += 1
				}
			}
			for (const item of pallet.storage.unwrapOrDefault().items) {
				if (!item.docs.join('').trim()) bare.push(`${name}.storage.${item.name}`)
				else documented += 1
			}
		}
		assert.deepEqual(bare, [])
		assert.ok(documented > 40, `only ${documented} items were found`)
	})

	test('chainHead_v1_follow announces the finalized block, and new blocks after it', async () => {
		const events = new Inbox()
		const id = await provider.subscribe(
			'chainHead_v1_followEvent',
			'chainHead_v1_follow',
			[true],
			(_, event) => events.push(event),
		)
		const initialized = await events.first(
			30_000,
			'initialized',
			({ event }) => event === 'initialized',
		)
		assert.ok(initialized.finalizedBlockHashes.length > 0)
		assert.equal(initialized.finalizedBlockRuntime.spec.specName, 'unum')

		const included = await send(
			api,
			api.tx.balances.transferKeepAlive(freshAccount().address, UNIT),
			alice,
		)
		await events.first(
			30_000,
			'the new block',
			({ event, blockHash }) => event === 'newBlock' && blockHash === included.blockHash,
		)
		await provider.unsubscribe('chainHead_v1_followEvent', 'chainHead_v1_unfollow', id)
	})

	test('transactionWatch_v1_submitAndWatch follows a transaction into a block', async () => {
		const transfer = api.tx.balances.transferKeepAlive(freshAccount().address, UNIT)
		await transfer.signAsync(alice, { nonce: -1 })
		const events = new Inbox()
		await provider.subscribe(
			'transactionWatch_v1_watchEvent',
			'transactionWatch_v1_submitAndWatch',
			[transfer.toHex()],
			(_, event) => events.push(event),
		)
		const { block } = await events.first(
			30_000,
			'inclusion',
			({ event, block }) => event === 'bestChainBlockIncluded' && block !== null,
		)
		const { extrinsics } = (await api.rpc.chain.getBlock(block.hash)).block
		assert.equal(extrinsics[Number(block.index)].hash.toHex(), transfer.hash.toHex())
	})

	test('system_accountNextIndex counts what is in the pool', async () => {
		const sender = freshAccount('sender')
		await send(api, api.tx.balances.transferKeepAlive(sender.address, 10n * UNIT), alice)
		assert.equal(await node.rpc('system_accountNextIndex', sender.address), 0)
		await send(api, api.tx.balances.transferKeepAlive(alice.address, 1n), sender)
		assert.equal(await node.rpc('system_accountNextIndex', sender.address), 1)
	})

	test('an unknown method and a malformed parameter are answered with an error, not with silence', async () => {
		await assert.rejects(node.rpc('unum_noSuchMethod'), /-32601/)
		await assert.rejects(node.rpc('unum_receipt', 'not a hash'), /-32602|hash|hex/i)
		await assert.rejects(node.rpc('unum_addressOf', 'not an address', 'evm'), /address|SS58|hex/i)
		await assert.rejects(node.rpc('unum_addressOf', alice.address, 'no-such-vm'), /vm/i)
		await assert.rejects(node.rpc('author_submitExtrinsic', '0x00'), /1002|1010|decode|verif/i)
		await assert.rejects(node.rpc('author_submitExtrinsic', '0x'), /1002|1010|decode|verif/i)
	})
})
