// SPDX-License-Identifier: Apache-2.0
//
// The EVM through polkadot.js: a contract of Solidity holds a token of the ledger.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { AbiCoder, getCreateAddress } from 'ethers'
import { u8aToHex } from '@polkadot/util'
import { startNode } from '../lib/node.mjs'
import { compile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, send } from '../lib/tx.mjs'

const GAS = 1_000_000n

describe('evm', () => {
	let node, api, mint, token, vault, alices
	const { abi, bytecode } = compile('Vault')
	const alice = account('//Alice')
	const bob = account('//Bob')

	/** Dispatches an operation and gives its receipt. */
	async function submit(call, sender = alice) {
		const included = await send(api, api.tx.dispatch.submit(call, null), sender)
		return { ...(await node.rpc('unum_receipt', included.hash)), transaction: included }
	}

	const call = (to, data, value = 0n) => ({ EvmCall: { to, value, gasLimit: GAS, data } })

	async function callVault(method, args, sender = alice) {
		return submit(call(vault, abi.encodeFunctionData(method, args)), sender)
	}

	async function succeeds(receipt) {
		const done = await receipt
		assert.equal(done.status, 'success', done.error)
		return done
	}

	const addressOf = who => node.rpc('unum_addressOf', who.address, 'evm')

	async function tokens(owner) {
		return (await api.query.unifiedTokens.balances(owner, mint)).amount.toBigInt()
	}

	before(async () => {
		node = await startNode({ name: 'evm' })
		api = await node.api()
		alices = await addressOf(alice)
		const salt = u8aToHex(randomBytes(32))
		const create = api.tx.unifiedTokens.createMint(salt, 6, null, 'Gold', 'GLD', alice.address, null)
		mint = (await send(api, create, alice)).event('unifiedTokens', 'MintCreated').mint.toHex()
		await send(api, api.tx.unifiedTokens.mintTo(mint, alice.address, 1_000n), alice)
		token = (await node.rpc('unum_token', mint)).erc20.address
	})
	after(() => node?.stop())

	test('polkadot.js knows the operations and their fields', async () => {
		const made = api.createType(
			api.tx.dispatch.submit.meta.args[0].type.toString(),
			call(token, '0x1234', 5n),
		)
		assert.equal(made.toU8a()[0], 0x10)
	})

	test('a contract is deployed under the address that Ethereum gives it', async () => {
		const nonce = (await api.query.system.account(alice.address)).nonce.toNumber()
		const argument = AbiCoder.defaultAbiCoder().encode(['address'], [token])
		const init = bytecode + argument.slice(2)
		const receipt = await succeeds(
			submit({ EvmCreate: { value: 0n, gasLimit: 2n * GAS, init, salt: null } }),
		)
		vault = receipt.created[0]
		assert.equal(vault.toLowerCase(), getCreateAddress({ from: alices, nonce }).toLowerCase())
		assert.ok(!(await api.query.evm.codeHashes(vault)).isNone)
	})

	test('a constructor can refuse, and says why', async () => {
		const argument = AbiCoder.defaultAbiCoder().encode(['address'], [`0x${'11'.repeat(20)}`])
		const init = bytecode + argument.slice(2)
		const receipt = await submit({ EvmCreate: { value: 0n, gasLimit: 2n * GAS, init, salt: null } })
		assert.equal(receipt.status, 'reverted')
		assert.equal(receipt.error, 'execution reverted: not a token')
	})

	test('one token: approved by polkadot.js, moved by a contract, seen by both', async () => {
		const vaultId = (await node.rpc('unum_ownerOf', 'evm', vault)).idCom
		await send(api, api.tx.unifiedTokens.approve(mint, vaultId, 400n), alice)
		const receipt = await succeeds(callVault('deposit', [300n]))
		assert.equal(await tokens(vaultId), 300n)
		assert.equal(await tokens(alice.address), 700n)
		// The ledger's own log, by the token, and then the contract's.
		const [moved, deposited] = receipt.logs
		assert.equal(receipt.logs.length, 2)
		assert.equal(moved.emitter.toLowerCase(), token.toLowerCase())
		assert.equal(BigInt(moved.data), 300n)
		const { args } = abi.parseLog({ topics: deposited.topics, data: deposited.data })
		assert.deepEqual([args.who.toLowerCase(), args.value], [alices.toLowerCase(), 300n])
	})

	test('what a contract takes back is undone, caught or not', async () => {
		const bobs = await addressOf(bob)
		const regretted = await callVault('regret', [bobs, 10n])
		assert.equal(regretted.error, 'execution reverted: on second thoughts')
		const attempted = await succeeds(callVault('attempt', [bobs, 10n]))
		assert.deepEqual(attempted.logs, [])
		assert.equal(await tokens(bob.address), 0n)
	})

	test('a contract pays a wallet of Substrate', async () => {
		await succeeds(callVault('withdraw', [await addressOf(bob), 50n]))
		assert.equal(await tokens(bob.address), 50n)
		const refused = await callVault('withdraw', [alices, 1n], bob)
		assert.equal(refused.status, 'reverted')
		assert.equal(refused.error, `execution reverted: custom error ${abi.getError('NotYours').selector}`)
	})

	test('native coin moves in wei, and unused gas is given back', async () => {
		const value = UNIT / 4n
		const bobs = await freeBalance(api, bob.address)
		const transfer = { EvmTransfer: { to: await addressOf(bob), value } }
		const { transaction } = await succeeds(submit(transfer))
		assert.equal(await freeBalance(api, bob.address), bobs + value)
		assert.ok(transaction.event('transactionPayment', 'TransactionFeePaid'))
		const limit = 4n * GAS
		const before_ = await freeBalance(api, alice.address)
		await succeeds(submit({ EvmCall: { to: token, value: 0n, gasLimit: limit, data: '0x313ce567' } }))
		const paid = before_ - (await freeBalance(api, alice.address))
		// Four million gas weigh 100 ms, at 5 coins a second; the call needs a four-hundredth of it.
		assert.ok(paid < UNIT / 20n, `${paid}`)
	})

	test('what can not run is refused before inclusion, in words', async () => {
		const refused = (payload, words) =>
			assert.rejects(send(api, api.tx.dispatch.submit(payload, null), alice), words)
		const poor = { EvmTransfer: { to: token, value: 10n ** 30n } }
		await refused(poor, /insufficient funds for transfer: have \d+ want 1000000000000000000000000000000/)
		const low = { EvmCall: { to: token, value: 0n, gasLimit: 20_000n, data: '0x' } }
		await refused(low, /intrinsic gas too low: have 20000, want 21000/)
		const high = { EvmCall: { to: token, value: 0n, gasLimit: 2n ** 40n, data: '0x' } }
		await refused(high, /gas limit too high|exhaust|ExhaustsResources/i)
		const long = { EvmCreate: { value: 0n, gasLimit: GAS, init: `0x${'00'.repeat(49_153)}`, salt: null } }
		await refused(long, /max initcode size exceeded: code size 49153, limit 49152/)
	})

	test('the state stays sound', async () => {
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})
})
