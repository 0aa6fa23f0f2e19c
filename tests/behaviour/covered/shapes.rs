//! What `validator` cannot derive: enums, tuple structs, unit structs, generics; and the `Validate` that they then have.

use std::collections::{BTreeSet, BinaryHeap, HashMap, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use portcullis::validator::{Validate, ValidationError};
use portcullis::{Covered, Violation, validated_input};

use super::broken;

#[derive(Covered)]
enum Command {
    Stop,
    Move(#[check(range(max = 51))] u8, #[check(range(min = -1, max = 1))] i8),
    Say {
        #[check(length(min = 1, max = 5), non_control)]
        text: String,
        #[check(length(max = 9), email)]
        to: Option<String>,
        loud: bool,
    },
    Many(#[check(length(max = 2), nested)] Vec<Command>),
}

#[validated_input]
fn run(command: Command) -> Result<u8, Violation> {
    Ok(match command {
        Command::Stop => 0,
        Command::Move(card, _) => card,
        Command::Say { text, to, loud } => u8::from(loud) + u8::from(to.is_some()) + u8::from(text.is_empty()),
        Command::Many(commands) => u8::try_from(commands.len()).unwrap(),
    })
}

fn say(text: &str, to: Option<&str>) -> Command {
    Command::Say { text: text.to_owned(), to: to.map(str::to_owned), loud: true }
}

#[test]
fn an_enum() {
    assert_eq!(run(Command::Stop).unwrap(), 0);
    assert_eq!(run(Command::Move(51, -1)).unwrap(), 51);
    assert_eq!(broken(run(Command::Move(52, 2))), ["command.Move[0] range", "command.Move[1] range"]);
    assert_eq!(run(say("hello", None)).unwrap(), 1);
    assert_eq!(run(say("hello", Some("a@b.de"))).unwrap(), 2);
    assert_eq!(broken(run(say("", Some("nobody")))), ["command.Say.text length", "command.Say.to email"]);
    assert_eq!(broken(run(say("\u{7}", None))), ["command.Say.text non_control"]);
    let two = |inner| Command::Many(vec![Command::Stop, inner]);
    assert_eq!(run(two(Command::Move(1, 1))).unwrap(), 2);
    assert_eq!(broken(run(two(Command::Move(1, 2)))), ["command.Many[1].Move[1] range"]);
    assert_eq!(broken(run(Command::Many(vec![Command::Stop, Command::Stop, say("", None)]))), ["command.Many length"]);
}

#[derive(Covered)]
struct Unit;

#[derive(Covered)]
struct Ratio(#[check(range(min = 0.0, max = 1.0))] f64);

#[derive(Covered)]
#[check(custom = Span::is_forward)]
struct Span {
    #[check(range(max = 99))]
    from: u32,
    #[check(range(max = 99))]
    to: u32,
}

impl Span {
    fn is_forward(&self) -> Result<(), ValidationError> {
        if self.from <= self.to { Ok(()) } else { Err(ValidationError::new("backwards")) }
    }
}

#[test]
fn structs_of_each_form() {
    assert!(Unit.ensure("unit").is_ok());
    assert!(Ratio(1.0).ensure("ratio").is_ok());
    assert_eq!(broken(Ratio(1.1).ensure("ratio")), ["ratio range"]);
    assert_eq!(broken(Ratio(f64::NAN).ensure("ratio")), ["ratio range"]);
}

#[test]
fn a_rule_over_the_whole_value_is_asked_when_its_fields_are_right() {
    assert!(Span { from: 1, to: 1 }.ensure("span").is_ok());
    assert_eq!(broken(Span { from: 2, to: 1 }.ensure("span")), ["span backwards"]);
    assert_eq!(broken(Span { from: 100, to: 1 }.ensure("span")), ["span.from range"]);
}

#[derive(Covered)]
struct Page<T, const N: usize = 2>
where
    T: Clone,
{
    #[check(length(max = 3), nested)]
    items: Vec<T>,
    #[check(nested)]
    first: [T; N],
    #[check(range(max = 9))]
    number: u8,
}

#[derive(Covered)]
struct By<I: Iterator> {
    #[check(nested)]
    next: Option<I::Item>,
    #[trusted(reason = "the server's own cursor")]
    #[allow(dead_code)]
    rest: I,
}

#[derive(Clone, Covered)]
struct Name<'a>(#[check(length(max = 3))] &'a str);

#[test]
fn generics() {
    let page = |items, number| Page { items, first: [Name("a"), Name("b")], number };
    assert!(page(vec![Name("a")], 1).ensure("page").is_ok());
    let bad: Page<Name<'_>> = page(vec![Name("a"), Name("long")], 10);
    assert_eq!(broken(bad.ensure("page")), ["page.items[1] length", "page.number range"]);
    let by = By { next: Some(Name("long")), rest: [Name("a")].into_iter() };
    assert_eq!(broken(by.ensure("by")), ["by.next length"]);

    #[validated_input]
    fn protected<T: Covered + Clone>(page: Page<T>) -> Result<usize, Violation> {
        Ok(page.items.len())
    }
    assert_eq!(protected(page(vec![], 9)).unwrap(), 0);
    assert_eq!(broken(protected(page(vec![], 10))), ["page.number range"]);
}

#[test]
fn what_holds_covered_values() {
    let bad = || Ratio(2.0);
    assert_eq!(broken(Box::new(bad()).ensure("r")), ["r range"]);
    assert_eq!(broken(Rc::new(bad()).ensure("r")), ["r range"]);
    assert_eq!(broken(Arc::<[Ratio]>::from(vec![bad()]).ensure("r")), ["r[0] range"]);
    assert_eq!(broken(VecDeque::from([Ratio(0.0), bad()]).ensure("r")), ["r[1] range"]);
    assert_eq!(broken(LinkedList::from([bad()]).ensure("r")), ["r[0] range"]);
    assert_eq!(broken((Ratio(0.0), Unit, bad(), [bad()]).ensure("r")), ["r[2] range", "r[3][0] range"]);
    assert_eq!(broken(Some(&bad()).ensure("r")), ["r range"]);
    assert_eq!(broken(Ok::<_, ()>(bad()).ensure("r")), ["r range"]);
    assert!(Err::<Ratio, _>(()).ensure("r").is_ok());
    assert!(None::<Ratio>.ensure("r").is_ok());
    let dynamic: &dyn Covered = &bad();
    assert_eq!(broken(dynamic.ensure("r")), ["r range"]);

    #[derive(Covered, PartialEq, Eq, PartialOrd, Ord)]
    struct Byte(#[check(range(max = 9))] u8);
    assert_eq!(broken(BTreeSet::from([Byte(1), Byte(10)]).ensure("r")), ["r[1] range"]);
    assert_eq!(broken(BinaryHeap::from([Byte(1), Byte(10)]).ensure("r")), ["r[*] range"]);
}

#[test]
fn what_a_collection_holds() {
    #[derive(Covered)]
    struct Lists {
        #[check(length(max = 3), each(range(min = 0.0, max = 1.0)))]
        weights: Vec<f64>,
        #[check(length(max = 2), keys(ascii), values(length(max = 2), each(range(max = 9))))]
        scores: Option<HashMap<String, Vec<u8>>>,
        #[check(each(finite))]
        place: [f32; 2],
        #[check(length(max = 2), nested, keys(range(max = 9)))]
        ratios: HashMap<u8, Ratio>,
        key: [u8; 32],
    }
    let scores = |key: &str, scores: &[u8]| Some(HashMap::from([(key.to_owned(), scores.to_vec())]));
    let lists = |weights, scores, place, ratio: (u8, f64)| Lists {
        weights,
        scores,
        place,
        ratios: HashMap::from([(ratio.0, Ratio(ratio.1))]),
        key: [0; 32],
    };
    assert_eq!(lists(vec![], None, [0.0; 2], (1, 1.0)).key.len(), 32);
    assert!(lists(vec![0.5; 3], scores("a", &[9]), [0.0; 2], (9, 1.0)).ensure("l").is_ok());
    let bad = lists(vec![0.5, f64::NAN], scores("ä", &[10]), [0.0, f32::NAN], (10, 1.0));
    assert_eq!(
        broken(bad.ensure("l")),
        ["l.place[1] finite", "l.ratios range", "l.scores ascii", "l.scores[0] range", "l.weights[1] range"]
    );
    let bad = lists(vec![f64::NAN; 4], None, [0.0; 2], (9, 1.1));
    assert_eq!(broken(bad.ensure("l")), ["l.ratios[*] range", "l.weights length"]);
}

#[test]
fn the_other_rules_of_parameters() {
    #[derive(Covered)]
    struct Rules {
        #[check(regex = "^[a-z]+$", length(max = 9, unit = bytes))]
        word: Box<str>,
        #[check(range(exclusive_min = 0, max = 9))]
        count: Arc<u8>,
        #[check(field = 0, range(min = 0.0, max = 1.0))]
        ratio: Ratio,
    }
    let rules = |word: &str, count, ratio| Rules { word: word.into(), count: Arc::new(count), ratio: Ratio(ratio) };
    assert!(rules("word", 1, 1.0).ensure("r").is_ok());
    assert_eq!(broken(rules("W", 0, 2.0).ensure("r")), ["r.count range", "r.ratio range", "r.word regex"]);
}

/// Derived by `validator` alone, around types that are covered.
#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Plain {
    #[validate(nested)]
    command: Command,
    #[validate(nested)]
    ratios: Vec<Ratio>,
}

#[test]
fn they_have_validate_for_those_who_ask_that() {
    let plain = Plain { command: Command::Stop, ratios: vec![Ratio(0.5)] };
    assert!(plain.validate().is_ok());
    let plain = Plain { command: say("", None), ratios: vec![Ratio(0.5), Ratio(f64::NAN)] };
    #[validated_input]
    fn protected(plain: Plain) -> Result<usize, Violation> {
        let Plain { command: _, ratios } = plain;
        Ok(ratios.len())
    }
    assert_eq!(broken(protected(plain)), ["plain.command.Say.text length", "plain.ratios[1] range"]);
}

#[test]
fn parameters_that_hold_them_are_walked() {
    struct Json<T>(T);
    impl<T> std::ops::Deref for Json<T> {
        type Target = T;
        fn deref(&self) -> &T {
            &self.0
        }
    }
    #[validated_input]
    fn protected(
        body: Json<Option<Box<Ratio>>>,
        pair: (Ratio, Unit),
        maybe: Result<Ratio, ()>,
    ) -> Result<(), Violation> {
        let _ = (body.0, pair, maybe);
        Ok(())
    }
    let call = |number| protected(Json(Some(Box::new(Ratio(number)))), (Ratio(number), Unit), Ok(Ratio(number)));
    assert!(call(0.5).is_ok());
    assert_eq!(broken(call(1.5)), ["body range", "maybe range", "pair[0] range"]);
}
