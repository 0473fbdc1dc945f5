//! The seed inputs of a run: the demo, the fixtures of every code, the built-in themes, and rules
//! as in the documents.

use std::fs;
use std::path::{Path, PathBuf};

/// The seeds of a target, from the repository at `root`, in a fixed order.
pub fn of(target: &str, root: &Path) -> Vec<Vec<u8>> {
    match target {
        "entry" => entries(root),
        "config" => configurations(root),
        "theme" => themes(root),
        "rule" => RULES.iter().map(|rule| rule.as_bytes().to_vec()).collect(),
        "json" => json(root),
        "import" => imports(),
        _ => Vec::new(),
    }
}

/// One rule of each kind, and some invalid ones.
const RULES: [&str; 24] = [
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=WEEKLY;BYDAY=火",
    "FREQ=WEEKLY;BYDAY=ＴＵ",
    "FREQ=WEEKLY;BYDAY=TU,木",
    "FREQ=WEEKLY;BYDAY=1火",
    "FREQ=MONTHLY;BYDAY=第2日曜",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;WKST=SU",
    "FREQ=YEARLY;BYYEARDAY=-1,100;UNTIL=20261231T150000Z",
    "FREQ=DAILY;INTERVAL=65535",
    "RRULE:freq=weekly",
    "毎週火曜日",
    "毎週月〜金",
    "隔週水曜",
    "毎月第1・第3土曜",
    "毎月最終金曜",
    "毎月十五日・末日",
    "毎月第5土曜",
    "毎年1月・7月の第2日曜",
    "2週間おき水曜",
    "every other tuesday",
    "FREQ=WEEKLI;BIDAY=TUESDAY",
];

fn entries(root: &Path) -> Vec<Vec<u8>> {
    let demo = files(&root.join("content"), ".md");
    let mut all: Vec<Vec<u8>> = demo.iter().filter_map(|path| part(root, path)).collect();
    all.extend(
        fixtures(root).into_iter().filter(|text| !text.contains("content/site.yaml")).map(String::into_bytes),
    );
    all
}

fn configurations(root: &Path) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = part(root, &root.join("content/site.yaml")).into_iter().collect();
    all.extend(
        fixtures(root).into_iter().filter(|text| text.contains("content/site.yaml")).map(String::into_bytes),
    );
    all
}

/// The files of the built-in themes, one by one, and the fixtures of the theme codes.
fn themes(root: &Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for theme in ["default", "terminal"] {
        let folder = root.join("themes").join(theme);
        for path in files(&folder, "") {
            let inside = path.strip_prefix(&folder).ok().and_then(Path::to_str).unwrap_or_default();
            if inside.starts_with("templates/") {
                continue;
            }
            let head = format!("==> themes/own/{inside} <==\n");
            all.extend(fs::read(&path).ok().map(|text| [head.into_bytes(), text].concat()));
        }
    }
    let own = |text: String| text.replace("==> themes/brand/", "==> themes/own/").into_bytes();
    all.extend(fixtures(root).into_iter().filter(|text| text.contains("==> themes/")).map(own));
    all
}

/// The webhooks of `tests/suite/fixtures/alerts`, and other JSON from outside.
fn json(root: &Path) -> Vec<Vec<u8>> {
    const TEXTS: [&str; 5] = [
        r#"{"generator":"noroshi 0.1.0","effective":"2026-11-20T03:00:00Z","told":["a"],"next_change":null,"files":{"index.html":{"sha256":"00","size":1},"../x":{"sha256":"00","size":1}}}"#,
        r#"{"generator":"noroshi 0.1.0","effective":"2026-11-20T03:00:00Z","timezone":"Etc/UTC","next_change":null,"parts":{"manifest/0123456789abcdef.json":{"sha256":"0123456789abcdef","size":1,"holds":"leaf"}}}"#,
        r#"{"rank":"leaf","files":{"a/index.html":{"sha256":"00","size":1},"../x":{"sha256":"00","size":1}}}"#,
        r#"{"page":{"id":"p","name":"Example","url":"https://s.example","time_zone":"Asia/Tokyo","updated_at":"2026-11-20T10:15:00.000+09:00"},"components":[{"id":"c","name":"API","status":"major_outage","group":false,"group_id":null,"position":1}],"incidents":[{"id":"i","name":"障害","status":"resolved","impact":"major","created_at":"2026-11-20T01:15:00Z","resolved_at":"2026-11-20T02:00:00Z","shortlink":"https://stspg.io/i","components":[{"id":"c","name":"API"}],"incident_updates":[{"id":"u","status":"resolved","body":"<p>Fixed &amp; checked</p>","created_at":"2026-11-20T02:00:00Z","display_at":"2026-11-20T02:00:00Z","affected_components":[{"code":"c","name":"API","old_status":"major_outage","new_status":"operational"}]}]}],"scheduled_maintenances":[]}"#,
        r#"{"scheduled_maintenances":[{"id":"m","name":"保守","status":"scheduled","impact":"maintenance","scheduled_for":"2026-12-01T02:00:00+09:00","scheduled_until":"2026-12-01T05:00:00+09:00","created_at":"2026-11-20T01:15:00Z","incident_updates":[]}]}"#,
    ];
    let mut alerts: Vec<PathBuf> = fs::read_dir(root.join("tests/suite/fixtures/alerts"))
        .into_iter()
        .flatten()
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    alerts.sort();
    let alerts = alerts.iter().filter_map(|file| fs::read(file).ok());
    TEXTS.iter().map(|text| text.as_bytes().to_vec()).chain(alerts).collect()
}

fn imports() -> Vec<Vec<u8>> {
    const CONFIG: &str =
        "title: Status\nbaseURL: https://s.example\ntheme: cstate\nparams:\n  systems:\n    - name: API\n";
    const ISSUES: [&str; 2] = [
        "---\ntitle: Slow API\ndate: 2026-11-20 10:15:00\nresolved: true\nresolvedWhen: 2026-11-20 12:00:00\nseverity: down\naffected:\n  - API\nsection: issue\n---\n*Monitoring* - Fixed. {{< track \"2026-11-20 11:00:00\" >}}\n",
        "+++\ntitle = \"保守\"\ndate = 2026-12-01T02:00:00Z\ninformational = true\nsection = \"issue\"\n+++\n<p>Work</p>\n",
    ];
    let cut = u8::try_from(CONFIG.len()).unwrap_or(u8::MAX);
    ISSUES.iter().map(|issue| [&[cut], CONFIG.as_bytes(), issue.as_bytes()].concat()).collect()
}

/// A file of the repository, after the line that names it.
fn part(root: &Path, path: &Path) -> Option<Vec<u8>> {
    let name = path.strip_prefix(root).ok()?.to_str()?;
    let text = fs::read(path).ok()?;
    Some([format!("==> {name} <==\n").as_bytes(), &text].concat())
}

/// The files of each case of each fixture, without the place markers.
fn fixtures(root: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for path in files(&root.join("tests/suite/fixtures/codes"), ".txt") {
        let text = fs::read_to_string(&path).unwrap_or_default().replace(['⟦', '⟧'], "");
        let cases = text.split("\n=== ").filter_map(|case| Some(&case[case.find("==> ")?..]));
        all.extend(cases.map(str::to_owned));
    }
    all
}

/// The files below a folder with this suffix, sorted.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_str().is_some_and(|name| name.ends_with(end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
