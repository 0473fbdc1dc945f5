//! `/api/components.json`: what each component is to programs. Names, codes, and which deposits, withdrawals and
//! trading belong to a coin. It holds no status, so it is true whatever happens. `/api/schedule.json` names the same ids.

use serde::Serialize;

use super::{Planned, json};
use crate::model::Group;
use crate::model::component::{Axis, Codes};
use crate::publish::Rank;
use crate::site::{Names, Route, Site, identity};
use crate::vocabulary::Function;

pub(super) const PATH: &str = "api/components.json";

#[derive(Serialize)]
struct Answer<'a> {
    title: Names<'a>,
    url: String,
    components: Vec<Component<'a>>,
    groups: Vec<GroupOf<'a>>,
    coins: Vec<Coin<'a>>,
}

#[derive(Serialize)]
struct Component<'a> {
    id: &'a str,
    name: Names<'a>,
    /// The group or table that it is in, and its row and its column there.
    group: Option<&'a str>,
    row: Option<&'a str>,
    column: Option<&'a str>,
    function: Option<&'static str>,
    codes: &'a Codes,
    /// The first day that counts, if site.yaml names one.
    since: Option<String>,
    /// Its id in `/api/v2/`.
    api_id: String,
    page: String,
}

#[derive(Serialize)]
struct GroupOf<'a> {
    id: &'a str,
    name: Names<'a>,
    /// Empty unless it is a table.
    rows: Vec<Line<'a>>,
    columns: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: Names<'a>,
}

/// The components of one coin on one network, by what customers do with them.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the file")]
struct Coin<'a> {
    coin: &'a str,
    network: Option<&'a str>,
    deposit: Vec<&'a str>,
    withdraw: Vec<&'a str>,
    trade: Vec<&'a str>,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![Planned::new(PATH, Rank::List, move || json::lines(&answer(site)))]
}

fn answer<'a>(site: &'a Site<'_>) -> Answer<'a> {
    let config = &site.now.model.config;
    let mut components = Vec::new();
    let mut groups = Vec::new();
    for group in &config.components.groups {
        let members = places(group).into_iter().filter(|place| site.is_there(place.at));
        let mut members: Vec<Component<'_>> = members.map(|place| component(site, place)).collect();
        if !members.is_empty() {
            groups.extend(self::group(site, group, &members));
        }
        components.append(&mut members);
    }
    Answer {
        title: site.names(&config.title),
        url: site.home(),
        coins: coins(&components),
        components,
        groups,
    }
}

/// A component in its group.
#[derive(Clone, Copy)]
struct Place<'a> {
    at: usize,
    group: Option<&'a str>,
    cell: Option<(&'a str, &'a str)>,
}

fn places(group: &Group) -> Vec<Place<'_>> {
    match group {
        Group::Single(at) => vec![Place { at: *at, group: None, cell: None }],
        Group::Named { id, members, .. } => {
            members.iter().map(|at| Place { at: *at, group: Some(id), cell: None }).collect()
        }
        Group::Matrix { id, rows, columns, cells, .. } => {
            let lines = rows.iter().zip(cells);
            lines
                .flat_map(|(row, cells)| {
                    columns.iter().zip(cells).map(move |(column, at)| Place {
                        at: *at,
                        group: Some(id.as_str()),
                        cell: Some((row.id.as_str(), column.id.as_str())),
                    })
                })
                .collect()
        }
    }
}

fn component<'a>(site: &'a Site<'_>, place: Place<'a>) -> Component<'a> {
    let one = &site.now.model.config.components.all[place.at];
    Component {
        id: &one.id,
        name: site.names(&one.name),
        group: place.group,
        row: place.cell.map(|cell| cell.0),
        column: place.cell.map(|cell| cell.1),
        function: one.function.map(Function::word),
        codes: &one.codes,
        since: one.since.map(|day| day.to_string()),
        api_id: identity::component_api_id(one),
        page: site.absolute(&site.path(Route::Component(place.at), 0)),
    }
}

/// A group with those of its rows and columns that still have components.
fn group<'a>(site: &'a Site<'_>, group: &'a Group, members: &[Component<'a>]) -> Option<GroupOf<'a>> {
    let lines = |all: &'a [Axis], is_of: &dyn Fn(&Component<'a>, &str) -> bool| {
        let kept = all.iter().filter(|line| members.iter().any(|member| is_of(member, &line.id)));
        kept.map(|line| Line { id: &line.id, name: site.names(&line.name) }).collect()
    };
    let (id, name, rows, columns) = match group {
        Group::Single(_) => return None,
        Group::Named { id, name, .. } => (id, name, Vec::new(), Vec::new()),
        Group::Matrix { id, name, rows, columns, .. } => (
            id,
            name,
            lines(rows, &|member, id| member.row == Some(id)),
            lines(columns, &|member, id| member.column == Some(id)),
        ),
    };
    Some(GroupOf { id, name: site.names(name), rows, columns })
}

