// SPDX-License-Identifier: Apache-2.0
//! What the node may ask the runtime.
//!
//! Each implementation is one line that hands the question to the pallet that knows the answer.

// The macro below generates the exported functions of the Wasm blob, which are `unsafe`.
#![allow(unsafe_code)]

use alloc::vec::Vec;
use frame_support::{
	genesis_builder_helper,
	view_functions::{ViewFunctionDispatchError, ViewFunctionId},
	weights::Weight,
};
use pallet_transaction_payment_rpc_runtime_api::{FeeDetails, RuntimeDispatchInfo};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_genesis_builder::PresetId;
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;
use unum_address::{Address, SvmAddress, VmKind};
use unum_ethereum_view::{
	AccountState, BlockView, EstimateFailure, NextBlock, SimulatedBlock, SimulatedOutcome, Trace,
	TraceOptions, TransactionView, H160, H256,
};
use unum_id_com::{IdCom as Id, MintId};
use unum_runtime_api::{
	AccessHint, AddressOwner, AssetBalance, BindingMessage, EngineStatus, FoldError, HoldingViews,
	LaneInput, LaneOutput, MergePolicy, TokenViews,
};
use unum_solana_view::{
	AccountView, BlockView as SolanaBlockView, ChainInfo, ProgramFilter, SimulationOptions,
	SimulationOutcome, TokenHolding,
};
use unum_vm_engine::{EngineInfo, IdentityRegistry, OwnedAddress, Receipt};

use super::{
	admission, ethereum, genesis_presets, kept::kept, lanes, opaque::SessionKeys, raw, solana,
	views, AccountId, Aura, Balance, Block, Dispatch, Evm, Executive, Grandpa, IdCom,
	InherentDataExt, Nonce, Runtime, RuntimeCall, RuntimeGenesisConfig, Svm, System,
	TransactionPayment, UnifiedTokens, VERSION,
};

