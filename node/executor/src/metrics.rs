// SPDX-License-Identifier: Apache-2.0
//! What Prometheus is told of blocks that were executed.

use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, HistogramOpts, HistogramVec, Opts, PrometheusError,
	Registry, U64,
};

use crate::{engine::Fallback, report::Report};

/// Counts of blocks, lanes and times.
#[derive(Clone, Debug)]
pub struct Metrics {
	blocks: CounterVec<U64>,
	fallbacks: CounterVec<U64>,
	extrinsics: CounterVec<U64>,
	lanes: CounterVec<U64>,
	stages: HistogramVec,
	divergences: Counter<U64>,
	threads: Gauge<U64>,
}

impl Metrics {
	/// Registers them.
	///
	/// # Errors
	/// The registry has others of these names.
	pub fn register(registry: &Registry, threads: usize) -> Result<Self, PrometheusError> {
		let counters = |name, help, label| {
			register(CounterVec::new(Opts::new(name, help), &[label])?, registry)
		};
		let metrics = Self {
			blocks: counters(
				"unum_executor_blocks_total",
				"Blocks that were executed: in lanes, whole, or in the ordinary way",
				"way",
			)?,
			fallbacks: counters(
				"unum_executor_fallbacks_total",
				"Blocks that were left to the ordinary way, by cause",
				"cause",
			)?,
			extrinsics: counters(
				"unum_executor_extrinsics_total",
				"Extrinsics of blocks that were executed in lanes: apart, or in their turn",
				"place",
			)?,
			lanes: counters(
				"unum_executor_lanes_total",
				"Lanes: first runs, and runs again because another lane had changed what was read",
				"run",
			)?,
			stages: register(
				HistogramVec::new(
					HistogramOpts::new(
						"unum_executor_stage_seconds",
						"How long the stages of a block took",
					)
					.buckets(vec![0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]),
					&["stage"],
				)?,
				registry,
			)?,
			divergences: register(
				Counter::new(
					"unum_executor_divergences_total",
					"Blocks of which lanes made another one: a defect, after which lanes are switched off",
				)?,
				registry,
			)?,
			threads: register(
				Gauge::new("unum_executor_threads", "Threads that execute lanes")?,
				registry,
			)?,
		};
		metrics.threads.set(u64::try_from(threads).unwrap_or(u64::MAX));
		Ok(metrics)
	}

	pub(crate) fn note(&self, outcome: Result<&Report, &Fallback>) {
		match outcome {
			Ok(report) => {
				let way = if report.lanes == 0 { "whole" } else { "lanes" };
				self.blocks.with_label_values(&[way]).inc();
				let add = |counters: &CounterVec<U64>, label, count: usize| {
					let count = u64::try_from(count).unwrap_or(u64::MAX);
					counters.with_label_values(&[label]).inc_by(count);
				};
				if report.lanes > 0 {
					let apart = report.extrinsics.saturating_sub(report.in_place);
					add(&self.extrinsics, "apart", apart);
					add(&self.extrinsics, "in_turn", report.in_place);
					add(&self.lanes, "first", report.lanes);
					add(&self.lanes, "again", report.reexecuted);
				}
				for (stage, time) in report.stages.taken() {
					self.stages.with_label_values(&[stage]).observe(time.as_secs_f64());
				}
			},
			Err(cause) => {
				self.blocks.with_label_values(&["ordinary"]).inc();
				self.fallbacks.with_label_values(&[cause.name()]).inc();
			},
		}
	}

	pub(crate) fn note_divergence(&self) {
		self.divergences.inc();
	}
}
