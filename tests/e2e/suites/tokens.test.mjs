// SPDX-License-Identifier: Apache-2.0
//
// The unified token ledger through polkadot.js.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { base58 } from '@scure/base'
import { hexToU8a, u8aToHex } from '@polkadot/util'
import { ethereumEncode } from '@polkadot/util-crypto'
import { addressesOf, mintId, sha256, tronAddress } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freshAccount, send } from '../lib/tx.mjs'

const MAX_U128 = 2n ** 128n - 1n

describe('unified tokens', () => {
	let node, api
	const alice = account('//Alice')
	const bob = account('//Bob')
	const charlie = account('//Charlie')

	before(async () => {
		node = await startNode({ name: 'tokens' })
		api = await node.api()
	})
	after(() => node?.stop())

	/** @returns {Promise<string>} */
	async function createMint({
		creator = alice,
		decimals = 12,
		authority = creator.address,
		salt = randomBytes(32),
	} = {}) {
		const included = await send(
			api,
			api.tx.unifiedTokens.createMint(
				u8aToHex(salt),
				decimals,
				null,
				'Test Coin',
				'TEST',
				authority,
				null,
			),
			creator,
		)
		return included.event('unifiedTokens', 'MintCreated').mint.toHex()
	}

	async function balance(owner, mint) {
		return (await api.query.unifiedTokens.balances(owner.address, mint)).amount.toBigInt()
	}

	async function mintInfo(mint) {
		return (await api.query.unifiedTokens.mints(mint)).unwrap()
	}

	async function allowance(mint, owner, spender) {
		return (
			await api.query.unifiedTokens.allowances(mint, owner.address, spender.address)
		).toBigInt()
	}

	test('the id of a mint follows from its creator and a salt', async () => {
		const salt = randomBytes(32)
		const mint = await createMint({ salt, decimals: 6 })
		assert.equal(mint, mintId(alice.address, salt))
		const info = await mintInfo(mint)
		assert.equal(info.supply.toBigInt(), 0n)
		assert.equal(info.decimals.toNumber(), 6)
		assert.equal(info.svmDecimals.toNumber(), 6)
		assert.equal(info.name.toUtf8(), 'Test Coin')
		assert.equal(info.symbol.toUtf8(), 'TEST')
		assert.equal(info.mintAuthority.unwrap().toString(), alice.address)
		assert.ok(info.freezeAuthority.isNone)
	})

	test('the same salt makes a second mint for another creator, and none for the same', async () => {
		const salt = randomBytes(32)
		const ofAlice = await createMint({ salt })
		const ofBob = await createMint({ salt, creator: bob })
		assert.notEqual(ofAlice, ofBob)
		await assert.rejects(
			createMint({ salt }),
			/unifiedTokens\.\w*(Exists|Taken|InUse|Already)\w*: \w/i,
		)
	})

	test('tokens are minted, moved and burnt, and the supply follows', async () => {
		const mint = await createMint()
		const receiver = freshAccount('receiver')
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1000n), alice)
		await send(api, api.tx.unifiedTokens.transfer(mint, receiver.address, 400n), alice)
		assert.equal(await balance(alice, mint), 600n)
		assert.equal(await balance(receiver, mint), 400n)
		await send(api, api.tx.unifiedTokens.burn(mint, 100n), alice)
		assert.equal(await balance(alice, mint), 500n)
		assert.equal((await mintInfo(mint)).supply.toBigInt(), 900n)
	})

	test('a balance subscription sees a token arrive', async () => {
		const mint = await createMint()
		const arrived = new Promise(resolve => {
			api.query.unifiedTokens.balances(bob.address, mint, ({ amount }) => {
				if (amount.toBigInt() === 5n) resolve(true)
			})
		})
		await send(api, api.tx.unifiedTokens.mintTo(mint, bob.address, 5n), alice)
		await arrived
	})

	test('a spender moves what was approved and not more', async () => {
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1000n), alice)
		await send(api, api.tx.unifiedTokens.approve(mint, bob.address, 300n), alice)
		await send(
			api,
			api.tx.unifiedTokens.transferFrom(mint, alice.address, charlie.address, 200n),
			bob,
		)
		assert.equal(await balance(charlie, mint), 200n)
		assert.equal(await allowance(mint, alice, bob), 100n)
		await assert.rejects(
			send(api, api.tx.unifiedTokens.transferFrom(mint, alice.address, charlie.address, 101n), bob),
			/unifiedTokens\.\w*Allowance\w*: \w/i,
		)
		await send(
			api,
			api.tx.unifiedTokens.transferFrom(mint, alice.address, charlie.address, 100n),
			bob,
		)
		assert.equal(await allowance(mint, alice, bob), 0n)
	})

	test('an unlimited approval does not run down', async () => {
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
		await send(api, api.tx.unifiedTokens.approve(mint, bob.address, MAX_U128), alice)
		await send(api, api.tx.unifiedTokens.transferFrom(mint, alice.address, bob.address, 4n), bob)
		assert.equal(await allowance(mint, alice, bob), MAX_U128)
	})

	test('nothing and to oneself: both succeed and change nothing', async () => {
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
		await send(api, api.tx.unifiedTokens.transfer(mint, bob.address, 0n), alice)
		await send(api, api.tx.unifiedTokens.transfer(mint, alice.address, 7n), alice)
		assert.equal(await balance(alice, mint), 10n)
		assert.equal(await balance(bob, mint), 0n)
	})

	test('a balance of nothing leaves no storage behind', async () => {
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
		await send(api, api.tx.unifiedTokens.transfer(mint, bob.address, 10n), alice)
		const key = api.query.unifiedTokens.balances.key(alice.address, mint)
		assert.equal(await node.rpc('state_getStorage', key), null)
	})

	test('who holds only a token is a full account: it keeps its nonce and its address index', async () => {
		const holder = freshAccount('holder')
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, holder.address, 10n), alice)
		assert.ok((await api.query.system.account(holder.address)).sufficients.toNumber() > 0)
	})

	test('what cannot be done fails in the pallet’s own words', async () => {
		const mint = await createMint()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
		const calls = api.tx.unifiedTokens
		const cases = /** @type {const} */ ([
			[calls.transfer(mint, bob.address, 11n), alice, /\w*(Balance|Funds)\w*: \w/i],
			[calls.burn(mint, 11n), alice, /\w*(Balance|Funds)\w*: \w/i],
			[calls.mintTo(mint, bob.address, 1n), bob, /\w*(Authority|Authorised|Permission)\w*: \w/i],
			[calls.mintTo(mint, bob.address, MAX_U128), alice, /\w*(Overflow|Supply|Svm)\w*: \w/i],
			[
				calls.transfer(`0x${'07'.repeat(32)}`, bob.address, 1n),
				alice,
				/Unknown\w*Mint|UnknownMint|MintNotFound/i,
			],
			[
				calls.createMint(u8aToHex(randomBytes(32)), 19, null, 'n', 's', null, null),
				alice,
				/Decimals\w*: \w/i,
			],
			[
				calls.createMint(u8aToHex(randomBytes(32)), 6, 7, 'n', 's', null, null),
				alice,
				/Decimals\w*: \w/i,
			],
		])
		for (const [call, signer, expected] of cases) {
			await assert.rejects(send(api, call, signer), expected, call.method.toHuman().method)
		}
		assert.equal(await balance(alice, mint), 10n)
		assert.equal((await mintInfo(mint)).supply.toBigInt(), 10n)
	})

	test('all tokens of an owner are one prefix of storage', async () => {
		const owner = freshAccount('collector')
		const mints = [await createMint(), await createMint()]
		for (const mint of mints)
			await send(api, api.tx.unifiedTokens.mintTo(mint, owner.address, 3n), alice)
		const entries = await api.query.unifiedTokens.balances.entries(owner.address)
		assert.deepEqual(entries.map(([key]) => key.args[1].toHex()).sort(), [...mints].sort())
	})

	test('tokens travel in a batch with coins', async () => {
		const mint = await createMint()
		const receiver = freshAccount('receiver')
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 10n), alice)
		await send(
			api,
			api.tx.utility.batchAll([
				api.tx.balances.transferKeepAlive(receiver.address, UNIT),
				api.tx.unifiedTokens.transfer(mint, receiver.address, 10n),
			]),
			alice,
		)
		assert.equal(await balance(receiver, mint), 10n)
	})
	test('a token and a holding, as each VM sees them', async () => {
		// 12 decimals, of which the SVM shows 9.
		const mint = await createMint()
		const owner = freshAccount('holder')
		await send(api, api.tx.unifiedTokens.mintTo(mint, owner.address, 5_000_000_000_999n), alice)
		const [mintBytes, addresses] = [hexToU8a(mint), addressesOf(owner.address)]

		const token = await node.rpc('unum_token', mint)
		const contract = sha256('erc20-addr:', mintBytes).slice(12)
		assert.deepEqual(token.erc20, {
			address: ethereumEncode(contract),
			decimals: 12,
			totalSupply: '5000000000999',
		})
		assert.equal(token.trc20.address, tronAddress(contract))
		assert.deepEqual(
			{ mint: token.spl.mint, decimals: token.spl.decimals, supply: token.spl.supply },
			{ mint: base58.encode(mintBytes), decimals: 9, supply: '5000000000' },
		)
		const mintData = hexToU8a(token.spl.data)
		assert.equal(mintData.length, 82)
		assert.equal(new DataView(mintData.buffer).getBigUint64(36, true), 5_000_000_000n)
		for (const [vm, address] of Object.entries({
			evm: token.erc20.address,
			tvm: token.trc20.address,
			svm: token.spl.mint,
		})) {
			assert.equal((await node.rpc('unum_token', address, vm)).mint, mint, vm)
		}
		assert.equal(await node.rpc('unum_token', addresses.evm, 'evm'), null)

		const holding = await node.rpc('unum_holding', mint, owner.address)
		assert.equal(holding.amount, '5000000000999')
		assert.equal(holding.erc20Holder, addresses.evm)
		assert.equal(holding.trc20Holder, addresses.tvm)
		assert.equal(holding.spl.owner, addresses.svm)
		assert.equal(holding.spl.amount, '5000000000')
		const accountData = hexToU8a(holding.spl.data)
		assert.equal(accountData.length, 165)
		assert.equal(base58.encode(accountData.slice(32, 64)), addresses.svm)
		await assert.rejects(node.rpc('unum_token', '0x12'), /is no mint: give 0x and 64/)
	})

	test('authorities freeze, rename, and hand over; others do not', async () => {
		const bob = account('//Bob')
		const created = await send(
			api,
			api.tx.unifiedTokens.createMint(
				u8aToHex(randomBytes(32)),
				6,
				null,
				'Old name',
				'OLD',
				alice.address,
				alice.address,
			),
			alice,
		)
		const mint = created.event('unifiedTokens', 'MintCreated').mint.toHex()
		await send(api, api.tx.unifiedTokens.mintTo(mint, bob.address, 10n), alice)
		await send(api, api.tx.unifiedTokens.freeze(mint, bob.address), alice)
		const pay = api.tx.unifiedTokens.transfer(mint, alice.address, 1n)
		await assert.rejects(send(api, pay, bob), /BalanceFrozen/)
		await assert.rejects(
			send(api, api.tx.unifiedTokens.thaw(mint, bob.address), bob),
			/NotFreezeAuthority/,
		)
		await send(api, api.tx.unifiedTokens.thaw(mint, bob.address), alice)
		await send(api, pay, bob)
		await send(api, api.tx.unifiedTokens.setMetadata(mint, 'New name', 'NEW'), alice)
		assert.equal((await node.rpc('unum_token', mint)).symbol, 'NEW')
		await send(api, api.tx.unifiedTokens.setAuthority(mint, 'Mint', bob.address), alice)
		await assert.rejects(
			send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1n), alice),
			/NotMintAuthority/,
		)
		await send(api, api.tx.unifiedTokens.setAuthority(mint, 'Mint', null), bob)
		await assert.rejects(
			send(api, api.tx.unifiedTokens.mintTo(mint, bob.address, 1n), bob),
			/SupplyIsFixed/,
		)
	})
})
