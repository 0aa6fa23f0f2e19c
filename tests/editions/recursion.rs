//! What an `async fn` becomes keeps what it captures, which before edition 2024 an `impl Future` would not by itself.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use portcullis::{bounded_recursion, zero_trust, RecursionGroup, Violation};

portcullis::recursion_group!(pub(crate) GROUP);

struct Named<'a>(&'a str);

struct Server {
    name: String,
    calls: u32,
}

impl Server {
    #[bounded_recursion(max = 3, group = GROUP, key = self.name)]
    async fn several<'a>(
        &mut self,
        one: &str,
        other: &mut Vec<&'a str>,
        named: Named<'a>,
        left: u32,
    ) -> Result<&'a str, Violation> {
        self.calls += 1;
        other.push(named.0);
        if left == 0 {
            return Ok(named.0);
        }
        let again: Pin<Box<dyn Future<Output = _> + '_>> = Box::pin(self.several(one, other, named, left - 1));
        again.await
    }

    #[bounded_recursion(max = 3, group = GROUP)]
    async fn hidden(&self, named: Named<'_>, shown: impl Fn(&str) -> bool) -> Result<bool, Violation> {
        Ok(shown(named.0) && shown(&self.name))
    }

    #[zero_trust(bounded_recursion(max = 3))]
    async fn elided(&self, #[check(range(max = 9))] left: u32) -> Result<&str, Violation> {
        if left == 0 {
            Ok(&self.name)
        } else {
            Box::pin(self.elided(left - 1)).await
        }
    }
}

#[bounded_recursion(max = 2, or(panic))]
async unsafe fn read(at: *const u8) -> u8 {
    unsafe fn same(at: *const u8) -> *const u8 {
        at
    }
    *same(at)
}

#[bounded_recursion(max = 2, group = GROUP)]
fn boxed(left: u32) -> Pin<Box<dyn Future<Output = Result<u32, Violation>> + Send>> {
    Box::pin(async move {
        if left == 0 {
            Ok(GROUP.with(RecursionGroup::depth))
        } else {
            boxed(left - 1).await
        }
    })
}

#[bounded_recursion(mode = both, max = 4, group = GROUP)]
fn down(left: u32) -> Result<u32, Violation> {
    if left == 0 {
        Ok(GROUP.with(RecursionGroup::depth))
    } else {
        down(left - 1)
    }
}

#[bounded_recursion(mode = stack, or(return None))]
fn below(left: Option<u32>) -> Option<u32> {
    below(left?.checked_sub(1)).or(left)
}

fn ready<F: Future>(future: F) -> F::Output {
    let mut future: Pin<Box<F>> = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

#[test]
fn lifetimes() {
    let mut server = Server { name: String::from("s"), calls: 0 };
    let text = String::from("n");
    let mut seen = Vec::new();
    {
        let short = String::from("one");
        assert_eq!(ready(server.several(&short, &mut seen, Named(&text), 2)).unwrap(), "n");
        let refused = ready(server.several(&short, &mut seen, Named(&text), 3)).unwrap_err();
        assert_eq!(refused.internal().key(), Some("s"));
    }
    assert_eq!((server.calls, seen.len()), (6, 6));
    assert!(ready(server.hidden(Named(&text), |text| text.len() == 1)).unwrap());
    assert_eq!(ready(server.elided(2)).unwrap(), "s");
    assert_eq!(ready(server.elided(3)).unwrap_err().code(), "recursion.depth");
    assert_eq!(ready(server.elided(10)).unwrap_err().code(), "input.range");
}

#[test]
fn others() {
    assert_eq!(unsafe { ready(read(&7)) }, 7);
    assert_eq!(ready(boxed(1)).unwrap(), 2);
    assert_eq!(ready(boxed(2)).unwrap_err().code(), "recursion.depth");
    assert_eq!(down(3).unwrap(), 4);
    assert_eq!(down(4).unwrap_err().code(), "recursion.depth");
    assert_eq!(below(Some(9)), Some(0));
}

/// What a branch makes at its end is dropped in the call, whose depth counts: in each edition.
#[test]
fn a_branch_drops_what_it_makes_at_its_end() {
    struct Again(u32);

    impl Again {
        fn number(&self) -> u32 {
            self.0
        }
    }

    impl Drop for Again {
        fn drop(&mut self) {
            let _ = fails_to_end(self.0);
        }
    }

    #[bounded_recursion(max = 20, or(return 7))]
    fn fails_to_end(n: u32) -> u32 {
        if n == 0 {
            0
        } else {
            Again(n).number()
        }
    }

    #[bounded_recursion(max = 20, or(return 7))]
    fn the_other_way(n: u32) -> u32 {
        if n != 0 {
            Then(n).0
        } else {
            0
        }
    }

    struct Then(u32);

    impl Drop for Then {
        fn drop(&mut self) {
            let _ = the_other_way(self.0);
        }
    }

    assert_eq!(fails_to_end(1), 1);
    assert_eq!(the_other_way(1), 1);
}
