// SPDX-License-Identifier: Apache-2.0
//
// The README's five-minute tour does what it says.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { ROOT } from '../lib/process.mjs'
import { describe, test } from '../lib/testing.mjs'
import { outputMatches, parseTour, walkTour } from '../lib/tour.mjs'

describe('tour', () => {
	test('the README’s tour runs from top to bottom', { timeout: 900_000 }, async () => {
		const printed = await walkTour(join(ROOT, 'README.md'))
		assert.match(printed, /0x[0-9a-f]{64}/)
		assert.doesNotMatch(printed, /undefined|NaN|\[object/)
	})

	test('blocks are read in order, with what they print', () => {
		const text = [
			'```sh',
			'not part of it',
			'```',
			'<!-- tour:start -->',
			'```sh',
			'make dev',
			'```',
			'```js',
			'console.log(1)',
			'```',
			'It prints',
			'```text',
			'1',
			'```',
			'<!-- tour:end -->',
		].join('\n')
		assert.deepEqual(
			parseTour(text).map(({ kind, code, output }) => [kind, code, output]),
			[
				['sh', 'make dev\n', undefined],
				['js', 'console.log(1)\n', '1\n'],
			],
		)
		assert.throws(() => parseTour('no markers'), /no tour/)
	})

	test('an ellipsis stands for anything, and nothing else does', () => {
		assert.ok(outputMatches('a … c\n', 'a b c'))
		assert.ok(outputMatches('a\nb', 'a  \nb\n\n'))
		assert.ok(!outputMatches('a.c', 'abc'))
		assert.ok(!outputMatches('a', 'ab'))
	})
})
