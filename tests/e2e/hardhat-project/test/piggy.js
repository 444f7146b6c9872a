// SPDX-License-Identifier: Apache-2.0
//
// Runs inside Hardhat, on whatever network it is told.

import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import hre from 'hardhat'

describe('Piggy, through Hardhat', () => {
	let ethers, piggy, owner, other

	before(async () => {
		;({ ethers } = await hre.network.create())
		;[, , , , , owner, other] = await ethers.getSigners()
		piggy = await ethers.deployContract('Piggy', [1_000_000n], owner)
		await piggy.waitForDeployment()
	})

	it('is deployed on the chain of the node', async () => {
		assert.equal((await ethers.provider.getNetwork()).chainId, 4663n)
		const receipt = await piggy.deploymentTransaction().wait()
		assert.equal(receipt.status, 1)
		assert.equal(receipt.contractAddress, await piggy.getAddress())
		assert.equal(await piggy.owner(), owner.address)
	})

	it('takes coins in and pays them out, to the wei', async () => {
		const filled = await (await piggy.connect(other).fill({ value: 700_000n })).wait()
		assert.deepEqual([...filled.logs.at(-1).args], [other.address, 700_000n])
		assert.equal(await ethers.provider.getBalance(piggy), 700_000n)
		const before_ = await ethers.provider.getBalance(other)
		const { fee } = await (await piggy.connect(other).empty(300_000n)).wait()
		assert.equal(await ethers.provider.getBalance(other), before_ - fee + 300_000n)
		assert.equal(await piggy.balanceOf(other), 400_000n)
	})

	it('says why it refuses', async () => {
		const tooMuch = error => piggy.interface.parseError(error.data)?.name === 'TooMuch'
		await assert.rejects(piggy.fill.staticCall({ value: 1_000_001n }), tooMuch)
		await assert.rejects(piggy.connect(other).setMost.staticCall(1n), error => {
			return piggy.interface.parseError(error.data)?.name === 'OwnableUnauthorizedAccount'
		})
		await assert.rejects(piggy.fill({ value: 1_000_001n }))
	})
})
