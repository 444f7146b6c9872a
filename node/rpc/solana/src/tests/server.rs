// SPDX-License-Identifier: Apache-2.0
//! What stands between the methods and the wire.

use std::net::{SocketAddr, TcpListener};

use serde_json::{json, Value};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
};

use super::double::Setup;
use crate::{Listening, Server};

fn socket() -> TcpListener {
	TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap()
}

fn start(setup: &Setup, origins: Option<&[String]>) -> Server {
	let listening = Listening { http: socket(), websocket: socket() };
	Server::start(listening, origins, &setup.chain, &setup.module).unwrap()
}

/// Sends a request and reads the answer to its end.
async fn exchange(to: SocketAddr, head: &str, body: &str) -> String {
	let mut stream = TcpStream::connect(to).await.unwrap();
	let request = format!(
		"{head}\r\nhost: {to}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
		body.len()
	);
	stream.write_all(request.as_bytes()).await.unwrap();
	let mut answer = String::new();
	stream.read_to_string(&mut answer).await.unwrap();
	answer
}

fn body(answer: &str) -> &str {
	answer.split_once("\r\n\r\n").unwrap().1
}

const POST: &str = "POST / HTTP/1.1\r\ncontent-type: application/json";

#[tokio::test]
async fn requests_and_batches_are_answered() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let one = r#"{"jsonrpc":"2.0","id":"a","method":"getHealth"}"#;
	let answer = exchange(server.http(), POST, one).await;
	assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
	assert_eq!(body(&answer), r#"{"jsonrpc":"2.0","id":"a","result":"ok"}"#);
	let answer = exchange(server.http(), POST, &format!("[{one},{one}]")).await;
	let answers: Value = serde_json::from_str(body(&answer)).unwrap();
	assert_eq!(answers.as_array().unwrap().len(), 2);
	let answer = exchange(server.http(), POST, "{").await;
	assert!(body(&answer).contains("-32700"), "{answer}");
	let large = format!(
		r#"{{"jsonrpc":"2.0","id":1,"method":"getHealth","params":["{}"]}}"#,
		"x".repeat(60_000)
	);
	let answer = exchange(server.http(), POST, &large).await;
	assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_batch_has_as_many_requests_as_fit() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let one = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;
	let batch = format!("[{}]", vec![one; 1_000].join(","));
	let answer = exchange(server.http(), POST, &batch).await;
	let answers: Vec<Value> = serde_json::from_str(body(&answer)).unwrap();
	assert_eq!(answers.len(), 1_000);
	assert!(answers.iter().all(|answer| answer["result"] == "ok"));
}

#[tokio::test]
async fn a_request_whose_id_is_none_is_invalid() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let invalid = json!({
		"jsonrpc": "2.0", "id": null, "error": { "code": -32_600, "message": "Invalid request" },
	});
	let request = |id: Value| json!({ "jsonrpc": "2.0", "id": id, "method": "getHealth" });
	let ask = async |request: &Value| -> Value {
		let answer = exchange(server.http(), POST, &request.to_string()).await;
		serde_json::from_str(body(&answer)).unwrap()
	};
	for id in [json!(-1), json!(1.5), json!(true), json!([1]), json!({})] {
		assert_eq!(ask(&request(id)).await, invalid);
	}
	let ok = json!({ "jsonrpc": "2.0", "id": 7, "result": "ok" });
	let answers = ask(&json!([request(json!(7)), request(json!(-1))])).await;
	assert_eq!(answers, json!([ok, invalid]));
	assert_eq!(ask(&json!([request(json!(true))])).await, json!([invalid]));
	assert_eq!(ask(&request(json!(7))).await, ok);
}

#[tokio::test]
async fn health_is_told_to_who_gets_it() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let get = "GET /health HTTP/1.1";
	assert_eq!(body(&exchange(server.http(), get, "").await), "ok");
	*setup.chain.behind.lock() = Some(300);
	assert_eq!(body(&exchange(server.http(), get, "").await), "behind { distance: 300 }");
	assert!(exchange(server.http(), "GET / HTTP/1.1", "").await.starts_with("HTTP/1.1 405"));
}

