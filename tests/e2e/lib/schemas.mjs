// SPDX-License-Identifier: Apache-2.0
//
// Whether answers of Ethereum's JSON-RPC have the form that execution-apis gives them.

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

const { $defs, methods } = JSON.parse(
	readFileSync(new URL('./execution-apis.json', import.meta.url), 'utf8'),
)

const ajv = new Ajv({ strict: false, discriminator: true })

/** @type {Map<string, import('ajv').ValidateFunction>} */
const compiled = new Map()

/** @param {string} name @param {object} schema */
function check(name, schema, value) {
	if (!compiled.has(name)) compiled.set(name, ajv.compile({ $defs, ...schema }))
	const validate = /** @type {import('ajv').ValidateFunction} */ (compiled.get(name))
	if (validate(value)) return
	const faults = validate.errors?.map(({ instancePath, message, params }) => {
		return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
	})
	throw new Error(`${name}: ${faults?.join('; ')}\n${JSON.stringify(value)?.slice(0, 2_000)}`)
}

/** Checks the result of a method. @param {string} method @param {unknown} result */
export function checkResult(method, result) {
	if (!methods[method]) throw new Error(`${method}: no schema`)
	check(method, methods[method], result)
}

/** Checks a value that has a name of its own. @param {string} name such as `callFrame` @param {unknown} value */
export function checkShape(name, value) {
	check(name, { $ref: `#/$defs/${name}` }, value)
}
