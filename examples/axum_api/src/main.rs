//! A small booking API on axum. Without arguments: the server, a client, and the transcript of what they say to each other.

mod session;

use std::error::Error;
use std::future::IntoFuture as _;
use std::io::Write as _;
use std::process::ExitCode;

use axum_api::api;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The system chooses the port.
const ANYWHERE: &str = "127.0.0.1:0";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => play(),
        ["serve"] => serve(ANYWHERE),
        ["serve", address] => serve(address),
        _ => Err("usage: axum-api [serve [ADDRESS]]".into()),
    }
}

/// Until the process is ended. Its address is the first line that it prints.
fn serve(address: &str) -> Result<ExitCode, Box<dyn Error>> {
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(address).await?;
        writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
        axum::serve(listener, api::router()).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn play() -> Result<ExitCode, Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind(ANYWHERE))?;
    let base = format!("http://{}", listener.local_addr()?);
    runtime.spawn(axum::serve(listener, api::router()).into_future());
    session::play(&base, &mut std::io::stdout())
}
