// SPDX-License-Identifier: Apache-2.0
//
// What web3.js and kit ask of a cluster and of its history: leaders, votes and inflation of a chain that has
// none, parts of accounts, statuses of long ago, many transactions at once, and sending without asking.

import assert from 'node:assert/strict'
import * as kit from '@solana/kit'
import { Keypair, SystemProgram } from '@solana/web3.js'
import { RpcError } from '../lib/node.mjs'
import { FEE, SOL, memoOf, signed, startSolana, transferOf } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { eventually } from '../lib/wait.mjs'

const DEADLINE_MS = 30_000

const INVALID_PARAMS = -32_602

/** Slots of an epoch. */
const EPOCH = 432_000

/** For how many slots a status is told without a search. */
const RECENT = 300

/** What a frame of zstd begins with. */
const ZSTD = '28b52ffd'

describe('the cluster of Solana’s clients', () => {
	let solana, connection, alice, identity

	const fresh = () => Keypair.generate().publicKey

	before(async () => {
		solana = await startSolana({ name: 'solana-cluster' })
		connection = solana.connection()
		alice = await solana.person(100 * SOL)
		;({ identity } = await solana.rpc('getIdentity'))
	})
	after(() => solana?.stop())

	test('one node leads all slots, and has made their blocks', async () => {
		const { [identity]: slots, ...others } = await connection.getLeaderSchedule()
		assert.deepEqual([slots.length, slots[0], slots.at(-1), others], [EPOCH, 0, EPOCH - 1, {}])
		assert.deepEqual((await connection.getSlotLeaders(0, 2)).map(String), [identity, identity])
		assert.equal(await connection.getSlotLeader(), identity)
		assert.equal(await solana.rpc('getLeaderSchedule', 2 * EPOCH), null)
		assert.deepEqual(await solana.rpc('getLeaderSchedule', null, { identity: fresh().toBase58() }), {})

		const slot = await connection.getSlot('processed')
		const { value } = await connection.getBlockProduction({ commitment: 'processed' })
		assert.deepEqual(value, { byIdentity: { [identity]: [slot + 1, slot + 1] }, range: { firstSlot: 0, lastSlot: slot } })
		const range = { firstSlot: 1, lastSlot: 1 }
		const part = await connection.getBlockProduction({ identity, range, commitment: 'processed' })
		assert.deepEqual(part.value, { byIdentity: { [identity]: [1, 1] }, range })
		const beyond = { range: { firstSlot: 0, lastSlot: slot + 1_000 } }
		await assert.rejects(solana.rpc('getBlockProduction', beyond), { code: INVALID_PARAMS })
		for (const [method, ...params] of [
			['getLeaderSchedule', null, { identity: 'abc' }],
			['getVoteAccounts', { votePubkey: 'abc' }],
			['getBlockProduction', { identity: 'abc' }],
		]) {
			await assert.rejects(solana.rpc(method, ...params), { code: INVALID_PARAMS, message: /Invalid param/ })
		}
	})

	test('a chain without stakes and inflation says so', async () => {
		assert.deepEqual(await connection.getVoteAccounts(), { current: [], delinquent: [] })
		const [node, ...more] = await connection.getClusterNodes()
		assert.deepEqual([node.pubkey, more], [identity, []])
		const { epoch, ...rate } = await connection.getInflationRate()
		assert.deepEqual([epoch, rate], [0, { foundation: 0, total: 0, validator: 0 }])
		const none = { foundation: 0, foundationTerm: 0, initial: 0, taper: 0, terminal: 0 }
		assert.deepEqual(await connection.getInflationGovernor(), none)
		assert.deepEqual(await connection.getInflationReward([fresh(), alice.publicKey]), [null, null])
		const { value } = await connection.getSupply({ excludeNonCirculatingAccountsList: true })
		assert.ok(value.total > 0)
		assert.deepEqual([value.circulating, value.nonCirculating], [value.total, 0])
	})

	test('as many transactions are counted as blocks show', async () => {
		const [from, counted] = [await connection.getSlot('confirmed'), await connection.getTransactionCount('confirmed')]
		for (const note of ['one', 'two']) await solana.send([memoOf(note)], [alice])
		const to = await connection.getSlot('confirmed')
		let shown = 0
		for (let slot = from + 1; slot <= to; slot++) {
			shown += (await connection.getBlockSignatures(slot, 'confirmed')).signatures.length
		}
		assert.equal(await connection.getTransactionCount('confirmed'), counted + shown)
	})

	test('part of an account’s data, and all of it compressed', async () => {
		const [account, space] = [Keypair.generate(), 1_000]
		const lamports = await connection.getMinimumBalanceForRentExemption(space)
		const keys = { fromPubkey: alice.publicKey, newAccountPubkey: account.publicKey, programId: fresh() }
		await solana.send([SystemProgram.createAccount({ ...keys, lamports, space })], [alice, account])
		const dataSlice = { offset: 990, length: 100 }
		const part = await connection.getAccountInfo(account.publicKey, { commitment: 'confirmed', dataSlice })
		assert.equal(part.data.length, 10)
		const parts = await connection.getProgramAccounts(keys.programId, { dataSlice: { offset: 0, length: 4 } })
		assert.deepEqual(parts.map(it => [String(it.pubkey), it.account.data.length]), [[String(account.publicKey), 4]])

		const rpc = kit.createSolanaRpc(solana.url)
		const ask = config => rpc.getAccountInfo(kit.address(account.publicKey.toBase58()), { commitment: 'confirmed', ...config }).send()
		const { data: [packed, encoding], space: said } = (await ask({ encoding: 'base64+zstd' })).value
		const bytes = Buffer.from(packed, 'base64')
		assert.deepEqual([encoding, said, bytes.subarray(0, 4).toString('hex')], ['base64+zstd', BigInt(space), ZSTD])
		assert.ok(bytes.length < space)
		await assert.rejects(solana.rpc('getAccountInfo', account.publicKey.toBase58(), { commitment: 'confirmed' }), {
			code: -32_600,
			message: /Encoded binary \(base 58\) data should be less than 128 bytes, please use Base64 encoding\./,
		})
	})

	test('many transactions are read at once', async () => {
		const { signature } = await solana.send([memoOf('one of many')], [alice])
		const config = { commitment: 'confirmed', maxSupportedTransactionVersion: 0 }
		const read = await connection.getParsedTransactions(Array(120).fill(signature), config)
		assert.equal(read.length, 120)
		assert.ok(read.every(it => it.transaction.signatures[0] === signature))
	})

	test('a transaction is sent until it is included, and after that', async () => {
		const { blockhash } = await connection.getLatestBlockhash()
		const to = fresh()
		const raw = signed([transferOf(alice.publicKey, to, SOL)], [alice], blockhash).serialize()
		const send = options => connection.sendRawTransaction(raw, options)
		const rebroadcast = () => send({ skipPreflight: true, maxRetries: 0 })
		const signature = await rebroadcast()
		await solana.confirm(signature)
		for (let round = 0; round < 3; round++) assert.equal(await rebroadcast(), signature)
		await assert.rejects(send(), /already been processed/)
		assert.equal(await connection.getBalance(to), SOL)
	})

	test('who gets lamports spends them at once, before they are in a block', async () => {
		const slots = await startSolana({ name: 'solana-early', sealing: 'manual' })
		const web3 = slots.connection()
		const [giver, taker, last] = [Keypair.generate(), Keypair.generate(), fresh()]
		await slots.rpc('requestAirdrop', giver.publicKey.toBase58(), 10 * SOL)
		await slots.node.seal()
		const { blockhash } = await web3.getLatestBlockhash()
		const send = (instruction, signer, options) =>
			web3.sendRawTransaction(signed([instruction], [signer], blockhash).serialize(), options)
		const gift = await send(transferOf(giver.publicKey, taker.publicKey, 3 * SOL), giver)
		const early = transferOf(taker.publicKey, last, SOL)
		await assert.rejects(send(early, taker), /no record of a prior credit/)
		const signature = await send(early, taker, { skipPreflight: true })
		await slots.node.seal()
		await slots.confirm(gift)
		await eventually(DEADLINE_MS, 'what was sent too early', async () => {
			await slots.node.seal()
			return (await web3.getSignatureStatus(signature)).value
		})
		assert.equal(await web3.getBalance(last), SOL)
		assert.equal(await web3.getBalance(taker.publicKey), 2 * SOL - FEE)
		await slots.stop()
	})

	test('the faucet has an end', async () => {
		const all = 2 ** 53 - 1
		await assert.rejects(solana.rpc('requestAirdrop', fresh().toBase58(), all * 1_000), error => {
			assert.ok(error instanceof RpcError)
			assert.match(error.message, /the faucet cannot give that much: it has \d+ lamports/)
			return error.code === -32_603
		})
	})

	test('the status of a transaction of long ago is searched for', async () => {
		const old = await startSolana({ name: 'solana-history', sealing: 'manual' })
		const web3 = old.connection()
		const signature = await old.rpc('requestAirdrop', fresh().toBase58(), SOL)
		await old.node.seal()
		const status = options => web3.getSignatureStatus(signature, options).then(it => it.value)
		const { slot, err } = await status()
		assert.deepEqual([slot, err], [1, null])
		while ((await old.node.best()) <= RECENT + 1) await old.node.seal()
		assert.equal(await status(), null)
		const found = await status({ searchTransactionHistory: true })
		assert.deepEqual([found.slot, found.confirmationStatus], [1, 'finalized'])
		await old.stop()
	})
})
