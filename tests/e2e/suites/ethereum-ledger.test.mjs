// SPDX-License-Identifier: Apache-2.0
//
// One ledger behind two kinds of client: what polkadot.js moves, Ethereum's clients see, and the other
// way round. These tests need a node of this repository; no other chain has such a ledger.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Contract, ContractFactory, Wallet, ZeroAddress, id, zeroPadValue } from 'ethers'
import { hexToU8a, u8aToHex } from '@polkadot/util'
import { COIN, devAccount, devSigner, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { addressesOf, idCom, unbound } from '../lib/identity.mjs'
import { checkResult } from '../lib/schemas.mjs'
import { compile, compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'

const ERC20 = compileFile('Tokens.sol').Coin.abi
const MULTICALL = compileFile('Calls.sol').Multicall

const ADDRESS_BOOK = '0x0000000000000000000000000000000000000107'

const skip = process.env.UNUM_ETHEREUM_URL ? 'needs a node of this repository' : false

describe('one ledger for both kinds of client', { skip }, () => {
	const alice = account('//Alice')
	const bob = account('//Bob')
	const [alices, bobs] = [addressesOf(alice.address).evm, addressesOf(bob.address).evm]
	const [walletAddress, walletId] = [devAccount(0).address, identityOf(devAccount(0).address)]
	let ethereum, node, api, provider, wallet

	/** The id_com of a wallet that is bound to nobody. */
	function identityOf(address) {
		return unbound.evm(hexToU8a(address))
	}

	const done = async sent => (await sent).wait()
	const same = (a, b) => assert.equal(a.toLowerCase(), b.toLowerCase())

	/** The balance of an address for Ethereum, and of its identity for Substrate: they are one. */
	async function coins(address, identity) {
		const [wei, free] = [await provider.getBalance(address), await freeBalance(api, identity)]
		assert.equal(wei, free, address)
		return wei
	}

	before(async () => {
		ethereum = await startEthereum({ name: 'ledger' })
		node = ethereum.node
		api = await node.api()
		provider = ethereum.provider()
		wallet = devSigner(0, provider)
	})
	after(() => ethereum?.stop())

	test('a wallet has an identity, and an identity has an address', async () => {
		assert.equal((await node.rpc('unum_ownerOf', 'evm', walletAddress)).idCom, walletId)
		assert.equal((await node.rpc('unum_ownerOf', 'evm', alices)).idCom, u8aToHex(idCom(alice.address)))
		assert.ok((await coins(walletAddress, walletId)) >= 10_000n * COIN)
		assert.ok((await coins(alices, alice.address)) > 0n)
		const book = new Contract(
			ADDRESS_BOOK,
			['function idComOf(address) view returns (bytes32)', 'function evmAddressOf(bytes32) view returns (address)'],
			provider,
		)
		assert.equal(await book.idComOf(walletAddress), walletId)
		same(await book.evmAddressOf(idCom(alice.address)), alices)
	})

	test('coins that polkadot.js sends arrive in the wallet', async () => {
		const before_ = await coins(walletAddress, walletId)
		const transfer = api.tx.balances.transferKeepAlive(walletId, 3n * UNIT)
		const included = await send(api, transfer, alice)
		assert.equal(await coins(walletAddress, walletId), before_ + 3n * UNIT)
		const read = await ethereum.rpc('eth_getTransactionByHash', included.hash)
		assert.equal(read.blockHash, included.blockHash)
		same(read.from, alices)
		const receipt = await ethereum.rpc('eth_getTransactionReceipt', included.hash)
		checkResult('eth_getTransactionReceipt', receipt)
		assert.equal(receipt.status, '0x1')
	})

	test('coins that the wallet sends arrive in the account, and both count one nonce', async () => {
		const [sender, account_] = [await coins(walletAddress, walletId), await coins(bobs, bob.address)]
		const receipt = await done(wallet.sendTransaction({ to: bobs, value: 2n * COIN }))
		assert.equal(await coins(bobs, bob.address), account_ + 2n * COIN)
		const cost = 2n * COIN + receipt.gasUsed * receipt.gasPrice
		assert.equal(await coins(walletAddress, walletId), sender - cost)
		const nonce = (await api.query.system.account(walletId)).nonce.toNumber()
		assert.equal(await provider.getTransactionCount(walletAddress), nonce)
		const nobody = freshKey().address
		await done(wallet.sendTransaction({ to: nobody, value: COIN }))
		assert.equal(await coins(nobody, identityOf(nobody)), COIN)
	})

	describe('a token', () => {
		let mint, token, address, created, multicall

		const ledger = async owner => (await api.query.unifiedTokens.balances(owner, mint)).amount.toBigInt()

		/** What an owner has, by the ledger, by the view as a contract, by `unum_holding`, and by a contract. */
		async function holds(evmAddress, identity, amount) {
			assert.equal(await ledger(identity), amount)
			assert.equal(await token.balanceOf(evmAddress), amount)
			assert.equal(BigInt((await node.rpc('unum_holding', mint, identity)).amount), amount)
			const callData = ERC20.encodeFunctionData('balanceOf', [evmAddress])
			const [{ returnData }] = await multicall.aggregate3.staticCall([[address, false, callData]])
			assert.equal(BigInt(returnData), amount)
		}

		async function deploy({ abi, bytecode }, ...args) {
			return (await new ContractFactory(abi, bytecode, wallet).deploy(...args)).waitForDeployment()
		}

		/** The logs of transfers from one address to another. */
		const transfers = (from, to) => token.queryFilter(token.filters.Transfer(from, to), 0)

		before(async () => {
			const create = api.tx.unifiedTokens.createMint(
				u8aToHex(randomBytes(32)), 6, null, 'Ledger Gold', 'LGLD', alice.address, null,
			)
			mint = (await send(api, create, alice)).event('unifiedTokens', 'MintCreated').mint.toHex()
			created = await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1_000n), alice)
			address = (await node.rpc('unum_token', mint)).erc20.address
			token = new Contract(address, ERC20, wallet)
			multicall = await deploy(MULTICALL)
		})

		test('it is an ERC-20, and its first log is from nobody', async () => {
			assert.notEqual(await provider.getCode(address), '0x')
			const about = [await token.name(), await token.symbol(), await token.decimals()]
			assert.deepEqual(about, ['Ledger Gold', 'LGLD', 6n])
			assert.equal(await token.totalSupply(), 1_000n)
			const [log] = await transfers(ZeroAddress, alices)
			assert.deepEqual([log.transactionHash, log.args.value], [created.hash, 1_000n])
		})

		test('moved by polkadot.js: Ethereum has the log and the receipt under the extrinsic’s hash', async () => {
			const move = api.tx.unifiedTokens.transfer(mint, walletId, 400n)
			const included = await send(api, move, alice)
			await holds(walletAddress, walletId, 400n)
			const topics = [id('Transfer(address,address,uint256)'), zeroPadValue(alices, 32), zeroPadValue(walletAddress, 32)]
			const [log, ...others] = await ethereum.rpc('eth_getLogs', { address, topics, fromBlock: '0x0' })
			assert.deepEqual(others, [])
			assert.deepEqual([log.transactionHash, log.blockHash], [included.hash, included.blockHash])
			assert.equal(BigInt(log.data), 400n)
			const receipt = await ethereum.rpc('eth_getTransactionReceipt', included.hash)
			checkResult('eth_getTransactionReceipt', receipt)
			assert.deepEqual([receipt.status, receipt.logs], ['0x1', [log]])
			same(receipt.from, alices)
			const { transactions, logsBloom } = await ethereum.rpc('eth_getBlockByHash', included.blockHash, false)
			assert.ok(transactions.includes(included.hash))
			assert.equal(BigInt(receipt.logsBloom) & BigInt(logsBloom), BigInt(receipt.logsBloom))
		})

		test('moved by ethers: polkadot.js has the balance, and a subscription saw it come', async () => {
			const arrived = new Promise(resolve => {
				api.query.unifiedTokens.balances(bob.address, mint, ({ amount }) => {
					if (amount.toBigInt() === 150n) resolve(true)
				})
			})
			const receipt = await done(token.transfer(bobs, 150n))
			await arrived
			assert.equal(receipt.logs.length, 1)
			same(receipt.logs[0].address, address)
			await holds(bobs, bob.address, 150n)
			await holds(walletAddress, walletId, 250n)
		})

		test('moved by a contract, out and in', async () => {
			const vault = await deploy(compile('Vault'), address)
			const vaultAddress = await vault.getAddress()
			const vaultId = (await node.rpc('unum_ownerOf', 'evm', vaultAddress)).idCom
			await done(token.approve(vaultAddress, 100n))
			await done(vault.deposit(100n))
			await holds(vaultAddress, vaultId, 100n)
			await done(vault.withdraw(alices, 60n))
			await holds(alices, alice.address, 660n)
			const [log] = await transfers(vaultAddress, alices)
			assert.equal(log.args.value, 60n)
			assert.equal(await token.totalSupply(), 1_000n)
		})

		test('approved by polkadot.js, spent by the wallet', async () => {
			await send(api, api.tx.unifiedTokens.approve(mint, walletId, 50n), alice)
			assert.equal(await token.allowance(alices, walletAddress), 50n)
			await done(token.transferFrom(alices, bobs, 30n))
			assert.equal(await token.allowance(alices, walletAddress), 20n)
			await holds(bobs, bob.address, 180n)
			await assert.rejects(token.transferFrom.staticCall(alices, bobs, 21n))
		})
	})

	test('a wallet that is bound acts as the identity, and pays with its coins', async () => {
		const [owner, key] = [freshAccount('owner'), new Wallet(freshKey().privateKey, provider)]
		await send(api, api.tx.balances.transferKeepAlive(owner.address, 10n * UNIT), alice)
		const { message } = await node.rpc('unum_bindingMessage', owner.address, 'evm', key.address)
		const proof = { Evm: { signature: await key.signMessage(message) } }
		await send(api, api.tx.idCom.bind({ Evm: key.address }, proof), owner)
		const before_ = await coins(key.address, owner.address)
		assert.ok(before_ > 9n * UNIT)
		const receipt = await done(key.sendTransaction({ to: bobs, value: COIN }))
		same(receipt.from, key.address)
		const cost = COIN + receipt.gasUsed * receipt.gasPrice
		assert.equal(await coins(key.address, owner.address), before_ - cost)
		const nonce = (await api.query.system.account(owner.address)).nonce.toNumber()
		assert.equal(await provider.getTransactionCount(key.address), nonce)
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})
})
