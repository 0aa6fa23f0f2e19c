//! A regular expression, read when the macro runs: what is wrong with it is a compile error, not the first request's.

use regex_syntax::hir::Look;
use syn::LitStr;

use crate::report::Report;
use crate::rules::Rule;

pub(super) fn ensure(text: &LitStr, report: &mut Report) {
    // As `regex::Regex::new` reads it.
    let hir = match regex_syntax::parse(&text.value()) {
        Ok(hir) => hir,
        Err(error) => {
            let kind = match error {
                regex_syntax::Error::Parse(error) => error.kind().to_string(),
                regex_syntax::Error::Translate(error) => error.kind().to_string(),
                _ => "it cannot be read".to_owned(),
            };
            let message =
                format!("this is no regular expression: {kind}\nhelp: the syntax is that of the crate `regex`");
            report.add(Rule::UnknownCheck, text, &message);
            return;
        }
    };
    let properties = hir.properties();
    let anchored =
        properties.look_set_prefix().contains(Look::Start) && properties.look_set_suffix().contains(Look::End);
    if !anchored {
        let message = format!(
            "this pattern admits anything before or behind what it matches\n\
             help: `regex = \"^(?:{})$\"`, and where anything may stand: `.*`",
            text.value()
        );
        report.add(Rule::UnboundedCheck, text, &message);
    }
}
