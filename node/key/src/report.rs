// SPDX-License-Identifier: Apache-2.0
//! An identity, as a person or a program wants to see it.

use serde::Serialize;
use sp_core::crypto::{AccountId32, Ss58Codec};
use unum_acegf::{
	wallet::{MethodSet, Rev, SecretText, Stream},
	Method,
};
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::{
	account::Account,
	output::{exposed_option, Print, Text},
	KeyError,
};

/// Prefix of this chain's accounts in SS58: that of Substrate chains without one of their own.
const SS58_PREFIX: u16 = 42;

/// An identity in SS58.
pub(crate) fn ss58(id: IdCom) -> String {
	AccountId32::from(id).to_ss58check_with_version(SS58_PREFIX.into())
}

/// An address in the notation of its chain.
pub(crate) fn notation(address: &Address) -> String {
	match address {
		Address::Native(id) => ss58(*id),
		other => other.to_string(),
	}
}

/// Everything that is printed about an identity. What it does not have is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
	#[serde(skip_serializing_if = "Option::is_none", serialize_with = "exposed_option")]
	secret_phrase: Option<SecretText>,
	#[serde(skip_serializing_if = "Option::is_none", serialize_with = "exposed_option")]
	secret_seed: Option<SecretText>,
	#[serde(skip_serializing_if = "Option::is_none")]
	scheme: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	public_key: Option<String>,
	id_com: IdCom,
	ss58_address: String,
	#[serde(skip_serializing_if = "Vec::is_empty")]
	methods: Vec<MethodView>,
	addresses: Addresses,
	/// The VM of the wallet that was asked about.
	#[serde(skip_serializing_if = "Option::is_none")]
	unbound_wallet: Option<VmKind>,
	#[serde(skip_serializing_if = "Option::is_none")]
	wallets: Option<Wallets>,
}

impl Report {
	/// An id_com, and nothing else known.
	pub(crate) fn of_id_com(id: IdCom) -> Self {
		Self {
			secret_phrase: None,
			secret_seed: None,
			scheme: None,
			public_key: None,
			id_com: id,
			ss58_address: ss58(id),
			methods: Vec::new(),
			addresses: Addresses::of(id, None),
			unbound_wallet: None,
			wallets: None,
		}
	}

	/// A wallet of another chain, which keeps its own address on its own VM.
	pub(crate) fn of_wallet(address: &Address) -> Self {
		let id = address.unbound_id_com();
		Self {
			addresses: Addresses::of(id, Some(address)),
			unbound_wallet: Some(address.vm()),
			..Self::of_id_com(id)
		}
	}

	/// A plain account.
	pub(crate) fn of_account(account: &Account) -> Self {
		Self {
			scheme: Some(account.scheme.to_string()),
			public_key: Some(["0x", &hex::encode(&account.public_key)].concat()),
			..Self::of_id_com(account.id_com)
		}
	}

	/// The identity of a phrase, with the wallets of the same phrase.
	pub(crate) fn of_rev(rev: &Rev, set: MethodSet) -> Result<Self, KeyError> {
		let methods = rev.methods(set)?;
		Ok(Self {
			methods: methods.as_slice().iter().map(MethodView::of).collect(),
			wallets: Some(Wallets::of(rev)),
			..Self::of_id_com(methods.id_com())
		})
	}

	/// Shows the phrase, too.
	pub(crate) fn with_phrase(self, phrase: SecretText) -> Self {
		Self { secret_phrase: Some(phrase), ..self }
	}

	/// Shows the seed, too, where there is one.
	pub(crate) fn with_seed(self, seed: Option<SecretText>) -> Self {
		Self { secret_seed: seed, ..self }
	}
}

#[derive(Serialize)]
struct MethodView {
	kind: String,
	commitment: String,
}

impl MethodView {
	fn of(method: &Method) -> Self {
		let commitment = ["0x", &hex::encode(method.commitment)].concat();
		Self { kind: method.kind.to_string(), commitment }
	}
}

/// The addresses under which the VMs see an identity.
#[derive(Serialize)]
struct Addresses {
	native: String,
	evm: String,
	svm: String,
	bvm: String,
	tvm: String,
}

impl Addresses {
	/// `own` is the wallet that the identity came from.
	fn of(id: IdCom, own: Option<&Address>) -> Self {
		let on = |vm| {
			let own = own.filter(|address| address.vm() == vm).cloned();
			let address = own.or_else(|| Address::derive(id, vm));
			address.as_ref().map(notation).unwrap_or_default()
		};
		Self {
			native: on(VmKind::NATIVE),
			evm: on(VmKind::EVM),
			svm: on(VmKind::SVM),
			bvm: on(VmKind::BVM),
			tvm: on(VmKind::TVM),
		}
	}

	fn rows(&self) -> [(&'static str, &str); 5] {
		[
			("native", &self.native),
			("evm", &self.evm),
			("svm", &self.svm),
			("bvm", &self.bvm),
			("tvm", &self.tvm),
		]
	}
}

/// The addresses of the wallets that the streams of a phrase make.
#[derive(Serialize)]
struct Wallets {
	evm: String,
	solana: String,
	btc: String,
	tron: String,
	polkadot: String,
}

impl Wallets {
	fn of(rev: &Rev) -> Self {
		let address = |stream| rev.key(stream).address().as_ref().map(notation).unwrap_or_default();
		Self {
			evm: address(Stream::Evm),
			solana: address(Stream::Solana),
			btc: address(Stream::Btc),
			tron: address(Stream::Tron),
			polkadot: address(Stream::Polkadot),
		}
	}

	fn rows(&self) -> [(&'static str, &str); 5] {
		[
			("evm", &self.evm),
			("solana", &self.solana),
			("btc", &self.btc),
			("tron", &self.tron),
			("polkadot", &self.polkadot),
		]
	}
}

impl Print for Report {
	fn write_text(&self, text: &mut Text) {
		self.write_secrets(text);
		if let (Some(scheme), Some(key)) = (&self.scheme, &self.public_key) {
			text.field("Public key", format_args!("{key} ({scheme})"));
		}
		text.field("Identity", self.id_com);
		text.field("SS58 address", &self.ss58_address);
		for MethodView { kind, commitment } in &self.methods {
			text.field("Method", format_args!("{kind} {commitment}"));
		}
		self.write_addresses(text);
		self.write_wallets(text);
	}
}

impl Report {
	fn write_secrets(&self, text: &mut Text) {
		if let Some(phrase) = &self.secret_phrase {
			text.field("Secret phrase", phrase.expose());
		}
		if let Some(seed) = &self.secret_seed {
			text.field("Secret seed", seed.expose());
		}
	}

	fn write_addresses(&self, text: &mut Text) {
		text.section("Addresses of the identity");
		for (vm, address) in self.addresses.rows() {
			text.row(vm, address);
		}
		if let Some(vm) = self.unbound_wallet {
			text.section(&format!(
				"This is the identity of the {vm} wallet as long as it is bound to no other."
			));
		}
	}

	fn write_wallets(&self, text: &mut Text) {
		if let Some(wallets) = &self.wallets {
			text.section("Wallets of the same phrase (each is an identity of its own until bound)");
			for (stream, address) in wallets.rows() {
				text.row(stream, address);
			}
		}
	}
}
