// SPDX-License-Identifier: Apache-2.0
//
// Contracts, compiled from their source when a test asks for them.

import { existsSync, readFileSync } from 'node:fs'
import solc from 'solc'
import { Interface } from 'ethers'

/** Where an import path is looked for: this project's contracts, then the packages of npm. */
const ROOTS = ['../contracts/', '../node_modules/'].map(path => new URL(path, import.meta.url))

/** @param {string} path */
function readSource(path) {
	const found = ROOTS.map(root => new URL(path, root)).find(existsSync)
	return found ? { contents: readFileSync(found, 'utf8') } : { error: `${path}: not found` }
}

/** @typedef {{ abi: Interface, bytecode: `0x${string}`, runtime: `0x${string}` }} Contract */

/**
 * Compiles all contracts of a file of `contracts/`. A warning is an error.
 *
 * @param {string} file
 * @returns {Record<string, Contract>}
 */
export function compileFile(file) {
	const { contents, error } = readSource(file)
	if (contents === undefined) throw new Error(error)
	const settings = {
		evmVersion: 'osaka',
		optimizer: { enabled: true, runs: 200 },
		outputSelection: {
			[file]: { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] },
		},
	}
	const input = { language: 'Solidity', sources: { [file]: { content: contents } }, settings }
	const output = solc.compile(JSON.stringify(input), { import: readSource })
	const { contracts, errors = [] } = JSON.parse(output)
	if (errors.length > 0) throw new Error(errors.map(error => error.formattedMessage).join('\n'))
	const entries = Object.entries(contracts[file]).map(([name, { abi, evm }]) => [
		name,
		{
			abi: new Interface(abi),
			bytecode: `0x${evm.bytecode.object}`,
			runtime: `0x${evm.deployedBytecode.object}`,
		},
	])
	return Object.fromEntries(entries)
}

/**
 * Compiles a contract of `contracts/`, which has the name of its file.
 *
 * @param {string} name
 * @returns {Contract}
 */
export function compile(name) {
	return compileFile(`${name}.sol`)[name]
}
