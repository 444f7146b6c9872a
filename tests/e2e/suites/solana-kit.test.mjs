// SPDX-License-Identifier: Apache-2.0
//
// @solana/kit, as it is: transactions of version 0 that it signs, sends and confirms, simulations, news of
// accounts, levels of commitment, and what is refused, in kit's own types.

import assert from 'node:assert/strict'
import * as kit from '@solana/kit'
import { AddressLookupTableProgram, Keypair, NONCE_ACCOUNT_LENGTH, PublicKey, SystemProgram } from '@solana/web3.js'
import { unbound } from '../lib/identity.mjs'
import { FEE, LAMPORT, SOL, startSolana } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { freeBalance } from '../lib/tx.mjs'
import { Inbox, eventually } from '../lib/wait.mjs'

const DEADLINE_MS = 30_000

/** How many slots a blockhash is good for. */
const LIFETIME = 150

const [COIN, COST] = [BigInt(SOL), BigInt(FEE)]

const SYSTEM = kit.address('11111111111111111111111111111111')
const { WRITABLE, WRITABLE_SIGNER } = kit.AccountRole

const transferData = kit.getStructEncoder([
	['number', kit.getU32Encoder()],
	['lamports', kit.getU64Encoder()],
])

/** Moves lamports. */
const transferOf = (from, to, amount) => ({
	programAddress: SYSTEM,
	accounts: [
		{ address: from.address, role: WRITABLE_SIGNER, signer: from },
		{ address: to, role: WRITABLE },
	],
	data: transferData.encode({ number: 2, lamports: amount }),
})

/** A chain as kit's users see it. */
async function startKit(options) {
	const solana = await startSolana({ name: 'kit', ...options })
	const rpc = kit.createSolanaRpc(solana.url)
	const rpcSubscriptions = kit.createSolanaRpcSubscriptions(solana.wsUrl)
	const both = { rpc, rpcSubscriptions }
	const abort = new AbortController()
	solana.onStop(() => abort.abort())
	return {
		solana,
		...both,
		airdrop: kit.airdropFactory(both),
		sendAndConfirm: kit.sendAndConfirmTransactionFactory(both),
		sendWithNonce: kit.sendAndConfirmDurableNonceTransactionFactory(both),

		balance: (key, commitment = 'confirmed') => rpc.getBalance(key, { commitment }).send().then(it => it.value),

		/** What a subscription delivers. */
		async news(subscription) {
			const inbox = new Inbox()
			const news = await subscription.subscribe({ abortSignal: abort.signal })
			const collect = async () => {
				for await (const item of news) inbox.push(item)
			}
			// It ends with the chain, in whatever way.
			collect().catch(() => {})
			return inbox
		},
	}
}

const fresh = async () => (await kit.generateKeyPairSigner()).address

/** An error is kit's of this name. @param {any} error @param {string} name without `SOLANA_ERROR__` */
function assertIs(error, name) {
	const code = kit[`SOLANA_ERROR__${name}`]
	assert.ok(code !== undefined && kit.isSolanaError(error, code), `${name} expected: ${error?.stack}`)
}

/** The error that something fails with. @param {Promise<unknown>} acting @param {string} name */
async function fails(acting, name) {
	const error = await acting.then(
		() => undefined,
		error => error,
	)
	assertIs(error, name)
	return error
}

