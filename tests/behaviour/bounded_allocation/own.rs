//! Methods and functions of the same names that are somebody else's.

use std::fmt::Display;

use futures_util::StreamExt as _;
use tokio::io::AsyncReadExt as _;

use crate::common::run;

/// None of these asks for memory, and no argument is a count.
#[derive(Clone, Debug, Default, PartialEq)]
struct Own {
    log: Vec<String>,
}

impl Own {
    fn with_capacity(text: &str) -> Self {
        Self { log: vec![text.to_owned()] }
    }
    fn reserve(&mut self, what: impl Display) -> &mut Self {
        self.log.push(format!("reserve {what}"));
        self
    }
    fn resize(mut self, to: &str, by: impl Fn(u8) -> u8) -> Self {
        self.log.push(format!("resize {to} {}", by(1)));
        self
    }
    fn repeat(&self, times: &[u8]) -> &str {
        &self.log[times.len() - 1]
    }
    fn collect(&self) -> &Vec<String> {
        &self.log
    }
    fn extend(&mut self, with: &'static str) -> &mut Self {
        self.log.push(format!("extend {with}"));
        self
    }
    fn read_to_string(&self, path: &str) -> String {
        format!("{path} of {}", self.log.len())
    }
    fn read_to_end(&self, limit: usize) -> usize {
        limit
    }
}

#[test]
fn inherent_methods() {
    twin! {
        fn plain, protected(own: &Own, path: &str) -> Vec<String> {
            let mut made = Own::with_capacity(&String::from("seat"));
            made.reserve(usize::MAX).reserve(u8::MAX).extend("a").extend("b");
            // What is returned borrows from a value that is made for the call.
            let lent = Own::with_capacity("x").reserve(1).extend("c").collect().clone();
            let resized = made.clone().resize(&String::from("y"), |at| at + 1);
            let read = || own.read_to_string(&path);
            let mut all = vec![read(), own.read_to_string(path), own.read_to_end(usize::MAX).to_string()];
            all.push(made.repeat(&[1]).to_owned());
            all.push(Own::with_capacity("z").repeat(&vec![1]).to_owned());
            all.extend(lent);
            all.extend(resized.log);
            all
        }
    }
    let own = Own::default();
    assert_eq!(plain(&own, "p"), protected(&own, "p"));
}

trait Fs {
    fn read_to_string(&self, path: &str) -> Result<String, String>;
    fn extend(self, other: Self) -> Self
    where
        Self: Sized;
}

impl Fs for () {
    fn read_to_string(&self, path: &str) -> Result<String, String> {
        Err(path.to_owned())
    }
    fn extend(self, (): Self) {}
}

#[test]
fn methods_of_traits_and_of_generic_types() {
    twin! {
        fn plain, protected<F: Fs + Copy>(fs: F, shared: &dyn Fn() -> F, path: &str) -> Result<String, String> {
            let path = &path.to_uppercase();
            let read = |path| fs.read_to_string(path);
            let _ = (read(path), shared().read_to_string(path), fs.extend(fs));
            fs.read_to_string(path)
        }
    }
    assert_eq!(plain((), &|| (), "p"), protected((), &|| (), "p"));
}

#[test]
fn readers_and_streams_of_async_code() {
    twin! {
        async fn plain, protected(mut reader: &[u8], buffer: &mut Vec<u8>) -> (usize, usize, String, Vec<u8>) {
            let first = reader.read_to_end(buffer).await.unwrap();
            let again = tokio::io::repeat(7).take(3).read_to_end(buffer).await.unwrap();
            let mut text = String::new();
            (&b"text"[..]).read_to_string(&mut text).await.unwrap();
            let doubled = futures_util::stream::iter([1_u8, 2]).map(|at| at * 2).collect().await;
            buffer.push(1);
            (first, again, text, doubled)
        }
    }
    let (mut a, mut b) = (vec![], vec![]);
    assert_eq!(run(plain(&[1, 2], &mut a)), run(protected(&[1, 2], &mut b)));
    assert_eq!(a, b);
}

#[test]
fn an_iterator_that_is_not_the_last_word() {
    #[derive(Clone)]
    struct Twice<I>(I);
    impl<I> Twice<I> {
        fn collect(self) -> &'static str {
            "its own"
        }
        fn repeat(self, times: usize) -> usize {
            times
        }
    }
    twin! {
        fn plain, protected(times: usize) -> (&'static str, usize) {
            (Twice(0..times).collect(), Twice(()).repeat(times))
        }
    }
    assert_eq!(plain(usize::MAX), protected(usize::MAX));
}

#[test]
fn functions_that_are_variables_or_take_something_else() {
    fn with_capacity(n: usize) -> usize {
        n
    }
    mod pool {
        pub(super) struct Pool<T>(pub(super) Vec<T>);
        impl<T: Default> Pool<T> {
            pub(super) fn with_capacity(count: usize, make: impl Fn() -> T) -> Self {
                Self((0..count).map(|_| make()).collect())
            }
            pub(super) fn with_capacity_and_hasher(count: u8, _: ()) -> u8 {
                count
            }
        }
    }
    twin! {
        fn plain, protected(n: usize) -> (usize, usize, u8) {
            let pool = pool::Pool::with_capacity(2, || 7_u8);
            let hashed = pool::Pool::<u8>::with_capacity_and_hasher(3, ());
            (with_capacity(n), pool.0.len(), hashed)
        }
    }
    assert_eq!(plain(usize::MAX), protected(usize::MAX));
}

#[test]
fn constants_and_types_of_the_same_names() {
    #[allow(non_upper_case_globals)]
    const slot_1: u8 = 1;
    struct Elements(u8);
    twin! {
        fn plain, protected(n: usize) -> (Vec<u8>, u8) {
            let argument = 3;
            let base = vec![slot_1; n];
            let Elements(first) = Elements(base[0] + argument);
            let mut items: Vec<u8> = Vec::with_capacity(n);
            items.extend(base.iter());
            (items, first)
        }
    }
    assert_eq!(plain(3), protected(3));
}
