//! Formulas that give something else another day, so that what they gave proves nothing.

use super::RawValue;

/// The functions that renew themselves whenever the workbook is opened.
const FUNCTIONS: [&str; 5] = ["TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY"];

/// The value of a cell with this formula: marked if the formula renews itself.
pub(super) fn mark(formula: &str, value: RawValue) -> RawValue {
    let holds_something = !matches!(value, RawValue::Error(_) | RawValue::Uncached(_));
    if holds_something && renews_itself(formula) {
        RawValue::Renewing {
            formula: formula.to_owned(),
            result: Box::new(value),
        }
    } else {
        value
    }
}

/// Whether a formula calls one of the functions, outside of the texts and the names of sheets in it.
fn renews_itself(formula: &str) -> bool {
    // What stands between quotation marks is every second piece.
    let code = formula.split('"').step_by(2);
    let mut code = code.flat_map(|piece| piece.split('\'').step_by(2));
    code.any(|piece| {
        let mut calls = piece.match_indices('(').map(|(open, _)| &piece[..open]);
        calls.any(|before| {
            let mut words = before.trim_end().rsplit(|c: char| !is_part_of_a_name(c));
            let name = words.next().unwrap_or_default();
            FUNCTIONS.iter().any(|it| it.eq_ignore_ascii_case(name))
        })
    })
}

fn is_part_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_of_the_functions_renew_themselves() {
        for formula in [
            "TODAY()-1",
            "now ()",
            "of:=TODAY()",
            "A1+_xlfn.RANDARRAY(1)",
            "IF(A1=\"x\",TODAY(),B1)",
        ] {
            assert!(renews_itself(formula), "{formula}");
        }
        for formula in [
            "A1+1",
            "\"TODAY()\"",
            "TODAYS(1)",
            "Today!A1",
            "'Today (1)'!A1",
            "DATE(2014,5,1)",
            "\u{e4}TODAY()",
        ] {
            assert!(!renews_itself(formula), "{formula}");
        }
    }
}
