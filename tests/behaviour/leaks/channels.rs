//! Channels with no reader, with no writer, or full; ends that wait for ever.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use portcullis::testing::Clock;
use portcullis::{Kind, Receiver, SendError, Sender, Violation, channel, deadline, live_messages};

use super::{alone, runtime};
use crate::common::{code, poll, run};

#[test]
fn nobody_reads() {
    let _alone = alone();
    // The plain form takes everything.
    let (plain, unread) = tokio::sync::mpsc::unbounded_channel();
    for message in 0..100_000 {
        plain.send(message).unwrap();
    }
    assert_eq!(unread.len(), 100_000);

    let (sender, receiver) = channel(16);
    let sent: Vec<_> = (0..100_000).map(|message| run(sender.send(message))).collect();
    assert_eq!(sent.iter().filter(|sent| sent.is_ok()).count(), 16);
    let refused = sent.into_iter().nth(16).unwrap().unwrap_err();
    assert_eq!((refused.message, refused.violation.code(), refused.violation.kind()), (16, "busy", Kind::Busy));
    assert!(refused.violation.internal().to_string().starts_with("busy: all 16 are taken at "));
    assert_eq!(refused.violation.internal().location().unwrap().file(), file!());
    assert_eq!((sender.waiting(), receiver.waiting(), sender.max(), live_messages()), (16, 16, 16, 16));
    drop(receiver);
    assert_eq!(live_messages(), 0);
}

#[test]
fn the_reader_is_gone() {
    let _alone = alone();
    let (sender, receiver) = channel(16);
    run(sender.send(1)).unwrap();
    drop(receiver);
    for refused in [run(sender.send(2)), sender.try_send(2)] {
        let SendError { message, violation } = refused.unwrap_err();
        assert_eq!((message, violation.code(), violation.kind()), (2, "channel.closed", Kind::Closed));
        assert!(violation.internal().to_string().starts_with("channel.closed: no reader at "));
    }
    assert_eq!(live_messages(), 0);
}

#[test]
fn the_writers_are_gone() {
    let _alone = alone();
    let (sender, mut receiver) = channel(16);
    let other = sender.clone();
    assert_eq!(receiver.try_recv().unwrap(), None::<u32>);
    run(sender.send(1)).unwrap();
    run(other.send(2)).unwrap();
    drop((sender, other));
    assert_eq!((run(receiver.recv()).unwrap(), receiver.try_recv().unwrap()), (1, Some(2)));
    let refused = run(receiver.recv()).unwrap_err();
    assert_eq!((refused.code(), refused.internal().location().unwrap().file()), ("channel.closed", file!()));
    assert!(refused.internal().to_string().starts_with("channel.closed: no writer at "));
    assert_eq!(code(receiver.try_recv()), "channel.closed");
    assert_eq!(live_messages(), 0);
}

/// Of the plain form nobody would ever come back; a request that is past its deadline does.
#[test]
fn a_reader_that_is_its_own_only_writer() {
    let _alone = alone();
    let (plain, mut unwritten) = tokio::sync::mpsc::unbounded_channel::<u32>();
    assert!(poll(pin!(unwritten.recv()).as_mut()).is_pending());
    drop(plain);

    #[deadline("2s")]
    async fn read(receiver: &mut Receiver<u32>) -> Result<u32, Violation> {
        receiver.recv().await
    }
    #[deadline("2s")]
    async fn write(sender: &Sender<u32>, message: u32) -> Result<(), Violation> {
        Ok(sender.send(message).await?)
    }
    let (sender, mut receiver) = channel(1);
    let clock = Clock::new();
    clock.hold(|| {
        let mut reading = pin!(read(&mut receiver));
        assert!(poll(reading.as_mut()).is_pending());
        clock.advance(Duration::from_millis(1_999));
        assert!(poll(reading.as_mut()).is_pending());
        clock.advance(Duration::from_millis(1));
        let Poll::Ready(refused) = poll(reading.as_mut()) else { panic!("it waits on") };
        assert_eq!(code(refused), "deadline");
    });
    clock.hold(|| {
        run(write(&sender, 1)).unwrap();
        let mut writing = pin!(write(&sender, 2));
        assert!(poll(writing.as_mut()).is_pending());
        clock.advance(Duration::from_secs(3));
        let Poll::Ready(refused) = poll(writing.as_mut()) else { panic!("it waits on") };
        assert_eq!(code(refused), "deadline");
    });
    // Room in time.
    clock.hold(|| {
        let mut writing = pin!(write(&sender, 3));
        assert!(poll(writing.as_mut()).is_pending());
        assert_eq!(run(receiver.recv()).unwrap(), 1);
        assert!(matches!(poll(writing.as_mut()), Poll::Ready(Ok(()))));
    });
    assert_eq!((run(receiver.recv()).unwrap(), clock.alarms(), live_messages()), (3, 0, 0));
}

/// A task that has left its request: nobody drops it at the deadline, which it knows all the same.
#[test]
fn a_task_knows_the_deadline_of_its_request() {
    let _alone = alone();
    let clock = Clock::new();
    let (sender, receiver) = channel(1);
    sender.try_send(0).unwrap();

    #[deadline("2s")]
    async fn leave(
        sender: Sender<u32>,
    ) -> Result<impl Future<Output = Result<(), SendError<u32>>> + Send + 'static, Violation> {
        Ok(portcullis::carry(async move { sender.send(1).await }))
    }
    let mut task = Box::pin(clock.hold(|| run(leave(sender))).unwrap());
    assert!(poll(task.as_mut()).is_pending());
    clock.advance(Duration::from_secs(2));
    let Poll::Ready(Err(refused)) = poll(task.as_mut()) else { panic!("it waits on") };
    assert_eq!((refused.message, refused.violation.code()), (1, "deadline"));
    drop(receiver);
    drop(task);
    assert_eq!((clock.alarms(), live_messages()), (0, 0));
}

/// Sizes that tokio would panic at.
#[test]
fn sizes() {
    let _alone = alone();
    let (none, _read) = channel(0);
    assert!(none.try_send(1).is_ok() && none.try_send(2).is_err());
    let (most, _read) = channel::<u32>(usize::MAX);
    most.try_send(1).unwrap();
}

/// Under a runtime, with many of both.
#[test]
fn nothing_is_lost() {
    let _alone = alone();
    runtime().block_on(async {
        let (sender, mut receiver) = channel(4);
        let writers: Vec<_> = (0..10_u64)
            .map(|writer| {
                let sender = sender.clone();
                portcullis::spawn(async move {
                    for message in 0..50 {
                        while sender.send(writer * 50 + message).await.is_err() {
                            tokio::task::yield_now().await;
                        }
                    }
                })
            })
            .collect();
        drop(sender);
        let mut sum = 0;
        while let Ok(message) = receiver.recv().await {
            sum += message;
        }
        assert_eq!(sum, (0..500).sum::<u64>());
        for writer in writers {
            writer.await.unwrap();
        }
    });
    assert_eq!((live_messages(), portcullis::live_tasks()), (0, 0));
}
