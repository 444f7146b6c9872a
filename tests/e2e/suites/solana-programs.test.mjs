// SPDX-License-Identifier: Apache-2.0
//
// Programs that were built for Solana elsewhere: deployed through buffers as its command line does it,
// called, calling others, upgraded, and closed.

import assert from 'node:assert/strict'
import { ComputeBudgetProgram, Keypair, SystemProgram, Transaction } from '@solana/web3.js'
import {
	ASSOCIATED_TOKEN_PROGRAM_ID,
	TOKEN_PROGRAM_ID,
	amountToUiAmount,
	createAccount,
	createAmountToUiAmountInstruction,
	createAssociatedTokenAccount,
	createMint,
	getAccount,
	getAssociatedTokenAddressSync,
	getMint,
	mintTo,
	transfer,
} from '@solana/spl-token'
import { u8aToHex } from '@polkadot/util'
import { unbound } from '../lib/identity.mjs'
import {
	FEE,
	LOADER,
	SOL,
	closeBufferOf,
	closeOf,
	deployInstructions,
	deployProgram,
	elf,
	memoOf,
	programData,
	programDataSize,
	refused,
	setAuthorityOf,
	startSolana,
	upgradeOf,
	writeBuffer,
	writeOf,
} from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** Compute units of a transaction that does not ask for others, and the most that one may ask for. */
const [UNITS, UNITS_MAX] = [200_000, 1_400_000]

const SYSTEM = SystemProgram.programId
const text = key => key.toBase58()

/** Where the first instruction of the memo program is in its file. */
const ENTRY = 0x120

/** The memo program, with other bytes from there on. @param {number[]} bytes */
function memoWith(...bytes) {
	const file = elf('spl_memo-4.0.0')
	assert.equal(file.readUInt32LE(24), ENTRY, 'the entry point')
	file.set(bytes, ENTRY)
	return file
}

/** The memo program, saying something else of its signers. @param {string} words as long as "Signed by:" */
function memoSaying(words) {
	const file = elf('spl_memo-4.0.0')
	file.write(words, file.indexOf('Signed by:'), 'latin1')
	return file
}

