//! Unified diffs of two texts.

use std::fmt::Write as _;

use crate::diagnostic::mask;

/// Context lines around a change.
const AROUND: usize = 2;

/// A unified diff of a file, empty if nothing differs.
///
/// Made for edits inside lines: if lines were added or removed, everything between the first and
/// the last difference is one change.
pub fn unified(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old == new {
        return String::new();
    }
    // The diff shows that a private value changed, but not the value.
    let (before, after) = (mask::masked(before), mask::masked(after));
    let (old_shown, new_shown): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
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
        put(' ', &old_shown[from..first]);
        if old.len() == new.len() {
            let mut at = first;
            while at < last {
                let changed = (at..last).take_while(|n| old[*n] != new[*n]).count();
                put('-', &old_shown[at..at + changed]);
                put('+', &new_shown[at..at + changed]);
                at += changed;
                let kept = (at..last).take_while(|n| old[*n] == new[*n]).count();
                put(' ', &old_shown[at..at + kept]);
                at += kept;
            }
        } else {
            put('-', &old_shown[first..last]);
            put('+', &new_shown[first..until]);
        }
        put(' ', &old_shown[last..to]);
    }
    out
}

/// The line ranges of `old` that differ.
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
    fn private_values_are_not_shown() {
        let (before, after) =
            ("---\ntitle: a\ninternal:\n  who: Taro\n---\n", "---\ntitle: b\ninternal:\n  who: Jiro\n---\n");
        let shown = unified("x", before, after);
        assert!(shown.contains("-  ••••\n+  ••••\n") && shown.contains("+title: b"), "{shown}");
        assert!(!shown.contains("aro") && !shown.contains("iro"), "{shown}");
    }

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
