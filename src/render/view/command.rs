//! Commands, cut into lines and words, so that a page can wrap them without leaving doubt about blanks.

use serde::Serialize;

/// A word longer than this may be broken inside; shorter ones move to the next line whole.
const LONGEST_WHOLE_WORD: usize = 40;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommandView {
    /// The command exactly as it is run. On a Markdown page it belongs inside a fence.
    pub text: String,
    /// The fence: backticks, more of them than stand together anywhere in the command.
    pub fence: String,
    /// The lines, each as words that are joined by one blank. A parameter and its short value are one
    /// word, because they are read as one.
    pub lines: Vec<Vec<WordView>>,
}

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordView {
    /// The word; the first one of a line begins with the line's indentation.
    pub text: String,
    /// Too long to be sure of a line of its own: must show where it is broken.
    pub long: bool,
}

impl CommandView {
    pub(super) fn new(command: &str) -> Self {
        let text = command.trim_end().to_owned();
        Self {
            fence: fence(&text),
            lines: text.lines().map(words).collect(),
            text,
        }
    }
}

fn words(line: &str) -> Vec<WordView> {
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

fn word(text: String) -> WordView {
    WordView {
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
        let view = CommandView::new(command);
        let line = |words: &Vec<WordView>| {
            let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            texts.join(" ")
        };
        let lines: Vec<String> = view.lines.iter().map(line).collect();
        assert_eq!(lines.join("\n"), command);
    }

    #[test]
    fn a_parameter_keeps_its_short_value() {
        let view = CommandView::new("Get-X -Instance 'rtc' -Verbose -Path (Join-Path $Backup 'a')");
        let words: Vec<&str> = view.lines[0].iter().map(|word| &*word.text).collect();
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
        assert_eq!(CommandView::new("Get-Date").fence, "```");
        assert_eq!(CommandView::new("'````'").fence, "`````");
    }
}
