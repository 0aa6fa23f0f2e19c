//! The rules without bounds, those of the user's own, and several on one value.

use std::borrow::Cow;
use std::sync::LazyLock;

use portcullis::validator::ValidationError;
use portcullis::{Violation, validated_input};

use regex::Regex;

use super::broken;
use crate::common::code;

#[test]
fn ascii_and_control_characters() {
    #[validated_input]
    fn ascii(#[check(ascii)] text: &str) -> Result<(), Violation> {
        let _ = text;
        Ok(())
    }
    #[validated_input]
    fn plain(#[check(non_control)] text: String) -> Result<(), Violation> {
        let _ = text;
        Ok(())
    }
    ascii("").unwrap();
    ascii("a\u{0}\u{7f}").unwrap();
    assert_eq!(code(ascii("\u{80}")), "input.ascii");
    assert_eq!(code(ascii("aé")), "input.ascii");
    plain("é 🦀".to_owned()).unwrap();
    for text in ["\0", "a\nb", "\u{1b}[31m", "\u{7f}", "\u{9b}"] {
        assert_eq!(code(plain(text.to_owned())), "input.non_control");
    }
}

#[test]
fn addresses() {
    #[validated_input]
    fn mail(#[check(email)] address: &String) -> Result<(), Violation> {
        let _ = address;
        Ok(())
    }
    #[validated_input]
    fn link(#[check(url)] address: &String) -> Result<(), Violation> {
        let _ = address;
        Ok(())
    }
    mail(&"a@example.org".to_owned()).unwrap();
    for address in ["", "a", "@example.org", "a@", "a b@example.org"] {
        assert_eq!(code(mail(&address.to_owned())), "input.email");
    }
    link(&"https://example.org/a?b=c".to_owned()).unwrap();
    for address in ["", "example.org", "http//example.org"] {
        assert_eq!(code(link(&address.to_owned())), "input.url");
    }
}

#[test]
fn custom() {
    fn even(value: &u32) -> Result<(), ValidationError> {
        if value.is_multiple_of(2) { Ok(()) } else { Err(ValidationError::new("odd")) }
    }
    fn told(value: &str) -> Result<(), ValidationError> {
        match value {
            "" => Err(ValidationError::new("nobody").with_message("has nobody in it".into())),
            _ => Ok(()),
        }
    }
    #[validated_input]
    fn protected(#[check(custom = even)] number: u32, #[check(custom = told)] name: &str) -> Result<(), Violation> {
        let _ = (number, name);
        Ok(())
    }
    protected(2, "a").unwrap();
    let refused = protected(3, "").unwrap_err();
    assert_eq!(refused.code(), "input.custom");
    assert_eq!(refused.to_string(), "the request is refused: input.custom: name has nobody in it; number is not valid");
    assert_eq!(broken::<()>(Err(refused)), ["name nobody", "number odd"]);
    protected(2, "a").unwrap();
}

#[test]
fn several_rules_on_one_value() {
    #[validated_input]
    fn protected(
        #[check(length(min = 2, max = 64), ascii)]
        #[check(non_control)]
        name: &String,
    ) -> Result<(), Violation> {
        let _ = name;
        Ok(())
    }
    protected(&"ab".to_owned()).unwrap();
    assert_eq!(broken(protected(&"é".to_owned())), ["name ascii", "name length"]);
    assert_eq!(broken(protected(&"\n".to_owned())), ["name length", "name non_control"]);
    protected(&"ab".to_owned()).unwrap();
}

static LAZY: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[0-9]+$").expect("a pattern"));

#[test]
fn patterns() {
    #[validated_input]
    fn protected(
        #[check(length(max = 64), regex = r"^[a-z]{1,3}(?:-\d+)?$")] name: &str,
        #[check(length(max = 64), regex = LAZY)] number: Option<String>,
    ) -> Result<(), Violation> {
        let _ = (name, number);
        Ok(())
    }
    for name in ["a", "abc", "abc-12", "a-٣"] {
        protected(name, None).unwrap();
    }
    for name in ["", "abcd", "abc-", "a\n", " a", "A"] {
        assert_eq!(broken(protected(name, Some("x".to_owned()))), ["name regex", "number regex"], "{name:?}");
    }
    let refused = protected("", Some("12".to_owned())).unwrap_err();
    assert_eq!(refused.code(), "input.regex");
    assert_eq!(refused.fields()[0].detail, "does not have the form that is asked for");
}

#[test]
fn lengths_in_bytes_characters_and_graphemes() {
    #[validated_input]
    fn bytes(#[check(length(min = 2, max = 4, unit = bytes))] text: &str) -> Result<(), Violation> {
        let _ = text;
        Ok(())
    }
    #[validated_input]
    fn chars(#[check(length(max = 4, unit = chars))] text: String) -> Result<(), Violation> {
        let _ = text;
        Ok(())
    }
    #[validated_input]
    fn graphemes(#[check(length(equal = 2, unit = graphemes))] text: Cow<'_, str>) -> Result<(), Violation> {
        let _ = text;
        Ok(())
    }
    // A flag is two characters of four bytes each; a letter with an accent of its own is two, and three bytes.
    bytes("🦀").unwrap();
    assert_eq!(code(bytes("🦀a")), "input.length");
    assert_eq!(code(bytes("a")), "input.length");
    chars("🇩🇪🇩🇪".to_owned()).unwrap();
    assert_eq!(code(chars("🇩🇪🇩🇪🦀".to_owned())), "input.length");
    graphemes("🇩🇪e\u{301}".into()).unwrap();
    assert_eq!(code(graphemes("🇩🇪".into())), "input.length");
    assert_eq!(code(graphemes("x".repeat(1_000_000).into())), "input.length");
    let refused = graphemes("abc".into()).unwrap_err();
    assert_eq!(refused.fields()[0].detail, "must have a number of visible characters that is 2");
    assert_eq!(bytes("abcde").unwrap_err().fields()[0].detail, "must have a number of bytes that is between 2 and 4");
}

#[test]
fn words_however_they_are_held() {
    #[validated_input]
    fn protected(
        #[check(one_of("red", "black"))] lent: &str,
        #[check(one_of("red", "black"))] owned: &String,
        #[check(one_of("red", "black"))] maybe: Option<Box<str>>,
        #[check(one_of(String::from("red"), LAZY.to_string()))] by_strings: Cow<'_, str>,
    ) -> Result<(), Violation> {
        let _ = (lent, owned, maybe, by_strings);
        Ok(())
    }
    let call = |word: &str| protected(word, &word.to_owned(), Some(word.into()), Cow::Borrowed(word));
    call("red").unwrap();
    assert_eq!(broken(call("black")), ["by_strings one_of"]);
    assert_eq!(broken(call("blue")).len(), 4);
}
