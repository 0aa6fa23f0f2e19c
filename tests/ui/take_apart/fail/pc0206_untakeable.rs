//! Parts that a drop by reference cannot take out, and types that cannot be taken apart.

use portcullis::TakeApart;

#[derive(TakeApart)]
#[take_apart(drop)]
enum Expr {
    Number(f64),
    Sum(Box<Expr>, Option<Box<Expr>>),
}

#[derive(TakeApart)]
union Either {
    one: u8,
    other: u16,
}

#[derive(TakeApart)]
struct Unknown {
    #[take_apart(skipped)]
    next: Option<Box<Unknown>>,
}

fn main() {
    portcullis::drop_iteratively(Expr::Sum(Box::new(Expr::Number(1.0)), None));
    portcullis::drop_iteratively(String::new());
}