sp_api::impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			kept(|| Executive::execute_block(block));
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			kept(|| Executive::initialize_block(header))
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			kept(|| Executive::apply_extrinsic(extrinsic))
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			kept(Executive::finalize_block)
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			kept(|| admission::validate(source, tx, block_hash))
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(Aura::slot_duration())
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			_owner: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			None
		}

		fn generate_key_ownership_proof(
			_set: sp_consensus_grandpa::SetId,
			_authority: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			// Nothing is slashed, so nobody has to prove whose key misbehaved.
			None
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, length)
		}

		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, RuntimeCall>
		for Runtime
	{
		fn query_call_info(call: RuntimeCall, length: u32) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, length)
		}

		fn query_call_fee_details(call: RuntimeCall, length: u32) -> FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl unum_runtime_api::UnumApi<Block> for Runtime {
		fn engines() -> Vec<EngineStatus> {
			let status = |info: EngineInfo| {
				let enabled = Dispatch::is_enabled(info.vm);
				EngineStatus { info, enabled }
			};
			Dispatch::engines().into_iter().map(status).collect()
		}

		fn address_of(id_com: Id, vm: VmKind) -> Option<Address> {
			IdCom::address_of(id_com, vm)
		}

		fn resolve(address: Address) -> Id {
			IdCom::resolve(&address)
		}

		fn addresses(id_com: Id) -> Vec<OwnedAddress> {
			IdCom::addresses(id_com)
		}

		fn owner_of(address: Address) -> AddressOwner {
			views::owner_of(address)
		}

		fn binding_message(
			id_com: Id,
			address: Address,
			genesis_hash: <Block as BlockT>::Hash,
		) -> BindingMessage {
			views::binding_message(id_com, &address, genesis_hash)
		}

		fn balances(id_com: Id, after: Option<MintId>, limit: u32) -> Vec<AssetBalance> {
			views::balances(id_com, after, limit)
		}

		fn token_at(address: Address) -> Option<MintId> {
			UnifiedTokens::mint_at(&address)
		}

		fn token(mint: MintId) -> Option<TokenViews> {
			views::token(mint)
		}

		fn holding(mint: MintId, id_com: Id) -> Option<HoldingViews> {
			views::holding(mint, id_com)
		}

		fn receipts() -> Vec<Receipt> {
			Dispatch::receipts()
		}

		fn explain_refusal(
			extrinsic: Vec<u8>,
			block_hash: <Block as BlockT>::Hash,
		) -> Option<Vec<u8>> {
			kept(|| admission::explain(&extrinsic, block_hash)).map(Into::into)
		}

		fn violated_invariants() -> Vec<Vec<u8>> {
			admission::violated_invariants().into_iter().map(Into::into).collect()
		}
	}

	impl unum_runtime_api::EthereumApi<Block> for Runtime {
		fn chain_id() -> u64 {
			pallet_evm::ChainId::<Runtime>::get()
		}

		fn next_block() -> NextBlock {
			ethereum::next_block()
		}

		fn block(extrinsics: Vec<<Block as BlockT>::Extrinsic>) -> BlockView {
			kept(|| ethereum::block(&extrinsics))
		}

		fn receipts_root() -> H256 {
			pallet_dispatch::ReceiptsRoot::<Runtime>::get()
		}

		fn waiting(extrinsics: Vec<<Block as BlockT>::Extrinsic>) -> Vec<Option<TransactionView>> {
			kept(|| ethereum::waiting(&extrinsics))
		}

		fn carry(raw: Vec<u8>) -> <Block as BlockT>::Extrinsic {
			raw::carry(VmKind::EVM, raw)
		}

		fn account(address: H160) -> AccountState {
			Evm::account(address)
		}

		fn storage(address: H160, slot: H256) -> H256 {
			Evm::storage_at(address, slot)
		}

		fn simulate(blocks: Vec<SimulatedBlock>) -> Vec<SimulatedOutcome> {
			kept(|| Evm::simulate(&Dispatch::block_env(), blocks))
		}

		fn estimate_gas(block: SimulatedBlock) -> Result<u64, EstimateFailure> {
			kept(|| Evm::estimate_gas(&Dispatch::block_env(), &block))
		}

		fn trace_block(
			header: <Block as BlockT>::Header,
			extrinsics: Vec<<Block as BlockT>::Extrinsic>,
			only: Option<u32>,
			options: TraceOptions,
		) -> Vec<(u32, Trace)> {
			kept(|| ethereum::trace_block(header, extrinsics, only, options))
		}
	}

	impl unum_runtime_api::SolanaApi<Block> for Runtime {
		fn chain_info(at: <Block as BlockT>::Hash) -> ChainInfo {
			solana::chain_info(at)
		}

		fn is_blockhash_valid(blockhash: [u8; 32], at: <Block as BlockT>::Hash) -> bool {
			solana::is_blockhash_valid(blockhash, at)
		}

		fn blockhash_of(block: <Block as BlockT>::Hash) -> [u8; 32] {
			pallet_svm::blockhash_of(block)
		}

		fn accounts(keys: Vec<SvmAddress>) -> Vec<Option<AccountView>> {
			keys.iter().map(Svm::account_view).collect()
		}

		fn program_accounts(
			program: SvmAddress,
			filters: Vec<ProgramFilter>,
			after: Option<SvmAddress>,
			limit: u32,
		) -> Vec<(SvmAddress, AccountView)> {
			Svm::program_accounts(program, &filters, after, limit)
		}

		fn token_accounts_by_owner(
			owner: SvmAddress,
			mint: Option<MintId>,
			limit: u32,
		) -> Vec<TokenHolding> {
			solana::token_accounts_by_owner(owner, mint, limit)
		}

		fn block(extrinsics: Vec<<Block as BlockT>::Extrinsic>) -> SolanaBlockView {
			kept(|| solana::block(&extrinsics))
		}

		fn carry(raw: Vec<u8>) -> <Block as BlockT>::Extrinsic {
			raw::carry(VmKind::SVM, raw)
		}

		fn simulate(
			raw: Vec<u8>,
			options: SimulationOptions,
			at: <Block as BlockT>::Hash,
		) -> SimulationOutcome {
			kept(|| solana::simulate(&raw, &options, at))
		}

		fn fee_for_message(message: Vec<u8>, at: <Block as BlockT>::Hash) -> Option<u64> {
			solana::fee_for_message(&message, at)
		}
	}

	impl unum_runtime_api::LaneApi<Block> for Runtime {
		fn policy() -> MergePolicy {
			pallet_lanes::policy::<Runtime>()
		}

		fn hints(extrinsics: Vec<<Block as BlockT>::Extrinsic>) -> Vec<AccessHint> {
			kept(|| extrinsics.iter().map(lanes::hint).collect())
		}

		fn verify(
			header: <Block as BlockT>::Header,
			extrinsics: Vec<<Block as BlockT>::Extrinsic>,
		) {
			kept(|| lanes::verify(&header, extrinsics));
		}

		fn begin() {
			kept(|| {
				if !System::inherents_applied() {
					Executive::inherents_applied();
				}
			});
		}

		fn apply_lane(input: LaneInput<<Block as BlockT>::Extrinsic>) -> LaneOutput {
			kept(|| pallet_lanes::apply_lane::<Runtime, _>(input, Executive::apply_extrinsic))
		}

		fn fold(outputs: Vec<LaneOutput>) -> Result<(), FoldError> {
			kept(|| pallet_lanes::fold::<Runtime>(&outputs))
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			crate::benchmarking::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			kept(|| crate::benchmarking::run(&config))
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(json: Vec<u8>) -> sp_genesis_builder::Result {
			genesis_builder_helper::build_state::<RuntimeGenesisConfig>(json)
		}

		fn get_preset(id: &Option<PresetId>) -> Option<Vec<u8>> {
			genesis_builder_helper::get_preset::<RuntimeGenesisConfig>(
				id,
				genesis_presets::get_preset,
			)
		}

		fn preset_names() -> Vec<PresetId> {
			genesis_presets::preset_names()
		}
	}
}
