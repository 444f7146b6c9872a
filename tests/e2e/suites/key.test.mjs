// SPDX-License-Identifier: Apache-2.0
//
// `unum key`: identities from phrases, the wallets of the same phrase, and proofs of binding. What is
// printed is compared with other libraries and with the formulas.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { base58, bech32 } from '@scure/base'
import { Keyring } from '@polkadot/keyring'
import { hexToU8a, stringToU8a, u8aToHex } from '@polkadot/util'
import {
	decodeAddress,
	ed25519PairFromSeed,
	ed25519Verify,
	encodeAddress,
	ethereumEncode,
	mnemonicValidate,
	secp256k1PairFromSeed,
} from '@polkadot/util-crypto'
import { addressesOf, idCom, tronAddress, unbound } from '../lib/identity.mjs'
import { startNode } from '../lib/node.mjs'
import { ROOT, UNUM_BIN, run, temporaryFolder, unum } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, send } from '../lib/tx.mjs'
import { within } from '../lib/wait.mjs'

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'

/** Secrets, and what the libraries of each chain's wallets make of them. */
const { wallets: KNOWN } = JSON.parse(
	readFileSync(join(ROOT, 'primitives/acegf/tests/vectors/wallets.json'), 'utf8'),
)
const PHRASE = KNOWN[0].phrase

/** @param {string[]} args @param {string} [input] */
async function prints(args, input) {
	const { code, stdout, stderr } = await unum(args, { input })
	assert.equal(code, 0, `unum ${args.join(' ')}\n${stdout}${stderr}`)
	assert.equal(stderr, '', 'nothing but the result')
	return stdout
}

/** @param {string[]} args @param {string} [input] */
const json = async (args, input) => JSON.parse(await prints([...args, '--json'], input))

/**
 * Expects one line that says what is wrong.
 *
 * @param {string[]} args @param {RegExp} reason @param {string} [input]
 */
async function fails(args, reason, input) {
	const { code, stdout, stderr } = await unum(args, { input })
	assert.notEqual(code, 0, stdout)
	assert.equal(stdout, '')
	assert.equal(stderr.trim().split('\n').length, 1, stderr)
	assert.match(stderr, /^error: /i)
	assert.match(stderr, reason)
	return stderr
}

/** Every address in a report belongs to its identity. */
function assertAddresses({ idCom: id, ss58Address, addresses }) {
	assert.equal(ss58Address, encodeAddress(idCom(id), 42))
	assert.deepEqual(addresses, { native: ss58Address, ...addressesOf(id) })
}

describe('key: identities', () => {
	test('a new identity is found again by its phrase', async () => {
		const made = await json(['key', 'generate'])
		assert.ok(mnemonicValidate(made.secretPhrase))
		assert.equal(made.secretPhrase.split(' ').length, 24)
		assertAddresses(made)
		assert.deepEqual(
			made.methods.map(method => method.kind),
			['ml-dsa-44'],
		)
		const { secretPhrase, ...rest } = made
		const found = await json(['key', 'inspect', '--phrase-stdin'], `${secretPhrase}\n`)
		assert.deepEqual(found, rest, 'everything but the phrase, which is not shown again')
		const another = await json(['key', 'generate'])
		assert.notEqual(another.secretPhrase, secretPhrase)
	})

	test('known phrases have known identities and wallets', async () => {
		for (const known of KNOWN) {
			for (const methods of ['ml-dsa', 'pairing', 'both']) {
				const found = await json(
					['key', 'inspect', '--phrase-stdin', '--methods', methods],
					known.phrase,
				)
				assert.equal(found.idCom, `0x${known.id_com[methods]}`)
				assertAddresses(found)
				for (const { kind, commitment } of found.methods)
					assert.equal(commitment, `0x${known.commitments[kind]}`)
				for (const [stream, address] of Object.entries(found.wallets))
					assert.equal(address, known[stream].address, stream)
			}
		}
	})

	test('a phrase is read from an argument, from words, from a stream and from a descriptor', async () => {
		const file = join(temporaryFolder('phrase'), 'phrase.txt')
		writeFileSync(file, `  ${PHRASE.toUpperCase()}\n`)
		const expected = await prints(['key', 'inspect', '--phrase', PHRASE])
		assert.equal(await prints(['key', 'inspect', PHRASE]), expected)
		assert.equal(await prints(['key', 'inspect', ...PHRASE.split(' ')]), expected)
		assert.equal(await prints(['key', 'inspect', '--phrase-stdin'], PHRASE), expected)
		const shell = `"$0" key inspect --phrase-fd 3 3< "$1"`
		const { stdout } = await run('bash', ['-c', shell, UNUM_BIN, file])
		assert.equal(stdout, expected)
	})

	test('text shows what JSON has', async () => {
		const made = await json(['key', 'inspect', PHRASE])
		const text = await prints(['key', 'inspect', PHRASE])
		const values = [
			made.idCom,
			made.ss58Address,
			...Object.values(made.addresses),
			...Object.values(made.wallets),
		]
		for (const value of values) assert.ok(text.includes(value), value)
		assert.ok(!text.includes(PHRASE))
	})

	test('a reader that has seen enough is no failure', async () => {
		const shell = '"$0" key generate | head -n 1; echo "${PIPESTATUS[0]}"'
		const { stdout, stderr } = await run('bash', ['-c', shell, UNUM_BIN])
		assert.match(stdout, /^Secret phrase: .*\n0\n$/)
		assert.equal(stderr, '')
	})
})

