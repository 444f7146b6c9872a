// SPDX-License-Identifier: Apache-2.0
//
// A chain for Solana's clients, people on it with lamports, and programs that are deployed as
// `solana program deploy` does.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
	Connection,
	Keypair,
	PublicKey,
	SYSVAR_CLOCK_PUBKEY,
	SYSVAR_RENT_PUBKEY,
	SystemProgram,
	Transaction,
	TransactionInstruction,
} from '@solana/web3.js'
import { RpcError, startNode } from './node.mjs'
import { ROOT } from './process.mjs'
import { eventually } from './wait.mjs'

/** Lamports in a coin. */
export const SOL = 1_000_000_000

/** Base units of the native coin in a lamport. */
export const LAMPORT = 10n ** 9n

/** What a signature costs, in lamports. */
export const FEE = 5_000

/** The longest transaction, in bytes. */
export const PACKET = 1_232

/** The program that writes texts into blocks. */
export const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')

const LISTENS = /Solana JSON-RPC: (http:\/\/\S+?), (ws:\/\/\S+)/

/** How long a transaction may take to be in a block. */
const DEADLINE_MS = 60_000

/** A chain that answers Solana's JSON-RPC. */
export class Solana {
	#requests = 0
	#connections = /** @type {Connection[]} */ ([])
	#closing = /** @type {(() => unknown)[]} */ ([])

	/**
	 * @param {import('./node.mjs').Node} node
	 * @param {string} url of HTTP
	 * @param {string} wsUrl of websockets
	 */
	constructor(node, url, wsUrl) {
		this.node = node
		this.url = url
		this.wsUrl = wsUrl
	}

	/** A connection of web3.js. @param {import('@solana/web3.js').Commitment} [commitment] */
	connection(commitment = 'confirmed') {
		// No HTTP connection is kept: an idle one would keep the test's process from ending.
		const options = { commitment, wsEndpoint: this.wsUrl, httpAgent: /** @type {false} */ (false) }
		const connection = new Connection(this.url, options)
		this.#connections.push(connection)
		return connection
	}

	/**
	 * A bare JSON-RPC call over HTTP.
	 *
	 * @param {string} method
	 * @param {unknown[]} params
	 * @returns {Promise<any>} the result; an error answer throws {@link RpcError}
	 */
	async rpc(method, ...params) {
		const body = JSON.stringify({ jsonrpc: '2.0', id: ++this.#requests, method, params })
		const answer = JSON.parse(await (await this.post(body)).text())
		if (answer.error) throw new RpcError(answer.error)
		return answer.result
	}

	/** Sends any body at all. @param {string} body @param {Record<string, string>} [headers] */
	post(body, headers = {}) {
		return fetch(this.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close', ...headers },
			body,
			signal: AbortSignal.timeout(30_000),
		})
	}

	/** Gives lamports to an address, out of the faucet. @param {PublicKey} to @param {number} [lamports] */
	async airdrop(to, lamports = 10 * SOL) {
		await this.confirm(await this.rpc('requestAirdrop', to.toBase58(), lamports))
	}

	/** Somebody with lamports. @param {number} [lamports] */
	async person(lamports) {
		const key = Keypair.generate()
		await this.airdrop(key.publicKey, lamports)
		return key
	}

	/**
	 * Waits until a transaction is in a block, whether it succeeded there or not, and reads it.
	 *
	 * @param {string} signature
	 * @returns {Promise<any>} as `getTransaction` answers
	 */
	included(signature) {
		const config = { commitment: 'confirmed', maxSupportedTransactionVersion: 0 }
		return eventually(DEADLINE_MS, `transaction ${signature}`, () =>
			this.rpc('getTransaction', signature, config),
		)
	}

	/** The same, and it has to have succeeded. @param {string} signature */
	async confirm(signature) {
		const included = await this.included(signature)
		if (included.meta.err !== null) throw new TransactionFailure(signature, included.meta)
		return included
	}

	/**
	 * Signs instructions as one legacy transaction and sends it; the first signer pays.
	 *
	 * @param {TransactionInstruction[]} instructions
	 * @param {Keypair[]} signers
	 * @param {import('@solana/web3.js').SendOptions} [options]
	 * @returns {Promise<string>} its signature
	 */
	async submit(instructions, signers, options) {
		const connection = this.#connections[0] ?? this.connection()
		const { blockhash } = await connection.getLatestBlockhash()
		const transaction = signed(instructions, signers, blockhash)
		return connection.sendRawTransaction(transaction.serialize(), options)
	}

	/** The same, waits for it, and it has to succeed. @param {TransactionInstruction[]} instructions @param {Keypair[]} signers */
	async send(instructions, signers) {
		const signature = await this.submit(instructions, signers)
		return { signature, ...(await this.confirm(signature)) }
	}

	/** Has something closed before the chain is. @param {() => unknown} close */
	onStop(close) {
		this.#closing.push(close)
	}

	/** Closes what was opened, and the node. */
	async stop() {
		for (const close of this.#closing) await close()
		// web3.js would look for the node for ever, also for a subscription that it is about to give up.
		for (const connection of this.#connections) {
			const socket = /** @type {any} */ (connection)._rpcWebSocket
			Object.assign(socket, { reconnect: false, connect() {} })
			socket.close()
		}
		await this.node.stop()
	}
}

/** A transaction that is in a block and failed there. */
export class TransactionFailure extends Error {
	/** @param {string} signature @param {any} meta */
	constructor(signature, meta) {
		super(`${signature}: ${JSON.stringify(meta.err)}\n${(meta.logMessages ?? []).join('\n')}`)
		this.name = 'TransactionFailure'
		this.err = meta.err
		this.logs = meta.logMessages
	}
}

/**
 * Starts a development chain that makes a block per transaction.
 *
 * @param {Parameters<typeof startNode>[0]} [options]
 * @returns {Promise<Solana>}
 */
export async function startSolana(options = {}) {
	const flags = ['--solana-rpc-port', '0', ...(options.flags ?? [])]
	const node = await startNode({ name: 'solana', sealing: 'instant', ...options, flags })
	return solanaOf(node)
}

/** Solana's side of a node that runs. @param {import('./node.mjs').Node} node */
export async function solanaOf(node) {
	const process = /** @type {import('./process.mjs').Child} */ (node.process)
	const [, url, wsUrl] = await process.line(LISTENS, DEADLINE_MS)
	return new Solana(node, url, wsUrl)
}

/**
 * A signed legacy transaction, whose first signer pays.
 *
 * @param {TransactionInstruction[]} instructions
 * @param {Keypair[]} signers
 * @param {string} blockhash
 */
export function signed(instructions, signers, blockhash) {
	const transaction = new Transaction().add(...instructions)
	transaction.recentBlockhash = blockhash
	transaction.feePayer = signers[0].publicKey
	transaction.sign(...signers)
	return transaction
}

/** Moves lamports. @param {PublicKey} from @param {PublicKey} to @param {number} lamports */
export function transferOf(from, to, lamports) {
	return SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports })
}

