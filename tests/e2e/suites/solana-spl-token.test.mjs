// SPDX-License-Identifier: Apache-2.0
//
// @solana/spl-token, as it is, on tokens of the ledger: after every step the token accounts, polkadot.js
// and the ERC-20 of the same token say the same of everybody who has any, and that is the supply.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Interface, getAddress } from 'ethers'
import { u8aToHex } from '@polkadot/util'
import { ethereumEncode } from '@polkadot/util-crypto'
import { Keypair, PublicKey } from '@solana/web3.js'
import {
	AuthorityType,
	NATIVE_MINT,
	TOKEN_PROGRAM_ID,
	approve,
	burn,
	burnChecked,
	closeAccount,
	createAccount,
	createMint,
	createMultisig,
	createWrappedNativeAccount,
	freezeAccount,
	getAccount,
	getAssociatedTokenAddressSync,
	getMint,
	getOrCreateAssociatedTokenAccount,
	mintTo,
	revoke,
	setAuthority,
	syncNative,
	thawAccount,
	transfer,
	transferChecked,
} from '@solana/spl-token'
import { addressesOf, sha256, unbound } from '../lib/identity.mjs'
import { FEE, LAMPORT, SOL, refused, startSolana, transferOf } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { account as polkadotAccount, freeBalance, send } from '../lib/tx.mjs'

/** What a mint and a token account have to have, in lamports. */
const [MINT_RENT, ACCOUNT_RENT] = [1_461_600, 2_039_280]

const ERC20 = new Interface([
	'function decimals() view returns (uint8)',
	'function totalSupply() view returns (uint256)',
	'function balanceOf(address) view returns (uint256)',
	'function allowance(address, address) view returns (uint256)',
	'function transfer(address, uint256) returns (bool)',
	'event Transfer(address indexed from, address indexed to, uint256 value)',
])

/** The identity of a key that nobody has bound, and its address on the EVM. @param {PublicKey} key */
const idOf = key => unbound.svm(key.toBytes())
const evmOf = key => addressesOf(idOf(key)).evm
const text = key => key?.toBase58() ?? null

