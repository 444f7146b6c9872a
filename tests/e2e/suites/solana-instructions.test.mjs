// SPDX-License-Identifier: Apache-2.0
//
// Instructions that web3.js and spl-token make and that few send: accounts with seeds, tokens in an account
// of an account, approvals with decimals, and the end of lookup tables.

import assert from 'node:assert/strict'
import { AddressLookupTableProgram, Keypair, PublicKey, SystemProgram } from '@solana/web3.js'
import {
	approveChecked,
	createAssociatedTokenAccountInstruction,
	createMint,
	getAccount,
	getAssociatedTokenAddressSync,
	getOrCreateAssociatedTokenAccount,
	mintTo,
	recoverNested,
	transferChecked,
} from '@solana/spl-token'
import { SOL, refused, startSolana, transferOf } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** For how many slots a table that is no longer used is still there. */
const COOLDOWN = 513

describe('instructions of Solana', () => {
	let solana, connection, alice

	const fresh = () => Keypair.generate().publicKey

	before(async () => {
		solana = await startSolana({ name: 'solana-instructions' })
		connection = solana.connection()
		alice = await solana.person(100 * SOL)
	})
	after(() => solana?.stop())

	test('an account whose address comes of a seed', async () => {
		const [seed, base, to] = ['unum', alice.publicKey, fresh()]
		const system = SystemProgram.programId
		const own = await PublicKey.createWithSeed(base, seed, system)
		const of = { basePubkey: base, seed }
		const create = { ...of, fromPubkey: base, newAccountPubkey: own, lamports: 3 * SOL, space: 0, programId: system }
		await solana.send([SystemProgram.createAccountWithSeed(create)], [alice])
		const move = { ...of, fromPubkey: own, toPubkey: to, lamports: SOL, programId: system }
		await solana.send([SystemProgram.transfer(move)], [alice])
		assert.deepEqual([await connection.getBalance(own), await connection.getBalance(to)], [2 * SOL, SOL])

		const program = fresh()
		for (const [instruct, space] of [['allocate', 100], ['assign', 0]]) {
			const account = await PublicKey.createWithSeed(base, `${seed} ${instruct}`, program)
			const config = { accountPubkey: account, basePubkey: base, seed: `${seed} ${instruct}`, programId: program, space }
			await solana.send([transferOf(base, account, SOL), SystemProgram[instruct](config)], [alice])
			const { owner, data } = await connection.getAccountInfo(account)
			assert.deepEqual([String(owner), data.length], [String(program), space])
		}
		const wrong = SystemProgram.transfer({ ...move, seed: 'another' })
		assert.match((await refused(solana.submit([wrong], [alice]))).message, /custom program error: 0x5/)
	})

	test('tokens in an associated account of an associated account come back', async () => {
		const [outer, inner] = [await createMint(connection, alice, alice.publicKey, null, 0), await createMint(connection, alice, alice.publicKey, null, 2)]
		const owned = (await getOrCreateAssociatedTokenAccount(connection, alice, outer, alice.publicKey)).address
		const mine = (await getOrCreateAssociatedTokenAccount(connection, alice, inner, alice.publicKey)).address
		const nested = getAssociatedTokenAddressSync(inner, owned, true)
		await solana.send([createAssociatedTokenAccountInstruction(alice.publicKey, nested, owned, inner)], [alice])
		await mintTo(connection, alice, inner, nested, alice, 77)
		await recoverNested(connection, alice, alice, outer, inner)
		assert.equal((await getAccount(connection, mine)).amount, 77n)
		assert.equal(await connection.getAccountInfo(nested), null)
	})

	test('an approval whose decimals are checked', async () => {
		const [delegate, bob] = [await solana.person(), fresh()]
		const mint = await createMint(connection, alice, alice.publicKey, null, 6)
		const [from, to] = (await Promise.all([
			getOrCreateAssociatedTokenAccount(connection, alice, mint, alice.publicKey),
			getOrCreateAssociatedTokenAccount(connection, alice, mint, bob),
		])).map(it => it.address)
		await mintTo(connection, alice, mint, from, alice, 1_000)
		await assert.rejects(approveChecked(connection, alice, mint, from, delegate.publicKey, alice, 100, 5))
		await approveChecked(connection, alice, mint, from, delegate.publicKey, alice, 100, 6)
		await transferChecked(connection, alice, from, mint, to, delegate, 40, 6)
		const { delegatedAmount, amount } = await getAccount(connection, from)
		assert.deepEqual([delegatedAmount, amount, (await getAccount(connection, to)).amount], [60n, 960n, 40n])
		await assert.rejects(transferChecked(connection, alice, from, mint, to, delegate, 61, 6))
	})

	test('a lookup table is frozen for good', async () => {
		const authority = alice.publicKey
		const [create, table] = await lookupTable(solana, authority)
		const extend = AddressLookupTableProgram.extendLookupTable({ authority, payer: authority, lookupTable: table, addresses: [fresh()] })
		const freeze = AddressLookupTableProgram.freezeLookupTable({ authority, lookupTable: table })
		await solana.send([create, extend, freeze], [alice])
		assert.equal((await connection.getAddressLookupTable(table)).value.state.authority, undefined)
		for (const change of [extend, AddressLookupTableProgram.deactivateLookupTable({ authority, lookupTable: table })]) {
			const { message } = await refused(solana.submit([change], [alice]))
			assert.match(message, /Immutable|immutable|frozen|account is immutable/i)
		}
	})

	test('a lookup table is closed a while after its last use, and pays out what it cost', async () => {
		const chain = await startSolana({ name: 'solana-tables', sealing: 'manual' })
		const web3 = chain.connection()
		const [payer, heir] = [Keypair.generate(), fresh()]
		await chain.rpc('requestAirdrop', payer.publicKey.toBase58(), 10 * SOL)
		await chain.node.seal()
		const authority = payer.publicKey
		const [create, table] = await lookupTable(chain, authority)
		const of = { authority, lookupTable: table }
		const close = AddressLookupTableProgram.closeLookupTable({ ...of, recipient: heir })
		const sealed = async (...instructions) => {
			const signature = await chain.submit(instructions, [payer])
			await chain.node.seal()
			await chain.confirm(signature)
		}
		await sealed(create, AddressLookupTableProgram.extendLookupTable({ ...of, payer: authority, addresses: [fresh()] }))
		await assert.rejects(chain.submit([close], [payer]), /invalid program argument|Lookup table is not deactivated|invalid instruction/i)
		const { lamports } = await web3.getAccountInfo(table)
		await sealed(AddressLookupTableProgram.deactivateLookupTable(of))
		assert.equal((await web3.getAddressLookupTable(table)).value.isActive(), false)
		await assert.rejects(chain.submit([close], [payer]))
		const last = (await chain.node.best()) + COOLDOWN
		while ((await chain.node.best()) < last) await chain.node.seal()
		await sealed(close)
		assert.equal(await web3.getAccountInfo(table), null)
		assert.equal(await web3.getBalance(heir), lamports)
		await chain.stop()
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})

/** The instruction that makes a table, and its address. */
async function lookupTable(solana, authority) {
	const recentSlot = await solana.rpc('getSlot', { commitment: 'processed' })
	return AddressLookupTableProgram.createLookupTable({ authority, payer: authority, recentSlot })
}
