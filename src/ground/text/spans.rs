//! Numbers of steps in one line: those that follow each other as "3.1 to 3.29".

use crate::finding::words;

/// The numbers, in the order given, with three and more in a row as first and last.
pub fn spans(numbers: &[impl AsRef<str>]) -> String {
    let numbers: Vec<&str> = numbers.iter().map(AsRef::as_ref).collect();
    let runs = numbers.chunk_by(|one, next| follows(one, next) == Some(true));
    let texts = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(|&it| it.to_owned()).collect(),
    });
    words::list(texts)
}

/// Whether the second number is the next of the same part; `None` where one is no number of a step.
fn follows(one: &str, next: &str) -> Option<bool> {
    let (part, step) = one.split_once('.')?;
    let (next_part, next_step) = next.split_once('.')?;
    let step: usize = step.parse().ok()?;
    Some(part == next_part && next_step.parse() == Ok(step + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_a_row_are_a_span() {
        let cases = [
            ("1.1 1.2 1.3 2.1", "1.1 to 1.3 and 2.1"),
            ("1.1 1.2 2.3", "1.1, 1.2 and 2.3"),
            ("3.8 3.9 3.10 3.12", "3.8 to 3.10 and 3.12"),
            ("3.3 3.2 3.1", "3.3, 3.2 and 3.1"),
            ("1.9 2.10 x", "1.9, 2.10 and x"),
            ("", ""),
        ];
        for (numbers, expected) in cases {
            let numbers: Vec<String> = numbers.split_whitespace().map(str::to_owned).collect();
            assert_eq!(spans(&numbers), expected);
        }
    }
}