describe('key: everything that can be inspected', () => {
	test('accounts, by path, address and public key', async () => {
		const alice = u8aToHex(decodeAddress(ALICE))
		for (const text of ['//Alice', ALICE, alice, encodeAddress(alice, 0)]) {
			const found = await json(['key', 'inspect', text])
			assert.equal(found.idCom, alice, text)
			assertAddresses(found)
			assert.equal(found.secretSeed, undefined)
		}
	})

	test('plain accounts of every scheme, as polkadot.js makes them', async () => {
		for (const scheme of /** @type {const} */ (['sr25519', 'ed25519', 'ecdsa'])) {
			const keyring = new Keyring({ type: scheme, ss58Format: 42 })
			const found = await json(['key', 'inspect', '//Alice', '--scheme', scheme])
			assert.equal(found.ss58Address, keyring.addFromUri('//Alice').address)
			const made = await json(['key', 'generate', '--scheme', scheme, '--words', '15'])
			assert.equal(made.secretPhrase.split(' ').length, 15)
			assert.equal(keyring.addFromUri(made.secretPhrase).address, made.ss58Address)
			assert.equal(keyring.addFromUri(made.secretSeed).address, made.ss58Address)
		}
	})

	test('wallets of other chains have the identity that they have while unbound', async () => {
		const bytes20 = new Uint8Array(20).fill(0x42)
		const bytes32 = new Uint8Array(32).fill(0x42)
		for (const [vm, text, id] of [
			['evm', ethereumEncode(bytes20), unbound.evm(bytes20)],
			['tvm', tronAddress(bytes20), unbound.tvm(bytes20)],
			['svm', base58.encode(bytes32), unbound.svm(bytes32)],
			[
				'bvm',
				bech32.encode('bcrt', [0, ...bech32.toWords(bytes20)]),
				unbound.bvm(Uint8Array.from([0, 20, ...bytes20])),
			],
		]) {
			const found = await json(['key', 'inspect', text])
			assert.equal(found.idCom, id, vm)
			assert.equal(found.unboundWallet, vm)
			assert.deepEqual(found.addresses, {
				native: encodeAddress(id, 42),
				...addressesOf(id),
				[vm]: text,
			})
		}
	})
})

