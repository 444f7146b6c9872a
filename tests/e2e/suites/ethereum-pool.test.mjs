// SPDX-License-Identifier: Apache-2.0
//
// Transactions that wait, that take another one's place, and that are refused in geth's words. Blocks
// are made by hand here, so that waiting is a state and not a race.

import assert from 'node:assert/strict'
import { Wallet, parseUnits } from 'ethers'
import { CHAIN_ID, COIN, devAccount, freshKey, signFields, startEthereum } from '../lib/ethereum.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { Inbox, eventually } from '../lib/wait.mjs'

const GWEI = parseUnits('1', 'gwei')
const hex = number => `0x${number.toString(16)}`

describe('ethereum pool', () => {
	const rich = new Wallet(devAccount(1).privateKey)
	let ethereum

	before(async () => {
		ethereum = await startEthereum({ name: 'pool', sealing: 'manual' })
	})
	after(() => ethereum?.stop())

	const nonceOf = async (address, tag = 'latest') =>
		Number(await ethereum.rpc('eth_getTransactionCount', address, tag))

	/** A signed transfer of one wei. */
	const signed = (wallet, fields) =>
		wallet.signTransaction({
			type: 2,
			chainId: CHAIN_ID,
			to: devAccount(9).address,
			value: 1n,
			gasLimit: 21_000n,
			maxFeePerGas: 300n * GWEI,
			maxPriorityFeePerGas: 2n * GWEI,
			...fields,
		})

	const send = raw => ethereum.rpc('eth_sendRawTransaction', raw)
	const read = hash => ethereum.rpc('eth_getTransactionByHash', hash)

	/** A wallet that nobody has used, with a coin. */
	async function funded() {
		const wallet = new Wallet(freshKey().privateKey)
		const nonce = await nonceOf(rich.address, 'pending')
		await send(await signed(rich, { to: wallet.address, value: COIN, nonce }))
		await ethereum.seal()
		assert.equal(await nonceOf(rich.address), nonce + 1)
		return wallet
	}

	test('a nonce in the future waits until the gap before it closes', async () => {
		const wallet = await funded()
		const second = await send(await signed(wallet, { nonce: 1 }))
		assert.equal(await nonceOf(wallet.address, 'pending'), 0)
		await ethereum.seal()
		assert.equal((await read(second)).blockHash, null)
		assert.equal(await ethereum.rpc('eth_getTransactionReceipt', second), null)

		const first = await send(await signed(wallet, { nonce: 0 }))
		await eventually(10_000, 'both to be ready', async () =>
			(await nonceOf(wallet.address, 'pending')) === 2,
		)
		await ethereum.seal()
		const receipts = []
		for (const hash of [first, second])
			receipts.push(await ethereum.rpc('eth_getTransactionReceipt', hash))
		assert.deepEqual(receipts.map(({ status }) => status), ['0x1', '0x1'])
		assert.equal(receipts[0].blockHash, receipts[1].blockHash)
		assert.ok(Number(receipts[0].transactionIndex) < Number(receipts[1].transactionIndex))
	})

	test('a tenth more takes the place of a waiting transaction; less is refused', async () => {
		for (const nonce of [0, 1]) {
			const wallet = await funded()
			const fees = per100 => ({
				maxFeePerGas: 300n * GWEI * per100 / 100n,
				maxPriorityFeePerGas: 2n * GWEI * per100 / 100n,
			})
			const first = await send(await signed(wallet, { nonce }))
			for (const per100 of [100n, 109n]) {
				const raw = await signed(wallet, { nonce, value: 2n, ...fees(per100) })
				const { code, message } = await ethereum.refused('eth_sendRawTransaction', raw)
				assert.match(message, /^replacement transaction underpriced/)
				assert.equal(code, -32000)
			}
			const oneSided = { ...fees(200n), maxPriorityFeePerGas: 2n * GWEI }
			const half = await signed(wallet, { nonce, ...oneSided })
			const { message } = await ethereum.refused('eth_sendRawTransaction', half)
			assert.match(message, /^replacement transaction underpriced/)
			const second = await send(await signed(wallet, { nonce, value: 3n, ...fees(110n) }))
			assert.equal(await read(first), null)
			assert.equal((await read(second)).value, '0x3')
			if (nonce === 1) await send(await signed(wallet, { nonce: 0 }))
			await ethereum.seal()
			assert.equal((await ethereum.rpc('eth_getTransactionReceipt', second)).status, '0x1')
			assert.equal(await nonceOf(wallet.address), nonce + 1)
		}
	})

	test('what can never be included is refused in geth’s words', async () => {
		const wallet = await funded()
		const nonce = await nonceOf(rich.address)
		const legacy = { type: 0, maxFeePerGas: null, maxPriorityFeePerGas: null, gasPrice: 300n * GWEI }
		const limit = BigInt((await ethereum.rpc('eth_getBlockByNumber', 'latest', false)).gasLimit)
		const init = { to: null, value: 0n, data: `0x${'00'.repeat(49_153)}`, gasLimit: 2_000_000n }
		const cases = [
			[rich, { nonce: 0 }, /^nonce too low/],
			[wallet, { nonce: 0, value: COIN }, /^insufficient funds for gas \* price \+ value/],
			[new Wallet(freshKey().privateKey), { nonce: 0 }, /^insufficient funds for gas \* price \+ value/],
			[rich, { nonce, gasLimit: 20_999n }, /^intrinsic gas too low/],
			[rich, { nonce, data: '0x01', gasLimit: 21_015n }, /^intrinsic gas too low/],
			[rich, { nonce, chainId: 1 }, /invalid chain id for signer/],
			[rich, { nonce, ...legacy, chainId: 1 }, /invalid chain id for signer/],
			[rich, { nonce, ...legacy, chainId: 0 }, /^only replay-protected \(EIP-155\) transactions allowed/],
			[rich, { nonce, ...init }, /^max initcode size exceeded/],
			[rich, { nonce, gasLimit: limit + 1n }, /exceeds (block|transaction) gas limit|gas limit too high/],
		]
		for (const [from, fields, words] of cases) {
			const raw = await signed(from, fields)
			const { message } = await ethereum.refused('eth_sendRawTransaction', raw)
			assert.match(message, words)
		}
		// ethers would not sign it: more for the author than for all.
		const [tip, fee, to] = [2n * GWEI, GWEI, devAccount(9).address]
		const fields = [CHAIN_ID, nonce, tip, fee, 21_000, to, 1, '0x', []]
		const upsideDown = signFields(rich, 2, fields)
		const { message } = await ethereum.refused('eth_sendRawTransaction', upsideDown)
		assert.match(message, /^max priority fee per gas higher than max fee per gas/)
		assert.equal(await nonceOf(rich.address, 'pending'), nonce)
	})

	test('the same transaction is known already', async () => {
		const wallet = await funded()
		const raw = await signed(wallet, { nonce: 0 })
		await send(raw)
		assert.match((await ethereum.refused('eth_sendRawTransaction', raw)).message, /^already known/)
		await ethereum.seal()
		assert.match((await ethereum.refused('eth_sendRawTransaction', raw)).message, /^(nonce too low|already known)/)
	})

	test('the pool shows what waits in it', async () => {
		const wallet = await funded()
		const ready = await send(await signed(wallet, { nonce: 0 }))
		const future = await send(await signed(wallet, { nonce: 7 }))
		assert.deepEqual(await ethereum.rpc('txpool_status'), { pending: '0x1', queued: '0x1' })
		const { pending, queued } = await ethereum.rpc('txpool_content')
		const mine = part =>
			Object.entries(part).find(([from]) => from.toLowerCase() === wallet.address.toLowerCase())?.[1]
		assert.equal(mine(pending)['0'].hash, ready)
		assert.equal(mine(queued)['7'].hash, future)
		assert.deepEqual([mine(queued)['7'].blockHash, mine(queued)['7'].nonce], [null, '0x7'])
		const inspected = await ethereum.rpc('txpool_inspect')
		const receiver = devAccount(9).address.toLowerCase()
		const line = mine(inspected.pending)['0'].toLowerCase()
		assert.match(line, new RegExp(`^${receiver}: 1 wei \\+ 21000 gas × ${300n * GWEI} wei$`))
		const from = await ethereum.rpc('txpool_contentFrom', wallet.address)
		assert.deepEqual([from.pending['0'].hash, from.queued['7'].hash], [ready, future])
		await ethereum.seal()
		assert.equal((await ethereum.rpc('txpool_status')).pending, '0x0')
	})

	test('a waiting transaction is announced to a subscription and to a filter', async () => {
		const wallet = await funded()
		const socket = ethereum.webSocket()
		const announced = new Inbox()
		socket.on('pending', announced.push)
		await socket.send('eth_chainId', [])
		await socket.send('eth_chainId', [])
		const filter = await ethereum.rpc('eth_newPendingTransactionFilter')
		const hash = await send(await signed(wallet, { nonce: 0 }))
		await announced.first(20_000, 'the announcement', item => item === hash)
		await eventually(10_000, 'the hash in the filter', async () =>
			(await ethereum.rpc('eth_getFilterChanges', filter)).includes(hash),
		)
		const inPending = await ethereum.rpc('eth_getBlockByNumber', 'pending', false)
		assert.equal(Number(inPending.number), Number(await ethereum.rpc('eth_blockNumber')) + 1)
		assert.equal(await ethereum.rpc('eth_getBalance', wallet.address, 'latest'), hex(COIN))
		await ethereum.seal()
	})
})
