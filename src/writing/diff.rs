//! What differs between two texts, as people read it: a unified diff.

use std::fmt::Write as _;

/// Lines around a change.
const AROUND: usize = 2;

/// A unified diff of a file; empty where nothing differs.
///
/// Made for edits inside of lines: a piece in which lines were added or removed is shown as one change.
#[must_use]
pub fn unified(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old == new {
        return String::new();
    }
    let mut out = format!("--- {name}\n+++ {name}\n");
    for (first, last) in hunks(&old, &new) {
        let shift = new.len().wrapping_sub(old.len());
        let until = if last == old.len() { new.len() } else { last.wrapping_add(shift) };
        let until = if old.len() == new.len() { last } else { until };
        let (from, to) = (first.saturating_sub(AROUND), (last + AROUND).min(old.len()));
        let count = until - first + (first - from) + (to - last);
        let _ = writeln!(out, "@@ -{},{} +{},{count} @@", from + 1, to - from, from + 1);
        let mut put = |sign: char, lines: &[&str]| {
            for line in lines {
                let _ = writeln!(out, "{sign}{line}");
            }
        };
        put(' ', &old[from..first]);
        if old.len() == new.len() {
            let mut at = first;
            while at < last {
                let changed = (at..last).take_while(|n| old[*n] != new[*n]).count();
                put('-', &old[at..at + changed]);
                put('+', &new[at..at + changed]);
                at += changed;
                let kept = (at..last).take_while(|n| old[*n] == new[*n]).count();
                put(' ', &old[at..at + kept]);
                at += kept;
            }
        } else {
            put('-', &old[first..last]);
            put('+', &new[first..until]);
        }
        put(' ', &old[last..to]);
    }
    out
}

/// Ranges of lines of `old` that differ.
fn hunks(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.len() != new.len() {
        let same = |a: &mut dyn Iterator<Item = (&&str, &&str)>| a.take_while(|(a, b)| a == b).count();
        let before = same(&mut old.iter().zip(new));
        let most = old.len().min(new.len()) - before;
        let after = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
        return vec![(before, old.len() - after)];
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in (0..old.len()).filter(|at| old[*at] != new[*at]) {
        match found.last_mut() {
            Some(last) if at <= last.1 + 2 * AROUND => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let before = "a\nb\nc\nd\ne\n";
        assert_eq!(unified("x", before, before), "");
        assert_eq!(
            unified("x", before, "a\nb\nC\nd\ne\n"),
            "--- x\n+++ x\n@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n"
        );
        assert_eq!(
            unified("x", before, "a\nb\nb2\nc\nd\ne\n"),
            "--- x\n+++ x\n@@ -1,4 +1,5 @@\n a\n b\n+b2\n c\n d\n"
        );
        assert_eq!(unified("x", before, "a\nd\ne\n"), "--- x\n+++ x\n@@ -1,5 +1,3 @@\n a\n-b\n-c\n d\n e\n");
        let long: String = (0..20).map(|n| format!("{n}\n")).collect();
        let changed = long.replace("2\n", "two\n").replace("19\n", "end\n");
        assert!(unified("x", &long, &changed).matches("@@ -").count() >= 2);
    }
}
