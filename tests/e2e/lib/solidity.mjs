// SPDX-License-Identifier: Apache-2.0
//
// Contracts, compiled from their source when a test asks for them.

import { readFileSync } from 'node:fs'
import solc from 'solc'
import { Interface } from 'ethers'

/**
 * Compiles a contract of `contracts/`, which has the name of its file.
 *
 * @param {string} name
 * @returns {{ abi: Interface, bytecode: string }}
 */
export function compile(name) {
	const file = `${name}.sol`
	const content = readFileSync(new URL(`../contracts/${file}`, import.meta.url), 'utf8')
	const settings = {
		evmVersion: 'osaka',
		optimizer: { enabled: true, runs: 200 },
		outputSelection: { [file]: { [name]: ['abi', 'evm.bytecode.object'] } },
	}
	const input = { language: 'Solidity', sources: { [file]: { content } }, settings }
	const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify(input)))
	if (errors.length > 0) throw new Error(errors.map(error => error.formattedMessage).join('\n'))
	const { abi, evm } = contracts[file][name]
	return { abi: new Interface(abi), bytecode: `0x${evm.bytecode.object}` }
}
