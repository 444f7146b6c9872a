// SPDX-License-Identifier: Apache-2.0
//! A picture of a report.

use std::path::Path;

use plotters::prelude::SVGBackend;
use plotters::{
	chart::ChartBuilder,
	drawing::{DrawingAreaErrorKind, IntoDrawingArea},
	element::Rectangle,
	style::{Color, Palette, Palette99, BLACK, WHITE},
};

use crate::throughput::Row;

/// The picture could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("the plot could not be written: {0}")]
pub struct PlotError(String);

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PlotError {
	fn from(cause: DrawingAreaErrorKind<E>) -> Self {
		Self(cause.to_string())
	}
}

/// Transactions per second, by workload: a group of bars for each, and a bar for each way.
pub(crate) fn draw(rows: &[Row], path: &Path) -> Result<(), PlotError> {
	let mut groups: Vec<&str> = rows.iter().map(|row| row.workload.as_str()).collect();
	groups.dedup();
	let mut ways: Vec<String> = Vec::new();
	for way in rows.iter().map(Row::way) {
		if !ways.contains(&way) {
			ways.push(way);
		}
	}
	let most = rows.iter().map(|row| row.transactions_per_second).fold(1.0, f64::max);
	let area = SVGBackend::new(path, (160 + 140 * size(groups.len()), 480)).into_drawing_area();
	area.fill(&WHITE)?;
	let groups_end = groups.len() as f64;
	let mut chart = ChartBuilder::on(&area)
		.caption("Transactions executed per second", ("sans-serif", 22))
		.margin(12)
		.x_label_area_size(36)
		.y_label_area_size(72)
		.build_cartesian_2d(0.0..groups_end, 0.0..most * 1.15)?;
	let name = |x: &f64| groups.get(*x as usize).map_or_else(String::new, |name| (*name).into());
	chart
		.configure_mesh()
		.disable_x_mesh()
		.x_labels(groups.len())
		.x_label_offset(50)
		.x_label_formatter(&name)
		.y_label_formatter(&|y| format!("{y:.0}"))
		.draw()?;
	let width = 0.8 / ways.len().max(1) as f64;
	for (position, way) in ways.iter().enumerate() {
		let colour = Palette99::pick(position).mix(0.85);
		let bars = rows.iter().filter(|row| row.way() == *way).filter_map(|row| {
			let group = groups.iter().position(|name| *name == row.workload)?;
			let left = group as f64 + 0.1 + width * position as f64;
			let corners = [(left, 0.0), (left + width * 0.92, row.transactions_per_second)];
			Some(Rectangle::new(corners, colour.filled()))
		});
		chart
			.draw_series(bars)?
			.label(way)
			.legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 12, y + 5)], colour.filled()));
	}
	chart.configure_series_labels().background_style(WHITE.mix(0.8)).border_style(BLACK).draw()?;
	area.present()?;
	Ok(())
}

fn size(groups: usize) -> u32 {
	u32::try_from(groups).unwrap_or(1)
}
