//! How two texts differ, line by line, as `diff -u` shows it.

/// Lines that are the same around each difference.
const AROUND: usize = 2;

/// The lines of both texts: those of the first alone behind `-`, those of the second alone behind `+`, and the nearest
/// others behind a blank; `…` stands for what is left out.
pub fn lines(one: &str, other: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let rows = rows(&one, &other);
    let is_near = |index: usize| {
        let from = index.saturating_sub(AROUND);
        rows[from..rows.len().min(index + AROUND + 1)]
            .iter()
            .any(|(sign, _)| *sign != ' ')
    };
    let (mut shown, mut gap) = (String::new(), false);
    for (index, (sign, line)) in rows.iter().enumerate() {
        if is_near(index) {
            shown.extend([sign.to_string().as_str(), line, "\n"]);
        } else if !gap {
            shown.push_str("…\n");
        }
        gap = !is_near(index);
    }
    shown
}

/// Every line of both with its sign. What both begin and end with is not compared again.
fn rows<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<(char, &'a str)> {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (left, right) = (&one[head..], &other[head..]);
    let pairs = left.iter().rev().zip(right.iter().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
    let mut rows: Vec<(char, &str)> = one[..head].iter().map(|line| (' ', *line)).collect();
    let longest = longest(left, right);
    let (mut at, mut to) = (0, 0);
    while at < left.len() || to < right.len() {
        if at < left.len() && to < right.len() && left[at] == right[to] {
            rows.push((' ', left[at]));
            (at, to) = (at + 1, to + 1);
        } else if at < left.len()
            && (to == right.len() || longest[at + 1][to] >= longest[at][to + 1])
        {
            rows.push(('-', left[at]));
            at += 1;
        } else {
            rows.push(('+', right[to]));
            to += 1;
        }
    }
    rows.extend(one[one.len() - tail..].iter().map(|line| (' ', *line)));
    rows
}

/// How many lines the rests of both have in common, by where the rests begin.
fn longest(left: &[&str], right: &[&str]) -> Vec<Vec<u32>> {
    let mut longest = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in (0..left.len()).rev() {
        for to in (0..right.len()).rev() {
            longest[at][to] = if left[at] == right[to] {
                longest[at + 1][to + 1] + 1
            } else {
                longest[at + 1][to].max(longest[at][to + 1])
            };
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_with_its_neighbours() {
        let one = "a\nb\nc\nd\ne\nf\ng\nh";
        let other = "a\nb\nc\nd\nE\nf\ng\nh\ni";
        assert_eq!(lines(one, other), "…\n c\n d\n-e\n+E\n f\n g\n h\n+i\n");
        assert_eq!(lines("x", "x"), "…\n");
        assert_eq!(lines("", "x"), "+x\n");
    }
}
