//! The rules without bounds, those of the user's own, and several on one value.

use portcullis::validator::ValidationError;
use portcullis::{Violation, validated_input};

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
        #[check(length(min = 2), ascii)]
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
