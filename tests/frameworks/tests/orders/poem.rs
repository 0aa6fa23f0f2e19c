//! poem's `handler`, which makes a type of the function.

use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::{Json, Path};
use poem::{Route, Server, handler, post};
use portcullis::{Violation, zero_trust};
use portcullis_frameworks::{Order, secret_panic, start};

use crate::assert_works;

#[zero_trust]
#[handler]
async fn ours_above(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[handler]
#[zero_trust]
async fn ours_below(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[zero_trust]
#[handler]
fn plain_above(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

#[handler]
#[zero_trust]
fn plain_below(
    #[check(secs(range(min = 1, max = 86_400)))] Path(secs): Path<u32>,
    Json(order): Json<Order>,
) -> Result<String, Violation> {
    Ok((secret_panic(secs) * 50_000 + order.lines.len() as u32).to_string())
}

fn serve(listens: &Sender<u16>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let app = Route::new()
            .at("/ours_above/:secs", post(ours_above))
            .at("/ours_below/:secs", post(ours_below))
            .at("/plain_above/:secs", post(plain_above))
            .at("/plain_below/:secs", post(plain_below));
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = acceptor.local_addr().pop().unwrap();
        listens.send(address.as_socket_addr().unwrap().port()).unwrap();
        Server::new_with_acceptor(acceptor).run(app).await.unwrap();
    });
}

static BASE: LazyLock<String> = LazyLock::new(|| start(serve));

#[test]
fn ours_may_stand_above() {
    assert_works(&BASE, "ours_above");
}

#[test]
fn ours_may_stand_below() {
    assert_works(&BASE, "ours_below");
}

#[test]
fn a_function_that_is_not_async_may_have_either_order() {
    assert_works(&BASE, "plain_above");
    assert_works(&BASE, "plain_below");
}
