//! The commands in a text of PowerShell, as far as their names and the names of their parameters go.
//!
//! This is no parser: it knows strings, comments, brackets and what separates commands, which is enough to tell a command
//! and its parameters from their values. What it cannot tell it leaves out.

/// A command with the parameters it is given.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Its name, as written.
    pub name: String,
    /// Its parameters without the hyphen, each with whether it may be left out: it stands in a branch of the template.
    pub parameters: Vec<(String, bool)>,
    /// How many values stand there without a parameter's name.
    pub positional: usize,
    /// Whether parameters are given that stand elsewhere (`@arguments`).
    pub is_splatted: bool,
    depth: usize,
    after_parameter: bool,
}

/// The place of a branch of the template that begins, and of one that ends.
pub const BRANCH: (char, char) = ('\u{1}', '\u{2}');

/// The commands of a text, in no particular order.
pub fn calls(text: &str) -> Vec<Call> {
    let mut scan = Scan::default();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '`' => scan.word.extend(rest.next()),
            '\'' | '"' => {
                scan.word.push(c);
                let mut inner = rest.by_ref().take_while(|it| *it != c);
                inner.by_ref().for_each(drop);
            }
            '#' if scan.word.is_empty() => while rest.next_if(|c| *c != '\n').is_some() {},
            '|' | ';' | '\n' => scan.end_call(),
            '(' | '{' => scan.open(),
            ')' | '}' => scan.close(),
            _ if c == BRANCH.0 => scan.branch(1),
            _ if c == BRANCH.1 => scan.branch(-1),
            _ if c.is_whitespace() => scan.end_word(),
            _ => scan.word.push(c),
        }
    }
    scan.end_call();
    while !scan.outer.is_empty() {
        scan.close();
    }
    scan.found
}

#[derive(Default)]
struct Scan {
    found: Vec<Call>,
    /// The command being read; `None` where one may begin.
    call: Option<Call>,
    /// Those whose brackets are open.
    outer: Vec<Option<Call>>,
    word: String,
    depth: usize,
}

impl Scan {
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() || matches!(word.as_str(), "&" | ".") {
            return;
        }
        if word.ends_with('=') && !word.starts_with('-') {
            // A command may stand behind it.
            self.call = None;
            return;
        }
        let depth = self.depth;
        let Some(call) = &mut self.call else {
            let is_name = word.starts_with(|c: char| c.is_alphabetic());
            self.call = Some(Call {
                name: if is_name { word } else { String::new() },
                depth,
                ..Call::default()
            });
            return;
        };
        call.take(&word, depth);
    }

    fn end_call(&mut self) {
        self.end_word();
        let call = self.call.take();
        self.found.extend(call.filter(|call| !call.name.is_empty()));
    }

    /// What a bracket opens is a value of the command around it.
    fn open(&mut self) {
        self.word.push('(');
        self.end_word();
        self.outer.push(self.call.take());
    }

    fn close(&mut self) {
        self.end_call();
        self.call = self.outer.pop().unwrap_or_default();
    }

    fn branch(&mut self, by: isize) {
        self.end_word();
        self.depth = self.depth.saturating_add_signed(by);
    }
}

impl Call {
    fn take(&mut self, word: &str, depth: usize) {
        let is_optional = depth > self.depth;
        let name = word.strip_prefix('-');
        if let Some(name) = name.filter(|it| it.starts_with(|c: char| c.is_alphabetic())) {
            let name = name.split(':').next().unwrap_or_default();
            self.parameters.push((name.to_owned(), is_optional));
            self.after_parameter = !word.contains(':');
            return;
        }
        self.is_splatted |= word.starts_with('@') && !word.starts_with("@(");
        self.positional += usize::from(!std::mem::take(&mut self.after_parameter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let shown = calls(text).into_iter().map(|call| {
            let parameters = call.parameters.iter();
            let parameters = parameters.map(|(name, optional)| {
                let mark = if *optional { "?" } else { "" };
                format!(" -{name}{mark}")
            });
            let parameters: String = parameters.collect();
            format!("{}{parameters} {}", call.name, call.positional)
        });
        shown.collect()
    }

    #[test]
    fn commands_are_told_from_their_values() {
        let cases: [(&str, &[&str]); 9] = [
            ("Get-It -Name 'a -Not b' -All", &["Get-It -Name -All 0"]),
            ("Get-It \"x; Get-No\" # Get-No", &["Get-It 1"]),
            ("$a = Get-It -A 1; Set-It $a", &["Get-It -A 0", "Set-It 1"]),
            (
                "Get-It | Where-Object { $_.B -eq 'c' }",
                &["Get-It 0", "Where-Object 1"],
            ),
            (
                "Set-It -Path (Join-Path $b 'c d') -X",
                &["Join-Path 2", "Set-It -Path -X 0"],
            ),
            ("Set-It -A:$true 'x'", &["Set-It -A 1"]),
            ("Set-It -A `\n  -B", &["Set-It -A -B 0"]),
            ("Set-It -A 1\u{1} -B 2\u{2} -C", &["Set-It -A -B? -C 0"]),
            ("\u{1}Set-It -A\u{2}", &["Set-It -A 0"]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
