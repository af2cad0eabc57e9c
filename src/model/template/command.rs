//! Commands in a fence, or cut into lines and words, so that a page can wrap them without leaving doubt about blanks.

use serde::Serialize;

/// A word longer than this may be broken inside; shorter ones move to the next line whole.
const LONGEST_WHOLE_WORD: usize = 40;

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Word {
    /// The word; the first one of a line begins with the line's indentation.
    pub text: String,
    /// Too long to be sure of a line of its own: must show where it is broken.
    pub long: bool,
}

/// The lines of a command, each as words that are joined by one blank. A parameter and its short value are one word,
/// because they are read as one.
pub(super) fn lines(command: &str) -> Vec<Vec<Word>> {
    command.trim_end().lines().map(words).collect()
}

/// The command inside a fence that nothing in it can close.
pub(super) fn fenced(command: &str, language: &str) -> String {
    let text = command.trim_end();
    let fence = fence(text);
    format!("{fence}{language}\n{text}\n{fence}")
}

fn words(line: &str) -> Vec<Word> {
    let indent = line.len() - line.trim_start().len();
    let (indent, rest) = line.split_at(indent);
    let mut words: Vec<String> = Vec::new();
    for word in rest.split(' ') {
        match words.last_mut() {
            Some(parameter) if belong_together(parameter, word) => {
                parameter.push(' ');
                parameter.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    if let Some(first) = words.first_mut() {
        first.insert_str(0, indent);
    }
    words.into_iter().map(word).collect()
}

/// Whether the second word is the short value of the first, a parameter.
fn belong_together(parameter: &str, value: &str) -> bool {
    let is_parameter = parameter.starts_with('-') && !parameter.contains(' ');
    let length = parameter.chars().count() + 1 + value.chars().count();
    is_parameter && !value.starts_with(['-', '(']) && length <= LONGEST_WHOLE_WORD
}

fn word(text: String) -> Word {
    Word {
        long: text.chars().count() > LONGEST_WHOLE_WORD,
        text,
    }
}

/// A fence that nothing in the text can close.
fn fence(text: &str) -> String {
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    "`".repeat((longest + 1).max(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_joined_by_blanks_give_the_command_back() {
        let command = "foreach ($fe in 'a  b') {\n    Stop-CsWindowsService -ComputerName $fe\n}";
        let line = |words: &Vec<Word>| {
            let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            texts.join(" ")
        };
        let lines: Vec<String> = lines(command).iter().map(line).collect();
        assert_eq!(lines.join("\n"), command);
    }

    #[test]
    fn a_parameter_keeps_its_short_value() {
        let lines = lines("Get-X -Instance 'rtc' -Verbose -Path (Join-Path $Backup 'a')");
        let words: Vec<&str> = lines[0].iter().map(|word| &*word.text).collect();
        let expected = [
            "Get-X",
            "-Instance 'rtc'",
            "-Verbose",
            "-Path",
            "(Join-Path",
            "$Backup",
            "'a')",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn no_command_closes_its_fence() {
        assert_eq!(fence("Get-Date"), "```");
        assert_eq!(fence("'````'"), "`````");
    }
}
