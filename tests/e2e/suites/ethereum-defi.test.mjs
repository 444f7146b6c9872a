// SPDX-License-Identifier: Apache-2.0
//
// What finance is made of: a market of two tokens behind CREATE2, proxies that are upgraded, clones.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
	Contract,
	ContractFactory,
	concat,
	getAddress,
	getCreate2Address,
	id,
	solidityPackedKeccak256,
} from 'ethers'
import { devSigner, freshKey, startEthereum } from '../lib/ethereum.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** Where ERC-1967 keeps the address of the implementation. */
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'

const MOST_DEPLOYMENT_GAS = 5_000_000n

describe('decentralized finance', () => {
	const contracts = ['Tokens', 'Exchange', 'Proxies'].reduce(
		(all, name) => ({ ...all, ...compileFile(`${name}.sol`) }),
		{},
	)
	let ethereum, provider, signer, me

	async function deploy(name, ...args) {
		const { abi, bytecode } = contracts[name]
		const made = await new ContractFactory(abi, bytecode, signer).deploy(...args)
		const { gasUsed } = await made.deploymentTransaction().wait()
		assert.ok(gasUsed < MOST_DEPLOYMENT_GAS, `${name}: ${gasUsed}`)
		return made
	}

	test('the benchmarks run these contracts', () => {
		for (const name of ['Coin', 'Exchange']) {
			const file = new URL(`../../bench/contracts/${name}.hex`, import.meta.url)
			assert.equal(`0x${readFileSync(file, 'utf8').trim()}`, contracts[name].bytecode)
		}
	})

	const at = (name, address, runner = signer) => new Contract(address, contracts[name].abi, runner)

	const done = async sent => (await sent).wait()

	before(async () => {
		ethereum = await startEthereum()
		provider = ethereum.provider()
		signer = devSigner(6, provider)
		me = await signer.getAddress()
	})
	after(() => ethereum?.stop())

	describe('a market of two tokens', () => {
		let exchange, gold, silver, goldAddress, silverAddress, pair

		before(async () => {
			exchange = await deploy('Exchange')
			const tokens = [await deploy('Coin', 10n ** 24n), await deploy('Coin', 10n ** 24n)]
			;[gold, silver] = tokens
			;[goldAddress, silverAddress] = [await gold.getAddress(), await silver.getAddress()]
			for (const token of tokens) await done(token.approve(await exchange.getAddress(), 10n ** 24n))
		})

		test('a pair is made where everybody expects it', async () => {
			const receipt = await done(exchange.createPair(goldAddress, silverAddress))
			const sorted = [goldAddress, silverAddress].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
			const salt = solidityPackedKeccak256(['address', 'address'], sorted)
			const codeHash = await exchange.initCodeHash()
			const expected = getCreate2Address(await exchange.getAddress(), salt, codeHash)
			assert.equal(receipt.logs[0].args.pair, expected)
			assert.equal(await exchange.pairs(silverAddress, goldAddress), expected)
			pair = at('Pair', expected)
			assert.deepEqual([await pair.token0(), await pair.token1()], sorted)
			await assert.rejects(exchange.createPair.staticCall(goldAddress, silverAddress), /no new pair/)
		})

		test('liquidity goes in, and its share is the root of the product', async () => {
			await done(exchange.addLiquidity(goldAddress, silverAddress, 1_000_000n, 4_000_000n))
			assert.equal(await pair.balanceOf(me), 2_000_000n)
			assert.equal(await gold.balanceOf(await pair.getAddress()), 1_000_000n)
		})

		test('a swap pays what the product allows, less three thousandths', async () => {
			const pairAddress = await pair.getAddress()
			const expected = (10_000n * 997n * 4_000_000n) / (1_000_000n * 1000n + 10_000n * 997n)
			assert.equal(await exchange.quote(goldAddress, silverAddress, 10_000n), expected)
			const before_ = await silver.balanceOf(me)
			const receipt = await done(exchange.swap(goldAddress, silverAddress, 10_000n, expected))
			assert.equal((await silver.balanceOf(me)) - before_, expected)
			const swapped = receipt.logs.filter(({ address }) => address === pairAddress).map(log => pair.interface.parseLog(log))
			assert.deepEqual(swapped.map(log => log?.name), ['Sync', 'Swap'])
			const [silverLeft, goldThere] = [4_000_000n - expected, 1_010_000n]
			assert.equal(await silver.balanceOf(pairAddress), silverLeft)
			assert.ok(goldThere * silverLeft > 1_000_000n * 4_000_000n)
			assert.ok((await pair.price0Cumulative()) >= 0n)
		})

		test('who asks too much gets nothing', async () => {
			const greedy = exchange.swap.staticCall(goldAddress, silverAddress, 10_000n, 10n ** 9n)
			await assert.rejects(greedy, ({ revert }) => revert?.name === 'TooLittle')
			const [out0, out1] = [0n, 1n]
			await assert.rejects(pair.swap.staticCall(out0, out1, me), ({ revert }) => revert?.name === 'ProductFell')
		})

		test('liquidity comes out again, with what was earned', async () => {
			await done(pair.burn(2_000_000n, me))
			assert.equal(await pair.totalSupply(), 0n)
			assert.equal(await gold.balanceOf(me), 10n ** 24n)
			assert.equal(await silver.balanceOf(me), 10n ** 24n)
		})
	})

	test('a proxy keeps its state when its code is exchanged', async () => {
		const [one, two] = [await deploy('SafeV1'), await deploy('SafeV2')]
		const start = one.interface.encodeFunctionData('initialize', [me])
		const proxy = await deploy('Proxy', await one.getAddress(), start)
		const safe = at('SafeV1', await proxy.getAddress())
		await done(safe.set(21n))
		assert.deepEqual([await safe.version(), await safe.number()], ['one', 21n])
		const other = at('SafeV1', await safe.getAddress(), devSigner(7, provider))
		const stranger = other.upgradeToAndCall.staticCall(await two.getAddress(), '0x')
		await assert.rejects(stranger, ({ revert }) => revert?.name === 'NotOwner')
		const receipt = await done(safe.upgradeToAndCall(await two.getAddress(), '0x'))
		assert.equal(receipt.logs[0].topics[0], id('Upgraded(address)'))
		assert.deepEqual([await safe.version(), await safe.number()], ['two', 21n])
		const slot = await provider.getStorage(await safe.getAddress(), IMPLEMENTATION_SLOT)
		assert.equal(getAddress(`0x${slot.slice(26)}`), await two.getAddress())
		await done(safe.set(21n))
		assert.equal(await safe.number(), 42n)
		await assert.rejects(safe.initialize.staticCall(me), ({ revert }) => revert?.name === 'InvalidInitialization')
	})

	test('clones are 45 bytes and have a state each', async () => {
		const [implementation, factory] = [await deploy('SafeV1'), await deploy('CloneFactory')]
		const target = await implementation.getAddress()
		const owner = freshKey().address
		const clones = []
		for (const name of ['first', 'second']) {
			const expected = await factory.predict(target, id(name))
			const receipt = await done(factory.clone(target, id(name), owner))
			assert.equal(receipt.logs.at(-1).args.clone, expected)
			clones.push(at('SafeV1', expected))
		}
		await done(clones[0].set(5n))
		assert.deepEqual(await Promise.all(clones.map(clone => clone.number())), [5n, 0n])
		const code = concat(['0x363d3d373d3d3d363d73', target, '0x5af43d82803e903d91602b57fd5bf3'])
		assert.equal(await provider.getCode(await clones[0].getAddress()), code.toLowerCase())
		await assert.rejects(done(factory.clone(target, id('first'), owner)))
	})
})
