// SPDX-License-Identifier: Apache-2.0
//
// Wallets of every chain, by the libraries that the real ones use. Each signs a text as its users see
// it, and says under which variant the chain takes the proof.

import { createECDH } from 'node:crypto'
import { Address, Signer } from 'bip322-js'
import { base58, base64, createBase58check } from '@scure/base'
import { u8aToHex } from '@polkadot/util'
import { Wallet as EthersWallet } from 'ethers'
import { TronWeb } from 'tronweb'
import nacl from 'tweetnacl'
import { sha256 } from './identity.mjs'

/**
 * @typedef {object} Wallet
 * @property {'evm' | 'svm' | 'bvm' | 'tvm'} vm
 * @property {string} address in the notation of its chain
 * @property {object} encoded the address, as polkadot.js takes it
 * @property {(text: string) => Promise<object>} prove the proof, as polkadot.js takes it
 */

/** A private key that depends on nothing but the label. @param {string} label */
const secret = label => sha256('unum e2e wallet', label)

/** MetaMask. @param {string} label @returns {Wallet} */
export function metamask(label) {
	const wallet = new EthersWallet(u8aToHex(secret(label)))
	return {
		vm: 'evm',
		address: wallet.address,
		encoded: { Evm: wallet.address },
		prove: async text => ({ Evm: { signature: await wallet.signMessage(text) } }),
	}
}

/** Phantom. @param {string} label @returns {Wallet} */
export function phantom(label) {
	const pair = nacl.sign.keyPair.fromSeed(secret(label))
	const sign = text => nacl.sign.detached(new TextEncoder().encode(text), pair.secretKey)
	return {
		vm: 'svm',
		address: base58.encode(pair.publicKey),
		encoded: { Svm: u8aToHex(pair.publicKey) },
		prove: async text => ({ Svm: { signature: u8aToHex(sign(text)) } }),
	}
}

/** TronLink. @param {string} label @returns {Wallet} */
export function tronLink(label) {
	const key = u8aToHex(secret(label)).slice(2)
	// The library wants to know a node, which nobody asks.
	const tron = new TronWeb({ fullHost: 'http://127.0.0.1:1', privateKey: key })
	const address = String(tron.address.fromPrivateKey(key))
	return {
		vm: 'tvm',
		address,
		// Without the first byte, 0x41.
		encoded: { Tvm: `0x${tron.address.toHex(address).slice(2)}` },
		prove: async text => ({ Tvm: { signature: await tron.trx.signMessageV2(text, key) } }),
	}
}

/**
 * A Bitcoin wallet, on the network of the chain's addresses.
 *
 * @param {'p2pkh' | 'p2wpkh' | 'p2tr'} kind
 * @param {string} label
 * @returns {Wallet}
 */
export function bitcoin(kind, label) {
	const key = secret(label)
	const wif = createBase58check(bytes => sha256(bytes)).encode(Uint8Array.from([0xef, ...key, 1]))
	const pair = createECDH('secp256k1')
	pair.setPrivateKey(key)
	const publicKey = pair.getPublicKey(null, 'compressed')
	const address = Address.convertPubKeyIntoAddress(publicKey, kind).regtest
	return {
		vm: 'bvm',
		address,
		encoded: { Bvm: u8aToHex(Address.convertAdressToScriptPubkey(address)) },
		prove: async text => {
			const signature = base64.decode(Signer.sign(wif, address, text))
			return kind === 'p2pkh'
				? { BvmLegacy: { signature: u8aToHex(signature) } }
				: { Bvm322: { witness: witnessItems(signature).map(item => u8aToHex(item)) } }
		},
	}
}

/** The items of a witness whose parts are all shorter than 253 bytes. @param {Uint8Array} bytes */
function witnessItems(bytes) {
	const items = []
	for (let at = 1; at < bytes.length; at += 1 + bytes[at])
		items.push(bytes.slice(at + 1, at + 1 + bytes[at]))
	return items
}