/** Writes a text. @param {string} text @param {PublicKey[]} [signers] @param {PublicKey} [programId] */
export function memoOf(text, signers = [], programId = MEMO) {
	const keys = signers.map(pubkey => ({ pubkey, isSigner: true, isWritable: false }))
	return new TransactionInstruction({ programId, keys, data: Buffer.from(text) })
}

/**
 * What was refused before it was sent to anybody: the error that web3.js throws, in parts.
 *
 * @param {Promise<unknown>} sending
 * @returns {Promise<{ message: string, logs: string[] }>}
 */
export async function refused(sending) {
	const error = await sending.then(
		() => undefined,
		error => error,
	)
	if (error === undefined) throw new Error('it was not refused')
	return { message: error.transactionError?.message ?? error.message, logs: error.transactionLogs ?? error.logs ?? [] }
}

/** A program as it runs on Solana, from the vectors of the virtual machine. @param {string} name */
export function elf(name) {
	return gunzipSync(readFileSync(join(ROOT, 'pallets/svm/sbpf/tests/vectors/spl', `${name}.so.gz`)))
}

/** The loader of programs that can be upgraded. */
export const LOADER = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111')

/** Bytes of its accounts before the program's own. */
const [BUFFER_HEADER, PROGRAM, PROGRAM_DATA_HEADER] = [37, 36, 45]

/** Numbers of its instructions. */
const [INITIALIZE_BUFFER, WRITE, DEPLOY, UPGRADE, SET_AUTHORITY, CLOSE] = [0, 1, 2, 3, 4, 5]

/** @param {number} value */
const u32 = value => {
	const bytes = Buffer.alloc(4)
	bytes.writeUInt32LE(value)
	return bytes
}

/** @param {number} value */
const u64 = value => {
	const bytes = Buffer.alloc(8)
	bytes.writeBigUInt64LE(BigInt(value))
	return bytes
}

/** An account that is written. @param {PublicKey} pubkey @param {boolean} [isSigner] */
export const written = (pubkey, isSigner = false) => ({ pubkey, isSigner, isWritable: true })

/** An account that is read. @param {PublicKey} pubkey @param {boolean} [isSigner] */
export const read = (pubkey, isSigner = false) => ({ pubkey, isSigner, isWritable: false })

/** @param {import('@solana/web3.js').AccountMeta[]} keys @param {Buffer[]} data */
const loader = (keys, ...data) =>
	new TransactionInstruction({ programId: LOADER, keys, data: Buffer.concat(data) })

/** Where the loader keeps the code of a program. @param {PublicKey} program */
export function programData(program) {
	return PublicKey.findProgramAddressSync([program.toBuffer()], LOADER)[0]
}

/** Puts bytes into a buffer. @param {PublicKey} buffer @param {PublicKey} authority @param {number} offset @param {Buffer} bytes */
export function writeOf(buffer, authority, offset, bytes) {
	const keys = [written(buffer), read(authority, true)]
	return loader(keys, u32(WRITE), u32(offset), u64(bytes.length), bytes)
}

