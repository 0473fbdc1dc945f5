//! What a component does now, or at another time: `now api [2026-11-20T10:15:00Z] < now.json`.

use std::error::Error;

use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Deserialize)]
struct Site {
    as_of: DateTime<Utc>,
    until: DateTime<Utc>,
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    id: String,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    from: DateTime<Utc>,
    status: String,
    mode: Option<String>,
    certain: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let id = arguments.next().ok_or("the id of a component is missing")?;
    let at = arguments.next().map_or_else(|| Ok(Utc::now()), |time| time.parse())?;
    let site: Site = serde_json::from_reader(std::io::stdin())?;
    if !(site.as_of..site.until).contains(&at) {
        return Err("this file says nothing of that time: fetch it again".into());
    }
    let component = site.components.iter().find(|component| component.id == id).ok_or("no such component")?;
    // The first turn begins at `as_of`.
    let turn = component.turns.iter().rfind(|turn| turn.from <= at).ok_or("no turn")?;
    let certain = if turn.certain { "certain" } else { "planned" };
    println!("{} {} {certain}", turn.status, turn.mode.as_deref().unwrap_or("-"));
    Ok(())
}