describe('programs of Solana', () => {
	let solana, connection, api, payer

	before(async () => {
		solana = await startSolana({ name: 'solana-programs' })
		connection = solana.connection()
		api = await solana.node.api()
		payer = await solana.person(1_000 * SOL)
	})
	after(() => solana?.stop())

	/** Deploys a program of the payer's. */
	async function deploy(file, options) {
		const program = await deployProgram(solana, payer, file, options)
		// The old one keeps a blockhash for half a minute, which here is more than 150 slots.
		connection = solana.connection()
		return program
	}
	const rentOf = size => connection.getMinimumBalanceForRentExemption(size)

	/** What a call of the memo program logs, and what it used. */
	async function memo(program, words, signers = [payer]) {
		const keys = signers.map(it => it.publicKey)
		const { meta } = await solana.send([memoOf(words, keys, program)], [payer, ...signers.filter(it => it !== payer)])
		return { lines: meta.logMessages, units: meta.computeUnitsConsumed }
	}

	/** What the memo program logs, as far as it is known before. */
	const said = (program, heading, words, units) => [
		`Program ${text(program)} invoke [1]`,
		`Program log: ${heading}`,
		`Program log: ${text(payer.publicKey)}`,
		`Program log: Memo (len ${words.length})`,
		`Program log: ${words}`,
		`Program ${text(program)} consumed ${units} of ${UNITS} compute units`,
		`Program ${text(program)} success`,
	]

	/** It is refused before it is sent, with this sentence, and with this line in its log. */
	async function fails(instructions, signers, sentence, line) {
		const { message, logs } = await refused(solana.submit(instructions, signers))
		assert.ok(message.endsWith(sentence), message)
		if (line) assert.ok(logs.includes(line), logs.join('\n'))
		return logs
	}

	test('a program is two accounts of the loader, and runs', async () => {
		const [file, key] = [elf('spl_memo-4.0.0'), Keypair.generate()]
		const buffer = await writeBuffer(solana, payer, file)
		const { value: written } = await connection.getParsedAccountInfo(buffer)
		assert.deepEqual(written.data.parsed, {
			type: 'buffer',
			info: { authority: text(payer.publicKey), data: [file.toString('base64'), 'base64'] },
		})
		const { slot } = await solana.send(await deployInstructions(solana, payer, key, buffer, file.length + 100), [payer, key])
		const [program, data] = [key.publicKey, programData(key.publicKey)]
		assert.equal(await connection.getAccountInfo(buffer), null)

		const account = await connection.getAccountInfo(program)
		assert.deepEqual([account.executable, text(account.owner), account.lamports], [true, text(LOADER), await rentOf(36)])
		assert.deepEqual([...account.data], [2, 0, 0, 0, ...data.toBytes()])
		const { value: parsed } = await connection.getParsedAccountInfo(program)
		assert.deepEqual(parsed.data, {
			program: 'bpf-upgradeable-loader',
			parsed: { type: 'program', info: { programData: text(data) } },
			space: 36,
		})
		const { value: code } = await connection.getParsedAccountInfo(data)
		const bytes = Buffer.concat([file, Buffer.alloc(100)]).toString('base64')
		assert.deepEqual(code.data.parsed, {
			type: 'programData',
			info: { authority: text(payer.publicKey), slot, data: [bytes, 'base64'] },
		})
		assert.equal(code.lamports, await rentOf(programDataSize(file.length + 100)))
		assert.equal(code.executable, false)

		const { lines, units } = await memo(program, 'gm')
		assert.deepEqual(lines, said(program, 'Signed by:', 'gm', units))
		assert.equal(units, 500)
		const unsigned = memoOf('gm', [payer.publicKey], program)
		unsigned.keys[0].isSigner = false
		const stranger = await solana.person()
		await fails([unsigned], [stranger], 'Error processing Instruction 0: missing required signature for instruction')
	})

	test('what a simulation says is what the call does then', async () => {
		const program = await deploy(elf('spl_memo-4.0.0'))
		const transaction = new Transaction().add(memoOf('what if', [payer.publicKey], program))
		const { value } = await connection.simulateTransaction(transaction, [payer])
		const { lines, units } = await memo(program, 'what if')
		assert.deepEqual([value.err, value.unitsConsumed, value.logs], [null, units, lines])
	})

	test('it does not run before the slot after, and does not come without a buffer of one’s own', async () => {
		const [file, key, stranger] = [elf('spl_memo-4.0.0'), Keypair.generate(), await solana.person()]
		const buffer = await writeBuffer(solana, payer, file)
		const deployment = await deployInstructions(solana, payer, key, buffer, file.length)
		const early = [...deployment, memoOf('already?', [], key.publicKey)]
		await fails(early, [payer, key], 'Attempt to load a program that does not exist')
		const theirs = await deployInstructions(solana, stranger, key, buffer, file.length)
		const sentence = 'Error processing Instruction 1: Incorrect authority provided'
		await fails(theirs, [stranger, key], sentence, 'Buffer and upgrade authority don\'t match')
		const short = await deployInstructions(solana, payer, key, buffer, file.length - 1)
		const small = 'Error processing Instruction 1: account data too small for instruction'
		await fails(short, [payer, key], small, 'Max data length is too small to hold Buffer data')
		const write = writeOf(buffer, stranger.publicKey, 0, Buffer.from('no'))
		await fails([write], [stranger], 'Incorrect authority provided', 'Incorrect buffer authority provided')
		const beyond = writeOf(buffer, payer.publicKey, file.length - 1, Buffer.from('no'))
		const overflow = `Write overflow: ${37 + file.length} < ${38 + file.length}`
		await fails([beyond], [payer], 'account data too small for instruction', overflow)
		await solana.send(deployment, [payer, key])
		const { lines, units } = await memo(key.publicKey, 'now')
		assert.deepEqual(lines, said(key.publicKey, 'Signed by:', 'now', units))
		await fails(deployment, [payer, key], 'custom program error: 0x0')
	})

	test('files that are no programs are not deployed, and what they cost comes back', async () => {
		const [truncated, renamed] = [elf('spl_memo-4.0.0').subarray(0, 1_000), elf('spl_memo-4.0.0')]
		renamed.write('FLE', 1)
		for (const [file, line] of [
			[Buffer.from('#!/bin/sh\nexit 0\n'), /^Offset or value is out of bounds$/],
			[truncated, /^Offset or value is out of bounds$/],
			[renamed, /^Failed to parse ELF file: invalid file header$/],
			[memoWith(0xff), /^Verifier error: unknown eBPF opcode 0xff \(insn #0\)$/],
			// Its first version calls what no program may call any more.
			[elf('spl_memo-1.0.0'), /^Unresolved symbol \(sol_alloc_free_\) at instruction #\d+ \(ELF file offset 0x/],
		]) {
			const [buffer, key] = [await writeBuffer(solana, payer, file), Keypair.generate()]
			const deployment = await deployInstructions(solana, payer, key, buffer, file.length)
			const sentence = 'Error processing Instruction 1: invalid account data for instruction'
			const logs = await fails(deployment, [payer, key], sentence)
			const reason = logs.at(-2)
			assert.match(reason, line)
			assert.equal(logs.at(-1), `Program ${text(LOADER)} failed: invalid account data for instruction`)
			const before_ = await connection.getBalance(payer.publicKey)
			await solana.send([closeBufferOf(buffer, payer.publicKey)], [payer])
			assert.equal(await connection.getBalance(payer.publicKey), before_ + (await rentOf(37 + file.length)) - FEE)
			assert.equal(await connection.getAccountInfo(buffer), null)
		}
	})

	test('a program is upgraded by its authority, who hands it over and then gives it up', async () => {
		const program = await deploy(elf('spl_memo-4.0.0'))
		const [data, heir] = [programData(program), await solana.person(100 * SOL)]
		const authority = async () => (await connection.getParsedAccountInfo(data)).value.data.parsed.info.authority
		const says = async words => {
			const { lines, units } = await memo(program, 'gm')
			assert.deepEqual(lines, said(program, words, 'gm', units))
		}
		const upgrade = async (by, words) => {
			const buffer = await writeBuffer(solana, by, memoSaying(words))
			return [upgradeOf(program, buffer, by.publicKey)]
		}
		const wrong = ['Incorrect authority provided', 'Incorrect upgrade authority provided']
		const fixed = ['Account is immutable', 'Program not upgradeable']

		await fails(await upgrade(heir, 'Hacked by:'), [heir], ...wrong)
		await says('Signed by:')
		const [mine] = await upgrade(payer, 'Agreed by:')
		const atOnce = [mine, memoOf('gm', [payer.publicKey], program)]
		await fails(atOnce, [payer], 'Error processing Instruction 1: Unsupported program id', 'Program is not deployed')
		const before_ = await connection.getBalance(payer.publicKey)
		const { slot } = await solana.send([mine], [payer])
		// The program's bytes had their rent already: that of the buffer comes back.
		const spilt = await rentOf(37 + elf('spl_memo-4.0.0').length)
		assert.equal(await connection.getBalance(payer.publicKey), before_ + spilt - FEE)
		assert.equal((await connection.getParsedAccountInfo(data)).value.data.parsed.info.slot, slot)
		await says('Agreed by:')

		await fails([setAuthorityOf(data, heir.publicKey, heir.publicKey)], [heir], ...wrong)
		await solana.send([setAuthorityOf(data, payer.publicKey, heir.publicKey)], [payer])
		assert.equal(await authority(), text(heir.publicKey))
		await fails(await upgrade(payer, 'Signed by:'), [payer], ...wrong)
		await solana.send(await upgrade(heir, 'Sealed by:'), [heir])
		await says('Sealed by:')

		await solana.send([setAuthorityOf(data, heir.publicKey)], [heir])
		assert.equal(await authority(), null)
		await fails(await upgrade(heir, 'Signed by:'), [heir], ...fixed)
		await fails([closeOf(program, heir.publicKey)], [heir], 'Account is immutable', 'Account is immutable')
		await fails([setAuthorityOf(data, heir.publicKey, heir.publicKey)], [heir], ...fixed)
		await says('Sealed by:')
	})

	test('a program that is closed is gone for good', async () => {
		const [file, key, stranger] = [elf('spl_memo-4.0.0'), Keypair.generate(), await solana.person()]
		const program = await deploy(file, { program: key })
		await memo(program, 'still here')
		const sentence = 'Incorrect authority provided'
		await fails([closeOf(program, stranger.publicKey)], [stranger], sentence, sentence)
		const before_ = await connection.getBalance(payer.publicKey)
		await solana.send([closeOf(program, payer.publicKey)], [payer])
		const rent = await rentOf(programDataSize(file.length))
		assert.equal(await connection.getBalance(payer.publicKey), before_ + rent - FEE)
		assert.equal(await connection.getAccountInfo(programData(program)), null)
		const call = [memoOf('hello?', [], program)]
		await fails(call, [payer], 'Error processing Instruction 0: Unsupported program id', 'Program is not deployed')
		const { meta } = await solana.included(await solana.submit(call, [payer], { skipPreflight: true }))
		assert.deepEqual([meta.err, meta.fee], [{ InstructionError: [0, 'UnsupportedProgramId'] }, FEE])
		const buffer = await writeBuffer(solana, payer, file)
		const [, again] = await deployInstructions(solana, payer, key, buffer, file.length)
		await fails([again], [payer], 'instruction requires an uninitialized account', 'Program account already initialized')
	})

	test('a program that never ends is stopped when its units are used up, and paid for', async () => {
		// A jump to itself.
		const program = await deploy(memoWith(0x05, 0, 0xff, 0xff, 0, 0, 0, 0))
		const call = memoOf('', [], program)
		for (const [units, instructions] of [
			[UNITS, [call]],
			[UNITS_MAX - 150, [ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS_MAX }), call]],
		]) {
			const position = instructions.length - 1
			await fails(instructions, [payer], `Error processing Instruction ${position}: Program failed to complete`)
			const before_ = await connection.getBalance(payer.publicKey)
			const { meta } = await solana.included(await solana.submit(instructions, [payer], { skipPreflight: true }))
			assert.deepEqual(meta.err, { InstructionError: [position, 'ProgramFailedToComplete'] })
			assert.equal(meta.computeUnitsConsumed, units + 150 * position)
			assert.deepEqual(meta.logMessages.slice(-3), [
				`Program ${text(program)} invoke [1]`,
				`Program ${text(program)} consumed ${units} of ${units} compute units`,
				`Program ${text(program)} failed: exceeded CUs meter at BPF instruction`,
			])
			assert.equal(await connection.getBalance(payer.publicKey), before_ - FEE)
		}
	})

	describe('a token program of one’s own', () => {
		let program, mint, mine, theirs, other

		before(async () => {
			program = await deploy(elf('spl_token-3.5.0'))
			other = await solana.person()
			mint = await createMint(connection, payer, payer.publicKey, null, 6, undefined, undefined, program)
			const open = owner => createAccount(connection, payer, mint, owner, Keypair.generate(), undefined, program)
			mine = await open(payer.publicKey)
			theirs = await open(other.publicKey)
		})

		const amount = async key => (await getAccount(connection, key, 'confirmed', program)).amount

		test('keeps its own books, of which the ledger knows nothing', async () => {
			await mintTo(connection, payer, mint, mine, payer, 1_000_000, [], undefined, program)
			const moved = await transfer(connection, payer, mine, theirs, payer, 400_000, [], undefined, program)
			assert.deepEqual([await amount(mine), await amount(theirs)], [600_000n, 400_000n])
			assert.equal((await getMint(connection, mint, 'confirmed', program)).supply, 1_000_000n)
			const { meta } = await solana.confirm(moved)
			assert.equal(meta.logMessages[1], 'Program log: Instruction: Transfer')
			assert.deepEqual([meta.preTokenBalances, meta.postTokenBalances], [[], []])
			const filters = [{ dataSize: 165 }, { memcmp: { offset: 0, bytes: text(mint) } }]
			const found = await connection.getProgramAccounts(program, { filters })
			assert.deepEqual(found.map(it => text(it.pubkey)).sort(), [mine, theirs].map(text).sort())

			const id = u8aToHex(mint.toBytes())
			assert.equal((await api.query.unifiedTokens.mints(id)).isNone, true)
			assert.equal(await solana.node.rpc('unum_token', id), null)
			await assert.rejects(connection.getTokenAccountBalance(mine), /Invalid param: not a Token account/)
			// The one that is built in does not touch what is another's.
			const { message } = await refused(mintTo(connection, payer, mint, mine, payer, 1))
			assert.match(message, /: instruction modified data of an account it does not own$/)
		})

		test('has its own errors', async () => {
			const { message, logs } = await refused(transfer(connection, payer, theirs, mine, payer, 1, [], undefined, program))
			assert.match(message, /Error processing Instruction 0: custom program error: 0x4$/)
			assert.ok(logs.includes('Program log: Error: owner does not match'), logs.join('\n'))
		})

		test('returns data', async () => {
			assert.equal(await amountToUiAmount(connection, payer, mint, 1_230_000n, program), '1.23')
			const { meta } = await solana.send([createAmountToUiAmountInstruction(mint, 1_230_000n, program)], [payer])
			const data = Buffer.from('1.23').toString('base64')
			assert.deepEqual(meta.returnData, { programId: text(program), data: [data, 'base64'] })
			assert.ok(meta.logMessages.includes(`Program return: ${text(program)} ${data}`), meta.logMessages.join('\n'))
		})

		test('is called by the associated token program', async () => {
			const programs = [program, ASSOCIATED_TOKEN_PROGRAM_ID]
			const address = await createAssociatedTokenAccount(connection, payer, mint, other.publicKey, undefined, ...programs)
			assert.equal(text((await connection.getAccountInfo(address)).owner), text(program))
			await transfer(connection, other, theirs, address, other, 100_000, [], undefined, program)
			assert.deepEqual([await amount(theirs), await amount(address)], [300_000n, 100_000n])
		})
	})

	test('a program calls those that are built in: SPL’s associated token program opens an account of the ledger', async () => {
		const program = await deploy(elf('spl_associated_token_account-1.1.1'))
		const mint = await createMint(connection, payer, payer.publicKey, null, 6)
		const owner = Keypair.generate().publicKey
		const account = await createAssociatedTokenAccount(connection, payer, mint, owner, undefined, TOKEN_PROGRAM_ID, program)
		assert.equal(text(account), text(getAssociatedTokenAddressSync(mint, owner, false, TOKEN_PROGRAM_ID, program)))
		const [{ signature }] = await connection.getSignaturesForAddress(account)
		const { meta } = await connection.getParsedTransaction(signature)
		const [{ index, instructions }] = meta.innerInstructions
		const calls = instructions.map(it => [it.program, it.parsed.type])
		assert.deepEqual([index, calls], [0, [
			['spl-token', 'getAccountDataSize'],
			['system', 'createAccount'],
			['spl-token', 'initializeImmutableOwner'],
			['spl-token', 'initializeAccount3'],
		]])
		const depths = meta.logMessages.filter(line => / invoke \[/.test(line))
		const called = [TOKEN_PROGRAM_ID, SYSTEM, TOKEN_PROGRAM_ID, TOKEN_PROGRAM_ID]
		const inner = called.map(key => `Program ${text(key)} invoke [2]`)
		assert.deepEqual(depths, [`Program ${text(program)} invoke [1]`, ...inner])

		await mintTo(connection, payer, mint, account, payer, 77)
		assert.deepEqual((await getAccount(connection, account)).amount, 77n)
		const held = await api.query.unifiedTokens.balances(unbound.svm(account.toBytes()), u8aToHex(mint.toBytes()))
		assert.equal(held.amount.toBigInt(), 77n)
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