/** How many bytes one transaction writes. @param {PublicKey} buffer @param {PublicKey} authority */
function chunkSize(buffer, authority) {
	const empty = new Transaction().add(writeOf(buffer, authority, 0, Buffer.alloc(0)))
	empty.recentBlockhash = PublicKey.default.toBase58()
	empty.feePayer = authority
	// One byte more for the longer length of the data.
	return PACKET - empty.serialize({ requireAllSignatures: false }).length - 1
}

/** Makes a buffer for a program of this length. @param {Solana} solana @param {Keypair} payer @param {Keypair} buffer @param {number} length */
export async function createBuffer(solana, payer, buffer, length) {
	const space = BUFFER_HEADER + length
	const create = SystemProgram.createAccount({
		fromPubkey: payer.publicKey,
		newAccountPubkey: buffer.publicKey,
		lamports: await solana.rpc('getMinimumBalanceForRentExemption', space),
		space,
		programId: LOADER,
	})
	const initialize = loader(
		[written(buffer.publicKey), read(payer.publicKey)],
		u32(INITIALIZE_BUFFER),
	)
	await solana.send([create, initialize], [payer, buffer])
}

/**
 * Makes a buffer with a program in it, as `solana program write-buffer` does: all parts are sent at
 * once, and waited for together.
 *
 * @param {Solana} solana
 * @param {Keypair} payer pays, and is the authority
 * @param {Buffer} bytes
 * @returns {Promise<PublicKey>}
 */
export async function writeBuffer(solana, payer, bytes) {
	const key = Keypair.generate()
	const [buffer, authority] = [key.publicKey, payer.publicKey]
	await createBuffer(solana, payer, key, bytes.length)
	const size = chunkSize(buffer, authority)
	const writes = []
	for (let offset = 0; offset < bytes.length; offset += size) {
		const write = writeOf(buffer, authority, offset, bytes.subarray(offset, offset + size))
		writes.push(solana.submit([write], [payer], { skipPreflight: true }))
	}
	for (const signature of await Promise.all(writes)) await solana.confirm(signature)
	return buffer
}

/** Makes a program of a buffer. @param {Solana} solana @param {Keypair} payer @param {Keypair} program @param {PublicKey} buffer @param {number} maxLength */
export async function deployInstructions(solana, payer, program, buffer, maxLength) {
	const create = SystemProgram.createAccount({
		fromPubkey: payer.publicKey,
		newAccountPubkey: program.publicKey,
		lamports: await solana.rpc('getMinimumBalanceForRentExemption', PROGRAM),
		space: PROGRAM,
		programId: LOADER,
	})
	const keys = [
		written(payer.publicKey, true),
		written(programData(program.publicKey)),
		written(program.publicKey),
		written(buffer),
		read(SYSVAR_RENT_PUBKEY),
		read(SYSVAR_CLOCK_PUBKEY),
		read(SystemProgram.programId),
		read(payer.publicKey, true),
	]
	return [create, loader(keys, u32(DEPLOY), u64(maxLength))]
}

/**
 * Deploys a program, as `solana program deploy` does.
 *
 * @param {Solana} solana
 * @param {Keypair} payer pays, and may upgrade it
 * @param {Buffer} bytes
 * @param {{ program?: Keypair, maxLength?: number }} [options]
 * @returns {Promise<PublicKey>}
 */
export async function deployProgram(solana, payer, bytes, { program = Keypair.generate(), maxLength = bytes.length } = {}) {
	const buffer = await writeBuffer(solana, payer, bytes)
	const instructions = await deployInstructions(solana, payer, program, buffer, maxLength)
	await solana.send(instructions, [payer, program])
	return program.publicKey
}

/** Replaces a program by what is in a buffer. @param {PublicKey} program @param {PublicKey} buffer @param {PublicKey} authority */
export function upgradeOf(program, buffer, authority) {
	const keys = [
		written(programData(program)),
		written(program),
		written(buffer),
		written(authority),
		read(SYSVAR_RENT_PUBKEY),
		read(SYSVAR_CLOCK_PUBKEY),
		read(authority, true),
	]
	return loader(keys, u32(UPGRADE))
}

/** Says who may change a buffer or a program's data from now on; nobody, without `next`. @param {PublicKey} account @param {PublicKey} authority @param {PublicKey} [next] */
export function setAuthorityOf(account, authority, next) {
	const keys = [written(account), read(authority, true), ...(next ? [read(next)] : [])]
	return loader(keys, u32(SET_AUTHORITY))
}

/** Closes a program; what it held goes to the authority. @param {PublicKey} program @param {PublicKey} authority */
export function closeOf(program, authority) {
	const keys = [written(programData(program)), written(authority), read(authority, true), written(program)]
	return loader(keys, u32(CLOSE))
}

/** Closes a buffer. @param {PublicKey} buffer @param {PublicKey} authority */
export function closeBufferOf(buffer, authority) {
	return loader([written(buffer), written(authority), read(authority, true)], u32(CLOSE))
}

/** Bytes of a program's data account. @param {number} length of the program */
export const programDataSize = length => PROGRAM_DATA_HEADER + length
