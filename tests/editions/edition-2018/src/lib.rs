//! The attributes in edition 2018: `async`, no disjoint captures, no `TryFrom` in the prelude.

#[cfg(test)]
#[path = "../../blocks.rs"]
mod blocks;

#[cfg(test)]
#[path = "../../allocation.rs"]
mod allocation;
#[cfg(test)]
mod early_return;

#[cfg(test)]
#[path = "../../indexing.rs"]
mod indexing;

#[cfg(test)]
#[path = "../../observe.rs"]
mod observe;
#[cfg(test)]
#[path = "../../recursion.rs"]
mod recursion;

#[cfg(test)]
#[path = "../../judged.rs"]
mod judged;

#[cfg(test)]
#[path = "../../routes.rs"]
mod routes;

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    use portcullis::{bounded_recursion, bounded_steps, checked_arithmetic, deadline, zero_trust, Violation};

    #[checked_arithmetic]
    fn total(v: &[u8], by: u8) -> Result<u8, Violation> {
        let mut total = 0;
        v.iter().for_each(|x| total |= x);
        for x in [1_u8, 2].iter() {
            total += x;
        }
        Ok(total << by)
    }

    #[checked_arithmetic(or(panic))]
    #[allow(non_fmt_panics)]
    fn a_panic_whose_message_is_its_only_argument(x: u8) {
        let _ = x + 1;
        panic!("{}");
    }

    #[bounded_recursion(max = 3)]
    fn down(n: u32) -> Result<u32, Violation> {
        if n == 0 {
            return Ok(0);
        }
        Ok(down(n - 1)? + 1)
    }

    #[bounded_steps(max = n / 2)]
    #[deadline("1h")]
    async fn count(n: u32, text: String) -> Result<usize, Violation> {
        for _ in 0..4 {
            std::future::ready(()).await;
        }
        Ok(text.len())
    }

    #[test]
    fn steps() {
        assert_eq!(ready(count(8, "abc".to_owned())).unwrap(), 3);
        assert_eq!(ready(count(7, "abc".to_owned())).unwrap_err().code(), "steps");
    }

    #[zero_trust]
    async fn handler(#[check(range(min = 1, max = 60))] secs: i32) -> Result<i32, Violation> {
        Ok(std::future::ready(secs).await * 100_000_000)
    }

    fn ready<F: Future>(future: F) -> F::Output {
        let mut future: Pin<Box<F>> = Box::pin(future);
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("nothing here waits"),
        }
    }

    #[test]
    fn arithmetic() {
        assert_eq!(total(&[4], 1).unwrap(), 14);
        assert_eq!(total(&[255], 1).unwrap_err().internal().operator(), Some("+="));
        assert_eq!(total(&[4], 8).unwrap_err().internal().operator(), Some("<<"));
    }

    #[test]
    fn message_of_a_panic() {
        let payload = std::panic::catch_unwind(|| a_panic_whose_message_is_its_only_argument(1)).unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"{}"));
    }

    #[test]
    fn recursion() {
        assert_eq!(down(2).unwrap(), 2);
        assert_eq!(down(3).unwrap_err().code(), "recursion.depth");
        assert_eq!(down(2).unwrap(), 2);
    }

    #[test]
    fn everything() {
        assert_eq!(ready(handler(2)).unwrap(), 200_000_000);
        assert_eq!(ready(handler(0)).unwrap_err().code(), "input.range");
        assert_eq!(ready(handler(60)).unwrap_err().code(), "arithmetic.overflow");
    }
}
