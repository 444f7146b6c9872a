// SPDX-License-Identifier: Apache-2.0
//! Upstream's fixtures of the token program, each as a whole transaction: accounts before, an instruction,
//! its result, accounts after, byte for byte.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::{
	collections::BTreeMap,
	io::{BufRead, BufReader},
};
use unum_address::SvmAddress;
use unum_id_com::{IdCom, MintId};
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_solana_view::{InstructionError as E, TransactionError, TransactionMeta};
use unum_spl_token::{
	AccountRecord, AccountState, Holder, Mint, MintRecord, Multisig, NativeBalance, Record,
	TokenAccount,
};
use unum_svm_engine::{ids, testing::MemoryChain, StoredAccount};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{Asset, TokenAuthority, TokenHost, TokenInfo};

use crate::world::{key, RICH};

/// Fixtures in which the mint of the wrapped native coin is not the real one: here that mint always is
/// what it is on Solana, so it stands in their place, before and after.
const OTHER_NATIVE_MINT: [&str; 5] = [
	"instr-3YEdqrRQzfPiAagcK1gbBLEDXybauLSGTSwfBAvZDWWj",
	"instr-5YD5EsmPYjc1di244Khp1axnQu7GfuzV9643ZMyYSx9x",
	"instr-FHg3CtT36Qr4xrMtTdfKoNpJPrwktvKpeibdGKkMjeoj",
	"instr-GmFutBinr2XizaakjaJRtkeWxjed7zkkQduik5737K7q",
	"instr-HLT53mUgVnWCHuDvGudyEdatj3zDqgrd5r6KnKXUk77d",
];

/// Whoever has the part of a supply that no account of the fixture has, and the authorities of a token
/// while it is set up.
const OTHERS: IdCom = IdCom::new([0xee; 32]);

fn read_fixtures() -> Vec<Value> {
	let bytes = include_bytes!(concat!(
		env!("CARGO_MANIFEST_DIR"),
		"/../../../primitives/token-views/spl/tests/vectors/ptoken_fixtures.slim.jsonl.gz"
	));
	let lines = BufReader::new(GzDecoder::new(&bytes[..])).lines();
	lines.map(|line| serde_json::from_str(&line.expect("text")).expect("JSON")).collect()
}

fn text(json: &Value) -> &str {
	json.as_str().expect("a string")
}

/// An account of a fixture.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Image {
	key: SvmAddress,
	lamports: u64,
	program: SvmAddress,
	executable: bool,
	data: Vec<u8>,
}

impl Image {
	fn read(json: &Value) -> Self {
		Self {
			key: text(&json["address"]).parse().expect("an address"),
			lamports: json["lamports"].as_u64().expect("64 bits"),
			program: text(&json["owner"]).parse().expect("an address"),
			executable: json["executable"].as_bool().expect("yes or no"),
			data: hex::decode(text(&json["data"])).expect("hex"),
		}
	}

	fn is_ours(&self) -> bool {
		self.program == ids::token_program()
	}

	/// Programs and system variables, which are there in any case.
	fn is_fixed(&self) -> bool {
		let sysvar = ids::sysvar();
		self.executable || self.program == sysvar || self.key == ids::native_mint()
	}

	fn token_account(&self) -> Option<TokenAccount> {
		let account = TokenAccount::unpack(&self.data).ok()?;
		(self.is_ours() && account.state != AccountState::Uninitialized).then_some(account)
	}

	fn mint(&self) -> Option<Mint> {
		let mint = Mint::unpack(&self.data).ok()?;
		(self.is_ours() && mint.is_initialized).then_some(mint)
	}

	fn multisig(&self) -> Option<Multisig> {
		let multisig = Multisig::unpack(&self.data).ok()?;
		(self.is_ours() && multisig.is_initialized).then_some(multisig)
	}
}

fn images(json: &Value) -> Vec<Image> {
	let mut images = BTreeMap::new();
	for account in json.as_array().expect("a list") {
		let image = Image::read(account);
		images.insert(image.key, image);
	}
	images.into_values().collect()
}