#[tokio::test]
async fn browsers_may_come_from_where_they_are_let() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let ask = |origin: &str| {
		format!(
			"OPTIONS / HTTP/1.1\r\norigin: {origin}\r\naccess-control-request-method: POST\r\n\
			 access-control-request-headers: content-type,solana-client"
		)
	};
	let allowed = "access-control-allow-origin";
	let answer = exchange(server.http(), &ask("https://wallet.example"), "").await;
	assert!(
		answer.contains(allowed) && answer.contains("access-control-allow-headers"),
		"{answer}"
	);

	let server = start(&setup, Some(&["https://wallet.example".into()]));
	let answer = exchange(server.http(), &ask("https://wallet.example"), "").await;
	assert!(answer.contains(&format!("{allowed}: https://wallet.example")), "{answer}");
	let answer = exchange(server.http(), &ask("https://other.example"), "").await;
	assert!(!answer.contains(allowed), "{answer}");
}

#[tokio::test]
async fn a_server_that_is_dropped_listens_no_more() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let (http, websocket) = (server.http(), server.websocket());
	assert_ne!(http, websocket);
	drop(server);
	for address in [http, websocket] {
		for _ in 0..1_000 {
			if TcpStream::connect(address).await.is_err() {
				break;
			}
			tokio::task::yield_now().await;
		}
		assert!(TcpStream::connect(address).await.is_err());
	}
}

/// A websocket, as far as these tests need one.
struct Websocket(TcpStream);

impl Websocket {
	async fn connect(to: SocketAddr) -> Self {
		let mut stream = TcpStream::connect(to).await.unwrap();
		let request = format!(
			"GET / HTTP/1.1\r\nhost: {to}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
			 sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
		);
		stream.write_all(request.as_bytes()).await.unwrap();
		let mut head = Vec::new();
		while !head.ends_with(b"\r\n\r\n") {
			head.push(stream.read_u8().await.unwrap());
		}
		assert!(head.starts_with(b"HTTP/1.1 101"));
		Self(stream)
	}

	async fn send(&mut self, text: &str) {
		// A frame of text, masked with zeros.
		let mut frame = vec![0x81, 0x80 | 126];
		frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
		frame.extend([0; 4]);
		frame.extend(text.as_bytes());
		self.0.write_all(&frame).await.unwrap();
	}

	/// The next text; the server asks now and then whether anybody is there, which is no text.
	async fn receive(&mut self) -> Value {
		loop {
			let kind = self.0.read_u8().await.unwrap();
			let length = match self.0.read_u8().await.unwrap() {
				126 => self.0.read_u16().await.unwrap().into(),
				short => usize::from(short),
			};
			let mut content = vec![0; length];
			self.0.read_exact(&mut content).await.unwrap();
			if kind == 0x81 {
				return serde_json::from_slice(&content).unwrap();
			}
		}
	}
}

#[tokio::test]
async fn subscriptions_have_numbers_and_end_when_they_are_cancelled() {
	let setup = Setup::new();
	let server = start(&setup, None);
	let mut socket = Websocket::connect(server.websocket()).await;
	socket.send(r#"{"jsonrpc":"2.0","id":1,"method":"slotSubscribe"}"#).await;
	let id = socket.receive().await["result"].as_u64().unwrap();
	// What some clients send to keep the connection open has no answer.
	socket.send(r#"{"jsonrpc":"2.0","method":"ping"}"#).await;
	setup.import(vec![]);
	let expected = json!({
		"jsonrpc": "2.0",
		"method": "slotNotification",
		"params": { "result": { "slot": 1, "parent": 0, "root": 0 }, "subscription": id },
	});
	assert_eq!(socket.receive().await, expected);
	let cancel = json!({ "jsonrpc": "2.0", "id": 2, "method": "slotUnsubscribe", "params": [id] });
	socket.send(&cancel.to_string()).await;
	assert_eq!(socket.receive().await, json!({ "jsonrpc": "2.0", "id": 2, "result": true }));
	setup.import(vec![]);
	socket.send(r#"{"jsonrpc":"2.0","id":3,"method":"getSlot"}"#).await;
	assert_eq!(socket.receive().await, json!({ "jsonrpc": "2.0", "id": 3, "result": 0 }));
	// It is over, and nobody can end it again.
	socket.send(&cancel.to_string()).await;
	let error = json!({ "code": -32_602, "message": "Invalid subscription id." });
	assert_eq!(socket.receive().await, json!({ "jsonrpc": "2.0", "id": 2, "error": error }));
}
