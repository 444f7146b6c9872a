// SPDX-License-Identifier: Apache-2.0
//
// Runs the tour of a Markdown file as a reader would, from top to bottom.
//
// Between `<!-- tour:start -->` and `<!-- tour:end -->`
// - a ```sh block is run by bash in the root of the repository;
// - the ```js blocks are, one after the other, a single module: what one declares, the next one uses.
//   It runs in tests/e2e, whose node_modules has the packages that the tour imports;
// - a ```text block after one of them is what that block prints, where `…` stands for anything.
// Before the first step `make dev` is started, as in a reader's first terminal, and it is left running
// until the tour is over. Nothing is replaced but the port: 9944 becomes a free one.

import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Child, ROOT, UNUM_BIN, freePort, run, temporaryFolder } from './process.mjs'

const START = '<!-- tour:start -->'
const END = '<!-- tour:end -->'
const DEFAULT_PORT = /\b9944\b/g

/** `make dev` may have something to build. */
const START_DEADLINE_MS = 600_000

/** Printed between the blocks of the module, so that each can be held against its own output. */
const SEPARATOR = '--- next block of the tour'

/** @typedef {{ kind: 'sh' | 'js', code: string, line: number, output?: string }} Step */

/**
 * The steps of the tour in a Markdown text.
 *
 * @param {string} markdown
 * @returns {Step[]}
 */
export function parseTour(markdown) {
	const [start, end] = [markdown.indexOf(START), markdown.indexOf(END)]
	if (start < 0 || end < start) throw new Error(`no tour: ${START} … ${END} is missing`)
	const steps = /** @type {Step[]} */ ([])
	const fences = /^```(\w*)\n([\s\S]*?)^```$/gm
	for (const { 1: kind, 2: code, index } of markdown.slice(start, end).matchAll(fences)) {
		const line = markdown.slice(0, start + index).split('\n').length
		const previous = steps.at(-1)
		if (kind === 'sh' || kind === 'js') steps.push({ kind, code, line })
		else if (kind === 'text' && previous && previous.output === undefined) previous.output = code
		else
			throw new Error(
				`line ${line}: a tour has sh and js blocks, each with at most one text block after it`,
			)
	}
	if (steps.length === 0) throw new Error('the tour is empty')
	const kinds = steps.map(({ kind }) => kind)
	if (kinds.slice(kinds.indexOf('js'), kinds.lastIndexOf('js') + 1).includes('sh')) {
		throw new Error('an sh block stands between js blocks, which are one module')
	}
	return steps
}

/**
 * Whether a printed text is the expected one, `…` standing for anything.
 *
 * @param {string} expected
 * @param {string} actual
 */
export function outputMatches(expected, actual) {
	const normal = (/** @type {string} */ text) =>
		text
			.split('\n')
			.map(line => line.trimEnd())
			.join('\n')
			.trim()
	const pattern = normal(expected)
		.split('…')
		.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('[\\s\\S]*')
	return new RegExp(`^${pattern}$`).test(normal(actual))
}

/** @param {Step} step @param {string} printed */
function checkOutput(step, printed) {
	if (step.output !== undefined && !outputMatches(step.output, printed)) {
		throw new Error(
			`line ${step.line}: this was to be printed\n${step.output}\nand this was\n${printed}`,
		)
	}
}

/** A reader with one terminal for the chain and one for the rest. */
class Reader {
	#chain = /** @type {Child | undefined} */ (undefined)
	#folder = temporaryFolder('tour')
	#port
	/** All that the steps have printed. */
	printed = ''

	/** @param {number} port */
	constructor(port) {
		this.#port = port
	}

	/** What the first terminal shows. */
	log() {
		return this.#chain?.logTail() ?? ''
	}

	/** @param {string} code */
	#withPort(code) {
		return code.replace(DEFAULT_PORT, `${this.#port}`)
	}

	/** @param {Step} step */
	async sh(step) {
		const PATH = `${join(UNUM_BIN, '..')}:${process.env.PATH}`
		const script = `set -euo pipefail\n${this.#withPort(step.code)}`
		const { code, stdout, stderr } = await run('bash', ['-c', script], { env: { PATH } })
		if (code !== 0) throw new Error(`line ${step.line}: status ${code}\n${stdout}${stderr}`)
		checkOutput(step, stdout)
		this.printed += stdout
	}

	async startChain() {
		const flags = [
			`--rpc-port ${this.#port}`,
			'--listen-addr /ip4/127.0.0.1/tcp/0',
			'--no-prometheus',
		]
		this.#chain = new Child('make', ['dev'], {
			log: join(this.#folder, 'chain.log'),
			env: { ARGS: flags.join(' ') },
			group: true,
		})
		await this.#chain.line(/Running JSON-RPC server/, START_DEADLINE_MS)
	}

	/** @param {Step[]} steps */
	async js(steps) {
		const separator = `\nconsole.log(${JSON.stringify(SEPARATOR)})\n`
		const file = join(this.#folder, 'tour.mjs')
		symlinkSync(join(ROOT, 'tests/e2e/node_modules'), join(this.#folder, 'node_modules'))
		writeFileSync(file, this.#withPort(steps.map(({ code }) => code).join(separator)))
		const { code, stdout, stderr } = await run(process.execPath, [file], { deadlineMs: 120_000 })
		if (code !== 0) throw new Error(`the js blocks ended with status ${code}\n${stdout}${stderr}`)
		const printed = stdout.split(`${SEPARATOR}\n`)
		steps.forEach((step, index) => checkOutput(step, printed[index] ?? ''))
		this.printed += printed.join('')
	}

	async leave() {
		await this.#chain?.stop()
	}
}

/**
 * Walks the tour of a Markdown file; throws at the first step that does not do what it says.
 *
 * @param {string} file
 * @returns {Promise<string>} what the steps print
 */
export async function walkTour(file) {
	const steps = parseTour(readFileSync(file, 'utf8'))
	const reader = new Reader(await freePort())
	try {
		await reader.startChain()
		const module = steps.filter(({ kind }) => kind === 'js')
		for (const step of steps) {
			if (step.kind === 'sh') await reader.sh(step)
			else if (step === module[0]) await reader.js(module)
		}
	} catch (error) {
		const { message } = /** @type {Error} */ (error)
		throw new Error(`${message}\n--- the chain's log\n${reader.log()}`)
	} finally {
		await reader.leave()
	}
	return reader.printed
}