describe('kit of Solana', () => {
	let chain, solana, rpc, balance, alice

	before(async () => {
		chain = await startKit()
		;({ solana, rpc, balance } = chain)
		alice = await person(100n)
	})
	after(() => solana?.stop())

	/** Somebody with coins out of the faucet. */
	async function person(coins = 10n) {
		const key = await kit.generateKeyPairSigner()
		const lamports = kit.lamports(coins * COIN)
		await chain.airdrop({ commitment: 'confirmed', lamports, recipientAddress: key.address })
		return key
	}

	/** A message of version 0. */
	const message = (payer, instructions, lifetime) =>
		kit.pipe(
			kit.createTransactionMessage({ version: 0 }),
			it => kit.setTransactionMessageFeePayerSigner(payer, it),
			it => kit.setTransactionMessageLifetimeUsingBlockhash(lifetime, it),
			it => kit.appendTransactionMessageInstructions(instructions, it),
		)
	const latest = async () => (await rpc.getLatestBlockhash().send()).value
	const signed = async (payer, ...instructions) =>
		kit.signTransactionMessageWithSigners(message(payer, instructions, await latest()))

	/** Sends without waiting. */
	const submit = (transaction, options) =>
		rpc.sendTransaction(kit.getBase64EncodedWireTransaction(transaction), { encoding: 'base64', ...options }).send()

	/** A transaction that can't be sent, and why in kit's types. */
	async function refused(sending, name) {
		const error = await fails(sending, 'JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE')
		assertIs(error.cause, name)
		return error
	}

	test('it knows the chain', async () => {
		const best = BigInt(await solana.node.best())
		assert.equal(await rpc.getHealth().send(), 'ok')
		assert.equal(await rpc.getSlot({ commitment: 'processed' }).send(), best)
		assert.equal(await rpc.getBlockHeight({ commitment: 'processed' }).send(), best)
		const { absoluteSlot, blockHeight } = await rpc.getEpochInfo({ commitment: 'processed' }).send()
		assert.deepEqual([absoluteSlot, blockHeight], [best, best])
		assert.equal(await rpc.getMinimumBalanceForRentExemption(165n).send(), 2_039_280n)
		const { blockhash, lastValidBlockHeight } = await latest()
		assert.equal(lastValidBlockHeight, best + BigInt(LIFETIME))
		assert.equal((await rpc.isBlockhashValid(blockhash).send()).value, true)
		assert.equal(kit.getBase58Encoder().encode(await rpc.getGenesisHash().send()).length, 32)
	})

	test('the faucet gives, and the coins are those of the identity', async () => {
		const key = await person(3n)
		assert.equal(await balance(key.address), 3n * COIN)
		const account = await kit.fetchEncodedAccount(rpc, key.address)
		kit.assertAccountExists(account)
		const { lamports, programAddress, executable, space } = account
		assert.deepEqual([lamports, programAddress, executable, space], [3n * COIN, SYSTEM, false, 0n])
		assert.equal((await kit.fetchEncodedAccount(rpc, await fresh())).exists, false)
		const identity = unbound.svm(kit.getAddressEncoder().encode(key.address))
		assert.equal(await freeBalance(await solana.node.api(), identity), 3n * COIN * LAMPORT)
	})

	test('a transfer is sent and confirmed, at each level', async () => {
		const from = await person()
		let left = 10n * COIN
		for (const commitment of ['processed', 'confirmed', 'finalized']) {
			const to = await fresh()
			const transaction = await signed(from, transferOf(from, to, COIN))
			kit.assertIsSendableTransaction(transaction)
			await chain.sendAndConfirm(transaction, { commitment })
			left -= COIN + COST
			assert.deepEqual([await balance(from.address, commitment), await balance(to, commitment)], [left, COIN])

			const signature = kit.getSignatureFromTransaction(transaction)
			const config = { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 }
			const { slot, version, meta } = await rpc.getTransaction(signature, config).send()
			assert.deepEqual([version, meta.err, meta.fee, meta.computeUnitsConsumed], [0n, null, COST, 150n])
			assert.deepEqual(meta.postBalances.slice(0, 2), [left, COIN])
			assert.deepEqual(meta.logMessages, [`Program ${SYSTEM} invoke [1]`, `Program ${SYSTEM} success`])
			const { value: [status] } = await rpc.getSignatureStatuses([signature]).send()
			assert.deepEqual([status.slot, status.err], [slot, null])
		}
	})

	test('a simulation tells what would happen, and nothing does', async () => {
		const [from, to] = [await person(), await fresh()]
		const simulate = async amount => {
			const wire = kit.getBase64EncodedWireTransaction(await signed(from, transferOf(from, to, amount)))
			const accounts = { encoding: 'base64', addresses: [to] }
			return (await rpc.simulateTransaction(wire, { encoding: 'base64', sigVerify: true, accounts }).send()).value
		}
		const { err, unitsConsumed, accounts, logs } = await simulate(COIN)
		assert.deepEqual([err, unitsConsumed, accounts[0].lamports], [null, 150n, COIN])
		assert.deepEqual(logs, [`Program ${SYSTEM} invoke [1]`, `Program ${SYSTEM} success`])
		assert.equal(await balance(to), 0n)
		const failed = kit.getSolanaErrorFromTransactionError((await simulate(11n * COIN)).err)
		assertIs(failed, 'INSTRUCTION_ERROR__CUSTOM')
		assert.deepEqual([failed.context.index, failed.context.code], [0, 1])
	})

	test('units are estimated, asked for and paid', async () => {
		const [from, to] = [await person(), await fresh()]
		const plain = message(from, [transferOf(from, to, COIN)], await latest())
		const priced = kit.setTransactionMessageComputeUnitPrice(1_000_000n, plain)
		const units = await kit.estimateComputeUnitLimitFactory({ rpc })(priced)
		// The transfer, the limit and the price: 150 each.
		assert.equal(units, 450)
		const limited = kit.setTransactionMessageComputeUnitLimit(units, priced)
		const compiled = kit.getBase64Decoder().decode(kit.compileTransaction(limited).messageBytes)
		assert.equal((await rpc.getFeeForMessage(compiled).send()).value, COST + 450n)
		await chain.sendAndConfirm(await kit.signTransactionMessageWithSigners(limited), { commitment: 'confirmed' })
		assert.equal(await balance(from.address), 9n * COIN - COST - 450n)
	})

	test('accounts come from a lookup table', async () => {
		const payer = await solana.person()
		const targets = [await fresh(), await fresh(), await fresh()]
		const [authority, recentSlot] = [payer.publicKey, await solana.rpc('getSlot', { commitment: 'processed' })]
		const [create, table] = AddressLookupTableProgram.createLookupTable({ authority, payer: authority, recentSlot })
		const addresses = targets.map(target => new PublicKey(target))
		const growth = { authority, payer: authority, lookupTable: table, addresses }
		const extend = AddressLookupTableProgram.extendLookupTable(growth)
		await solana.send([create, extend], [payer])
		const known = await kit.fetchAddressesForLookupTables([kit.address(table.toBase58())], rpc)
		assert.deepEqual(known, { [table.toBase58()]: targets })
		const transfers = targets.map(to => transferOf(alice, to, COIN))
		const plain = message(alice, transfers, await latest())
		const compressed = kit.compressTransactionMessageUsingAddressLookupTables(plain, known)
		assert.deepEqual(kit.compileTransactionMessage(compressed).staticAccounts, [alice.address, SYSTEM])
		await chain.sendAndConfirm(await kit.signTransactionMessageWithSigners(compressed), { commitment: 'confirmed' })
		assert.deepEqual(await Promise.all(targets.map(to => balance(to))), [COIN, COIN, COIN])
	})

	test('a durable nonce outlives blockhashes, and is used once', async () => {
		const [payer, account, to] = [await solana.person(), Keypair.generate(), await fresh()]
		const create = SystemProgram.createNonceAccount({
			fromPubkey: payer.publicKey,
			noncePubkey: account.publicKey,
			authorizedPubkey: payer.publicKey,
			lamports: await solana.rpc('getMinimumBalanceForRentExemption', NONCE_ACCOUNT_LENGTH),
		})
		await solana.send(create.instructions, [payer, account])
		const from = await kit.createKeyPairSignerFromBytes(payer.secretKey)
		const nonceAccountAddress = kit.address(account.publicKey.toBase58())
		const nonceOf = async () => (await kit.fetchJsonParsedAccount(rpc, nonceAccountAddress)).data.blockhash
		const nonce = await nonceOf()
		const lifetime = { nonce, nonceAccountAddress, nonceAuthorityAddress: from.address }
		const transaction = await kit.signTransactionMessageWithSigners(
			kit.pipe(
				kit.createTransactionMessage({ version: 0 }),
				it => kit.setTransactionMessageFeePayerSigner(from, it),
				it => kit.setTransactionMessageLifetimeUsingDurableNonce(lifetime, it),
				it => kit.appendTransactionMessageInstruction(transferOf(from, to, COIN), it),
			),
		)
		await chain.sendWithNonce(transaction, { commitment: 'confirmed' })
		assert.equal(await balance(to), COIN)
		assert.notEqual(await nonceOf(), nonce)
		await refused(submit(transaction), 'TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND')
		assert.equal(await balance(to), COIN)
	})

	test('news of an account, of a signature, of logs and of slots', async () => {
		const { news, rpcSubscriptions } = chain
		const to = await fresh()
		const transaction = await signed(alice, transferOf(alice, to, COIN))
		const signature = kit.getSignatureFromTransaction(transaction)
		const commitment = 'confirmed'
		const [accounts, results, logs, slots] = await Promise.all([
			news(rpcSubscriptions.accountNotifications(to, { commitment, encoding: 'base64' })),
			news(rpcSubscriptions.signatureNotifications(signature, { commitment })),
			news(rpcSubscriptions.logsNotifications({ mentions: [to] }, { commitment })),
			news(rpcSubscriptions.slotNotifications()),
		])
		await submit(transaction)
		const { slot } = await solana.confirm(signature)
		const first = (inbox, what) => inbox.first(DEADLINE_MS, what, () => true)
		const { context, value } = await first(accounts, 'an account')
		assert.deepEqual([context.slot, value.lamports, value.owner], [BigInt(slot), COIN, SYSTEM])
		assert.equal((await first(results, 'a result')).value.err, null)
		const logged = (await first(logs, 'logs')).value
		const lines = [`Program ${SYSTEM} invoke [1]`, `Program ${SYSTEM} success`]
		assert.deepEqual(logged, { signature, err: null, logs: lines })
		const { parent } = await slots.first(DEADLINE_MS, 'a slot', it => it.slot === BigInt(slot))
		assert.equal(parent, BigInt(slot) - 1n)
		await submit(await signed(alice, transferOf(alice, to, COIN)))
		await accounts.first(DEADLINE_MS, 'a second change', it => it.value.lamports === 2n * COIN)
		assert.equal(accounts.items.length, 2)
	})

	describe('what is refused has a type:', () => {
		test('more than there is', async () => {
			const from = await person(1n)
			const much = await signed(from, transferOf(from, await fresh(), 2n * COIN))
			const error = await refused(submit(much), 'INSTRUCTION_ERROR__CUSTOM')
			assert.deepEqual([error.cause.context.index, error.cause.context.code], [0, 1])
			assert.deepEqual(error.context.logs, [
				`Program ${SYSTEM} invoke [1]`,
				`Transfer: insufficient lamports ${COIN - COST}, need ${2n * COIN}`,
				`Program ${SYSTEM} failed: custom program error: 0x1`,
			])
			assert.equal(error.context.unitsConsumed, 150n)
			assert.equal(await balance(from.address), COIN)
		})

		test('twice, of no block, of nobody, too little for rent', async () => {
			const once = await signed(alice, transferOf(alice, await fresh(), COIN))
			await chain.sendAndConfirm(once, { commitment: 'confirmed' })
			await refused(submit(once), 'TRANSACTION_ERROR__ALREADY_PROCESSED')
			const lifetime = { ...(await latest()), blockhash: kit.blockhash(await fresh()) }
			const old = message(alice, [transferOf(alice, await fresh(), COIN)], lifetime)
			const late = await kit.signTransactionMessageWithSigners(old)
			await refused(submit(late), 'TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND')
			const nobody = await kit.generateKeyPairSigner()
			const free = await signed(nobody, transferOf(nobody, alice.address, 1n))
			await refused(submit(free), 'TRANSACTION_ERROR__ACCOUNT_NOT_FOUND')
			const poor = submit(await signed(alice, transferOf(alice, await fresh(), 890_879n)))
			const { cause } = await refused(poor, 'TRANSACTION_ERROR__INSUFFICIENT_FUNDS_FOR_RENT')
			assert.equal(cause.context.accountIndex, 1)
		})

		test('a signature of somebody else', async () => {
			const transaction = await signed(alice, transferOf(alice, await fresh(), COIN))
			const other = transaction.signatures[alice.address].map(byte => byte ^ 1)
			const forged = { ...transaction, signatures: { [alice.address]: other } }
			await refused(submit(forged), 'TRANSACTION_ERROR__SIGNATURE_FAILURE')
		})

		test('a failure that was sent without asking', async () => {
			const [from, to] = [await person(2n), await fresh()]
			const transaction = await signed(from, transferOf(from, to, COIN), transferOf(from, to, COIN))
			const sending = chain.sendAndConfirm(transaction, { commitment: 'confirmed', skipPreflight: true })
			const { context } = await fails(sending, 'INSTRUCTION_ERROR__CUSTOM')
			assert.deepEqual([context.index, context.code], [1, 1])
			assert.deepEqual([await balance(from.address), await balance(to)], [2n * COIN - COST, 0n])
		})

		test('questions', async () => {
			const { context } = await fails(balance('abc'), 'JSON_RPC__INVALID_PARAMS')
			assert.equal(context.__serverMessage, 'Invalid param: WrongSize')
			await fails(rpc.getNothing().send(), 'JSON_RPC__METHOD_NOT_FOUND')
			const transaction = await signed(alice, transferOf(alice, await fresh(), COIN))
			await chain.sendAndConfirm(transaction, { commitment: 'confirmed' })
			const signature = kit.getSignatureFromTransaction(transaction)
			const old = rpc.getTransaction(signature, { commitment: 'confirmed', encoding: 'json' })
			await fails(old.send(), 'JSON_RPC__SERVER_ERROR_UNSUPPORTED_TRANSACTION_VERSION')
			const none = rpc.getBlock(10n ** 9n, { maxSupportedTransactionVersion: 0 })
			await fails(none.send(), 'JSON_RPC__SERVER_ERROR_BLOCK_NOT_AVAILABLE')
			const ahead = rpc.getBalance(alice.address, { commitment: 'processed', minContextSlot: 10n ** 9n })
			const error = await fails(ahead.send(), 'JSON_RPC__SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED')
			assert.equal(BigInt(error.context.contextSlot), BigInt(await solana.node.best()))
		})
	})

	test('processed and confirmed are the best block, finalized is what is final; a blockhash is good for 150', async () => {
		const slow = await startKit({ name: 'kit-manual', sealing: 'manual' })
		const { node } = slow.solana
		const levels = ['processed', 'confirmed', 'finalized']
		const key = await fresh()
		const inboxes = levels.map(commitment =>
			slow.news(slow.rpcSubscriptions.accountNotifications(key, { commitment, encoding: 'base64' })),
		)
		const [processed, confirmed, finalized] = await Promise.all(inboxes)
		const balances = () => Promise.all(levels.map(level => slow.balance(key, level)))
		const slots = () => Promise.all(levels.map(commitment => slow.rpc.getSlot({ commitment }).send()))
		const signature = await slow.rpc.requestAirdrop(key, kit.lamports(COIN)).send()
		const status = async () => (await slow.rpc.getSignatureStatuses([signature]).send()).value[0]
		assert.deepEqual([await status(), await balances()], [null, [0n, 0n, 0n]])

		await node.seal({ finalize: false })
		for (const inbox of [processed, confirmed]) {
			const { context, value } = await inbox.first(DEADLINE_MS, 'the coins', () => true)
			assert.deepEqual([context.slot, value.lamports], [1n, COIN])
		}
		assert.deepEqual([await balances(), await slots()], [[COIN, COIN, 0n], [1n, 1n, 0n]])
		const { slot, confirmations, confirmationStatus, err } = await status()
		assert.deepEqual([slot, confirmations, confirmationStatus, err], [1n, 0n, 'confirmed', null])
		await node.seal({ finalize: false })
		await eventually(DEADLINE_MS, 'the second block', async () => (await status()).confirmations === 1n)
		assert.deepEqual(finalized.items, [])

		await node.seal({ finalize: true })
		const news = await finalized.first(DEADLINE_MS, 'the coins for good', () => true)
		assert.deepEqual([news.context.slot, news.value.lamports], [3n, COIN])
		assert.deepEqual([await balances(), await slots()], [[COIN, COIN, COIN], [3n, 3n, 3n]])
		const final = await status()
		assert.deepEqual([final.confirmations, final.confirmationStatus], [null, 'finalized'])
		assert.deepEqual([processed, confirmed, finalized].map(inbox => inbox.items.length), [1, 1, 1])

		const { value } = await slow.rpc.getLatestBlockhash({ commitment: 'processed' }).send()
		const { blockhash, lastValidBlockHeight } = value
		assert.equal(lastValidBlockHeight, 3n + BigInt(LIFETIME))
		const isValid = async () => (await slow.rpc.isBlockhashValid(blockhash, { commitment: 'processed' }).send()).value
		while (BigInt(await node.best()) < lastValidBlockHeight - 1n) await node.seal()
		assert.equal(await isValid(), true)
		await node.seal()
		await eventually(DEADLINE_MS, 'the blockhash to expire', async () => !(await isValid()))
		await slow.solana.stop()
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
