// SPDX-License-Identifier: Apache-2.0
//! The methods, asked as a client asks them, over a chain that the test makes up.

mod calls;
mod double;
mod fees;
mod filters;
mod methods;
mod params;
mod pool;
mod simulation;
mod subscriptions;
mod vectors;
