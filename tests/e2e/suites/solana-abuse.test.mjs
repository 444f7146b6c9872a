// SPDX-License-Identifier: Apache-2.0
//
// What broken and hostile clients send to Solana's JSON-RPC: each is answered with the code and the sentence
// of Solana's own validator, nobody loses anything but the fee that Solana takes as well, and the node goes
// on as if nothing had been.

import assert from 'node:assert/strict'
import { base58 } from '@scure/base'
import {
	AddressLookupTableProgram,
	ComputeBudgetProgram,
	Keypair,
	PublicKey,
	SYSVAR_CLOCK_PUBKEY,
	SystemProgram,
	TransactionInstruction,
} from '@solana/web3.js'
import {
	TOKEN_PROGRAM_ID,
	createAssociatedTokenAccountInstruction,
	createMint,
	createTransferInstruction,
	getAssociatedTokenAddressSync,
	getOrCreateAssociatedTokenAccount,
	mintTo,
} from '@solana/spl-token'
import { FEE, MEMO, PACKET, SOL, memoOf, signed, startSolana, transferOf } from '../lib/solana.mjs'
import { malleated, messageOf, signatureOf, signedMessage, transactionOf } from '../lib/solana-raw.mjs'
import {
	Abused,
	INVALID_PARAMS,
	INVALID_REQUEST,
	NO_METHOD,
	PARSE_ERROR,
	PREFLIGHT,
	failure,
	sending,
} from '../lib/solana-abuse.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** Agave's own. */
const [NOT_AVAILABLE, VERSION, MIN_SLOT] = [-32_004, -32_015, -32_016]

const KIND = 'solana_transaction::versioned::VersionedTransaction'
const SANITIZE = 'invalid transaction: Transaction failed to sanitize accounts offsets correctly'
const SYSTEM = SystemProgram.programId

