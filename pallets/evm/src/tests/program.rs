// SPDX-License-Identifier: Apache-2.0
//! Contracts that do what a tree says: they store, pay, log, make contracts, call each other, and call
//! each other through another VM.
//!
//! An actor is a contract that runs the code at the address in its calldata as its own (DELEGATECALL).
//! Each node of a tree is such a code.

use codec::Encode;
use revm::primitives::Address as RevmAddress;
use unum_evm_engine::EvmOperation;

use super::{
	precompiles::{cross, precompile},
	relay::{RelayCall, RelayStep, RELAY},
	*,
};

/// One instruction of a node. Slots have numbers below 16.
#[derive(Clone, Debug)]
pub(super) enum Op {
	/// Stores a value.
	Store(u8, u16),
	/// Adds to what is stored.
	Add(u8, u16),
	/// Adds to a slot of transient storage.
	AddTransient(u8, u16),
	/// Stores what is in the slot of transient storage with that number.
	Remember(u8),
	/// Stores its balance.
	Balance(u8),
	/// Pays an actor; without enough it does nothing.
	Pay(usize, u16),
	/// Logs a number.
	Log(u8),
	/// Makes a contract, stores its address; it may be gone at once.
	Make { slot: u8, is_destroyed: bool },
	/// Makes an actor, stores its address.
	MakeActor(u8),
	/// Calls the actor whose address is stored, which must succeed.
	CallMade(u8, Node),
	/// Destroys itself in favour of its caller.
	Destroy,
	/// Calls an actor; if it must, it fails where the other does.
	Call { actor: usize, node: Node, must: bool },
	/// Calls the other VM; if it must, it fails where the other does.
	Cross { steps: Vec<Step>, fails: bool, must: bool },
}

/// A step in the other VM.
#[derive(Clone, Debug)]
pub(super) enum Step {
	Evm { actor: usize, node: Node, must: bool },
	Tokens(u16),
}

/// What an actor does in one call.
#[derive(Clone, Debug)]
pub(super) struct Node {
	pub(super) ops: Vec<Op>,
	pub(super) fails: bool,
}

/// Runs the code at the address in the calldata.
pub(super) const ACTOR: [u8; 16] = [
	0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x35, 0x5a, 0xf4, 0x60, 0x0e, 0x57, 0x5f, 0x5f, 0xfd, 0x5b, 0x00,
];

/// Makes the contract that consists of one STOP.
const MAKER: [u8; 10] = [0x60, 0, 0x60, 0, 0x53, 0x60, 1, 0x60, 0, 0xf3];
/// CALLER SELFDESTRUCT.
const DESTROYER: [u8; 2] = [0x33, 0xff];

impl Node {
	/// The most gas that it uses.
	fn gas(&self) -> u64 {
		let steps = |steps: &[Step]| -> u64 {
			steps
				.iter()
				.map(|step| if let Step::Evm { node, .. } = step { node.limit() } else { 0 })
				.sum()
		};
		let gas = |op: &Op| match op {
			Op::Call { node, .. } | Op::CallMade(_, node) => 20_000 + node.gas(),
			Op::Cross { steps: inner, .. } => 150_000 + steps(inner),
			Op::Make { .. } | Op::MakeActor(_) => 90_000,
			Op::Pay(..) => 20_000,
			_ => 25_000,
		};
		(20_000 + self.ops.iter().map(gas).sum::<u64>()) * 21 / 20
	}

	/// The gas limit of an operation that runs it.
	pub(super) fn limit(&self) -> u64 {
		30_000 + self.gas()
	}

	/// Deploys its code and those of the nodes in it.
	pub(super) fn deploy(&self, actors: &[H160]) -> H160 {
		let mut code = Code::default();
		self.ops.iter().for_each(|op| code.op(op, actors));
		let code = code.end(self.fails);
		let length = u16::try_from(code.len()).unwrap().to_be_bytes();
		let copy = [0x61, length[0], length[1], 0x80, 0x60, 0x0c, 0x5f, 0x39, 0x5f, 0xf3, 0, 0];
		let init = [&copy[..], &code].concat();
		let gas_limit = 14_000_000;
		let create = EvmOperation::EvmCreate { value: U256::zero(), gas_limit, init, salt: None };
		let receipt = submit(ALICE, create);
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		created(&receipt)
	}

	/// The operation that has an actor do it.
	pub(super) fn operation(&self, actor: H160, actors: &[H160]) -> EvmOperation {
		let data = word(self.deploy(actors));
		EvmOperation::EvmCall { to: actor, value: 0.into(), gas_limit: self.limit(), data }
	}
}

