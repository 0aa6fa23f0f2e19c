//! A small bank on tonic. Without arguments: the server, a client, and the transcript of what they say to each other.

mod bank;
mod server;
mod session;
mod wire;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use crate::bank::Vault;
use crate::server::BankServer;

/// The system chooses the port.
const ANYWHERE: &str = "127.0.0.1:0";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => Runtime::new()?.block_on(play()),
        ["serve"] => Runtime::new()?.block_on(serve(ANYWHERE)),
        ["serve", address] => Runtime::new()?.block_on(serve(address)),
        _ => Err("usage: tonic-service [serve [ADDRESS]]".into()),
    }
}

async fn run(listener: TcpListener) -> Result<(), tonic::transport::Error> {
    let service = BankServer(Vault::default());
    Server::builder().add_service(service).serve_with_incoming(TcpIncoming::from(listener)).await
}

/// Until the process is ended. Its address is the first line that it prints.
async fn serve(address: &str) -> Result<ExitCode, Box<dyn Error>> {
    let listener = TcpListener::bind(address).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    run(listener).await?;
    Ok(ExitCode::SUCCESS)
}

async fn play() -> Result<ExitCode, Box<dyn Error>> {
    let listener = TcpListener::bind(ANYWHERE).await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(run(listener));
    session::play(base, &mut std::io::stdout()).await
}