describe('key: exports', () => {
	const exported = stream => prints(['key', 'export', '--stream', stream, '--phrase-stdin'], PHRASE)

	test('known keys in the notation of every wallet', async () => {
		for (const known of KNOWN) {
			for (const stream of ['evm', 'solana', 'btc', 'tron', 'polkadot']) {
				const key = await json(
					['key', 'export', '--stream', stream, '--phrase-stdin'],
					known.phrase,
				)
				assert.equal(key.privateKey, known[stream].export, stream)
				assert.equal(key.publicKey, `0x${known[stream].public_key}`, stream)
				assert.equal(key.address, known[stream].address, stream)
			}
		}
	})

	test('the keys open the wallets that inspect shows', async () => {
		const { wallets } = await json(['key', 'inspect', PHRASE])
		const evm = secp256k1PairFromSeed(hexToU8a((await exported('evm')).trim()))
		assert.equal(ethereumEncode(evm.publicKey), wallets.evm)
		const tron = secp256k1PairFromSeed(hexToU8a(`0x${(await exported('tron')).trim()}`))
		const tron20 = hexToU8a(ethereumEncode(tron.publicKey))
		assert.equal(tronAddress(tron20), wallets.tron)
		const solana = base58.decode((await exported('solana')).trim())
		assert.deepEqual(ed25519PairFromSeed(solana.slice(0, 32)).publicKey, solana.slice(32))
		assert.equal(base58.encode(solana.slice(32)), wallets.solana)
		const polkadot = ed25519PairFromSeed(hexToU8a((await exported('polkadot')).trim()))
		assert.equal(encodeAddress(polkadot.publicKey, 42), wallets.polkadot)
	})
})

describe('key: what a person reads when something is wrong', () => {
	const other = (/** @type {number} */ index, /** @type {string} */ word) =>
		PHRASE.split(' ').with(index, word).join(' ')

	test('phrases', async () => {
		for (const [phrase, reason] of /** @type {[string, RegExp][]} */ ([
			[other(2, 'lair'), /word 3, "lair", is not in the English list/],
			[other(2, 'amounts'), /perhaps it should be "amount"/],
			[other(23, 'zoo'), /checksum does not match/],
			[PHRASE.replace('abandon ', ''), /24 words, and these are 23/],
			['', /holds no phrase/],
			['x'.repeat(5000), /holds no phrase/],
		])) {
			await fails(['key', 'export', '--stream', 'evm', '--phrase-stdin'], reason, phrase)
		}
	})

	test('what is neither secret nor address', async () => {
		for (const text of ['sesame', '0x1234', `0x${'zz'.repeat(32)}`, 'qwerty//']) {
			const error = await fails(['key', 'inspect', text], /expected|invalid/i)
			assert.ok(!error.includes('sesame') && !error.includes('qwerty'), error)
		}
		await fails(['key', 'inspect', '0xAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'], /EIP-55/)
	})

	test('arguments', async () => {
		await fails(['key', 'export', '--stream', 'doge'], /"doge".*evm, btc/)
		await fails(['key', 'generate', '--methods', 'stark'], /ml-dsa, pairing, both/)
		await fails(['key', 'generate', '--words', '12'], /24 words.*--scheme/)
		await fails(['key', 'export', '--stream', 'evm'], /--phrase-stdin/)
		await fails(['key', 'inspect', '--phrase-fd', '987'], /file descriptor 987/)
	})
})

describe('key: in a terminal', () => {
	test('a phrase is asked for and not shown', async () => {
		// util-linux's `script` runs a command in a terminal of its own.
		const command = `'${UNUM_BIN}' key export --stream evm`
		const terminal = spawn('script', ['-qec', command, '/dev/null'], { stdio: 'pipe' })
		let shown = ''
		const prompted = new Promise(resolve => {
			terminal.stdout.setEncoding('utf8').on('data', text => {
				shown += text
				if (shown.includes('Secret phrase')) resolve(undefined)
			})
		})
		await within(10_000, 'the question for the phrase', prompted)
		terminal.stdin.write(`${PHRASE}\n`)
		const [code] = await within(10_000, 'the end of the export', once(terminal, 'close'))
		assert.equal(code, 0, shown)
		assert.ok(shown.includes(KNOWN[0].evm.export), shown)
		assert.ok(!shown.includes('abandon'), shown)
	})

	test('completion offers commands, options and values', () => {
		const offered = (/** @type {string[]} */ ...words) => {
			const script = `
				source <("$0" completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
				_unum unum "\${@: -1}" "\${@: -2:1}"; echo "\${COMPREPLY[*]}"`
			const options = { encoding: /** @type {const} */ ('utf8') }
			return execFileSync('bash', ['-c', script, UNUM_BIN, 'unum', ...words], options).trim()
		}
		assert.equal(offered('key', 'sign'), 'sign-binding')
		assert.equal(offered('key', 'generate-'), 'generate-node-key')
		assert.equal(offered('key', 'export', '--str'), '--stream')
		assert.equal(offered('key', 'sign-binding', '--stream', 'so'), 'solana')
		assert.equal(offered('purge'), 'purge-chain')
	})

	test('every shell has a completion', async () => {
		for (const shell of ['bash', 'zsh', 'fish', 'elvish', 'powershell'])
			assert.match(await prints(['completion', shell]), /sign-binding/)
		await fails(['completion', 'ksh'], /bash, elvish, fish/)
	})

	test('the keys of nodes are made and read as before', async () => {
		const made = await unum(['key', 'generate-node-key'])
		assert.equal(made.code, 0, made.stderr)
		assert.match(made.stdout, /^[0-9a-f]{64}\s*$/)
		const peer = await prints(['key', 'inspect-node-key'], made.stdout.trim())
		assert.equal(peer.trim(), made.stderr.trim())
	})
})

