// SPDX-License-Identifier: Apache-2.0
//
// Child processes and temporary folders that never outlive the test file, however it ends. Every
// process is stopped by its own id.

import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DeadlineError, Inbox, eventually, within } from './wait.mjs'

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

const target =
	process.env.CARGO_TARGET_DIR ?? join(process.env.HOME ?? '.', '.cache/unum/target')

/** The binary under test. */
export const UNUM_BIN = process.env.UNUM_BIN ?? join(target, 'release/unum')

/** The helper that prints the path of the probe runtime's Wasm. */
export const PROBE_BIN = join(target, 'release/unum-probe-runtime')

const live = /** @type {Set<Child>} */ (new Set())
const pids = /** @type {Set<number>} */ (new Set())
const folders = /** @type {Set<string>} */ (new Set())
const logged = /** @type {(Child | ForeignProcess)[]} */ ([])

/** The ends of the logs of all programs that this test file has started. */
export function logTails() {
	return logged.map(({ name, logTail }) => `--- ${name}\n${logTail()}`).join('\n')
}

// The only handler that runs in every orderly end: return, exception, deadline and signal.
process.on('exit', () => {
	for (const child of live) child.signal('SIGKILL')
	for (const pid of pids) signalPid(pid, 'SIGKILL')
	if (process.env.UNUM_KEEP !== '1') {
		for (const folder of folders) rmSync(folder, { recursive: true, force: true })
	}
})
for (const [signal, code] of /** @type {const} */ ([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
])) {
	process.on(signal, () => process.exit(code))
}

/**
 * Sends a signal to a process that may be gone already.
 *
 * @param {number} pid negative: the process group
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether it was there
 */
export function signalPid(pid, signal) {
	try {
		process.kill(pid, signal)
		return true
	} catch {
		return false
	}
}

/** Has a process that somebody else started killed when this one ends. @param {number} pid */
export function adopt(pid) {
	pids.add(pid)
}

/** The process has ended; its id may be given to another. @param {number} pid */
export function release(pid) {
	pids.delete(pid)
}

/** A folder that is removed at the end (UNUM_KEEP=1 keeps it). @param {string} name */
export function temporaryFolder(name) {
	const folder = mkdtempSync(join(tmpdir(), `unum-${name}-`))
	folders.add(folder)
	return folder
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
	server.close()
	await once(server, 'close')
	return port
}

/** A running program whose output goes to a file. */
export class Child {
	#process
	#log
	#lines = /** @type {Inbox<string>} */ (new Inbox())
	/** @type {Promise<number>} the exit status; 128 + n for signal n is not distinguished from -1 */
	exited

	/**
	 * @param {string} command
	 * @param {string[]} args
	 * @param {object} options
	 * @param {string} options.log the file that gets stdout and stderr
	 * @param {NodeJS.ProcessEnv} [options.env] variables in addition to this process's own
	 * @param {string} [options.cwd]
	 * @param {boolean} [options.group] a process group of its own, stopped as a whole
	 */
	constructor(command, args, { log, env = {}, cwd = ROOT, group = false }) {
		this.#log = log
		this.command = [command, ...args].join(' ')
		this.name = `${this.command} (${log})`
		this.group = group
		this.#process = spawn(command, args, {
			cwd,
			detached: group,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		})
		const file = createWriteStream(log, { flags: 'a' })
		for (const stream of [this.#process.stdout, this.#process.stderr]) {
			stream.pipe(file, { end: false })
			createInterface({ input: stream }).on('line', this.#lines.push)
		}
		live.add(this)
		logged.push(this)
		this.exited = new Promise(resolve => {
			this.#process.once('error', error => {
				file.end(`${error.message}\n`)
				this.#lines.push(error.message)
				live.delete(this)
				resolve(-1)
			})
			this.#process.once('close', code => {
				file.end()
				live.delete(this)
				resolve(code ?? -1)
			})
		})
	}

	get pid() {
		return this.#process.pid ?? 0
	}

	/** Whether the process is still there. */
	get running() {
		return live.has(this)
	}

	/** The end of its output. @param {number} [lines] */
	logTail = (lines = 40) => tail(this.#log, lines)

	/** @param {NodeJS.Signals} signal */
	signal(signal) {
		if (this.running && this.pid) signalPid(this.group ? -this.pid : this.pid, signal)
	}

	/**
	 * The first line, past or future, that matches; an error as soon as the process has ended.
	 *
	 * @param {RegExp} pattern
	 * @param {number} deadlineMs
	 * @returns {Promise<RegExpMatchArray>}
	 */
	async line(pattern, deadlineMs) {
		const found = this.#lines.first(deadlineMs, `a line like ${pattern}`, line =>
			pattern.test(line),
		)
		const line = await Promise.race([
			found,
			this.exited.then(code => {
				throw new Error(`${this.command}\nended with status ${code}:\n${this.logTail()}`)
			}),
		])
		return /** @type {RegExpMatchArray} */ (line.match(pattern))
	}

	/** Asks it to end, and makes it end after ten seconds. */
	async stop() {
		this.signal('SIGTERM')
		try {
			return await within(10_000, `the end of ${this.command}`, this.exited)
		} catch (error) {
			if (!(error instanceof DeadlineError)) throw error
			return this.kill()
		}
	}

	/** Ends it at once, with no chance to write anything. */
	async kill() {
		this.signal('SIGKILL')
		return within(10_000, `the end of ${this.command} after SIGKILL`, this.exited)
	}
}

/** A process that another program has started: known by its id and its log. */
export class ForeignProcess {
	#log

	/** @param {number} pid @param {string} log the file that has its output */
	constructor(pid, log) {
		this.pid = pid
		this.#log = log
		this.name = `process ${pid} (${log})`
		adopt(pid)
		logged.push(this)
	}

	get running() {
		return signalPid(this.pid, 0)
	}

	/** The end of its output. @param {number} [lines] */
	logTail = (lines = 40) => tail(this.#log, lines)

	async stop() {
		return this.#end('SIGTERM')
	}

	async kill() {
		return this.#end('SIGKILL')
	}

	/** @param {NodeJS.Signals} signal */
	async #end(signal) {
		signalPid(this.pid, signal)
		await eventually(20_000, `the end of process ${this.pid} after ${signal}`, () => !this.running)
		release(this.pid)
		return -1
	}
}

/** The last lines of a file that may not be there. @param {string} file @param {number} lines */
function tail(file, lines) {
	try {
		return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
	} catch {
		return ''
	}
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ deadlineMs?: number, env?: NodeJS.ProcessEnv, cwd?: string, input?: string }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(
	command,
	args,
	{ deadlineMs = 60_000, env = {}, cwd = ROOT, input } = {},
) {
	const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'pipe' })
	if (child.pid) adopt(child.pid)
	let stdout = ''
	let stderr = ''
	child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
	child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
	// A program that ends without reading its input is no failure of ours.
	child.stdin.on('error', () => {})
	child.stdin.end(input ?? '')
	try {
		const [code] = await within(deadlineMs, `${command} ${args.join(' ')}`, once(child, 'close'))
		return { code: code ?? -1, stdout, stderr }
	} catch (error) {
		child.kill('SIGKILL')
		throw new Error(`${/** @type {Error} */ (error).message}\n${stdout}${stderr}`)
	} finally {
		if (child.pid) release(child.pid)
	}
}

/** Runs the binary under test to its end. @param {string[]} args @param {Parameters<typeof run>[2]} [options] */
export function unum(args, options) {
	return run(UNUM_BIN, args, options)
}
