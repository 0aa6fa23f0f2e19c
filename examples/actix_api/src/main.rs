//! A small order API on actix-web. Without arguments: the server, a client, and the transcript of what they say to each other.

mod api;
mod session;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use actix_web::rt::System;
use actix_web::rt::task::spawn_blocking;
use actix_web::web::Data;
use actix_web::{App, HttpServer, rt};

use crate::api::Shop;

/// The system chooses the port.
const ANYWHERE: &str = "127.0.0.1:0";

type Ended = Result<ExitCode, Box<dyn Error + Send + Sync>>;

fn main() -> Ended {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => System::new().block_on(run(ANYWHERE, true)),
        ["serve"] => System::new().block_on(run(ANYWHERE, false)),
        ["serve", address] => System::new().block_on(run(address, false)),
        _ => Err("usage: actix-api [serve [ADDRESS]]".into()),
    }
}

/// Serves for the length of a session, or until the process is ended: then its address is the first line that it prints.
async fn run(address: &str, play: bool) -> Ended {
    let shop = Data::new(Shop::default());
    let server = HttpServer::new(move || App::new().app_data(shop.clone()).configure(api::configure));
    let server = server.workers(2).bind(address)?;
    let base = server.addrs().first().map(|address| format!("http://{address}")).ok_or("no address")?;
    let running = server.run();
    if !play {
        writeln!(std::io::stdout(), "{base}")?;
        running.await?;
        return Ok(ExitCode::SUCCESS);
    }
    let server = running.handle();
    rt::spawn(running);
    let ended = spawn_blocking(move || session::play(&base, &mut std::io::stdout())).await?;
    server.stop(true).await;
    ended
}
