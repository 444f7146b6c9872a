// SPDX-License-Identifier: Apache-2.0
//
// Calls per second of the Ethereum JSON-RPC, on a chain with 100,000 logs: `make bench`.
//
//   node tests/e2e/bench/ethereum-rpc.mjs [logs]

import { AbiCoder, ContractFactory, Interface, concat, toBeHex } from 'ethers'
import { devSigner, startEthereum } from '../lib/ethereum.mjs'

/** Logs on the chain before anything is measured. */
const LOGS = Number(process.argv[2] ?? 100_000)
/** Logs of one transaction. */
const EACH = 500
/** How long each method is called. */
const SECONDS = 5
/** Calls that are under way at a time. */
const PARALLEL = 8

/**
 * Init code of a contract that logs as often as the calldata says: LOG1 of nothing, the topic being the
 * number of those left; and whose storage slot 0 anybody can read.
 *
 *   PUSH1 0 CALLDATALOAD  JUMPDEST DUP1 PUSH1 0 PUSH1 0 LOG1  PUSH1 1 SWAP1 SUB DUP1 PUSH1 3 JUMPI STOP
 */
const LOGGER = '6000355b8060006000a1600190038060035700'
const INIT = concat(['0x60', toBeHex(LOGGER.length / 2), '0x80600b6000396000f3', `0x${LOGGER}`])

const ethereum = await startEthereum()
const provider = ethereum.provider()
const signer = devSigner(0, provider)
const factory = new ContractFactory(new Interface([]), INIT, signer)
const logger = await factory.deploy()
await logger.waitForDeployment()
const address = await logger.getAddress()

const data = AbiCoder.defaultAbiCoder().encode(['uint256'], [EACH])
const began = Date.now()
for (let made = 0; made < LOGS; made += EACH) {
	const sent = await signer.sendTransaction({ to: address, data, gasLimit: 1_000_000 })
	await sent.wait()
	process.stderr.write(`\r${made + EACH} of ${LOGS} logs`)
}
process.stderr.write(`\r${LOGS} logs in ${((Date.now() - began) / 1000).toFixed(0)} s\n`)

/** @param {string} name @param {() => unknown[]} params @param {string} method */
async function measure(name, method, params) {
	const end = Date.now() + SECONDS * 1000
	let calls = 0
	const caller = async () => {
		while (Date.now() < end) {
			await ethereum.rpc(method, ...params())
			calls++
		}
	}
	await Promise.all(Array.from({ length: PARALLEL }, caller))
	console.log(`${name.padEnd(44)}${(calls / SECONDS).toFixed(0).padStart(8)} calls/s`)
}

const quantity = number => `0x${number.toString(16)}`
const latest = await provider.getBlockNumber()
const range = { fromBlock: '0x0', toBlock: 'latest', address }
const random = limit => Math.floor(Math.random() * limit)
const topic = () => `0x${(1 + random(EACH)).toString(16).padStart(64, '0')}`
await measure('eth_call', 'eth_call', () => [{ to: address, data: toBeHex(1, 32) }, 'latest'])
await measure('eth_getBalance', 'eth_getBalance', () => [address, 'latest'])
await measure(`eth_getLogs, ${EACH} of one block`, 'eth_getLogs', () => {
	const block = quantity(2 + random(latest - 2))
	return [{ address, fromBlock: block, toBlock: block }]
})
await measure(`eth_getLogs, ${LOGS / EACH} by topic of ${LOGS}`, 'eth_getLogs', () => [
	{ ...range, topics: [topic()] },
])
await ethereum.stop()
