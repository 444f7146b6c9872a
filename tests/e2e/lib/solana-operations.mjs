// SPDX-License-Identifier: Apache-2.0
//
// Operations of the Solana VM, as other VMs pass them on: the opcode and the SCALE encoding of its fields.

import { u8aToHex } from '@polkadot/util'

/** An operation as bytes, in hex. @param {import('@polkadot/api').ApiPromise} api @param {object} payload as polkadot.js takes it */
export function operation(api, payload) {
	return /** @type {any} */ (api.tx.dispatch).submit(payload, null).args[0].toHex()
}

/** The operation that runs an instruction. @param {import('@polkadot/api').ApiPromise} api @param {import('@solana/web3.js').TransactionInstruction} instruction */
export function invocation(api, { programId, keys, data }) {
	const key = (/** @type {import('@solana/web3.js').PublicKey} */ it) => u8aToHex(it.toBytes())
	const accounts = keys.map(({ pubkey, ...flags }) => ({ pubkey: key(pubkey), ...flags }))
	return operation(api, { SvmInvoke: { program: key(programId), accounts, data: u8aToHex(data) } })
}

/** The operation that moves lamports. @param {import('@polkadot/api').ApiPromise} api @param {import('@solana/web3.js').PublicKey} to @param {number} lamports */
export function payment(api, to, lamports) {
	return operation(api, { SvmTransfer: { to: u8aToHex(to.toBytes()), lamports } })
}
