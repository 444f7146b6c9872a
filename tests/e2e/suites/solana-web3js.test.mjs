// SPDX-License-Identifier: Apache-2.0
//
// @solana/web3.js 1, as it is: what a chain is, transfers and what they cost, histories, simulations,
// lookup tables, durable nonces, and what is refused before it is sent.

import assert from 'node:assert/strict'
import {
	AddressLookupTableProgram,
	ComputeBudgetProgram,
	Keypair,
	NONCE_ACCOUNT_LENGTH,
	PublicKey,
	SystemProgram,
	Transaction,
	TransactionMessage,
	VersionedTransaction,
	sendAndConfirmTransaction,
} from '@solana/web3.js'
import { unbound } from '../lib/identity.mjs'
import { FEE, LAMPORT, SOL, memoOf, refused, signed, startSolana, transferOf } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { freeBalance } from '../lib/tx.mjs'

const SYSTEM = SystemProgram.programId.toBase58()

/** What an account of no data has to have, in lamports. */
const RENT = 890_880

describe('web3.js of Solana', () => {
	let solana, connection, alice

	const fresh = () => Keypair.generate()
	const balance = key => connection.getBalance(key)

	before(async () => {
		solana = await startSolana()
		connection = solana.connection()
		alice = await solana.person(100 * SOL)
	})
	after(() => solana?.stop())

	const signature = async (instructions, signers) =>
		signed(instructions, signers, (await connection.getLatestBlockhash()).blockhash)

	test('it knows the chain', async () => {
		assert.match((await connection.getVersion())['solana-core'], /^\d+\.\d+\.\d+$/)
		assert.equal(await solana.rpc('getHealth'), 'ok')
		assert.equal(new PublicKey(await connection.getGenesisHash()).toBytes().length, 32)
		const best = await solana.node.best()
		assert.equal(await connection.getSlot('processed'), best)
		assert.equal(await connection.getBlockHeight('processed'), best)
		const { absoluteSlot, slotsInEpoch } = await connection.getEpochInfo('processed')
		assert.equal(absoluteSlot, best)
		assert.ok(slotsInEpoch > 0)
		const rents = [0, 82, 165].map(size => connection.getMinimumBalanceForRentExemption(size))
		assert.deepEqual(await Promise.all(rents), [RENT, 1_461_600, 2_039_280])
		const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash()
		assert.ok(lastValidBlockHeight > best)
		assert.equal((await connection.isBlockhashValid(blockhash)).value, true)
		assert.equal((await connection.isBlockhashValid(fresh().publicKey.toBase58())).value, false)
	})

	test('the faucet gives, and the coins are those of the identity', async () => {
		const key = fresh().publicKey
		assert.equal(await balance(key), 0)
		assert.equal(await connection.getAccountInfo(key), null)
		const given = await connection.requestAirdrop(key, 3 * SOL)
		const latest = await connection.getLatestBlockhash()
		const { value } = await connection.confirmTransaction({ signature: given, ...latest })
		assert.equal(value.err, null)
		assert.equal(await balance(key), 3 * SOL)
		const info = await connection.getAccountInfo(key)
		assert.deepEqual(
			[info.lamports, info.owner.toBase58(), info.executable, info.data.length],
			[3 * SOL, SYSTEM, false, 0],
		)
		const identity = unbound.svm(key.toBytes())
		assert.equal(await freeBalance(await solana.node.api(), identity), 3n * BigInt(SOL) * LAMPORT)
	})

	test('a transfer moves what it says and costs a signature', async () => {
		const [from, to] = [await solana.person(5 * SOL), fresh().publicKey]
		const transaction = new Transaction().add(transferOf(from.publicKey, to, 2 * SOL))
		const sent = await sendAndConfirmTransaction(connection, transaction, [from])
		assert.deepEqual([await balance(from.publicKey), await balance(to)], [3 * SOL - FEE, 2 * SOL])

		const read = await connection.getTransaction(sent, { maxSupportedTransactionVersion: 0 })
		const keys = read.transaction.message.getAccountKeys().staticAccountKeys
		assert.deepEqual(keys.map(String), [from.publicKey, to, SYSTEM].map(String))
		assert.deepEqual(read.transaction.signatures, [sent])
		const { err, fee, preBalances, postBalances, logMessages, computeUnitsConsumed, costUnits } = read.meta
		assert.deepEqual([err, fee, computeUnitsConsumed, costUnits], [null, FEE, 150, 1_481])
		assert.deepEqual(preBalances.slice(0, 2), [5 * SOL, 0])
		assert.deepEqual(postBalances.slice(0, 2), [3 * SOL - FEE, 2 * SOL])
		assert.deepEqual(logMessages, [`Program ${SYSTEM} invoke [1]`, `Program ${SYSTEM} success`])
		assert.equal(await connection.getBlockTime(read.slot), read.blockTime)

		const parsed = await connection.getParsedTransaction(sent, { maxSupportedTransactionVersion: 0 })
		const [{ program, parsed: instruction }] = parsed.transaction.message.instructions
		assert.equal(program, 'system')
		const info = { source: from.publicKey.toBase58(), destination: to.toBase58(), lamports: 2 * SOL }
		assert.deepEqual(instruction, { type: 'transfer', info })

		const block = await connection.getBlock(read.slot, { maxSupportedTransactionVersion: 0 })
		assert.ok(block.transactions.some(it => it.transaction.signatures[0] === sent))
		assert.equal(block.parentSlot, read.slot - 1)
		const { value: status } = await connection.getSignatureStatus(sent)
		assert.deepEqual([status.slot, status.err], [read.slot, null])
	})

	test('an account can be emptied, and is gone', async () => {
		const [from, to] = [await solana.person(2 * SOL), fresh().publicKey]
		await solana.send([transferOf(from.publicKey, to, 2 * SOL - FEE)], [from])
		assert.equal(await balance(from.publicKey), 0)
		assert.equal(await connection.getAccountInfo(from.publicKey), null)
		assert.equal(await balance(to), 2 * SOL - FEE)
	})

	test('the history of an address has pages, newest first, and memos', async () => {
		const [from, to] = [await solana.person(), fresh().publicKey]
		const sent = []
		for (const lamports of [SOL, 2 * SOL, 3 * SOL]) {
			const memo = memoOf(`note ${lamports / SOL}`)
			sent.unshift((await solana.send([transferOf(from.publicKey, to, lamports), memo], [from])).signature)
		}
		const all = await connection.getSignaturesForAddress(to)
		assert.deepEqual(all.map(it => it.signature), sent)
		assert.deepEqual(all.map(it => it.memo), ['[6] note 3', '[6] note 2', '[6] note 1'])
		assert.ok(all.every(it => it.err === null && it.slot > 0 && it.blockTime > 0))
		const page = options => connection.getSignaturesForAddress(to, options).then(page => page.map(it => it.signature))
		assert.deepEqual(await page({ limit: 1 }), sent.slice(0, 1))
		assert.deepEqual(await page({ before: sent[0] }), sent.slice(1))
		assert.deepEqual(await page({ until: sent[2] }), sent.slice(0, 2))
		assert.deepEqual(await page({ before: sent[0], until: sent[2] }), [sent[1]])
	})

	test('what is offered for compute units is paid', async () => {
		const from = await solana.person()
		const instructions = [
			ComputeBudgetProgram.setComputeUnitLimit({ units: 200_000 }),
			ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_001 }),
			transferOf(from.publicKey, fresh().publicKey, SOL),
		]
		const transaction = await signature(instructions, [from])
		// 200,000 units for 1,001 millionths each, rounded up.
		const fee = FEE + 201
		assert.equal((await connection.getFeeForMessage(transaction.compileMessage())).value, fee)
		const { meta } = await solana.send(instructions, [from])
		assert.deepEqual([meta.fee, meta.computeUnitsConsumed], [fee, 450])
		assert.equal(await balance(from.publicKey), 9 * SOL - fee)
	})

	test('each signature is paid for, by the first account', async () => {
		const [payer, from] = [await solana.person(), await solana.person()]
		const to = fresh().publicKey
		const { meta } = await solana.send([transferOf(from.publicKey, to, SOL)], [payer, from])
		assert.equal(meta.fee, 2 * FEE)
		assert.deepEqual(
			[await balance(payer.publicKey), await balance(from.publicKey)],
			[10 * SOL - 2 * FEE, 9 * SOL],
		)
	})

	test('a simulation tells what would happen, and nothing does', async () => {
		const [from, to] = [await solana.person(2 * SOL), fresh().publicKey]
		const transaction = await signature([transferOf(from.publicKey, to, SOL)], [from])
		const { value } = await connection.simulateTransaction(transaction, [from], [to])
		assert.deepEqual([value.err, value.unitsConsumed, value.accounts[0].lamports], [null, 150, SOL])
		assert.equal(await balance(to), 0)

		const much = [transferOf(from.publicKey, to, 3 * SOL)]
		const failing = await connection.simulateTransaction(await signature(much, [from]), [from])
		assert.deepEqual(failing.value.err, { InstructionError: [0, { Custom: 1 }] })
		const log = `Transfer: insufficient lamports ${2 * SOL - FEE}, need ${3 * SOL}`
		assert.ok(failing.value.logs.includes(log), failing.value.logs.join('\n'))

		const message = new TransactionMessage({
			payerKey: from.publicKey,
			recentBlockhash: PublicKey.default.toBase58(),
			instructions: [transferOf(from.publicKey, to, SOL)],
		})
		const unsigned = new VersionedTransaction(message.compileToV0Message())
		const replaced = await connection.simulateTransaction(unsigned, { replaceRecentBlockhash: true, sigVerify: false })
		assert.equal(replaced.value.err, null)
	})

	test('accounts come from a lookup table', async () => {
		const [payer, targets] = [await solana.person(), [fresh(), fresh(), fresh()].map(it => it.publicKey)]
		const recentSlot = await connection.getSlot('processed')
		const [create, table] = AddressLookupTableProgram.createLookupTable({
			authority: payer.publicKey,
			payer: payer.publicKey,
			recentSlot,
		})
		const extend = AddressLookupTableProgram.extendLookupTable({
			payer: payer.publicKey,
			authority: payer.publicKey,
			lookupTable: table,
			addresses: targets,
		})
		await solana.send([create, extend], [payer])
		const { value: known } = await connection.getAddressLookupTable(table)
		assert.deepEqual(known.state.addresses.map(String), targets.map(String))
		assert.equal(String(known.state.authority), String(payer.publicKey))

		const message = new TransactionMessage({
			payerKey: payer.publicKey,
			recentBlockhash: (await connection.getLatestBlockhash()).blockhash,
			instructions: targets.map(to => transferOf(payer.publicKey, to, SOL)),
		}).compileToV0Message([known])
		assert.deepEqual(message.staticAccountKeys.map(String), [payer.publicKey, SYSTEM].map(String))
		const transaction = new VersionedTransaction(message)
		transaction.sign([payer])
		const sent = await connection.sendTransaction(transaction)
		const { meta, version } = await solana.confirm(sent)
		assert.equal(version, 0)
		assert.deepEqual([...meta.loadedAddresses.writable].sort(), targets.map(String).sort())
		assert.deepEqual(await Promise.all(targets.map(balance)), [SOL, SOL, SOL])
		// Who does not say that he can read version 0 does not get it.
		await assert.rejects(solana.rpc('getTransaction', sent, { commitment: 'confirmed' }), { code: -32_015 })
		assert.equal((await connection.getSignaturesForAddress(targets[1]))[0].signature, sent)
	})

	test('a durable nonce outlives blockhashes, and is used once', async () => {
		const [payer, nonce, to] = [await solana.person(), fresh(), fresh().publicKey]
		const create = SystemProgram.createNonceAccount({
			fromPubkey: payer.publicKey,
			noncePubkey: nonce.publicKey,
			authorizedPubkey: payer.publicKey,
			lamports: await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH),
		})
		await solana.send(create.instructions, [payer, nonce])
		const { nonce: value } = await connection.getNonce(nonce.publicKey)
		const advance = SystemProgram.nonceAdvance({
			noncePubkey: nonce.publicKey,
			authorizedPubkey: payer.publicKey,
		})
		const transaction = signed([advance, transferOf(payer.publicKey, to, SOL)], [payer], value)
		await solana.confirm(await connection.sendRawTransaction(transaction.serialize()))
		assert.equal(await balance(to), SOL)
		assert.notEqual((await connection.getNonce(nonce.publicKey)).nonce, value)
		const { message } = await refused(connection.sendRawTransaction(transaction.serialize()))
		assert.match(message, /already been processed|Blockhash not found/)
		assert.equal(await balance(to), SOL)
	})

	describe('before it is sent,', () => {
		test('more than there is: the program’s own error, with its logs', async () => {
			const from = await solana.person(SOL)
			const sending = solana.submit([transferOf(from.publicKey, fresh().publicKey, 2 * SOL)], [from])
			const { message, logs } = await refused(sending)
			assert.match(message, /Error processing Instruction 0: custom program error: 0x1/)
			assert.deepEqual(logs, [
				`Program ${SYSTEM} invoke [1]`,
				`Transfer: insufficient lamports ${SOL - FEE}, need ${2 * SOL}`,
				`Program ${SYSTEM} failed: custom program error: 0x1`,
			])
			assert.equal(await balance(from.publicKey), SOL)
		})

		test('the same transaction is refused the second time', async () => {
			const [from, to] = [await solana.person(), fresh().publicKey]
			const bytes = (await signature([transferOf(from.publicKey, to, SOL)], [from])).serialize()
			await solana.confirm(await connection.sendRawTransaction(bytes))
			const { message } = await refused(connection.sendRawTransaction(bytes))
			assert.match(message, /This transaction has already been processed/)
			assert.equal(await balance(to), SOL)
		})

		test('a blockhash of no block is refused', async () => {
			const transfer = transferOf(alice.publicKey, fresh().publicKey, SOL)
			const transaction = signed([transfer], [alice], fresh().publicKey.toBase58())
			const { message } = await refused(connection.sendRawTransaction(transaction.serialize()))
			assert.match(message, /Blockhash not found/)
		})

		test('somebody who has nothing pays nothing', async () => {
			const nobody = fresh()
			const { message } = await refused(solana.submit([memoOf('free?')], [nobody]))
			assert.match(message, /Attempt to debit an account but found no record of a prior credit\./)
		})

		test('an account has what its rent is, or nothing', async () => {
			const sending = solana.submit([transferOf(alice.publicKey, fresh().publicKey, RENT - 1)], [alice])
			const { message } = await refused(sending)
			assert.match(message, /Transaction results in an account \(1\) with insufficient funds for rent/)
			const poor = await solana.person(RENT)
			const { message: payer } = await refused(solana.submit([memoOf('poor')], [poor]))
			assert.match(payer, /Transaction results in an account \(0\) with insufficient funds for rent/)
		})

		test('a signature of somebody else is refused', async () => {
			const transaction = await signature([transferOf(alice.publicKey, fresh().publicKey, SOL)], [alice])
			const bytes = transaction.serialize()
			bytes[1] ^= 1
			await assert.rejects(solana.rpc('sendTransaction', bytes.toString('base64'), { encoding: 'base64' }), {
				code: -32_002,
				message: /Transaction simulation failed: Transaction did not pass signature verification/,
			})
		})
	})

	test('who does not ask before pays for a failure', async () => {
		const [from, to] = [await solana.person(2 * SOL), fresh().publicKey]
		const instructions = [transferOf(from.publicKey, to, SOL), transferOf(from.publicKey, to, SOL)]
		const sent = await solana.submit(instructions, [from], { skipPreflight: true })
		const { meta } = await solana.included(sent)
		assert.deepEqual(meta.err, { InstructionError: [1, { Custom: 1 }] })
		assert.deepEqual([await balance(from.publicKey), await balance(to)], [2 * SOL - FEE, 0])
		const [{ err }] = await connection.getSignaturesForAddress(to)
		assert.deepEqual(err, meta.err)
		const latest = await connection.getLatestBlockhash()
		const { value } = await connection.confirmTransaction({ signature: sent, ...latest })
		assert.deepEqual(value.err, meta.err)
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