/// A chain on which these accounts look as the fixture says.
fn chain_of(images: &[Image]) -> MemoryChain {
	let mut chain = MemoryChain::default();
	chain.set_lamports(&payer(), RICH);
	for image in images.iter().filter(|image| !image.is_fixed()) {
		chain.set_lamports(&image.key, image.lamports);
		if let Some(multisig) = image.multisig() {
			chain.state.records.insert(image.key, Record::Multisig(multisig));
		}
	}
	for (mint, shape) in tokens(images) {
		set_up_token(&mut chain, &mint, &shape, images);
	}
	for image in images {
		if let Some(account) = image.token_account().filter(TokenAccount::is_native) {
			let delegated = account.delegated_amount;
			let reserve = account.native_reserve.expect("native");
			let native = NativeBalance { reserve, amount: account.amount, delegated };
			set_up_record(&mut chain, image, &account, Some(native));
		}
	}
	for image in images.iter().filter(|image| !image.is_fixed()) {
		let is_plain = image.program == ids::system_program() && image.data.is_empty();
		if !is_plain && !chain.state.records.contains_key(&image.key) {
			let Image { program: owner, executable, data, .. } = image.clone();
			chain.state.stored.insert(image.key, StoredAccount { owner, executable, data });
		}
	}
	chain
}

/// Every token of which there is a mint or an account.
fn tokens(images: &[Image]) -> BTreeMap<SvmAddress, Mint> {
	let mut tokens = BTreeMap::new();
	for account in images.iter().filter_map(Image::token_account) {
		if !account.is_native() {
			tokens.insert(account.mint, Mint::default());
		}
	}
	let mints = images.iter().filter_map(|image| Some((image.key, image.mint()?)));
	tokens.extend(mints.filter(|(key, _)| *key != ids::native_mint()));
	tokens
}

fn accounts_of<'a>(
	mint: &'a SvmAddress,
	images: &'a [Image],
) -> impl Iterator<Item = (&'a Image, TokenAccount)> {
	let accounts = images.iter().filter_map(|image| Some((image, image.token_account()?)));
	accounts.filter(move |(_, account)| account.mint == *mint && !account.is_native())
}

fn token_info(decimals: u8) -> TokenInfo {
	let decimals = Decimals::new(decimals).expect("at most 18");
	TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals,
		svm_decimals: decimals,
		name: String::new(),
		symbol: String::new(),
		mint_authority: Some(OTHERS),
		freeze_authority: Some(OTHERS),
	}
}

fn mint_id(mint: &SvmAddress) -> MintId {
	MintId::from(*mint.as_bytes())
}

fn amount(units: u64) -> LedgerAmount {
	LedgerAmount::new(units.into())
}

fn set_up_token(chain: &mut MemoryChain, mint: &SvmAddress, shape: &Mint, images: &[Image]) {
	let (id, asset) = (mint_id(mint), Asset::Token(mint_id(mint)));
	let ledger = &mut chain.state.ledger;
	ledger.create_token(id, token_info(shape.decimals)).expect("new");
	ledger.mint_to(id, OTHERS, OTHERS, amount(shape.supply)).expect("fits");
	let held: u64 = accounts_of(mint, images).map(|(_, account)| account.amount).sum();
	// A fixture that has more in its accounts than in its mint is set up like that.
	ledger.set_balance(asset, OTHERS, amount(shape.supply.saturating_sub(held)));
	for (image, account) in accounts_of(mint, images) {
		set_up_record(chain, image, &account, None);
		set_up_balance(chain, image, &account);
	}
	let authorities = [
		(TokenAuthority::Mint, &shape.mint_authority),
		(TokenAuthority::Freeze, &shape.freeze_authority),
	];
	for (authority, key) in authorities {
		let holder = key.get().map(|key| chain.id(&key));
		chain.state.ledger.set_authority(id, OTHERS, authority, holder).expect("has it");
	}
	let names = MintRecord {
		mint_authority: shape.mint_authority.last(),
		freeze_authority: shape.freeze_authority.last(),
	};
	if images.iter().any(|image| image.key == *mint && image.is_ours()) {
		chain.state.records.insert(*mint, Record::Mint(names));
	}
}

fn set_up_balance(chain: &mut MemoryChain, image: &Image, account: &TokenAccount) {
	let (id, holder) = (mint_id(&account.mint), chain.id(&image.key));
	chain.state.ledger.set_balance(Asset::Token(id), holder, amount(account.amount));
	if let Some(delegate) = account.delegate.get() {
		let (spender, allowed) = (chain.id(&delegate), amount(account.delegated_amount));
		chain.state.ledger.approve(id, holder, spender, allowed).expect("exists");
	}
	let frozen = account.is_frozen();
	chain.state.ledger.set_frozen(id, OTHERS, holder, frozen).expect("the authority");
}