/// The coins in the order of site.yaml. A component belongs to one if it has `codes.coin` and a function.
fn coins<'a>(components: &[Component<'a>]) -> Vec<Coin<'a>> {
    let mut coins: Vec<Coin<'a>> = Vec::new();
    for component in components {
        let code = |key: &str| component.codes.get(key).map(String::as_str);
        let (Some(coin), network, Some(function)) = (code("coin"), code("network"), component.function)
        else {
            continue;
        };
        let at = coins.iter().position(|known| (known.coin, known.network) == (coin, network));
        let at = at.unwrap_or_else(|| {
            coins.push(Coin { coin, network, deposit: Vec::new(), withdraw: Vec::new(), trade: Vec::new() });
            coins.len() - 1
        });
        let known = &mut coins[at];
        match Function::ALL.iter().find(|known| known.word() == function) {
            Some(Function::Deposit) => known.deposit.push(component.id),
            Some(Function::Withdraw) => known.withdraw.push(component.id),
            Some(Function::Trade) => known.trade.push(component.id),
            None => {}
        }
    }
    coins
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{at, site};

    const SITE: &str = "title: t\nurl: https://s.example/a/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\ncomponents:\n\
        \x20 - {id: api, name: API, codes: {service: rest}, api_id: kr1, since: 2026-01-05}\n\
        \x20 - {id: fax, name: FAX, retired: 2026-04-01}\n\
        \x20 - id: usdt\n\
        \x20   name: テザー\n\
        \x20   components:\n\
        \x20     - {id: usdt.erc, name: {ja: 入金, en: Deposits}, function: 入金, codes: {coin: USDT, network: ERC20}}\n\
        \x20     - {id: usdt.tron, name: T, function: deposit, codes: {coin: USDT, network: TRC20}}\n\
        \x20 - id: assets\n\
        \x20   name: 銘柄\n\
        \x20   rows: [{id: btc, name: BTC, codes: {coin: BTC, symbol: BTC_JPY}}, {id: old, name: OLD, retired: 2026-04-01}]\n\
        \x20   columns: [{id: trade, name: {ja: 売買, en: Trading}, function: trade}, {id: out, name: 出金, function: 出金}]\n";

    fn read() -> Value {
        let model = site(SITE, &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let [file] = plan(&site).try_into().expect("one file");
        serde_json::from_slice(&file.render()).expect("JSON")
    }

    #[test]
    fn a_component_has_its_names_codes_function_and_place() {
        let found = read();
        let ids: Vec<&Value> =
            found["components"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, ["api", "usdt.erc", "usdt.tron", "btc.trade", "btc.out"]);
        assert_eq!(
            found["components"][3],
            json!({
                "id": "btc.trade", "name": {"ja": "BTCの売買", "en": "BTC Trading"}, "group": "assets", "row": "btc",
                "column": "trade", "function": "trade", "codes": {"coin": "BTC", "symbol": "BTC_JPY"}, "since": null,
                "api_id": found["components"][3]["api_id"], "page": "https://s.example/a/components/btc.trade/",
            })
        );
        let api = &found["components"][0];
        assert_eq!(
            (&api["api_id"], &api["since"], &api["group"]),
            (&json!("kr1"), &json!("2026-01-05"), &Value::Null)
        );
        assert_eq!(found["groups"][1]["rows"], json!([{"id": "btc", "name": {"ja": "BTC", "en": "BTC"}}]));
    }

    #[test]
    fn a_coin_names_its_deposits_withdrawals_and_trading_by_network() {
        let coin = |coin, network, lists: [&[&str]; 3]| json!({"coin": coin, "network": network, "deposit": lists[0], "withdraw": lists[1], "trade": lists[2]});
        assert_eq!(
            read()["coins"],
            json!([
                coin("USDT", json!("ERC20"), [&["usdt.erc"], &[], &[]]),
                coin("USDT", json!("TRC20"), [&["usdt.tron"], &[], &[]]),
                coin("BTC", Value::Null, [&[], &["btc.out"], &["btc.trade"]]),
            ])
        );
    }
}
