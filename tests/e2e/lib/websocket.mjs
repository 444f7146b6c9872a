// SPDX-License-Identifier: Apache-2.0
//
// A websocket down to its frames, for what no library would send.

import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { Inbox, within } from './wait.mjs'

const DEADLINE_MS = 30_000

/** Kinds of frames (RFC 6455, section 5.2). */
export const [TEXT, BINARY, CLOSE, PING] = [1, 2, 8, 9]

/** Opens a socket and sends what is given, no more. @param {string} url @param {string | Buffer} [head] */
export function halfOpen(url, head = '') {
	const { hostname, port } = new URL(url)
	const socket = connect(Number(port), hostname)
	// Whoever is thrown out is told by a reset.
	socket.on('error', () => {})
	if (head) socket.write(head)
	return socket
}

/** A connection whose frames the test makes itself. */
export class RawWebSocket {
	#requests = 0

	/** @param {import('node:net').Socket} socket @param {Buffer} rest what came after the handshake */
	constructor(socket, rest) {
		this.socket = socket
		/** @type {Inbox<any>} */
		this.texts = new Inbox()
		this.ended = new Promise(resolve => socket.once('close', resolve))
		let unread = rest
		const take = () => {
			for (let frame = read(unread); frame; frame = read(unread)) {
				unread = frame.rest
				if (frame.kind === TEXT) this.texts.push(JSON.parse(frame.content.toString()))
			}
		}
		socket.on('data', chunk => {
			unread = Buffer.concat([unread, chunk])
			take()
		})
		take()
	}

	/** @param {string} url */
	static async open(url) {
		const key = randomBytes(16).toString('base64')
		const headers = [`host: ${new URL(url).host}`, 'connection: upgrade', 'upgrade: websocket']
		const more = ['sec-websocket-version: 13', `sec-websocket-key: ${key}`]
		const socket = halfOpen(url, `${['GET / HTTP/1.1', ...headers, ...more].join('\r\n')}\r\n\r\n`)
		const rest = await within(DEADLINE_MS, `a websocket at ${url}`, new Promise((resolve, reject) => {
			let head = Buffer.alloc(0)
			const onData = (/** @type {Buffer} */ chunk) => {
				head = Buffer.concat([head, chunk])
				const end = head.indexOf('\r\n\r\n')
				if (end < 0) return
				socket.off('data', onData)
				if (head.subarray(0, 12).toString() === 'HTTP/1.1 101') resolve(head.subarray(end + 4))
				else reject(new Error(head.toString()))
			}
			socket.on('data', onData)
			socket.once('close', () => reject(new Error('closed')))
		}))
		return new RawWebSocket(socket, rest)
	}

	/** Sends one frame. @param {string | Buffer} content @param {number} [kind] */
	send(content, kind = TEXT) {
		this.socket.write(frameOf(Buffer.from(content), kind))
	}

	/** The answer to a request, whatever it is. @param {string} method @param {unknown[]} params @returns {Promise<any>} */
	ask(method, ...params) {
		const id = `request ${++this.#requests}`
		this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
		return this.texts.first(DEADLINE_MS, `an answer to ${method}`, answer => answer.id === id)
	}

	/** Hangs up, without a word. */
	close() {
		this.socket.destroy()
	}
}

/** A frame as clients have to send it: masked, here with zeros. @param {Buffer} content @param {number} kind */
export function frameOf(content, kind) {
	const length = Buffer.alloc(content.length < 126 ? 2 : content.length < 65_536 ? 4 : 10)
	length[0] = 0x80 | kind
	length[1] = 0x80 | Math.min(content.length, length.length === 10 ? 127 : 126)
	if (length.length === 4) length.writeUInt16BE(content.length, 2)
	if (length.length === 10) length.writeBigUInt64BE(BigInt(content.length), 2)
	return Buffer.concat([length, Buffer.alloc(4), content])
}

/** The first frame, if all of it is there. Servers do not mask. @param {Buffer} bytes */
function read(bytes) {
	if (bytes.length < 2) return undefined
	const short = bytes[1] & 0x7f
	const head = short < 126 ? 2 : short === 126 ? 4 : 10
	if (bytes.length < head) return undefined
	const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
	if (bytes.length < head + length) return undefined
	return { kind: bytes[0] & 0x0f, content: bytes.subarray(head, head + length), rest: bytes.subarray(head + length) }
}