describe('solana abuse', () => {
	let solana, connection, abused, alice, bob, mint

	const fresh = () => Keypair.generate().publicKey
	const nothingComesOf = act => abused.nothingComesOf(act)
	const isRefused = (...expected) => abused.isRefused(...expected)
	const isNotSent = (...expected) => abused.isNotSent(...expected)
	const legacy = (instructions, signers = [alice]) => signed(instructions, signers, abused.blockhash).serialize()
	const isForged = bytes =>
		isNotSent(bytes, PREFLIGHT, failure('Transaction did not pass signature verification'), 'SignatureFailure')
	/** Without a preflight nobody judges: its signature is the answer, and nothing comes of it. */
	const isTakenForNothing = async bytes => {
		const options = { skipPreflight: true, maxRetries: 0 }
		const signature = await solana.rpc('sendTransaction', ...sending(bytes, options))
		assert.equal(signature, base58.encode(bytes.subarray(1, 65)))
	}
	const payment = () => transferOf(alice.publicKey, bob.publicKey, SOL)

	before(async () => {
		solana = await startSolana({ name: 'solana-abuse' })
		connection = solana.connection()
		alice = await solana.person(100 * SOL)
		bob = await solana.person(100 * SOL)
		abused = new Abused(solana, [alice, bob])
		mint = await createMint(connection, alice, alice.publicKey, null, 6)
		const account = await getOrCreateAssociatedTokenAccount(connection, bob, mint, bob.publicKey)
		await mintTo(connection, alice, mint, account.address, alice, 1_000)
	})
	after(() => solana?.stop())

	test('what is no JSON and what is no request', () => nothingComesOf(async () => {
		for (const body of ['{', '{"jsonrpc":"2.0","id":1,"method":"getSlot"', 'nonsense', '\u0000', '']) {
			const { error, id } = await abused.parsed(body)
			assert.deepEqual([error.code, error.message, id], [PARSE_ERROR, 'Parse error', null], body)
		}
		for (const body of ['{}', '[]', '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"1.0","id":1,"method":"getSlot"}']) {
			const { code } = (await abused.parsed(body)).error
			assert.ok(code === INVALID_REQUEST || (body === '{}' && code === PARSE_ERROR), `${body}: ${code}`)
		}
		const nested = `{"jsonrpc":"2.0","id":1,"method":"getSlot","params":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
		assert.ok([PARSE_ERROR, INVALID_PARAMS].includes((await abused.parsed(nested)).error.code))
		assert.equal((await solana.post('{}', { 'content-type': 'text/plain' })).status, 415)
		assert.equal((await fetch(solana.url, { headers: { connection: 'close' } })).status, 405)
	}))

	test('requests whose id is none are invalid, also within batches', () => nothingComesOf(async () => {
		const request = id => JSON.stringify({ jsonrpc: '2.0', id, method: 'getHealth' })
		const invalid = { jsonrpc: '2.0', id: null, error: { code: INVALID_REQUEST, message: 'Invalid request' } }
		// Over websockets, the server takes them for notifications.
		const ids = [-1, 1.5, true, [1], {}]
		for (const id of ids) assert.deepEqual(await abused.parsed(request(id)), invalid)
		const batch = `[${[...ids, 7].map(request).join(',')}]`
		const ok = { jsonrpc: '2.0', id: 7, result: 'ok' }
		assert.deepEqual(await abused.parsed(batch), [...ids.map(() => invalid), ok])
		for (const id of ['a', 7, null]) assert.deepEqual((await abused.parsed(request(id))), { ...ok, id })
	}))

	test('bodies and batches that are too large, and batches that are not', () => nothingComesOf(async () => {
		const request = (id, method, ...params) => ({ jsonrpc: '2.0', id, method, params })
		const body = JSON.stringify(request(1, 'getSlot', 'x'.repeat(60_000)))
		assert.equal((await solana.post(body)).status, 413)
		const many = count => JSON.stringify(Array.from({ length: count }, (_, id) => request(id, 'getHealth')))
		for (const count of [100, 101, 800]) {
			assert.deepEqual((await abused.parsed(many(count))).map(it => it.result), Array(count).fill('ok'))
		}
		assert.equal((await solana.post(many(1_000))).status, 413)
		const answers = await abused.parsed(JSON.stringify([request(1, 'getHealth'), request('two', 'getNothing'), request(3, 'getBlock')]))
		assert.deepEqual(answers.map(it => [it.id, it.result ?? it.error.code]), [[1, 'ok'], ['two', NO_METHOD], [3, INVALID_PARAMS]])
	}))

	test('unknown methods, and parameters that are missing, of the wrong kind, or out of range', () => nothingComesOf(async () => {
		const key = bob.publicKey.toBase58()
		const ones = new Uint8Array(32).fill(255)
		await isRefused('getNothing', [], NO_METHOD, 'Method not found')
		await isRefused('eth_chainId', [], NO_METHOD, 'Method not found')
		const least = count => `\`params\` should have at least ${count} argument(s)`
		const cases = [
			['getBalance', [], least(1)],
			['getBalance', { pubkey: key }, '`params` should be an array'],
			['getBalance', [1], /^Invalid params: invalid type: (integer `1`|number), expected a string\.$/],
			['getBalance', [key, {}, 1], 'Invalid parameters: Expected from 1 to 2 parameters.'],
			['getBalance', [key, { commitment: 'soon' }], /^Invalid params: unknown variant `soon`/],
			['getBalance', ['0OIl'], 'Invalid param: Invalid'],
			['getBalance', ['abc'], 'Invalid param: WrongSize'],
			['getBalance', ['1'.repeat(10_000)], 'Invalid param: WrongSize'],
			['getAccountInfo', [Buffer.from(ones).toString('base64')], 'Invalid param: Invalid'],
			['getAccountInfo', [key, { encoding: 'xml' }], /^Invalid params: unknown variant `xml`/],
			['getSlot', [1, 2], 'Invalid parameters: Expected from 0 to 1 parameters.'],
			['getHealth', [1], 'Invalid parameters: No parameters were expected'],
			['getBlock', [-1], 'Invalid params: invalid value: integer `-1`, expected u64.'],
			['getBlock', [1.5], 'Invalid params: invalid type: floating point `1.5`, expected u64.'],
			['getBlock', [1, { commitment: 'processed' }], 'Method does not support commitment below `confirmed`'],
			['getBlocksWithLimit', [0, 500_001], 'Limit too large; max 500000'],
			['getTransaction', ['abc'], 'Invalid param: WrongSize'],
			['getSignaturesForAddress', [key, { limit: 0 }], 'Invalid limit; max 1000'],
			['getSignaturesForAddress', [key, { limit: 1_001 }], 'Invalid limit; max 1000'],
			['getSignaturesForAddress', [key, { before: key }], 'Invalid param: WrongSize'],
			['getSignatureStatuses', [Array(257).fill('1'.repeat(64))], 'Too many inputs provided; max 256'],
			['getMultipleAccounts', [Array(101).fill(key)], 'Too many inputs provided; max 100'],
			['getProgramAccounts', [key, { filters: Array(5).fill({ dataSize: 1 }) }], 'Too many filters provided; max 4'],
			['getTokenAccountBalance', [key], 'Invalid param: not a Token account'],
			['getTokenAccountBalance', [fresh().toBase58()], 'Invalid param: could not find account'],
			['getTokenSupply', [key], 'Invalid param: not a Token mint'],
			['getTokenAccountsByOwner', [key, { programId: key }], 'Invalid param: unrecognized Token program id'],
			['getTokenAccountsByOwner', [key, { mint: fresh().toBase58() }], 'Invalid param: could not find mint'],
			['getMinimumBalanceForRentExemption', ['many'], /^Invalid params: invalid type: string "many", expected /],
			['requestAirdrop', [key], least(2)],
			['sendTransaction', [], least(1)],
			['simulateTransaction', [7], /^Invalid params: invalid type: (integer `7`|number), expected a string\.$/],
		]
		for (const [method, params, message] of cases) await isRefused(method, params, INVALID_PARAMS, message)
	}))

	test('blocks and transactions that are not there', () => nothingComesOf(async () => {
		const best = await solana.node.best()
		for (const slot of [best + 1, 2 ** 53, 18446744073709551615n]) {
			const body = `{"jsonrpc":"2.0","id":1,"method":"getBlock","params":[${slot},{"commitment":"confirmed"}]}`
			const { error } = await abused.parsed(body)
			assert.deepEqual([error.code, error.message], [NOT_AVAILABLE, `Block not available for slot ${slot}`])
		}
		await isRefused('getBlockTime', [best + 1], NOT_AVAILABLE, `Block not available for slot ${best + 1}`)
		const nobody = [alice.publicKey.toBase58(), { commitment: 'processed', minContextSlot: best + 1 }]
		const { data } = await isRefused('getBalance', nobody, MIN_SLOT, 'Minimum context slot has not been reached')
		assert.deepEqual(data, { contextSlot: best })
		assert.deepEqual(await solana.rpc('getBlocks', best + 5, best + 1, { commitment: 'confirmed' }), [])
		const unknown = '1'.repeat(64)
		assert.equal(await solana.rpc('getTransaction', unknown), null)
		assert.deepEqual((await solana.rpc('getSignatureStatuses', [unknown])).value, [null])
		assert.deepEqual(await solana.rpc('getSignaturesForAddress', fresh().toBase58()), [])
	}))

	test('texts that are no transaction', () => nothingComesOf(async () => {
		const base64 = { encoding: 'base64' }
		const [good, long] = [legacy([payment()]), Buffer.alloc(PACKET + 1)]
		const cases = [
			[['0OIl'], /^invalid base58 encoding: InvalidCharacter/],
			[['1'.repeat(1_684)], `base58 encoded ${KIND} too large: 1684 bytes (max: encoded/raw 1683/1232)`],
			[['!!!!', base64], /^invalid base64 encoding: InvalidByte\(0, 33\)/],
			[[long.toString('base64'), base64], `decoded ${KIND} too large: 1233 bytes (max: 1232 bytes)`],
			[[Buffer.alloc(1_236).toString('base64'), base64], `base64 encoded ${KIND} too large: 1648 bytes (max: encoded/raw 1644/1232)`],
			[['', base64], new RegExp(`^failed to deserialize ${KIND}: `)],
			[[good.subarray(0, -1).toString('base64'), base64], new RegExp(`^failed to deserialize ${KIND}: `)],
			// Solana's RPC takes these and its banks never see them.
			[[Buffer.concat([good, Buffer.from([0])]).toString('base64'), base64], new RegExp(`^failed to deserialize ${KIND}: `)],
			[[good.toString('base64'), { encoding: 'json' }], 'unsupported encoding: json. Supported encodings: base58, base64'],
		]
		for (const [params, message] of cases)
			for (const method of ['sendTransaction', 'simulateTransaction'])
				await isRefused(method, params, INVALID_PARAMS, message)
	}))

	test('messages that make no sense', () => nothingComesOf(async () => {
		const keys = [alice.publicKey, bob.publicKey, SYSTEM]
		const data = payment().data
		const message = fields => messageOf({ header: [1, 0, 1], keys, blockhash: abused.blockhash, instructions: [{ program: 2, accounts: [0, 1], data }], ...fields })
		const send = (fields, ...expected) => isNotSent(signedMessage(message(fields), alice), ...expected)
		await send({ instructions: [{ program: 3, data }] }, INVALID_PARAMS, SANITIZE)
		await send({ instructions: [{ program: 0, data }] }, INVALID_PARAMS, SANITIZE)
		await send({ instructions: [{ program: 2, accounts: [0, 3], data }] }, INVALID_PARAMS, SANITIZE)
		await send({ header: [1, 1, 1] }, INVALID_PARAMS, SANITIZE)
		await send({ header: [1, 0, 3] }, INVALID_PARAMS, SANITIZE)
		await send({ header: [2, 0, 1] }, INVALID_PARAMS, SANITIZE)
		await send({ version: 1 }, INVALID_PARAMS, new RegExp(`^failed to deserialize ${KIND}: `))
		await send({ lookups: [{ table: fresh() }] }, INVALID_PARAMS, SANITIZE)
		const again = { keys: [alice.publicKey, bob.publicKey, SYSTEM, bob.publicKey] }
		await send(again, PREFLIGHT, failure('Account loaded twice'), 'AccountLoadedTwice')
	}))

	test('signatures that are missing, of somebody else, or tampered with', () => nothingComesOf(async () => {
		const message = signed([payment()], [alice], abused.blockhash).serializeMessage()
		const [good, nothing] = [signatureOf(alice, message), new Uint8Array(64)]
		const flipped = Buffer.from(good)
		flipped[40] ^= 1
		for (const signature of [nothing, flipped, signatureOf(bob, message), malleated(good)]) {
			const bytes = transactionOf([signature], message)
			await isForged(bytes)
			await isTakenForNothing(bytes)
			const config = { encoding: 'base64', sigVerify: true }
			const { value } = await solana.rpc('simulateTransaction', bytes.toString('base64'), config)
			assert.deepEqual([value.err, value.fee, value.unitsConsumed], ['SignatureFailure', null, 0])
		}
		await isNotSent(transactionOf([good, good], message), INVALID_PARAMS, SANITIZE)
		await isNotSent(transactionOf([], message), INVALID_PARAMS, /^failed to deserialize|^invalid transaction: /)
		// Nobody signs for bob, who would have to pay.
		const both = signed([transferOf(bob.publicKey, alice.publicKey, SOL)], [bob], abused.blockhash).serializeMessage()
		await isForged(transactionOf([signatureOf(alice, both)], both))
	}))

	test('blockhashes and payers that are not there', () => nothingComesOf(async () => {
		const old = signed([payment()], [alice], fresh().toBase58()).serialize()
		await isNotSent(old, PREFLIGHT, failure('Blockhash not found'), 'BlockhashNotFound')
		await isTakenForNothing(old)
		const nobody = legacy([memoOf('free?')], [Keypair.generate()])
		await isNotSent(nobody, PREFLIGHT, failure('Attempt to debit an account but found no record of a prior credit.'), 'AccountNotFound')
		await isTakenForNothing(nobody)
		const dear = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 2n ** 64n - 1n })
		await isNotSent(legacy([dear, payment()]), PREFLIGHT, failure('Insufficient funds for fee'), 'InsufficientFundsForFee')
	}))

	test('compute budgets of nothing, twice, too much, and of no kind', () => nothingComesOf(async () => {
		const limit = units => ComputeBudgetProgram.setComputeUnitLimit({ units })
		const budget = (...data) => new TransactionInstruction({ programId: ComputeBudgetProgram.programId, keys: [], data: Buffer.from(data) })
		const cases = [
			[[limit(0), payment()], PREFLIGHT, 'Error processing Instruction 0: Computational budget exceeded', { InstructionError: [0, 'ComputationalBudgetExceeded'] }],
			[[limit(1_000), limit(1_000), payment()], INVALID_PARAMS, 'Transaction contains a duplicate instruction (1) that is not allowed'],
			[[budget(9), payment()], INVALID_PARAMS, 'Error processing Instruction 0: invalid instruction data'],
			[[budget(2, 1), payment()], INVALID_PARAMS, 'Error processing Instruction 0: invalid instruction data'],
			[[budget(1, 1, 0, 0, 0), payment()], PREFLIGHT, 'Error processing Instruction 0: invalid instruction data', { InstructionError: [0, 'InvalidInstructionData'] }],
			[[budget(4, 0, 0, 0, 0), payment()], PREFLIGHT, 'LoadedAccountsDataSizeLimit set for transaction must be greater than 0.', 'InvalidLoadedAccountsDataSizeLimit'],
			[[budget(4, 1, 0, 0, 0), payment()], PREFLIGHT, 'Transaction exceeded max loaded accounts data size cap', 'MaxLoadedAccountsDataSizeExceeded'],
		]
		for (const [instructions, code, sentence, err] of cases) {
			const message = code === PREFLIGHT ? failure(sentence) : `invalid transaction: ${sentence}`
			await isNotSent(legacy(instructions), code, message, err)
		}
		// As much as there is, for whoever asks for more.
		const [much, config] = sending(legacy([limit(2 ** 32 - 1), payment()]))
		assert.equal((await solana.rpc('simulateTransaction', much, config)).value.err, null)
	}))

	test('programs that are not there, and what programs refuse', async () => {
		const space = Keypair.generate()
		const rent = await connection.getMinimumBalanceForRentExemption(0)
		const owned = SystemProgram.createAccount({ fromPubkey: alice.publicKey, newAccountPubkey: space.publicKey, lamports: 2 * rent, space: 0, programId: MEMO })
		await solana.send([owned], [alice, space])
		const system = (keys, ...data) => new TransactionInstruction({ programId: SYSTEM, keys, data: Buffer.from(data) })
		const unsigned = payment()
		unsigned.keys[0] = { ...unsigned.keys[0], pubkey: bob.publicKey, isSigner: false }
		const [bobs, someones] = [bob.publicKey, fresh()].map(key => getAssociatedTokenAddressSync(mint, key))
		const stranger = fresh()
		const open = createAssociatedTokenAccountInstruction(bob.publicKey, getAssociatedTokenAddressSync(mint, stranger), stranger, mint)
		open.keys[0].isSigner = false
		const nothing = { programId: fresh(), keys: [], data: Buffer.alloc(0) }
		const cases = [
			[[new TransactionInstruction(nothing)], 'Attempt to load a program that does not exist', 'ProgramAccountNotFound'],
			[[new TransactionInstruction({ ...nothing, programId: bob.publicKey })], 'This program may not be used for executing instructions', 'InvalidProgramForExecution'],
			[[unsigned], 'missing required signature for instruction', 'MissingRequiredSignature'],
			[[transferOf(alice.publicKey, SYSVAR_CLOCK_PUBKEY, SOL)], 'instruction changed the balance of a read-only account', 'ReadonlyLamportChange'],
			[[transferOf(alice.publicKey, SYSTEM, SOL)], 'instruction changed the balance of a read-only account', 'ReadonlyLamportChange'],
			[[transferOf(space.publicKey, bob.publicKey, rent)], 'instruction spent from the balance of an account it does not own', 'ExternalAccountLamportSpend', [alice, space]],
			[[system([], 255, 255, 255, 255)], 'invalid instruction data', 'InvalidInstructionData'],
			[[system(payment().keys.slice(0, 1), ...payment().data)], 'An account required by the instruction is missing', 'MissingAccount'],
			[[owned], 'custom program error: 0x0', { Custom: 0 }, [alice, space]],
			[[createTransferInstruction(bobs, someones, alice.publicKey, 1)], 'invalid account data for instruction', 'InvalidAccountData'],
			[[createTransferInstruction(bobs, bobs, alice.publicKey, 1)], 'custom program error: 0x4', { Custom: 4 }],
			[[open], 'Cross-program invocation with unauthorized signer or writable account', 'PrivilegeEscalation'],
		]
		await nothingComesOf(async () => {
			for (const [instructions, sentence, err, signers] of cases) {
				const isOfTransaction = /^(Program|InvalidProgram)/.test(String(err)) && typeof err === 'string'
				const [message, error] = isOfTransaction
					? [sentence, err]
					: [`Error processing Instruction 0: ${sentence}`, { InstructionError: [0, err] }]
				const { logs } = await isNotSent(legacy(instructions, signers), PREFLIGHT, failure(message), error)
				if (!isOfTransaction) assert.match(logs.at(-1), new RegExp(`failed: ${sentence}$`))
			}
		})
	})

	test('lookup tables that are none, and more accounts than a transaction may name', async () => {
		const [create, table] = AddressLookupTableProgram.createLookupTable({ authority: alice.publicKey, payer: alice.publicKey, recentSlot: await connection.getSlot('processed') })
		const extend = () => AddressLookupTableProgram.extendLookupTable({
			payer: alice.publicKey, authority: alice.publicKey, lookupTable: table, addresses: Array.from({ length: 22 }, fresh),
		})
		await solana.send([create, extend()], [alice])
		for (let extended = 1; extended < 3; extended++) await solana.send([extend()], [alice])
		await nothingComesOf(async () => {
			const keys = [alice.publicKey, SYSTEM]
			const send = (lookup, ...expected) =>
				isNotSent(signedMessage(messageOf({ header: [1, 0, 1], keys, blockhash: abused.blockhash, lookups: [lookup] }), alice), ...expected)
			const cases = [
				[{ table: fresh(), writable: [0] }, "Transaction loads an address table account that doesn't exist"],
				[{ table: bob.publicKey, writable: [0] }, 'Transaction loads an address table account with an invalid owner'],
				[{ table, readonly: [66] }, 'Transaction address table lookup uses an invalid index'],
			]
			for (const [lookup, sentence] of cases) await send(lookup, INVALID_PARAMS, `invalid transaction: ${sentence}`)
			const all = Array.from({ length: 63 }, (_, index) => index)
			await send({ table, readonly: all }, PREFLIGHT, failure('Transaction locked too many accounts'), 'TooManyAccountLocks')
			await send({ table, writable: [1], readonly: [1] }, PREFLIGHT, failure('Account loaded twice'), 'AccountLoadedTwice')
		})
	})

	test('the same once more, and who cannot read it', async () => {
		abused.blockhash = (await connection.getLatestBlockhash()).blockhash
		const instructions = [{ program: 2, accounts: [0, 1], data: payment().data }]
		const keys = [alice.publicKey, bob.publicKey, SYSTEM]
		const bytes = signedMessage(messageOf({ header: [1, 0, 1], keys, blockhash: abused.blockhash, instructions, lookups: [] }), alice)
		const [alices, bobs] = await abused.balances()
		const sent = await connection.sendRawTransaction(bytes)
		const { slot } = await solana.confirm(sent)
		assert.deepEqual(await abused.balances(), [alices - SOL - FEE, bobs + SOL])
		await nothingComesOf(async () => {
			const sentence = failure('This transaction has already been processed')
			await isNotSent(bytes, PREFLIGHT, sentence, 'AlreadyProcessed')
			await isTakenForNothing(bytes)
			const unread = 'Transaction version (0) is not supported by the requesting client. Please try the request again ' +
				'with the following configuration parameter: "maxSupportedTransactionVersion": 0'
			for (const [method, name] of [['getTransaction', sent], ['getBlock', slot]])
				await isRefused(method, [name, { commitment: 'confirmed' }], VERSION, unread)
		})
	})

	test('who does not ask before pays for what fails, and for nothing else', async () => {
		const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 0 })
		const tiny = new TransactionInstruction({ programId: ComputeBudgetProgram.programId, keys: [], data: Buffer.from([4, 1, 0, 0, 0]) })
		const cases = [
			[[payment(), transferOf(alice.publicKey, bob.publicKey, 10 ** 6 * SOL)], { InstructionError: [1, { Custom: 1 }] }],
			[[payment(), new TransactionInstruction({ programId: fresh(), keys: [] })], 'ProgramAccountNotFound'],
			[[payment(), new TransactionInstruction({ programId: bob.publicKey, keys: [] })], 'InvalidProgramForExecution'],
			[[limit, payment()], { InstructionError: [0, 'ComputationalBudgetExceeded'] }],
			[[tiny, payment()], 'MaxLoadedAccountsDataSizeExceeded'],
		]
		for (const [instructions, err] of cases) {
			const [alices, bobs] = await abused.balances()
			const sent = await solana.submit(instructions, [alice], { skipPreflight: true })
			const { meta } = await solana.included(sent)
			assert.deepEqual([meta.err, meta.fee], [err, FEE])
			assert.deepEqual(await abused.balances(), [alices - FEE, bobs], JSON.stringify(err))
		}
	})

	test('nothing is lost', async () => {
		const account = getAssociatedTokenAddressSync(mint, bob.publicKey)
		assert.equal((await connection.getTokenAccountBalance(account)).value.amount, '1000')
		assert.equal(String((await connection.getAccountInfo(mint)).owner), String(TOKEN_PROGRAM_ID))
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
