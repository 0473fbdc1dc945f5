//! Tests of whole themes: which layer each part comes from, and which problems are reported.

mod hostile;

use proptest::prelude::*;

use super::colour::seen::{EYES, distance};
use super::*;
use crate::tests::{marked, text_of};

/// A folder's name and its files.
type Folder<'a> = (&'a str, &'a [(&'a str, &'a str)]);

fn theme(name: &str, folders: &[Folder<'_>]) -> (Theme, Vec<Diagnostic>) {
    let names: Vec<String> = folders.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut chain = Chain::begin(name, &names);
    while let Some(wanted) = chain.wants().map(str::to_owned) {
        let (_, files) = folders.iter().find(|(name, _)| *name == wanted).expect("a folder");
        let file = |(inside, text): &(&str, &str)| File {
            name: format!("themes/{wanted}/{inside}").into(),
            inside: (*inside).to_owned(),
            content: Content::Text((*text).into()),
        };
        let mut files: Vec<File> = files.iter().map(file).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        chain.push(files);
    }
    chain.finish()
}

/// Asserts that a text has one fault, at the marked place, and that the help of the fault contains `help`.
#[track_caller]
pub(super) fn only_fault(written: &str, code: &str, help: &str, read: impl FnOnce(&str) -> Vec<Diagnostic>) {
    let (text, place) = marked(written);
    let found = read(&text);
    let [fault] = &found[..] else { panic!("{text}: {found:?}") };
    assert_eq!(fault.code, code, "{text}");
    assert_eq!(fault.place.range, Some(place), "{text}");
    assert!(fault.help.as_deref().is_some_and(|h| h.contains(help)), "{text}: {fault:?}");
    assert!(!fault.message.ends_with('.'), "{text}: {fault:?}");
}

#[track_caller]
fn sound(name: &str, folders: &[Folder<'_>]) -> Theme {
    let (theme, found) = theme(name, folders);
    assert!(found.is_empty(), "{found:?}");
    theme
}

/// The code, file and text of each problem.
fn faults(name: &str, folders: &[Folder<'_>]) -> Vec<(&'static str, String, String)> {
    let text = |place: &Place| {
        let inside = place.file.strip_prefix("themes/")?.split_once('/')?;
        let (_, files) = folders.iter().find(|(name, _)| *name == inside.0)?;
        let (_, text) = files.iter().find(|(name, _)| *name == inside.1)?;
        Some(text[place.range.clone()?].to_owned())
    };
    let (_, found) = theme(name, folders);
    assert!(found.iter().all(|d| d.help.is_some() && !d.message.ends_with('.')), "{found:?}");
    found.iter().map(|d| (d.code, d.place.file.to_string(), text(&d.place).unwrap_or_default())).collect()
}

#[test]
fn a_theme_without_anything_looks_like_its_parent() {
    let (plain, own) = (Theme::default(), sound("mine", &[("mine", &[])]));
    assert_eq!((&plain.style, &plain.script, plain.digest()), (&own.style, &own.script, own.digest()));
    let sample = format!("extends: default\nscheme: light dark\ntokens:\n{}", sample());
    let own = sound("mine", &[("mine", &[("theme.yaml", &sample)])]);
    assert_eq!(own.style, plain.style);
    // The same with all comments removed.
    let all = sample.replace("\n  # ", "\n  ");
    assert!(all.matches("\n  ").count() == 15, "{all}");
    let own = sound("mine", &[("mine", &[("theme.yaml", &all)])]);
    assert_eq!(own.style.text, plain.style.text);
}

#[test]
fn what_is_nearer_wins_and_what_it_does_not_say_comes_from_its_parents() {
    let theme = sound(
        "child",
        &[
            (
                "child",
                &[
                    ("theme.yaml", "extends: parent\ntokens: {radius: 0, accent: {dark: \"#fff\"}}\n"),
                    ("assets/a.css", ".child{}"),
                    ("slots/footer.ja.html", "<p>子</p>"),
                    ("messages/en.ftl", "skip = Child\n"),
                ],
            ),
            (
                "parent",
                &[
                    ("theme.yaml", "extends: default\ntokens: {accent: \"#123456\", measure: 50rem}\n"),
                    ("assets/a.css", ".parent{}"),
                    ("assets/b.css", ".b{}"),
                    ("assets/style.css", ".base{}"),
                    ("slots/footer.html", "<p>parent</p>"),
                    ("slots/top.html", "<p>top</p>"),
                    ("messages/en.ftl", "skip = Parent\nstale = Parent\n"),
                ],
            ),
        ],
    );
    let text = &theme.style.text;
    assert!(text.ends_with("\n.base{}\n.b{}\n.child{}\n"), "{text}");
    for part in ["--accent:#123456;", "--accent:#fff", "--radius:0px;", "--measure:50rem;", "--ink:#1d1f23;"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(theme.slot(Slot::Footer, "ja", ""), "<p>子</p>\n");
    assert_eq!(theme.slot(Slot::Footer, "en", ""), "<p>parent</p>\n");
    assert_eq!(theme.slot(Slot::Top, "en", "").as_str(), "<p>top</p>\n");
    assert_eq!(theme.slot(Slot::Head, "en", "").as_str(), "");
    assert_eq!(
        theme.messages("en").collect::<Vec<_>>(),
        ["skip = Parent\nstale = Parent\n", "skip = Child\n"]
    );
}

#[test]
fn a_folder_named_like_a_built_in_theme_wins_over_it() {
    let own: Folder<'_> = ("default", &[("theme.yaml", "tokens: {measure: 30rem}\n")]);
    assert!(sound("default", &[own]).style.text.contains("--measure:30rem;"));
    let child: Folder<'_> = ("mine", &[]);
    assert!(sound("mine", &[own, child]).style.text.contains("--measure:30rem;"));
    // A built-in theme extends built-in themes only.
    assert!(sound("terminal", &[own]).style.text.contains("--measure:72rem;"));
}

#[test]
fn circles_and_unknown_parents_end_at_the_default_theme() {
    let a: Folder<'_> = ("a", &[("theme.yaml", "extends: b\n")]);
    let b: Folder<'_> = ("b", &[("theme.yaml", "extends: a\n")]);
    assert_eq!(faults("a", &[a, b]), [("theme/cycle", "themes/b/theme.yaml".to_owned(), "a".to_owned())]);
    let itself: Folder<'_> = ("a", &[("theme.yaml", "extends: a\n")]);
    assert_eq!(faults("a", &[itself])[0].0, "theme/cycle");
    let unknown: Folder<'_> = ("a", &[("theme.yaml", "extends: teminal\n")]);
    let (_, found) = theme("a", &[unknown]);
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fault.code, "theme/unknown-parent");
    assert!(fault.help.as_deref().is_some_and(|h| h.starts_with("did you mean `terminal`?")), "{fault:?}");
}

#[test]
fn files_are_published_under_their_hashes_and_found_by_css_and_slots() {
    let theme = sound(
        "a",
        &[(
            "a",
            &[
                ("assets/fonts/x.woff2", "font"),
                ("assets/logo.svg", "<svg/>"),
                ("assets/x.css", "@font-face{src:url(fonts/x.woff2)}"),
                ("slots/top.html", "<img src=\"{asset:logo.svg}\" alt=\"\">"),
            ],
        )],
    );
    let paths: Vec<&str> = theme.files.iter().map(|file| file.path.as_str()).collect();
    let [font, logo] = paths[..] else { panic!("{paths:?}") };
    assert!(
        font.starts_with("assets/theme/fonts/x.") && font.ends_with(".woff2") && theme.has_fonts,
        "{font}"
    );
    assert!(theme.style.text.contains(&format!("url(\"{}\")", font.trim_start_matches("assets/theme/"))));
    assert_eq!(theme.slot(Slot::Top, "en", "../../"), format!("<img src=\"../../{logo}\" alt=\"\">\n"));
    assert!(!Theme::default().has_fonts && Theme::default().files.is_empty());
}

#[test]
fn what_means_nothing_is_reported_once() {
    let files: &[(&str, &str)] = &[
        ("LICENSE", ""),
        ("README.txt", ""),
        ("notes.md", ""),
        ("asets", ""),
        ("templates/home.html", "a"),
        ("templates/nav.html", "b"),
        ("messages/en.txt", ""),
        ("slots/README.md", ""),
    ];
    let found = faults("a", &[("a", files)]);
    let files: Vec<&str> = found
        .iter()
        .map(|(code, file, _)| (*code, file.as_str()))
        .map(|(code, file)| {
            assert_eq!(code, "theme/unknown-file");
            file
        })
        .collect();
    assert_eq!(files, ["themes/a/asets", "themes/a/messages/en.txt", "themes/a/templates"]);
    // A copy of the built-in theme's folder gives no warnings and publishes nothing more.
    let nav = builtin::idle("templates/nav.html").expect("a template");
    let banner = builtin::idle("assets/banner.js").expect("a script");
    let copy = sound("default", &[("default", &[("templates/nav.html", nav), ("assets/banner.js", banner)])]);
    assert_eq!(copy.digest(), Theme::default().digest());
}

#[test]
fn what_cannot_be_read_is_reported_at_the_tokens_of_ones_own() {
    let own: Folder<'_> =
        ("a", &[("theme.yaml", "scheme: light\ntokens: {soft: {light: \"#999\", dark: \"#333\"}}\n")]);
    let both = ("theme/low-contrast", "themes/a/theme.yaml".to_owned(), "\"#999\"".to_owned());
    assert_eq!(faults("a", &[own]), [both.clone(), both]);
    // Here the background is the theme's own.
    let own: Folder<'_> = ("a", &[("theme.yaml", "scheme: dark\ntokens: {card: {dark: \"#777\"}}\n")]);
    let found = faults("a", &[own]);
    assert!(found.len() > 4 && found.iter().all(|(_, _, at)| at == "\"#777\""), "{found:?}");
    let (_, found) = theme("a", &[own]);
    assert!(
        found[0].message.contains("`ink` (#eceae4) on `card` (#777)") && found[0].message.contains("dark"),
        "{found:?}"
    );
}

#[test]
fn everything_that_decides_a_page_is_in_the_digest() {
    let digest = |files: &[(&str, &str)]| sound("a", &[("a", files)]).digest();
    let mut seen = vec![Theme::default().digest()];
    for files in [
        &[("theme.yaml", "tokens: {radius: 1px}\n")][..],
        &[("theme.yaml", "scheme: dark\n")],
        &[("assets/a.css", "a{}")],
        &[("assets/script.js", "a")],
        &[("assets/a.svg", "a")],
        &[("assets/a.svg", "b")],
        &[("slots/top.html", "a")],
        &[("slots/footer.html", "a")],
        &[("slots/footer.en.html", "a")],
        &[("messages/en.ftl", "skip = a\n")],
        &[("messages/ja.ftl", "skip = a\n")],
    ] {
        let digest = digest(files);
        assert!(!seen.contains(&digest), "{files:?}");
        seen.push(digest);
    }
    assert_ne!(Theme::default().with_days(30).digest(), Theme::default().digest());
}

#[test]
fn nothing_is_wrong_with_the_built_in_themes() {
    for theme in builtin::ALL {
        let file: Arc<str> = format!("themes/{}/theme.yaml", theme.name).into();
        let mut found = Vec::new();
        Description::read(&file, &theme.description.into(), &mut found);
        assert!(found.is_empty(), "{found:?}");
        let (built, found) = Chain::begin(theme.name, &[]).finish();
        assert!(found.is_empty(), "{found:?}");
        let near = contrast::near(&built.tokens);
        assert!(near.is_empty(), "{}: {near:?}", theme.name);
    }
}

/// Each state has its own shape and name, so colour is only the third signal. It must still work as one. About
/// 0.02 in `OKLab` is a just noticeable difference side by side. The smallest distances today, as simulated
/// (Machado et al. 2009): `default` light 0.071 for trichromats, 0.026 protanopia (partial and degraded),
/// 0.0196 deuteranopia (major and degraded), 0.031 tritanopia (major and partial); dark 0.086, 0.080, 0.029,
/// 0.031; `terminal` 0.097, 0.089, 0.041, 0.044. Readers who see all colours must not need the shapes.
#[test]
fn the_five_states_stay_apart_for_all_eyes() {
    const STATES: [&str; 5] = ["ok", "degraded", "maintenance", "partial", "major"];
    for theme in builtin::ALL {
        let (built, _) = Chain::begin(theme.name, &[]).finish();
        let colour = |name: &str, scheme: usize| {
            let at = tokens::COLOURS.iter().position(|(known, _)| *known == name).expect("a token");
            built.tokens.colours[at][scheme]
        };
        for (scheme, scheme_name) in built.tokens.scheme.shown().iter().copied() {
            for (name, eyes) in EYES {
                let least = if name == "trichromacy" { 0.07 } else { 0.019 };
                for (at, one) in STATES.iter().enumerate() {
                    for two in &STATES[..at] {
                        let apart = distance(&eyes, colour(one, scheme), colour(two, scheme));
                        let what = format!("{} {scheme_name}, {name}: {one} and {two}", theme.name);
                        assert!(apart >= least, "{what} are {apart:.4} apart");
                    }
                }
            }
        }
    }
}

/// Texts that are almost CSS, HTML and Fluent.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &str = "\
        < > </ /> <p <p> </p> <b <!-- --> <script </script> <svg> </svg> \" ' \\ url( image-set( ( ) { } [ \
        ] /* */ @import # ; : {asset: {root} a.svg é 日 [one] *[other] \
        ␣a= ␣src= ␣href= \n \n ␣ skip␣=␣ {␣$n␣} ␣␣␣␣.a␣=␣ -t␣=␣";
    text_of(PIECES, 24)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the text is, every fault lies within its file, and a text without faults is complete.
    #[test]
    fn every_fault_lies_in_its_text(text in pieces()) {
        let texts = [
            ("assets/a.css", text.as_str()),
            ("messages/en.ftl", &text),
            ("slots/head.html", &text),
            ("slots/top.html", &text),
            ("theme.yaml", &text),
        ];
        let (theme, found) = theme("a", &[("a", &texts)]);
        for fault in &found {
            if let Some(range) = &fault.place.range {
                prop_assert!(text.get(range.clone()).is_some(), "{:?}", fault);
            }
        }
        let is_sound = |file: &str| found.iter().all(|fault| !fault.place.file.ends_with(file));
        if is_sound("top.html") {
            let (again, fault) = tags::scan(&theme.slot(Slot::Top, "en", "./"));
            prop_assert!(fault.is_none(), "{:?} {:?}", again, fault);
        }
        if is_sound("a.css") {
            let (again, faults) = css::resolve(&theme.rules, "assets/style.css", &Names::default());
            prop_assert!(faults.is_empty() && again == *theme.rules, "{:?}", faults);
        }
    }
}
