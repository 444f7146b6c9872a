// SPDX-License-Identifier: Apache-2.0
//
// One person, one identity, a MetaMask key and a Phantom key. A token and the native coin go from a wallet
// of Ethereum to a wallet of Solana and on to another of Ethereum, each step one ordinary transaction of
// that wallet's library. After each block ERC-20, SPL and polkadot.js say the same, the supply is what it
// was, and both histories show every step.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Contract, ContractFactory, Wallet, ZeroAddress, toUtf8String } from 'ethers'
import { hexToU8a, u8aToHex } from '@polkadot/util'
import nacl from 'tweetnacl'
import { PublicKey } from '@solana/web3.js'
import {
	createAssociatedTokenAccountIdempotentInstruction,
	createTransferInstruction,
	getAccount,
	getAssociatedTokenAddressSync,
	transfer,
} from '@solana/spl-token'
import { COIN, Ethereum, devSigner, freshKey } from '../lib/ethereum.mjs'
import { addressesOf, idCom, unbound } from '../lib/identity.mjs'
import { invocation, payment } from '../lib/solana-operations.mjs'
import { FEE, LAMPORT, SOL, memoOf, startSolana, transferOf } from '../lib/solana.mjs'
import { compile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'

const ERC20 = [
	'event Transfer(address indexed from, address indexed to, uint256 value)',
	'function mint(address to, uint256 value)',
	'function transfer(address to, uint256 value) returns (bool)',
	'function balanceOf(address) view returns (uint256)',
	'function totalSupply() view returns (uint256)',
]

/** How many decimals the token has, on every VM. */
const DECIMALS = 6

/** Tokens in their smallest unit. @param {number} whole */
const tokens = whole => BigInt(whole) * 10n ** BigInt(DECIMALS)

describe('one person with a wallet of Ethereum and one of Solana', () => {
	const alice = account('//Alice')
	const owner = freshAccount('person')
	let solana, ethereum, node, api, connection, provider
	/** Wallets: the person's two, somebody's of Ethereum, and somebody's of Solana. */
	let metamask, phantom, ethers, solanas
	/** Who they are on each VM. */
	let person, eve, sol
	let mint, token

	before(async () => {
		solana = await startSolana({ name: 'headline' })
		node = solana.node
		ethereum = new Ethereum(`http://127.0.0.1:${node.rpcPort}`)
		solana.onStop(() => ethereum.stop())
		api = await node.api()
		connection = solana.connection()
		provider = ethereum.provider()
		metamask = new Wallet(freshKey().privateKey, provider)
		ethers = new Wallet(freshKey().privateKey, provider)
		phantom = await solana.person(SOL)
		solanas = await solana.person(10 * SOL)
		const funded = await devSigner(0, provider).sendTransaction({ to: ethers.address, value: 10n * COIN })
		await funded.wait()
		await send(api, api.tx.balances.transferKeepAlive(owner.address, 50n * UNIT), alice)

		person = { name: 'person', evm: metamask.address, svm: phantom.publicKey, id: u8aToHex(idCom(owner.address)) }
		const evesId = unbound.evm(hexToU8a(ethers.address))
		eve = { name: 'eve', evm: ethers.address, svm: new PublicKey(addressesOf(evesId).svm), id: evesId }
		const solsId = unbound.svm(solanas.publicKey.toBytes())
		sol = { name: 'sol', evm: addressesOf(solsId).evm, svm: solanas.publicKey, id: solsId }
	})
	after(() => solana?.stop())

	const done = async sent => (await sent).wait()
	const mintKey = () => new PublicKey(hexToU8a(mint))
	const ata = who => getAssociatedTokenAddressSync(mintKey(), who.svm, true)

	/** What somebody has of the token, which is the same in every view. */
	async function holds(who) {
		const [ledger, erc20, holding, opened] = await Promise.all([
			api.query.unifiedTokens.balances(who.id, mint).then(({ amount }) => amount.toBigInt()),
			token.balanceOf(who.evm),
			node.rpc('unum_holding', mint, who.id),
			connection.getAccountInfo(ata(who)),
		])
		assert.deepEqual([erc20, BigInt(holding.amount)], [ledger, ledger], who.name)
		const { value: listed } = await connection.getParsedTokenAccountsByOwner(who.svm, { mint: mintKey() })
		if (opened === null) {
			assert.deepEqual([ledger, listed], [0n, []], who.name)
			return ledger
		}
		const { value } = await connection.getTokenAccountBalance(ata(who))
		assert.deepEqual([BigInt(value.amount), value.decimals], [ledger, DECIMALS], who.name)
		assert.equal((await getAccount(connection, ata(who))).amount, ledger, who.name)
		assert.deepEqual(listed.map(({ pubkey }) => String(pubkey)), [String(ata(who))])
		assert.equal(BigInt(listed[0].account.data.parsed.info.tokenAmount.amount), ledger)
		return ledger
	}

	/** The supply, which is the same in every view. */
	async function supply() {
		const ledger = (await api.query.unifiedTokens.mints(mint)).unwrap().supply.toBigInt()
		const { value } = await connection.getTokenSupply(mintKey())
		assert.deepEqual([await token.totalSupply(), BigInt(value.amount)], [ledger, ledger])
		return ledger
	}

	/** What somebody has of the coin, which is the same in every view. */
	async function coins(who) {
		const free = await freeBalance(api, who.id)
		assert.equal(await provider.getBalance(who.evm), free, who.name)
		assert.equal(BigInt(await connection.getBalance(who.svm)), free / LAMPORT, who.name)
		return free
	}

	/** What has happened to the token. */
	const steps = []

	/**
	 * Has somebody send tokens to somebody: one block with one transaction, which all views show.
	 *
	 * @param {any} from nobody, where they are made
	 * @param {any} to
	 * @param {bigint} amount
	 * @param {[bigint, bigint, bigint]} expected what the person, eve and sol have then
	 * @param {() => Promise<{ ethereum?: string, solana?: string }>} act returns its name for its client
	 */
	async function step(from, to, amount, expected, act) {
		const height = (await node.best()) + 1
		const name = await act()
		assert.equal(await node.best(), height)
		assert.deepEqual([await holds(person), await holds(eve), await holds(sol)], expected)
		assert.equal(await supply(), tokens(1_000))

		const { transactions } = await ethereum.rpc('eth_getBlockByNumber', `0x${height.toString(16)}`, false)
		const config = { commitment: 'confirmed', transactionDetails: 'signatures' }
		const { signatures } = await solana.rpc('getBlock', height, config)
		assert.deepEqual([transactions.length, signatures.length], [1, 1])
		const inBlock = { ethereum: transactions[0], solana: signatures[0] }
		assert.deepEqual({ ...inBlock, ...name }, inBlock)
		steps.push({ from, to, amount, height, ...inBlock })
	}

	/** Hands the address of a wallet over to somebody, whom the wallet tells so by its signature. */
	async function bind(who, vm, address, encoded, prove) {
		const { message } = await node.rpc('unum_bindingMessage', who.address, vm, address)
		await send(api, api.tx.idCom.bind(encoded, await prove(message)), who)
	}

	/** A wallet of Solana as calls name it. */
	const addressOf = wallet => ({ Svm: u8aToHex(wallet.publicKey.toBytes()) })

	/** Binds a wallet of Solana. */
	const bindSolana = (who, wallet) =>
		bind(who, 'svm', wallet.publicKey.toBase58(), addressOf(wallet), async text => {
			const signature = nacl.sign.detached(new TextEncoder().encode(text), wallet.secretKey)
			return { Svm: { signature: u8aToHex(signature) } }
		})

	test('each key is bound to the identity, and shows what it has', async () => {
		const key = phantom.publicKey.toBase58()
		await bind(owner, 'evm', metamask.address, { Evm: metamask.address }, async text => {
			return { Evm: { signature: await metamask.signMessage(text) } }
		})
		await bindSolana(owner, phantom)
		for (const [vm, address] of [['evm', metamask.address], ['svm', key]]) {
			assert.deepEqual(await node.rpc('unum_ownerOf', vm, address), { idCom: person.id, origin: 'bound' })
			assert.equal(await node.rpc('unum_addressOf', owner.address, vm), address)
		}
		// What the Phantom key had came along.
		assert.ok((await coins(person)) > 50n * UNIT)
	})

	test('a token of the ledger is minted through its ERC-20', async () => {
		const create = api.tx.unifiedTokens.createMint(
			u8aToHex(randomBytes(32)), DECIMALS, null, 'Headline Dollar', 'HEAD', owner.address, null,
		)
		mint = (await send(api, create, owner)).event('unifiedTokens', 'MintCreated').mint.toHex()
		const views = await node.rpc('unum_token', mint)
		token = new Contract(views.erc20.address, ERC20, metamask)
		await step(null, person, tokens(1_000), [tokens(1_000), 0n, 0n], async () => {
			const { hash, status } = await done(token.mint(person.evm, tokens(1_000)))
			assert.equal(status, 1)
			return { ethereum: hash }
		})
	})

	test('MetaMask sends it to a wallet of Solana', async () => {
		await step(person, sol, tokens(400), [tokens(600), 0n, tokens(400)], async () => {
			return { ethereum: (await done(token.transfer(sol.evm, tokens(400)))).hash }
		})
	})

	test('that wallet sends it on to a wallet of Ethereum', async () => {
		// As wallets do where the receiver may have no account yet: it is opened in the same transaction.
		await step(sol, eve, tokens(150), [tokens(600), tokens(150), tokens(250)], async () => {
			const payer = solanas.publicKey
			const open = createAssociatedTokenAccountIdempotentInstruction(payer, ata(eve), eve.svm, mintKey())
			const move = createTransferInstruction(ata(sol), ata(eve), payer, tokens(150))
			return { solana: (await solana.send([open, move], [solanas])).signature }
		})
		await step(sol, eve, tokens(50), [tokens(600), tokens(200), tokens(200)], async () => {
			return { solana: await transfer(connection, solanas, ata(sol), ata(eve), solanas, tokens(50)) }
		})
	})

	test('Phantom spends what MetaMask holds', async () => {
		await step(person, eve, tokens(100), [tokens(500), tokens(300), tokens(200)], async () => {
			return { solana: await transfer(connection, phantom, ata(person), ata(eve), phantom, tokens(100)) }
		})
	})

	test('the wallet of Ethereum sends it back, and polkadot.js moves it as well', async () => {
		await step(eve, person, tokens(20), [tokens(520), tokens(280), tokens(200)], async () => {
			return { ethereum: (await done(token.connect(ethers).transfer(person.evm, tokens(20)))).hash }
		})
		await step(person, sol, tokens(7), [tokens(513), tokens(280), tokens(207)], async () => {
			return { ethereum: (await send(api, api.tx.unifiedTokens.transfer(mint, sol.id, tokens(7)), owner)).hash }
		})
	})

	test('Ethereum’s history has every step: a log, and a receipt that has succeeded', async () => {
		const logs = await token.queryFilter(token.filters.Transfer(), 0)
		const told = logs.map(({ args, transactionHash, blockNumber }) => [
			args.from.toLowerCase(), args.to.toLowerCase(), args.value, transactionHash, blockNumber,
		])
		assert.deepEqual(told, steps.map(({ from, to, amount, ethereum, height }) => [
			(from?.evm ?? ZeroAddress).toLowerCase(), to.evm.toLowerCase(), amount, ethereum, height,
		]))
		for (const { ethereum: hash, height } of steps) {
			const { status, logs, blockNumber } = await provider.getTransactionReceipt(hash)
			assert.deepEqual([status, blockNumber], [1, height])
			assert.deepEqual(logs.map(log => log.address), [await token.getAddress()])
		}
	})

	test('Solana’s history has every step: an instruction that says it, and balances', async () => {
		for (const who of [person, eve, sol]) {
			const history = await connection.getSignaturesForAddress(ata(who))
			const mine = steps.filter(({ from, to }) => from === who || to === who)
			assert.deepEqual(
				history.map(({ signature, slot, err }) => [signature, slot, err]),
				mine.map(({ solana, height }) => [solana, height, null]).reverse(),
				who.name,
			)
		}
		for (const { from, to, amount, solana: signature, height } of steps) {
			const read = await connection.getParsedTransaction(signature, { maxSupportedTransactionVersion: 0 })
			const { instructions } = read.transaction.message
			const moves = instructions.filter(({ program }) => program === 'spl-token').map(({ parsed }) => parsed)
			assert.deepEqual([read.slot, read.meta.err, moves.length], [height, null, 1])
			const [{ info }] = moves
			const [source, destination] = [from && String(ata(from)), String(ata(to))]
			assert.deepEqual([info.source, info.destination ?? info.account], [source ?? undefined, destination])
			assert.equal(BigInt(info.amount ?? info.tokenAmount.amount), amount)

			// The same of all, whoever has signed: what an account has only now, it had nothing of.
			const change = who => {
				const [before, after] = [read.meta.preTokenBalances, read.meta.postTokenBalances].map(balances => {
					const found = balances.find(it => it.owner === String(who.svm) && it.mint === mintKey().toBase58())
					return BigInt(found?.uiTokenAmount.amount ?? 0)
				})
				return after - before
			}
			const expected = [[from, -amount], [to, amount]].filter(([who]) => who)
			assert.deepEqual(expected.map(([who]) => change(who)), expected.map(([, moved]) => moved), `block ${height}`)
		}
	})

	test('coins go there and back, and either wallet spends them', async () => {
		const [persons, sols, eves] = [await coins(person), await coins(sol), await coins(eve)]
		const paid = ({ gasUsed, gasPrice }) => gasUsed * gasPrice
		const there = await done(metamask.sendTransaction({ to: sol.evm, value: 2n * COIN }))
		assert.deepEqual([await coins(person), await coins(sol)], [persons - 2n * COIN - paid(there), sols + 2n * COIN])

		await solana.send([transferOf(sol.svm, person.svm, SOL)], [solanas])
		const fee = BigInt(FEE) * LAMPORT
		assert.deepEqual([await coins(person), await coins(sol)], [persons - COIN - paid(there), sols + COIN - fee])

		await solana.send([transferOf(person.svm, eve.svm, 3 * SOL)], [phantom])
		assert.deepEqual([await coins(person), await coins(eve)], [persons - 4n * COIN - paid(there) - fee, eves + 3n * COIN])

		const again = await done(metamask.sendTransaction({ to: eve.evm, value: COIN }))
		assert.deepEqual(
			[await coins(person), await coins(eve)],
			[persons - 5n * COIN - paid(there) - fee - paid(again), eves + 4n * COIN],
		)
	})

	test('whoever had tokens before there was a Phantom finds them in it, and sends them on', async () => {
		const newcomer = freshAccount('newcomer')
		const late = { name: 'newcomer', id: u8aToHex(idCom(newcomer.address)) }
		await send(api, api.tx.balances.transferKeepAlive(newcomer.address, 5n * UNIT), alice)
		await send(api, api.tx.unifiedTokens.transfer(mint, late.id, tokens(30)), owner)
		late.evm = await node.rpc('unum_addressOf', newcomer.address, 'evm')

		const wallet = await solana.person(SOL)
		late.svm = wallet.publicKey
		assert.equal(await connection.getAccountInfo(ata(late)), null)
		await bindSolana(newcomer, wallet)
		assert.equal(await holds(late), tokens(30))
		await transfer(connection, wallet, ata(late), ata(sol), wallet, tokens(10))
		assert.equal(await holds(late), tokens(20))

		// A second wallet has them as soon as it is the one by which Solana shows them.
		const other = await solana.person(SOL)
		await bindSolana(newcomer, other)
		assert.equal(await connection.getAccountInfo(ata({ svm: other.publicKey })), null, 'another one is shown')
		await send(api, api.tx.idCom.setPrimary(addressOf(other)), newcomer)
		assert.equal(await holds({ ...late, svm: other.publicKey }), tokens(20))
	})

	describe('a contract that calls programs of Solana', () => {
		let contract, caller

		/** The events of a call that succeeded, by name. */
		async function events(sent) {
			const receipt = await done(sent)
			const parsed = receipt.logs.map(log => contract.interface.parseLog(log) ?? token.interface.parseLog(log))
			return { hash: receipt.hash, logs: parsed.map(({ name, args }) => [name, [...args]]) }
		}

		before(async () => {
			const { abi, bytecode } = compile('SolanaCaller')
			contract = await (await new ContractFactory(abi, bytecode, metamask).deploy()).waitForDeployment()
			const address = await contract.getAddress()
			const id = unbound.evm(hexToU8a(address))
			caller = { name: 'contract', evm: address, svm: new PublicKey(addressesOf(id).svm), id }
			await done(metamask.sendTransaction({ to: address, value: 2n * COIN }))
			await done(token.transfer(address, tokens(40)))
			assert.deepEqual([await holds(caller), await coins(caller)], [tokens(40), 2n * COIN])
		})

		test('the token program moves its tokens, and it sees them moved within the call', async () => {
			const [had, has] = [await holds(sol), await coins(sol)]
			const move = invocation(api, createTransferInstruction(ata(caller), ata(sol), caller.svm, tokens(15)))
			const { hash, logs } = await events(contract.invokeAndLook(move, await token.getAddress(), sol.evm))
			assert.deepEqual(logs, [
				['Transfer', [caller.evm, sol.evm, tokens(15)]],
				['Invoked', [true, '0x']],
				['Seen', [had, had + tokens(15), has, has]],
			])
			assert.deepEqual([await holds(caller), await holds(sol)], [tokens(25), had + tokens(15)])
			assert.equal(await supply(), tokens(1_000))

			const [{ signature }] = await connection.getSignaturesForAddress(ata(sol), { limit: 1 })
			const { meta } = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 })
			assert.equal((await provider.getTransactionReceipt(hash)).blockNumber, await node.best())
			assert.ok(meta.logMessages.includes('Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA success'))
		})

		test('lamports and memos, too', async () => {
			const [had, has] = [await holds(sol), await coins(sol)]
			const pay = payment(api, sol.svm, SOL)
			const paid = await events(contract.invokeAndLook(pay, await token.getAddress(), sol.evm))
			assert.deepEqual(paid.logs, [
				['Invoked', [true, '0x']],
				['Seen', [had, had, has, has + COIN]],
			])
			assert.deepEqual([await coins(caller), await coins(sol)], [COIN, has + COIN])
			const memo = memoOf('from a contract', [caller.svm])
			assert.deepEqual((await events(contract.invoke(invocation(api, memo)))).logs, [['Invoked', [true, '0x']]])
		})

		test('what is not its own it does not move, and what is undone around it is undone', async () => {
			const have = [await holds(caller), await holds(person), await holds(sol)]
			// Gas of its own: what fails without an error is no measure for an estimate.
			const gasLimit = 2_000_000n
			for (const [authority, why] of [
				[caller.svm, /custom program error: 0x4/],
				[person.svm, /did not pass signature verification/],
			]) {
				const steal = createTransferInstruction(ata(person), ata(sol), authority, tokens(1))
				const { logs } = await events(contract.tryToInvoke(invocation(api, steal), { gasLimit }))
				const [[name, [ok, returned]], ...more] = logs
				assert.deepEqual([name, ok, more], ['Invoked', false, []])
				assert.match(toUtf8String(returned), why)
				await assert.rejects(contract.invoke.staticCall(invocation(api, steal)), why)
			}
			const move = invocation(api, createTransferInstruction(ata(caller), ata(sol), caller.svm, tokens(5)))
			assert.deepEqual((await events(contract.attempt(move, { gasLimit }))).logs, [])
			await assert.rejects(contract.regret.staticCall(move), /on second thoughts/)
			assert.deepEqual([await holds(caller), await holds(person), await holds(sol)], have)
		})
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})
})
