//! A place in a text from which shapes are read, piece by piece.

/// A place in a view. What is read is passed; what does not fit is not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// In bytes.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The place at this byte, which begins a character.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// All of the text.
    pub fn whole(&self) -> &'a str {
        self.text
    }

    /// What follows.
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The character before.
    pub fn last(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    /// The next character.
    pub fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes a piece of text, if it is there.
    pub fn skip(&mut self, piece: &str) -> bool {
        let is_there = self.rest().starts_with(piece);
        if is_there {
            self.at += piece.len();
        }
        is_there
    }

    /// Passes the first of several pieces of text that is there.
    pub fn skip_one(&mut self, pieces: &[&str]) -> bool {
        pieces.iter().any(|piece| self.skip(piece))
    }

    /// Passes characters as long as they pass a test.
    pub fn take(&mut self, test: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !test(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Passes all digits, if there are so many.
    pub fn digits(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<&'a str> {
        let mut ahead = *self;
        let digits = ahead.take(|c| c.is_ascii_digit());
        count.contains(&digits.len()).then(|| {
            *self = ahead;
            digits
        })
    }
}