fn set_up_record(
	chain: &mut MemoryChain,
	image: &Image,
	account: &TokenAccount,
	native: Option<NativeBalance>,
) {
	let record = AccountRecord {
		mint: account.mint,
		owner: account.owner,
		holder: Holder::Account,
		delegate: account.delegate,
		close_authority: account.close_authority,
		native,
	};
	chain.state.records.insert(image.key, Record::Account(record));
}

/// Who pays for the transactions.
fn payer() -> SvmAddress {
	key(0xfd)
}

fn instruction(fixture: &Value) -> Instruction {
	let accounts = fixture["accounts"].as_array().expect("a list");
	let meta = |meta: &Value| {
		let index = meta["index"].as_u64().expect("a number");
		AccountMeta {
			pubkey: text(&accounts[index as usize]["address"]).parse().expect("an address"),
			is_signer: meta["is_signer"].as_bool().expect("yes or no"),
			is_writable: meta["is_writable"].as_bool().expect("yes or no"),
		}
	};
	Instruction {
		program: text(&fixture["program_id"]).parse().expect("an address"),
		accounts: fixture["instr_accounts"].as_array().expect("a list").iter().map(meta).collect(),
		data: hex::decode(text(&fixture["data"])).expect("hex"),
	}
}

/// The number that a program returns for this error; none where the runtime found it.
fn number(error: &E) -> Option<u64> {
	let number: u64 = match error {
		E::Custom(0) => 1,
		E::Custom(code) => return Some((*code).into()),
		E::InvalidArgument => 2,
		E::InvalidInstructionData => 3,
		E::InvalidAccountData => 4,
		E::IncorrectProgramId => 7,
		E::MissingRequiredSignature => 8,
		E::UninitializedAccount => 10,
		E::NotEnoughAccountKeys => 11,
		_ => return None,
	};
	Some(number << 32)
}

fn outcome(meta: &TransactionMeta) -> Result<(Option<u64>, Vec<u8>), String> {
	match &meta.error {
		None => {
			let returned = meta.return_data.as_ref().map(|it| it.data.clone());
			Ok((Some(0), returned.unwrap_or_default()))
		},
		Some(TransactionError::InstructionError(0, error)) => Ok((number(error), Vec::new())),
		Some(error) => Err(format!("{error:?}")),
	}
}

/// The first account that does not look as expected.
fn first_difference(chain: &mut MemoryChain, expected: Vec<Image>) -> Option<String> {
	for image in expected.into_iter().filter(|image| !image.is_fixed()) {
		let found = chain.account(&image.key);
		let found = Image {
			key: image.key,
			lamports: found.lamports,
			program: found.owner,
			executable: found.executable,
			data: found.data,
		};
		if found != image {
			return Some(format!("{found:?} and not {image:?}"));
		}
	}
	None
}

/// The first thing in which a run differs from the fixture.
fn difference(fixture: &Value) -> Option<String> {
	let before = images(&fixture["accounts"]);
	let mut chain = chain_of(&before);
	if let Some(image) = first_difference(&mut chain, before) {
		return Some(format!("can't be set up: {image}"));
	}
	let meta = match chain.process(payer(), &[instruction(fixture)]) {
		Ok(meta) => meta,
		Err(refusal) => return Some(format!("refused: {}", refusal.message)),
	};
	let (number, answer) = match outcome(&meta) {
		Ok(outcome) => outcome,
		Err(error) => return Some(error),
	};
	let expected = fixture["out"]["program_result"].as_u64();
	if number != expected {
		return Some(format!("result {number:?} ({:?}) and not {expected:?}", meta.error));
	}
	if hex::encode(answer) != text(&fixture["out"]["return_data"]) {
		return Some("other return data".into());
	}
	first_difference(&mut chain, images(&fixture["out"]["resulting_accounts"]))
}

#[test]
fn every_fixture_passes_as_a_whole_transaction() {
	let fixtures = read_fixtures();
	assert_eq!(fixtures.len(), 342);
	let others = |fixture: &&Value| OTHER_NATIVE_MINT.contains(&text(&fixture["name"]));
	assert_eq!(fixtures.iter().filter(others).count(), OTHER_NATIVE_MINT.len());
	let failed = fixtures
		.iter()
		.filter_map(|f| Some(format!("{} {} {}", f["name"], f["data"], difference(f)?)));
	let failed: Vec<_> = failed.collect();
	assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
