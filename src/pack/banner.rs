//! Writes two lines for a banner inside a product: the current state, and what comes next with the address.

use super::facts::Facts;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let values = [("state", facts.state.as_str()), ("title", &facts.title), ("affects", &facts.affected)];
    let first = if facts.affected.is_empty() {
        facts.locale.format("pack-banner", &values[..2])
    } else {
        facts.locale.format("pack-banner-affects", &values)
    };
    let second: Vec<String> = facts.ahead().into_iter().chain([facts.address.clone()]).collect();
    format!("{first}\n{}\n", second.join(" / "))
}
