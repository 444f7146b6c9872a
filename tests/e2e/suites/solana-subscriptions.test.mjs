// SPDX-License-Identifier: Apache-2.0
//
// What web3.js is told without asking: accounts, signatures, logs, programs, slots and roots.

import assert from 'node:assert/strict'
import { base58 } from '@scure/base'
import { Keypair, SystemProgram } from '@solana/web3.js'
import { TOKEN_PROGRAM_ID, createMint, unpackMint } from '@solana/spl-token'
import { SOL, memoOf, signed, startSolana, transferOf } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { Inbox, eventually } from '../lib/wait.mjs'
import { RawWebSocket } from '../lib/websocket.mjs'

const DEADLINE_MS = 30_000

describe('subscriptions of web3.js', () => {
	let solana, connection, alice

	before(async () => {
		solana = await startSolana({ name: 'solana-news' })
		connection = solana.connection()
		alice = await solana.person(100 * SOL)
	})
	after(() => solana?.stop())

	/** All that was asked for stands: the node has answered with its numbers. */
	function settled(of = connection) {
		const subscriptions = () => Object.values(of._subscriptionsByHash)
		return eventually(DEADLINE_MS, 'subscriptions', () =>
			subscriptions().every(({ state }) => state === 'subscribed'),
		)
	}

	test('an account that changes', async () => {
		const [changes, to] = [new Inbox(), Keypair.generate().publicKey]
		const id = connection.onAccountChange(to, (account, { slot }) => changes.push({ account, slot }))
		await settled()
		for (const total of [SOL, 2 * SOL]) {
			const sent = await solana.send([transferOf(alice.publicKey, to, SOL)], [alice])
			const { account, slot } = await changes.first(DEADLINE_MS, `${total} lamports`, it => it.account.lamports === total)
			assert.equal(slot, sent.slot)
			assert.equal(String(account.owner), String(SystemProgram.programId))
		}
		await connection.removeAccountChangeListener(id)
		await solana.send([transferOf(alice.publicKey, to, SOL)], [alice])
		assert.equal(changes.items.length, 2)
	})

	test('a signature that is in a block, and one that failed there', async () => {
		for (const [lamports, expected] of [
			[SOL, null],
			[10 ** 6 * SOL, { InstructionError: [0, { Custom: 1 }] }],
		]) {
			const transfer = transferOf(alice.publicKey, Keypair.generate().publicKey, lamports)
			const { blockhash } = await connection.getLatestBlockhash()
			const transaction = signed([transfer], [alice], blockhash)
			const results = new Inbox()
			connection.onSignature(base58.encode(transaction.signature), results.push, 'confirmed')
			await settled()
			await connection.sendRawTransaction(transaction.serialize(), { skipPreflight: true })
			const { err } = await results.first(DEADLINE_MS, 'a result', () => true)
			assert.deepEqual(err, expected)
		}
	})

	test('logs of an address, and of all transactions', async () => {
		const [all, mine, author] = [new Inbox(), new Inbox(), await solana.person()]
		const ids = [
			connection.onLogs('all', all.push),
			connection.onLogs(author.publicKey, mine.push),
		]
		await settled()
		const { signature: others } = await solana.send([memoOf('of alice')], [alice])
		const { signature, meta } = await solana.send([memoOf('of the author')], [author])
		const found = await mine.first(DEADLINE_MS, 'logs', it => it.signature === signature)
		assert.deepEqual([found.err, found.logs], [null, meta.logMessages])
		assert.ok(found.logs.some(line => line.includes('of the author')))
		await all.first(DEADLINE_MS, 'logs of all', it => it.signature === signature)
		await all.first(DEADLINE_MS, 'logs of others', it => it.signature === others)
		assert.ok(mine.items.every(it => it.signature === signature))
		for (const id of ids) await connection.removeOnLogsListener(id)
	})

	test('accounts of a program', async () => {
		const changes = new Inbox()
		const filters = [{ dataSize: 82 }]
		const id = connection.onProgramAccountChange(TOKEN_PROGRAM_ID, changes.push, { commitment: 'confirmed', filters })
		await settled()
		const mint = await createMint(connection, alice, alice.publicKey, null, 4)
		const { accountInfo } = await changes.first(DEADLINE_MS, 'a mint', it => it.accountId.equals(mint))
		const { decimals, supply, mintAuthority } = unpackMint(mint, accountInfo)
		assert.deepEqual([decimals, supply, String(mintAuthority)], [4, 0n, String(alice.publicKey)])
		await connection.removeProgramAccountChangeListener(id)
	})

	test('accounts too long for base58, with a text in place of their data', async () => {
		const [account, program] = [Keypair.generate(), Keypair.generate().publicKey]
		const socket = await RawWebSocket.open(solana.wsUrl)
		solana.onStop(() => socket.close())
		const subscribe = async (method, key, config) => {
			const { result } = await socket.ask(method, key.toBase58(), { commitment: 'confirmed', ...config })
			return result
		}
		const ids = [
			await subscribe('accountSubscribe', account.publicKey),
			await subscribe('accountSubscribe', account.publicKey, { encoding: 'base58' }),
			await subscribe('programSubscribe', program),
		]
		const space = 129
		const lamports = await connection.getMinimumBalanceForRentExemption(space)
		const keys = { fromPubkey: alice.publicKey, newAccountPubkey: account.publicKey, programId: program }
		await solana.send([SystemProgram.createAccount({ ...keys, lamports, space })], [alice, account])
		const told = ids.map(id => socket.texts.first(DEADLINE_MS, 'the account', it => it.params?.subscription === id))
		const [plain, named, owned] = (await Promise.all(told)).map(it => it.params.result.value)
		const text = 'error: data too large for bs58 encoding'
		assert.deepEqual([plain.data, plain.lamports, plain.space], [text, lamports, space])
		assert.deepEqual(named.data, [text, 'base58'])
		assert.deepEqual([owned.pubkey, owned.account.data], [account.publicKey.toBase58(), text])
	})

	test('a signature that has come, before it is in a block', async () => {
		const manual = await startSolana({ name: 'solana-received', sealing: 'manual' })
		const listener = manual.connection()
		const payer = Keypair.generate()
		await manual.rpc('requestAirdrop', payer.publicKey.toBase58(), SOL)
		await manual.node.seal()
		const { blockhash } = await listener.getLatestBlockhash()
		const transaction = signed([memoOf('received')], [payer], blockhash)
		const [heard, name] = [new Inbox(), base58.encode(transaction.signature)]
		const options = { commitment: 'confirmed', enableReceivedNotification: true }
		listener.onSignatureWithOptions(name, ({ type }) => heard.push(type), options)
		await settled(listener)
		const socket = await RawWebSocket.open(manual.wsUrl)
		manual.onStop(() => socket.close())
		await socket.ask('signatureSubscribe', name, options)
		await listener.sendRawTransaction(transaction.serialize())
		await heard.first(DEADLINE_MS, 'that it has come', type => type === 'received')
		// web3.js listens to the first news alone; the node tells both.
		const told = value => it => JSON.stringify(it.params?.result.value) === JSON.stringify(value)
		await socket.texts.first(DEADLINE_MS, 'that it has come', told('receivedSignature'))
		assert.ok(!socket.texts.items.some(told({ err: null })))
		await manual.node.seal()
		await socket.texts.first(DEADLINE_MS, 'that it is in a block', told({ err: null }))
		await manual.stop()
	})

	test('what becomes of slots', async () => {
		const updates = new Inbox()
		const id = connection.onSlotUpdate(updates.push)
		await settled()
		const { slot } = await solana.send([memoOf('an update')], [alice])
		for (const type of ['createdBank', 'completed', 'optimisticConfirmation', 'root']) {
			const update = await updates.first(DEADLINE_MS, type, it => it.slot === slot && it.type === type)
			assert.ok(Math.abs(Date.now() - update.timestamp) < 600_000)
			if (type === 'createdBank') assert.equal(update.parent, slot - 1)
		}
		await connection.removeSlotUpdateListener(id)
	})

	test('slots, one after the other, and roots behind them', async () => {
		const [slots, roots] = [new Inbox(), new Inbox()]
		const ids = [connection.onSlotChange(slots.push), connection.onRootChange(roots.push)]
		await settled()
		const { slot } = await solana.send([memoOf('a block')], [alice])
		const { parent, root } = await slots.first(DEADLINE_MS, 'a slot', it => it.slot === slot)
		assert.equal(parent, slot - 1)
		assert.ok(root <= slot)
		await roots.first(DEADLINE_MS, 'a root', root => root >= slot)
		const numbers = slots.items.map(it => it.slot)
		assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => a - b))
		await connection.removeSlotChangeListener(ids[0])
		await connection.removeRootChangeListener(ids[1])
	})
})
