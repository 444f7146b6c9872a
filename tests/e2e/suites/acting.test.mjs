// SPDX-License-Identifier: Apache-2.0
//
// An identity that is a list of methods acts without any Substrate key: by ML-DSA-44 first, then by a
// key that it has named.

import assert from 'node:assert/strict'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { compactAddLength, u8aConcat, u8aToHex } from '@polkadot/util'
import { blake2AsU8a } from '@polkadot/util-crypto'
import nacl from 'tweetnacl'
import { sha256 } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'
import { eventually } from '../lib/wait.mjs'

const utf8 = text => new TextEncoder().encode(text)

/** An identity with one method, ML-DSA-44, and the key behind it. */
function postQuantum() {
	const { publicKey, secretKey } = ml_dsa44.keygen(new Uint8Array(32).fill(0x5a))
	const commitment = sha256('ace-mldsa44:v1', publicKey)
	const methods = [{ kind: 'MlDsa44', commitment: u8aToHex(commitment) }]
	const id = u8aToHex(sha256('ace-id-com:v1', Uint8Array.from([1, 3]), commitment))
	const sign = message => {
		const signature = ml_dsa44.sign(message, secretKey, { context: utf8('unum') })
		return { MlDsa44: { publicKey: u8aToHex(publicKey), signature: u8aToHex(signature) } }
	}
	return { id, authorize: message => ({ Method: { methods, signature: sign(message) } }) }
}

describe('acting', () => {
	let node, api
	const alice = account('//Alice')

	before(async () => {
		node = await startNode({ name: 'acting' })
		api = await node.api()
	})
	after(() => node?.stop())

	/** What is signed, from its published layout. */
	function message({ idCom, nonce, validUntil, tip }, call) {
		const version = api.runtimeVersion.transactionVersion.toNumber()
		return u8aConcat(
			utf8('unum act_as v1'),
			api.genesisHash.toU8a(),
			api.createType('u32', version).toU8a(),
			api.createType('AccountId32', idCom).toU8a(),
			api.createType('u32', nonce).toU8a(),
			api.createType('Option<u32>', validUntil).toU8a(),
			api.createType('u128', tip).toU8a(),
			blake2AsU8a(call.toU8a()),
		)
	}

	/** A general transaction: version 5, extensions of version 0, all at rest. */
	function general(call) {
		const [version, extensionVersion] = [0b0100_0101, 0]
		const [era, nonce, tip, metadataHash] = [0, 0, 0, 0]
		return u8aToHex(
			compactAddLength(
				u8aConcat(
					Uint8Array.from([version, extensionVersion, era, nonce, tip, metadataHash]),
					call.toU8a(),
				),
			),
		)
	}

	/** Submits `call` as the identity. */
	async function actAs(id, nonce, call, authorize, change = {}) {
		const fields = { idCom: id, nonce, validUntil: null, tip: 0 }
		const authority = authorize(message(fields, call.method))
		const outer = api.tx.idCom.actAs({ ...fields, authority, ...change }, call.method)
		return node.rpc('author_submitExtrinsic', general(outer.method))
	}

	const nonceOf = async id => (await api.query.system.account(id)).nonce.toNumber()

	test('an identity without a Substrate key acts, and names a key that acts from then on', async () => {
		const me = postQuantum()
		const receiver = freshAccount('receiver')
		await send(api, api.tx.balances.transferKeepAlive(me.id, 5n * UNIT), alice)

		const pair = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(9))
		const key = { Ed25519: u8aToHex(pair.publicKey) }
		await actAs(me.id, 0, api.tx.idCom.setAuthKeys([key]), me.authorize)
		await eventually(20_000, 'the first transaction', async () => (await nonceOf(me.id)) === 1)
		const keys = await api.query.idCom.authKeys(me.id)
		assert.equal(keys[0].asEd25519.toHex(), key.Ed25519)

		const byKey = text => ({
			Key: {
				key,
				signature: { Ed25519: u8aToHex(nacl.sign.detached(text, pair.secretKey)) },
			},
		})
		await actAs(me.id, 1, api.tx.balances.transferKeepAlive(receiver.address, UNIT), byKey)
		await eventually(20_000, 'the second one', async () => (await nonceOf(me.id)) === 2)
		assert.equal(await freeBalance(api, receiver.address), UNIT)
		const left = await freeBalance(api, me.id)
		assert.ok(left < 4n * UNIT && left > 39n * UNIT / 10n, `the identity pays its fees: ${left}`)
		assert.deepEqual(await node.rpc('unum_checkState'), [])
	})

	test('refusals say why', async () => {
		const me = postQuantum()
		const call = api.tx.system.remark('0x01')
		const nonce = await nonceOf(me.id)
		await assert.rejects(
			actAs(me.id, nonce, call, me.authorize, { tip: 1 }),
			/signature is not this key's/,
		)
		await assert.rejects(
			actAs(alice.address, await nonceOf(alice.address), call, me.authorize),
			/id_com is not the hash of this list of methods/,
		)
		await assert.rejects(actAs(me.id, 0, call, me.authorize), /nonce was used before: the next one is 2/)
	})
})
