// SPDX-License-Identifier: Apache-2.0
//
// ethers, as it is: transfers to the wei, OpenZeppelin's tokens, events, permits, and reverts in words.

import assert from 'node:assert/strict'
import { ContractFactory, Signature, Wallet, isError, parseUnits } from 'ethers'
import { CHAIN_ID, COIN, devAccount, devSigner, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { within } from '../lib/wait.mjs'

const HUNDRED_GWEI = parseUnits('100', 'gwei')

describe('ethers', () => {
	const contracts = compileFile('Tokens.sol')
	let ethereum, provider, signer, me, coin

	async function deploy(name, ...args) {
		const { abi, bytecode } = contracts[name]
		const made = await new ContractFactory(abi, bytecode, signer).deploy(...args)
		return made.waitForDeployment()
	}

	const done = async sent => (await sent).wait()

	/** A wallet that nobody has used, with ten coins. */
	async function funded() {
		const wallet = new Wallet(freshKey().privateKey, provider)
		await done(signer.sendTransaction({ to: wallet.address, value: 10n * COIN }))
		return wallet
	}

	before(async () => {
		ethereum = await startEthereum()
		provider = ethereum.provider()
		signer = devSigner(0, provider)
		me = await signer.getAddress()
		coin = await deploy('Coin', 1_000_000n)
	})
	after(() => ethereum?.stop())

	test('HTTP and WebSocket show the same chain', async () => {
		const socket = ethereum.webSocket()
		for (const client of [provider, socket]) {
			assert.equal(Number(await client.send('eth_chainId', [])), CHAIN_ID)
			assert.equal(await client.send('net_version', []), String(CHAIN_ID))
		}
		const [genesis, same] = await Promise.all([provider.getBlock(0), socket.getBlock(0)])
		assert.equal(genesis.hash, same.hash)
		assert.equal(genesis.number, 0)
	})

	test('a development account is rich, and a unit of gas is cheap', async () => {
		assert.ok((await provider.getBalance(devAccount(9).address)) > 9_000n * COIN)
		assert.equal(await provider.getTransactionCount(freshKey().address), 0)
		const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = await provider.getFeeData()
		const { baseFeePerGas } = await provider.getBlock('latest')
		assert.ok(gasPrice > 0n && maxFeePerGas >= baseFeePerGas && maxPriorityFeePerGas >= 0n)
		assert.ok(baseFeePerGas > 0n && baseFeePerGas <= parseUnits('125', 'gwei'), `${baseFeePerGas}`)
	})

	for (const type of [0, 1, 2]) {
		test(`a transaction of type ${type} moves coins to the wei`, async () => {
			const [sender, receiver] = [await funded(), freshKey().address]
			const before_ = await provider.getBalance(sender.address)
			const fees =
				type === 2
					? { maxFeePerGas: 3n * HUNDRED_GWEI, maxPriorityFeePerGas: parseUnits('2', 'gwei') }
					: { gasPrice: 3n * HUNDRED_GWEI }
			const sent = await sender.sendTransaction({ type, to: receiver, value: 123_456_789n, ...fees })
			const receipt = await sent.wait()
			const block = await provider.getBlock(receipt.blockNumber)
			assert.equal(receipt.status, 1)
			assert.equal(receipt.type, type)
			assert.equal(receipt.hash, sent.hash)
			assert.equal(receipt.gasUsed, 21_000n)
			assert.equal(receipt.blockHash, block.hash)
			assert.ok(receipt.cumulativeGasUsed >= receipt.gasUsed)
			assert.ok(block.transactions.includes(sent.hash))
			assert.equal(receipt.from, sender.address)
			assert.equal(receipt.to, receiver)
			assert.equal(receipt.contractAddress, null)
			assert.deepEqual(receipt.logs, [])
			const price =
				type === 2 ? block.baseFeePerGas + fees.maxPriorityFeePerGas : 3n * HUNDRED_GWEI
			assert.equal(receipt.gasPrice, price)
			assert.equal(await provider.getBalance(receiver), 123_456_789n)
			const cost = 123_456_789n + receipt.gasUsed * receipt.gasPrice
			assert.equal(await provider.getBalance(sender.address), before_ - cost)
			assert.equal(await provider.getTransactionCount(sender.address), 1)
			const read = await provider.getTransaction(sent.hash)
			assert.equal(read.signature.serialized, sent.signature.serialized)
			assert.deepEqual([read.type, read.nonce, read.value], [type, 0, 123_456_789n])
		})
	}

	test('a WebSocket client hears of a block and of a log', async () => {
		const socket = ethereum.webSocket()
		const receiver = freshKey().address
		const block = new Promise(resolve => socket.once('block', resolve))
		const overSocket = coin.connect(socket)
		const log = new Promise(resolve =>
			overSocket.once(coin.filters.Transfer(null, receiver), ({ args }) => resolve([...args])),
		)
		// Both subscriptions stand when later calls on the same connection are answered.
		await socket.send('eth_chainId', [])
		await socket.send('eth_chainId', [])
		await done(coin.transfer(receiver, 5n))
		assert.ok((await within(20_000, 'a block', block)) > 0)
		assert.deepEqual(await within(20_000, 'a log', log), [me, receiver, 5n])
	})

	test('an ERC-20 is deployed, paid with, and found in the logs', async () => {
		const [address, to] = [await coin.getAddress(), freshKey().address]
		assert.notEqual(await provider.getCode(address), '0x')
		assert.equal(await coin.symbol(), 'COIN')
		const receipt = await done(coin.transfer(to, 700n))
		assert.equal(await coin.balanceOf(to), 700n)
		const [log] = receipt.logs
		assert.deepEqual([log.address, log.fragment.name, ...log.args], [address, 'Transfer', me, to, 700n])
		const found = await coin.queryFilter(coin.filters.Transfer(me, to), 0)
		assert.deepEqual(found.map(({ transactionHash }) => transactionHash), [receipt.hash])
		assert.equal(found[0].index, log.index)
		const minted = await coin.queryFilter(coin.filters.Transfer(`0x${'00'.repeat(20)}`), 0)
		assert.equal(minted.at(-1).args.value, 1_000_000n)
	})

	test('ERC-721 and ERC-1155 move, and say so', async () => {
		const card = await deploy('Card')
		const items = await deploy('Items')
		const to = freshKey().address
		await done(card.mint(me, 7n))
		await done(card['safeTransferFrom(address,address,uint256)'](me, to, 7n))
		assert.equal(await card.ownerOf(7n), to)
		await done(items.mint(me, [1n, 2n], [10n, 20n]))
		const receipt = await done(items.safeBatchTransferFrom(me, to, [1n, 2n], [3n, 4n], '0x'))
		assert.deepEqual([...(await items.balanceOfBatch([to, to, me], [1n, 2n, 2n]))], [3n, 4n, 16n])
		assert.equal(receipt.logs[0].fragment.name, 'TransferBatch')
	})

	test('an ERC-4626 vault takes in and pays out', async () => {
		const shares = await deploy('Shares', await coin.getAddress())
		await done(coin.approve(await shares.getAddress(), 1_000n))
		await done(shares.deposit(1_000n, me))
		assert.equal(await shares.totalAssets(), 1_000n)
		await done(shares.redeem(400n, me, me))
		assert.equal(await shares.balanceOf(me), 600n)
		assert.equal(await coin.balanceOf(await shares.getAddress()), 600n)
	})

	test('a permit is signed by one and sent by another', async () => {
		const owner = new Wallet(freshKey().privateKey, provider)
		const value = 250n
		const deadline = 2n ** 64n
		const verifyingContract = await coin.getAddress()
		const domain = { name: 'Coin', version: '1', chainId: CHAIN_ID, verifyingContract }
		const fields = 'owner:address spender:address value:uint256 nonce:uint256 deadline:uint256'
		const Permit = fields.split(' ').map(field => ({ name: field.split(':')[0], type: field.split(':')[1] }))
		const permit = { owner: owner.address, spender: me, value, nonce: 0n, deadline }
		const { v, r, s } = Signature.from(await owner.signTypedData(domain, { Permit }, permit))
		await done(coin.permit(owner.address, me, value, deadline, v, r, s))
		assert.equal(await coin.allowance(owner.address, me), value)
		await assert.rejects(coin.permit.staticCall(owner.address, me, value, deadline, v, r, s), error => {
			return error.revert?.name === 'ERC2612InvalidSigner'
		})
	})

	test('a call and an estimate say why they would fail', async () => {
		const refuse = ['not today']
		for (const attempt of [coin.refuse.staticCall(...refuse), coin.refuse.estimateGas(...refuse)])
			await assert.rejects(attempt, error => {
				assert.ok(isError(error, 'CALL_EXCEPTION'), error)
				assert.equal(error.reason, 'not today')
				return true
			})
		await assert.rejects(coin.divide(1n, 0n), /DIVIDE_BY_ZERO|0x12|divi/i)
		const poor = coin.connect(await funded())
		for (const attempt of [poor.transfer.staticCall(me, 5n), poor.transfer.estimateGas(me, 5n)])
			await assert.rejects(attempt, error => {
				const { name, args } = coin.interface.parseError(error.data)
				assert.deepEqual([name, args.balance, args.needed], ['ERC20InsufficientBalance', 0n, 5n])
				return true
			})
	})

	test('what fails in a block has a receipt of status 0, costs gas and uses its nonce', async () => {
		const poor = await funded()
		const before_ = await provider.getBalance(poor.address)
		const sent = await coin.connect(poor).transfer(me, 5n, { gasLimit: 100_000n })
		await assert.rejects(sent.wait(), error => isError(error, 'CALL_EXCEPTION'))
		const receipt = await provider.getTransactionReceipt(sent.hash)
		assert.equal(receipt.status, 0)
		assert.deepEqual(receipt.logs, [])
		assert.ok(receipt.gasUsed > 21_000n && receipt.gasUsed < 100_000n)
		const paid = before_ - (await provider.getBalance(poor.address))
		assert.equal(paid, receipt.gasUsed * receipt.gasPrice)
		assert.equal(await provider.getTransactionCount(poor.address), 1)
	})
})
