// SPDX-License-Identifier: Apache-2.0
//! Checks the addresses to listen on before anything else is done.
//!
//! The SDK takes a random port where the one that was asked for is taken: a user then talks to
//! whatever else listens there, and believes it to be this node.

use std::{
	io,
	net::{SocketAddr, TcpListener},
};

use sc_service::{config::RpcEndpoint, Configuration};

use crate::errors::ListenError;

/// Makes sure that the RPC server gets the port it asks for, and that metrics do if the user has
/// named one.
pub(crate) fn claim(
	config: &mut Configuration,
	is_prometheus_port_chosen: bool,
) -> Result<(), ListenError> {
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		claim_rpc(endpoint)?;
	}
	claim_prometheus(config, is_prometheus_port_chosen)
}

fn claim_rpc(endpoint: &mut RpcEndpoint) -> Result<(), ListenError> {
	endpoint.retry_random_port = false;
	if endpoint.is_optional {
		return Ok(());
	}
	can_listen("the RPC server", endpoint.listen_addr, "--rpc-port")
}

/// Nobody looks for metrics on a port that was not chosen: a second node on this machine may do
/// without.
fn claim_prometheus(config: &mut Configuration, is_chosen: bool) -> Result<(), ListenError> {
	let Some(address) = config.prometheus_config.as_ref().map(|prometheus| prometheus.port) else {
		return Ok(());
	};
	match can_listen("the metrics server", address, "--prometheus-port") {
		Err(error) if !is_chosen => {
			log::warn!("No metrics: {error}");
			config.prometheus_config = None;
			Ok(())
		},
		result => result,
	}
}

fn can_listen(
	service: &'static str,
	address: SocketAddr,
	option: &'static str,
) -> Result<(), ListenError> {
	bind(service, address, option).map(drop)
}

/// Listens, on a port that the user can choose by an option.
pub(crate) fn bind(
	service: &'static str,
	address: SocketAddr,
	option: &'static str,
) -> Result<TcpListener, ListenError> {
	match TcpListener::bind(address) {
		Ok(listener) => Ok(listener),
		Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
			Err(ListenError::Taken { service, address, option })
		},
		Err(cause) => Err(ListenError::Refused { service, address, cause, option }),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_taken_port_is_an_error_and_a_free_one_is_not() {
		let any = SocketAddr::from(([127, 0, 0, 1], 0));
		assert!(can_listen("test", any, "--port").is_ok());

		let other = TcpListener::bind(any).and_then(|listener| {
			let address = listener.local_addr()?;
			Ok((listener, address))
		});
		let Ok((listener, address)) = other else { panic!("no port at all: {other:?}") };
		assert!(matches!(can_listen("test", address, "--port"), Err(ListenError::Taken { .. })));
		drop(listener);
		assert!(can_listen("test", address, "--port").is_ok());
	}

	#[test]
	fn an_address_of_another_machine_is_refused() {
		let elsewhere = SocketAddr::from(([192, 0, 2, 1], 9944));
		let result = can_listen("test", elsewhere, "--port");
		assert!(matches!(result, Err(ListenError::Refused { .. })), "{result:?}");
	}
}
