// SPDX-License-Identifier: Apache-2.0
//
// Waiting with an end. Tests never sleep for a guessed time: they wait for the thing itself, and say
// what they waited for when it does not come.

/** A condition that was not met in time. */
export class DeadlineError extends Error {
	/**
	 * @param {string} what what was waited for
	 * @param {number} deadlineMs how long
	 * @param {unknown} [lastError] what the condition said the last time it was asked
	 */
	constructor(what, deadlineMs, lastError) {
		const cause = lastError instanceof Error ? `; last answer: ${lastError.message}` : ''
		super(`${what}: not within ${deadlineMs / 1000} s${cause}`)
		this.name = 'DeadlineError'
	}
}

/**
 * Gives a promise an end.
 *
 * @template T
 * @param {number} deadlineMs
 * @param {string} what what is waited for, for the message
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export async function within(deadlineMs, what, promise) {
	let timer
	const deadline = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new DeadlineError(what, deadlineMs)), deadlineMs)
	})
	try {
		return await Promise.race([promise, deadline])
	} finally {
		clearTimeout(timer)
	}
}

/**
 * Asks until the answer is neither `undefined`, `null` nor `false`, for conditions that nothing
 * announces.
 *
 * @template T
 * @param {number} deadlineMs
 * @param {string} what what is waited for, for the message
 * @param {() => T | Promise<T>} probe an error counts as "not yet"
 * @param {number} [everyMs] pause between two questions
 * @returns {Promise<NonNullable<T>>}
 */
export async function eventually(deadlineMs, what, probe, everyMs = 100) {
	const end = Date.now() + deadlineMs
	let lastError
	for (;;) {
		try {
			const left = Math.max(1, end - Date.now())
			const answer = await within(left, what, Promise.resolve(probe()))
			if (answer !== undefined && answer !== null && answer !== false) return answer
			lastError = undefined
		} catch (error) {
			lastError = error
		}
		if (Date.now() >= end) throw new DeadlineError(what, deadlineMs, lastError)
		await new Promise(resolve => setTimeout(resolve, everyMs))
	}
}

/**
 * Collects what a subscription delivers and lets the test wait for the first item it likes.
 *
 * @template T
 */
export class Inbox {
	#items = /** @type {T[]} */ ([])
	#waiting = /** @type {{ match: (item: T) => boolean, resolve: (item: T) => void }[]} */ ([])

	/** Hands an item in. Bound, so that it can be passed as a callback. */
	push = (/** @type {T} */ item) => {
		this.#items.push(item)
		this.#waiting = this.#waiting.filter(({ match, resolve }) => {
			if (!match(item)) return true
			resolve(item)
			return false
		})
	}

	/** Everything so far, oldest first. */
	get items() {
		return [...this.#items]
	}

	/**
	 * The first item, past or future, that matches.
	 *
	 * @param {number} deadlineMs
	 * @param {string} what
	 * @param {(item: T) => boolean} match
	 * @returns {Promise<T>}
	 */
	first(deadlineMs, what, match) {
		const known = this.#items.find(match)
		if (known !== undefined) return Promise.resolve(known)
		return within(deadlineMs, what, new Promise(resolve => this.#waiting.push({ match, resolve })))
	}
}