describe('spl-token of Solana', () => {
	let solana, connection, api, payer, alice, bob

	before(async () => {
		solana = await startSolana({ name: 'spl-token' })
		connection = solana.connection()
		api = await solana.node.api()
		for (const set of [key => (payer = key), key => (alice = key), key => (bob = key)]) {
			set(await solana.person(100 * SOL))
		}
	})
	after(() => solana?.stop())

	/** A mint of the payer's, with 6 decimals, and how its views are read. @param {PublicKey | null} [freezer] */
	async function newToken(freezer = null) {
		return new Token(await createMint(connection, payer, payer.publicKey, freezer, 6))
	}

	class Token {
		/** @param {PublicKey} mint */
		constructor(mint) {
			this.mint = mint
			this.id = u8aToHex(mint.toBytes())
			this.erc20 = ethereumEncode(sha256('erc20-addr:', mint.toBytes()).slice(12))
		}

		/** The associated account of an owner. @param {PublicKey} owner */
		async of(owner) {
			return (await getOrCreateAssociatedTokenAccount(connection, payer, this.mint, owner)).address
		}

		/** Mints to the associated account of an owner, and says which that is. */
		async minted(owner, amount) {
			const account = await this.of(owner)
			await mintTo(connection, payer, this.mint, account, payer, amount)
			return account
		}

		/** Calls the ERC-20. */
		async call(name, ...args) {
			const call = { to: this.erc20, data: ERC20.encodeFunctionData(name, args) }
			const [answer] = ERC20.decodeFunctionResult(name, await solana.node.rpc('eth_call', call, 'latest'))
			return answer
		}

		/** As ERC-20, whether an owner could send some of it to another. */
		async sends(from, to, amount) {
			const data = ERC20.encodeFunctionData('transfer', [evmOf(to), amount])
			return solana.node.rpc('eth_call', { from: evmOf(from), to: this.erc20, data }, 'latest')
		}

		/**
		 * All views agree on who has how much, and nobody else has any.
		 *
		 * @param {[account: PublicKey | null, holder: PublicKey, amount: bigint][]} holdings `holder`: the key
		 *   whose identity has the balance: the owner's of an associated account, else the account's own
		 */
		async shows(...holdings) {
			for (const [account, holder, amount] of holdings) {
				if (account) assert.equal((await getAccount(connection, account)).amount, amount, 'SPL')
				const { amount: held } = await api.query.unifiedTokens.balances(idOf(holder), this.id)
				assert.equal(held.toBigInt(), amount, 'polkadot.js')
				const holding = await solana.node.rpc('unum_holding', this.id, idOf(holder))
				assert.equal(BigInt(holding.amount), amount, 'unum_holding')
				assert.equal(await this.call('balanceOf', evmOf(holder)), amount, 'ERC-20')
			}
			const supply = holdings.reduce((sum, [, , amount]) => sum + amount, 0n)
			assert.equal((await getMint(connection, this.mint)).supply, supply)
			assert.equal((await connection.getTokenSupply(this.mint)).value.amount, String(supply))
			const known = (await api.query.unifiedTokens.mints(this.id)).unwrap()
			assert.equal(known.supply.toBigInt(), supply)
			assert.equal(await this.call('totalSupply'), supply)
		}

		/** All views agree on what a spender may move of the owner's. */
		async allows(owner, spender, amount) {
			const allowed = await api.query.unifiedTokens.allowances(this.id, idOf(owner), idOf(spender))
			assert.equal(allowed.toBigInt(), amount, 'polkadot.js')
			assert.equal(await this.call('allowance', evmOf(owner), evmOf(spender)), amount, 'ERC-20')
		}
	}

	/** The token program refuses it, in these words. */
	async function fails(acting, code, sentence) {
		const { message, logs } = await refused(acting)
		assert.match(message, new RegExp(`Error processing Instruction 0: custom program error: 0x${code.toString(16)}$`))
		assert.ok(logs.includes(`Program log: Error: ${sentence}`), logs.join('\n'))
	}

	test('a mint and its accounts', async () => {
		const token = await newToken(bob.publicKey)
		const { decimals, supply, mintAuthority, freezeAuthority, isInitialized } = await getMint(connection, token.mint)
		assert.deepEqual({ decimals, supply, isInitialized }, { decimals: 6, supply: 0n, isInitialized: true })
		assert.deepEqual([mintAuthority, freezeAuthority].map(text), [payer, bob].map(it => text(it.publicKey)))
		assert.equal(await connection.getBalance(token.mint), MINT_RENT)
		assert.equal(await token.call('decimals'), 6n)
		const known = (await api.query.unifiedTokens.mints(token.id)).unwrap()
		assert.equal(known.mintAuthority.unwrap().toHex(), idOf(payer.publicKey))
		assert.equal(known.freezeAuthority.unwrap().toHex(), idOf(bob.publicKey))
		assert.equal((await solana.node.rpc('unum_token', token.id)).spl.mint, text(token.mint))

		const account = await token.of(alice.publicKey)
		assert.equal(text(account), text(getAssociatedTokenAddressSync(token.mint, alice.publicKey)))
		assert.equal(text(await token.of(alice.publicKey)), text(account))
		assert.equal(await connection.getBalance(account), ACCOUNT_RENT)
		const { owner, mint, amount, isNative, isFrozen } = await getAccount(connection, account)
		assert.deepEqual([owner, mint].map(text), [alice.publicKey, token.mint].map(text))
		assert.deepEqual({ amount, isNative, isFrozen }, { amount: 0n, isNative: false, isFrozen: false })
		await token.shows([account, alice.publicKey, 0n])
	})

	test('minted, moved, and moved with the decimals checked', async () => {
		const token = await newToken()
		const [from, to] = [await token.of(alice.publicKey), await token.of(bob.publicKey)]
		await mintTo(connection, payer, token.mint, from, payer, 1_000_000)
		await token.shows([from, alice.publicKey, 1_000_000n], [to, bob.publicKey, 0n])
		await transfer(connection, payer, from, to, alice, 250_000)
		await token.shows([from, alice.publicKey, 750_000n], [to, bob.publicKey, 250_000n])
		await transferChecked(connection, payer, to, token.mint, from, bob, 50_000, 6)
		await token.shows([from, alice.publicKey, 800_000n], [to, bob.publicKey, 200_000n])
		await transfer(connection, payer, from, from, alice, 800_000)
		await fails(transfer(connection, payer, to, from, bob, 200_001), 1, 'insufficient funds')
		await fails(transfer(connection, payer, to, from, alice, 1), 4, 'owner does not match')
		const wrong = transferChecked(connection, payer, to, token.mint, from, bob, 1, 9)
		await fails(wrong, 18, 'decimals different from the Mint decimals')
		await fails(mintTo(connection, payer, token.mint, to, bob, 1), 4, 'owner does not match')
		await token.shows([from, alice.publicKey, 800_000n], [to, bob.publicKey, 200_000n])
	})

	test('a delegate moves what was approved, and nothing once it is revoked', async () => {
		const token = await newToken()
		const delegate = await solana.person()
		const [from, to] = [await token.minted(alice.publicKey, 1_000), await token.of(bob.publicKey)]
		const delegated = async () => {
			const { delegate, delegatedAmount } = await getAccount(connection, from)
			return [text(delegate), delegatedAmount]
		}
		await approve(connection, payer, from, delegate.publicKey, alice, 300)
		assert.deepEqual(await delegated(), [text(delegate.publicKey), 300n])
		await token.allows(alice.publicKey, delegate.publicKey, 300n)
		await transfer(connection, payer, from, to, delegate, 100)
		assert.deepEqual(await delegated(), [text(delegate.publicKey), 200n])
		await token.allows(alice.publicKey, delegate.publicKey, 200n)
		await token.shows([from, alice.publicKey, 900n], [to, bob.publicKey, 100n])
		await fails(transfer(connection, payer, from, to, delegate, 201), 1, 'insufficient funds')
		const { value: found } = await solana.rpc(
			'getTokenAccountsByDelegate',
			text(delegate.publicKey),
			{ mint: text(token.mint) },
			{ encoding: 'base64', commitment: 'confirmed' },
		)
		assert.deepEqual(found.map(it => it.pubkey), [text(from)])
		await revoke(connection, payer, from, alice)
		assert.deepEqual(await delegated(), [null, 0n])
		await token.allows(alice.publicKey, delegate.publicKey, 0n)
		await fails(transfer(connection, payer, from, to, delegate, 1), 4, 'owner does not match')
		await token.shows([from, alice.publicKey, 900n], [to, bob.publicKey, 100n])
	})

	test('burnt', async () => {
		const token = await newToken()
		const account = await token.minted(alice.publicKey, 1_000)
		await burn(connection, payer, account, token.mint, alice, 300)
		await token.shows([account, alice.publicKey, 700n])
		await burnChecked(connection, payer, account, token.mint, alice, 100, 6)
		await token.shows([account, alice.publicKey, 600n])
		await fails(burn(connection, payer, account, token.mint, alice, 601), 1, 'insufficient funds')
		await fails(burn(connection, payer, account, token.mint, bob, 1), 4, 'owner does not match')
		await token.shows([account, alice.publicKey, 600n])
	})

	test('frozen for every view, and thawed', async () => {
		const token = await newToken(payer.publicKey)
		const [from, to] = [await token.minted(alice.publicKey, 1_000), await token.of(bob.publicKey)]
		const frozen = async () => (await api.query.unifiedTokens.balances(idOf(alice.publicKey), token.id)).frozen.isTrue
		await fails(freezeAccount(connection, payer, from, token.mint, bob), 4, 'owner does not match')
		await freezeAccount(connection, payer, from, token.mint, payer)
		assert.deepEqual([(await getAccount(connection, from)).isFrozen, await frozen()], [true, true])
		await fails(transfer(connection, payer, from, to, alice, 1), 17, 'Account is frozen')
		await assert.rejects(token.sends(alice.publicKey, bob.publicKey, 1n), { code: 3 })
		await thawAccount(connection, payer, from, token.mint, payer)
		assert.deepEqual([(await getAccount(connection, from)).isFrozen, await frozen()], [false, false])
		assert.equal(BigInt(await token.sends(alice.publicKey, bob.publicKey, 1n)), 1n)
		await transfer(connection, payer, from, to, alice, 1)
		await token.shows([from, alice.publicKey, 999n], [to, bob.publicKey, 1n])
		const { mint } = await newToken()
		await fails(freezeAccount(connection, payer, from, mint, payer), 3, 'Account not associated with this Mint')
	})

	test('authorities are handed over, and given up for good', async () => {
		const token = await newToken()
		const account = await token.of(alice.publicKey)
		const authority = async () => {
			const { mintAuthority } = (await api.query.unifiedTokens.mints(token.id)).unwrap()
			return mintAuthority.unwrapOr(null)?.toHex() ?? null
		}
		await setAuthority(connection, payer, token.mint, payer, AuthorityType.MintTokens, bob.publicKey)
		assert.equal(await authority(), idOf(bob.publicKey))
		await fails(mintTo(connection, payer, token.mint, account, payer, 1), 4, 'owner does not match')
		await mintTo(connection, payer, token.mint, account, bob, 7)
		await setAuthority(connection, payer, token.mint, bob, AuthorityType.MintTokens, null)
		assert.deepEqual([(await getMint(connection, token.mint)).mintAuthority, await authority()], [null, null])
		await fails(mintTo(connection, payer, token.mint, account, bob, 1), 5, 'the total supply of this token is fixed')
		await setAuthority(connection, payer, account, alice, AuthorityType.CloseAccount, bob.publicKey)
		assert.equal(text((await getAccount(connection, account)).closeAuthority), text(bob.publicKey))
		await token.shows([account, alice.publicKey, 7n])
	})

	test('an owner has further accounts, each with a balance of its own', async () => {
		const token = await newToken()
		const associated = await token.minted(alice.publicKey, 100)
		const own = await createAccount(connection, payer, token.mint, alice.publicKey, Keypair.generate())
		await transfer(connection, payer, associated, own, alice, 30)
		await token.shows([associated, alice.publicKey, 70n], [own, own, 30n])
		const { value: found } = await connection.getTokenAccountsByOwner(alice.publicKey, { mint: token.mint })
		assert.deepEqual(found.map(it => text(it.pubkey)).sort(), [associated, own].map(text).sort())
		const { value: parsed } = await connection.getParsedTokenAccountsByOwner(alice.publicKey, { mint: token.mint })
		const amounts = parsed.map(it => [text(it.pubkey), it.account.lamports, it.account.data.parsed.info.tokenAmount])
		const amount = (units, shown) => ({ amount: String(units), decimals: 6, uiAmount: units / 1e6, uiAmountString: shown })
		const expected = [
			[text(associated), ACCOUNT_RENT, amount(70, '0.00007')],
			[text(own), ACCOUNT_RENT, amount(30, '0.00003')],
		]
		assert.deepEqual(new Map(amounts.map(it => [it[0], it])), new Map(expected.map(it => [it[0], it])))
		const { value: largest } = await connection.getTokenLargestAccounts(token.mint)
		assert.deepEqual(largest.map(it => [text(it.address), it.amount]), [[text(associated), '70'], [text(own), '30']])
		const { value: all } = await connection.getTokenAccountsByOwner(alice.publicKey, { programId: TOKEN_PROGRAM_ID })
		assert.ok([associated, own].every(key => all.some(it => it.pubkey.equals(key))))

		// The associated account is its owner's balance; any other can be given away.
		const given = setAuthority(connection, payer, associated, alice, AuthorityType.AccountOwner, bob.publicKey)
		await fails(given, 15, 'Account does not support specified authority type')
		await setAuthority(connection, payer, own, alice, AuthorityType.AccountOwner, bob.publicKey)
		await transfer(connection, payer, own, associated, bob, 10)
		await token.shows([associated, alice.publicKey, 80n], [own, own, 20n])
	})

	test('an account is closed when it is empty, and pays out what it cost', async () => {
		const token = await newToken()
		const [from, to] = [await token.minted(alice.publicKey, 5), await token.of(bob.publicKey)]
		const sentence = 'Non-native account can only be closed if its balance is zero'
		await fails(closeAccount(connection, payer, from, bob.publicKey, alice), 11, sentence)
		await transfer(connection, payer, from, to, alice, 5)
		const before_ = await connection.getBalance(bob.publicKey)
		await closeAccount(connection, payer, from, bob.publicKey, alice)
		assert.equal(await connection.getBalance(bob.publicKey), before_ + ACCOUNT_RENT)
		assert.equal(await connection.getAccountInfo(from), null)
		await token.shows([null, alice.publicKey, 0n], [to, bob.publicKey, 5n])
	})

	test('two of three mint', async () => {
		const [one, two, three] = [alice, bob, await solana.person()]
		const keys = [one, two, three].map(it => it.publicKey)
		const multisig = await createMultisig(connection, payer, keys, 2)
		const token = new Token(await createMint(connection, payer, multisig, null, 0))
		const account = await token.of(one.publicKey)
		await mintTo(connection, payer, token.mint, account, multisig, 9, [one, three])
		await token.shows([account, one.publicKey, 9n])
		const { message } = await refused(mintTo(connection, payer, token.mint, account, multisig, 9, [two]))
		assert.match(message, /Error processing Instruction 0: missing required signature/i)
	})

	test('wrapped coins', async () => {
		const [owner, receiver] = [await solana.person(), await solana.person()]
		const wrapped = await createWrappedNativeAccount(connection, owner, owner.publicKey, 3 * SOL)
		const amountOf = async key => (await getAccount(connection, key)).amount
		const coins = async key => [await connection.getBalance(key), await freeBalance(api, idOf(key))]
		const are = lamports => [lamports, BigInt(lamports) * LAMPORT]
		const { isNative, mint, rentExemptReserve } = await getAccount(connection, wrapped)
		assert.deepEqual([isNative, text(mint), rentExemptReserve], [true, text(NATIVE_MINT), BigInt(ACCOUNT_RENT)])
		assert.equal(text(wrapped), text(getAssociatedTokenAddressSync(NATIVE_MINT, owner.publicKey)))
		assert.equal(await amountOf(wrapped), 3n * BigInt(SOL))
		assert.deepEqual(await coins(wrapped), are(ACCOUNT_RENT + 3 * SOL))
		assert.deepEqual(await coins(owner.publicKey), are(7 * SOL - ACCOUNT_RENT - FEE))

		await solana.send([transferOf(payer.publicKey, wrapped, SOL)], [payer])
		assert.equal(await amountOf(wrapped), 3n * BigInt(SOL))
		await syncNative(connection, payer, wrapped)
		assert.equal(await amountOf(wrapped), 4n * BigInt(SOL))

		const to = (await getOrCreateAssociatedTokenAccount(connection, payer, NATIVE_MINT, receiver.publicKey)).address
		await transfer(connection, payer, wrapped, to, owner, SOL)
		assert.deepEqual([await amountOf(wrapped), await amountOf(to)], [3n * BigInt(SOL), BigInt(SOL)])
		assert.deepEqual(await coins(to), are(ACCOUNT_RENT + SOL))
		await fails(burn(connection, payer, wrapped, NATIVE_MINT, owner, 1), 10, 'Instruction does not support native tokens')
		await closeAccount(connection, payer, to, receiver.publicKey, receiver)
		assert.deepEqual(await coins(receiver.publicKey), are(11 * SOL + ACCOUNT_RENT))
		assert.deepEqual(await coins(to), are(0))
	})

	test('a transaction tells what token accounts had, before and afterwards', async () => {
		const token = await newToken()
		const [from, to] = [await token.minted(alice.publicKey, 1_000_000), await token.of(bob.publicKey)]
		const signature = await transfer(connection, payer, from, to, alice, 250_000)
		const { meta, transaction, slot } = await connection.getParsedTransaction(signature)
		const keys = transaction.message.accountKeys.map(it => text(it.pubkey))
		const balance = (account, owner, amount, uiAmount) => ({
			accountIndex: keys.indexOf(text(account)),
			mint: text(token.mint),
			owner: text(owner.publicKey),
			programId: text(TOKEN_PROGRAM_ID),
			uiTokenAmount: { amount, decimals: 6, uiAmount, uiAmountString: String(uiAmount ?? 0) },
		})
		const sorted = balances => [...balances].sort((a, b) => a.accountIndex - b.accountIndex)
		const had = [balance(from, alice, '1000000', 1), balance(to, bob, '0', null)]
		const have = [balance(from, alice, '750000', 0.75), balance(to, bob, '250000', 0.25)]
		assert.deepEqual(sorted(meta.preTokenBalances), sorted(had))
		assert.deepEqual(sorted(meta.postTokenBalances), sorted(have))
		const [{ program, parsed }] = transaction.message.instructions
		const info = { source: text(from), destination: text(to), authority: text(alice.publicKey), amount: '250000' }
		assert.deepEqual([program, parsed], ['spl-token', { type: 'transfer', info }])
		// Ethereum's clients have the log of it, in the same block.
		const block = `0x${slot.toString(16)}`
		const logs = await solana.node.rpc('eth_getLogs', { address: token.erc20, fromBlock: block, toBlock: block })
		assert.equal(logs.length, 1)
		const parties = [alice, bob].map(it => getAddress(evmOf(it.publicKey)))
		assert.deepEqual([...ERC20.parseLog(logs[0]).args], [...parties, 250_000n])
	})

	test('what polkadot.js has minted is an SPL token that can be spent at once', async () => {
		const maker = polkadotAccount('//Alice')
		const salt = u8aToHex(randomBytes(32))
		const call = api.tx.unifiedTokens.createMint(salt, 6, null, 'Made here', 'HERE', maker.address, null)
		const mint = (await send(api, call, maker)).event('unifiedTokens', 'MintCreated').mint
		const token = new Token(new PublicKey(mint.toU8a()))
		await send(api, api.tx.unifiedTokens.mintTo(mint, idOf(alice.publicKey), 40n), maker)
		const from = getAssociatedTokenAddressSync(token.mint, alice.publicKey)
		await token.shows([from, alice.publicKey, 40n])
		const to = await token.of(bob.publicKey)
		await transfer(connection, payer, from, to, alice, 15)
		await token.shows([from, alice.publicKey, 25n], [to, bob.publicKey, 15n])
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