/// The calldata of 0x0106 for a program of the other VM.
pub(super) fn calldata(steps: &[Step], fails: bool, actors: &[H160]) -> Vec<u8> {
	let mut gas = 0;
	let steps = steps.iter().map(|step| match step {
		Step::Evm { actor, node, must } => {
			gas += node.limit();
			RelayStep::evm(&node.operation(actors[*actor], actors), *must)
		},
		Step::Tokens(amount) => RelayStep::Tokens { to: BOB, amount: (*amount).into() },
	});
	let program = RelayCall::Relay { steps: steps.collect(), fails };
	cross(RELAY, [0; 32], program.encode(), gas)
}

/// Where an actor's next contract comes to be.
pub(super) fn made_by(actor: H160, nonce: u64) -> H160 {
	H160(RevmAddress::from(actor.0).create(nonce).into_array())
}

#[derive(Default)]
struct Code {
	bytes: Vec<u8>,
	/// Where the position of the last REVERT is to be filled in.
	exits: Vec<usize>,
}

impl Code {
	fn add(&mut self, bytes: &[u8]) -> &mut Self {
		self.bytes.extend(bytes);
		self
	}

	fn number(&mut self, number: u16) -> &mut Self {
		let [high, low] = number.to_be_bytes();
		self.add(&[0x61, high, low])
	}

	/// Puts bytes at the beginning of memory.
	fn memory(&mut self, bytes: &[u8]) -> &mut Self {
		for (chunk, position) in bytes.chunks(32).zip((0u16..).step_by(32)) {
			let mut word = [0; 32];
			word[..chunk.len()].copy_from_slice(chunk);
			self.add(&[0x7f]).add(&word).number(position).add(&[0x52]);
		}
		self
	}

	/// Calls an address with the beginning of memory, and has a word of the answer there.
	fn call(&mut self, to: H160, value: u16, input: usize, output: u8) -> &mut Self {
		self.add(&[0x60, output, 0x5f]).number(u16::try_from(input).unwrap()).add(&[0x5f]);
		self.number(value).add(&[0x73]).add(&to.0).add(&[0x5a, 0xf1])
	}

	/// Fails where the top of the stack is zero.
	fn require(&mut self) -> &mut Self {
		self.add(&[0x15, 0x61]);
		self.exits.push(self.bytes.len());
		self.add(&[0, 0, 0x57])
	}

	fn op(&mut self, op: &Op, actors: &[H160]) {
		match op {
			Op::Store(slot, value) => self.number(*value).add(&[0x60, *slot, 0x55]),
			Op::Add(slot, value) => {
				self.number(*value).add(&[0x60, *slot, 0x54, 0x01, 0x60, *slot, 0x55])
			},
			Op::AddTransient(slot, value) => {
				self.number(*value).add(&[0x60, *slot, 0x5c, 0x01, 0x60, *slot, 0x5d])
			},
			Op::Remember(slot) => self.add(&[0x60, *slot, 0x5c, 0x60, *slot, 0x55]),
			Op::Balance(slot) => self.add(&[0x47, 0x60, *slot, 0x55]),
			Op::Pay(to, amount) => self.call(actors[*to], *amount, 0, 0).add(&[0x50]),
			Op::Log(tag) => self.add(&[0x60, *tag, 0x5f, 0x5f, 0xa1]),
			Op::Make { slot, is_destroyed } => {
				let init = if *is_destroyed { &DESTROYER[..] } else { &MAKER };
				let length = u8::try_from(init.len()).unwrap();
				self.memory(init).add(&[0x60, length, 0x5f, 0x5f, 0xf0, 0x60, *slot, 0x55])
			},
			Op::Call { actor, node, must } => {
				let code = node.deploy(actors);
				self.memory(&word(code)).call(actors[*actor], 0, 32, 0);
				if *must {
					self.require()
				} else {
					self.add(&[0x50])
				}
			},
			Op::Cross { steps, fails, must } => {
				let data = calldata(steps, *fails, actors);
				self.memory(&data).call(precompile(6), 0, data.len(), 32).add(&[0x50]);
				if *must {
					self.add(&[0x5f, 0x51]).require()
				} else {
					self
				}
			},
			Op::MakeActor(slot) => {
				let init = init(&ACTOR);
				let length = u8::try_from(init.len()).unwrap();
				self.memory(&init).add(&[0x60, length, 0x5f, 0x5f, 0xf0, 0x60, *slot, 0x55])
			},
			Op::CallMade(slot, node) => {
				self.memory(&word(node.deploy(actors)));
				let call = [0x5f, 0x5f, 0x60, 32, 0x5f, 0x5f, 0x60, *slot, 0x54, 0x5a, 0xf1];
				self.add(&call).require()
			},
			Op::Destroy => self.add(&DESTROYER),
		};
	}

	fn end(mut self, fails: bool) -> Vec<u8> {
		if !fails {
			self.add(&[0x00]);
		}
		let exit = u16::try_from(self.bytes.len()).unwrap().to_be_bytes();
		self.add(&[0x5b, 0x5f, 0x5f, 0xfd]);
		for at in self.exits {
			self.bytes[at..at + 2].copy_from_slice(&exit);
		}
		self.bytes
	}
}
