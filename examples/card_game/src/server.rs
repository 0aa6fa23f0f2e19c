//! The server: one task a connection, players' state shared by all.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use portcullis::incident::Reports;
use portcullis::{FromViolation as _, Violation};
use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;

use crate::game::World;
use crate::wire::{self, Reply, Request};
use crate::{protected, unprotected};

/// The same on every machine, so that the drill is. Their stacks have tokio's own default size.
const WORKERS: usize = 4;
#[derive(Clone, Copy, Debug)]
pub(crate) enum Twin {
    Protected,
    Unprotected,
}

/// To what the twin without protection may take before the kernel says no.
pub(crate) enum Confined {
    /// Bytes of addresses.
    Addresses(u64),
    /// What a control group has as its limit.
    Group(PathBuf),
}

pub(crate) struct Settings {
    pub(crate) twin: Twin,
    pub(crate) addr: SocketAddr,
    pub(crate) confined: Confined,
    /// Where reports are written when memory becomes critical.
    pub(crate) incidents: Option<PathBuf>,
    /// Grows by one byte for each call of `idle_pool`.
    pub(crate) calls: Option<File>,
    /// Whether to stop when standard input ends, and so never to outlive whoever holds its other end.
    pub(crate) with_parent: bool,
}

/// Serves until the process is ended, or with its parent.
pub(crate) fn serve(settings: Settings) -> anyhow::Result<()> {
    // Before there is a second thread: the limits are the process's.
    settings.confined.now()?;
    // Until the server ends.
    let _reports = settings.incidents.clone().map(|folder| Reports::into(folder).start()).transpose()?;
    Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build()?.block_on(run(settings))
}

impl Confined {
    fn now(&self) -> anyhow::Result<()> {
        let at_most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
        match self {
            Self::Addresses(bytes) => {
                setrlimit(Resource::As, at_most(*bytes)).context("cannot limit the address space")?;
            }
            Self::Group(folder) => std::fs::write(folder.join("cgroup.procs"), std::process::id().to_string())
                .with_context(|| format!("cannot go into the control group {}", folder.display()))?,
        }
        // The twin's death is expected: no core file of it.
        setrlimit(Resource::Core, at_most(0)).context("cannot forbid core files")
    }
}

async fn run(Settings { twin, addr, calls, with_parent, .. }: Settings) -> anyhow::Result<()> {
    let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot listen on {addr}"))?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    let world = Arc::new(World::new(calls));
    let accepting = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(converse(stream, Session::new(twin, Arc::clone(&world))));
                }
                // Out of file descriptors, most likely: it passes when a client leaves.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    let parent_left = async {
        if with_parent {
            tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await
        } else {
            std::future::pending().await
        }
    };
    tokio::select! {
        () = accepting => {}
        end = parent_left => drop(end?),
    }
    Ok(())
}

/// One reply for each frame, in order. A client that breaks the framing itself is left.
async fn converse(stream: TcpStream, mut session: Session) {
    // Small frames that each wait for their answer; a failure costs only speed.
    let _ = stream.set_nodelay(true);
    let mut frames = wire::frames(stream);
    while let Some(Ok(frame)) = frames.next().await {
        let reply = match postcard::from_bytes(&frame) {
            Ok(request) => session.answer(request).await,
            Err(_) => Reply::from_violation(Violation::field("request", "postcard", "is not a request")),
        };
        let Ok(bytes) = wire::encode(&reply) else { return };
        if frames.send(bytes).await.is_err() {
            return;
        }
    }
}

/// The twins' sessions: of the same source, and of different types.
enum Session {
    Protected(protected::handlers::Session),
    Unprotected(unprotected::handlers::Session),
}

impl Session {
    fn new(twin: Twin, world: Arc<World>) -> Self {
        match twin {
            Twin::Protected => Self::Protected(protected::handlers::Session::new(world)),
            Twin::Unprotected => Self::Unprotected(unprotected::handlers::Session::new(world)),
        }
    }

    async fn answer(&mut self, request: Request) -> Reply {
        match self {
            Self::Protected(session) => session.answer(request).await,
            Self::Unprotected(session) => session.answer(request).await,
        }
    }
}