describe('key: a wallet is bound by its proof', () => {
	const alice = account('//Alice')
	let node, api, genesis

	before(async () => {
		node = await startNode({ name: 'key' })
		api = await node.api()
		genesis = api.genesisHash.toHex()
	})
	after(() => node?.stop())

	/** @param {string} stream @param {string[]} [more] */
	const sign = (stream, more = []) =>
		json(
			['key', 'sign-binding', '--stream', stream, '--genesis', genesis, '--phrase-stdin', ...more],
			PHRASE,
		)

	test('the message and the signature are those of the wallet', async () => {
		const signed = await sign('solana')
		const { idCom: id, wallets } = await json(['key', 'inspect', PHRASE])
		for (const line of [`Chain: ${genesis}`, `Identity: ${id}`, 'VM: svm', 'Nonce: 0'])
			assert.ok(signed.message.split('\n').includes(line), line)
		assert.equal(signed.address, wallets.solana)
		const key = base58.decode(wallets.solana)
		const signature = base58.decode(signed.signature)
		assert.ok(ed25519Verify(stringToU8a(signed.message), signature, key))
	})

	test('the chain accepts the proof of every wallet, once, and for the identity in it', async () => {
		for (const [stream, kind] of [
			['evm', 'Evm'],
			['solana', 'Svm'],
			['btc', 'Bvm'],
			['tron', 'Tvm'],
		]) {
			const { vm, address, message, proof } = await sign(stream, ['--id-com', '//Alice'])
			const shown = await node.rpc('unum_bindingMessage', alice.address, vm, address)
			assert.equal(shown.message, message)
			const wallet = { [kind]: addressBytes(vm, address) }
			const call = api.tx.idCom.bind(wallet, proof)
			await assert.rejects(send(api, call, account('//Bob')), /WrongSignature/)
			await send(api, call, alice)
			assert.equal(await node.rpc('unum_resolve', vm, address), u8aToHex(alice.publicKey))
			await send(api, api.tx.idCom.unbind(wallet), alice)
			await assert.rejects(send(api, call, alice), /WrongSignature/, 'the nonce has moved on')
			const again = await sign(stream, ['--id-com', '//Alice', '--nonce', '1'])
			await send(api, api.tx.idCom.bind(wallet, again.proof), alice)
		}
	})

	test('what a wallet held comes with it', async () => {
		const { evm } = KNOWN[1]
		const id = unbound.evm(hexToU8a(evm.address))
		await send(api, api.tx.balances.transferKeepAlive(id, UNIT), alice)
		const args = ['key', 'sign-binding', '--stream', 'evm', '--genesis', genesis]
		const { proof } = await json(
			[...args, '--id-com', '//Bob', '--phrase-stdin'],
			KNOWN[1].phrase,
		)
		const bob = account('//Bob')
		await send(api, api.tx.idCom.bind({ Evm: evm.address }, proof), bob)
		assert.equal((await api.query.system.account(id)).data.free.toBigInt(), 0n)
	})
})

/** @param {string} vm @param {string} address in the notation of its chain */
function addressBytes(vm, address) {
	if (vm === 'evm') return address
	if (vm === 'svm') return u8aToHex(base58.decode(address))
	if (vm === 'tvm') return u8aToHex(base58.decode(address).slice(1, 21))
	const [version, ...words] = bech32.decode(/** @type {`bcrt1${string}`} */ (address)).words
	return u8aToHex(Uint8Array.from([version, 20, ...bech32.fromWords(words)]))
}
