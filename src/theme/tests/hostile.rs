//! Tests spellings by which a slot or a stylesheet would run a script or contact another host, and harmless
//! ones that look similar.

use super::{Folder, faults, sound};
use crate::tests::marked;

/// The problems reported for a file of a theme that has a script and a picture.
fn reported(file: &str, text: &str) -> Vec<(&'static str, String, String)> {
    let files = [("assets/a.js", "a()"), ("assets/logo.svg", "<svg/>"), (file, text)];
    faults("mine", &[("mine", &files)])
}

#[track_caller]
fn refused(file: &str, table: &[(&str, &str)]) {
    for (written, code) in table {
        let (text, at) = marked(written);
        let found = reported(file, &text);
        let is_there = found.iter().any(|(found, _, place)| found == code && *place == text[at.clone()]);
        assert!(is_there, "{written:?} wants {code}: {found:?}");
    }
}

#[test]
fn an_address_that_runs_is_refused_however_it_is_spelled() {
    let inline = "theme/inline";
    refused(
        "slots/top.html",
        &[
            ("<a href=\"⟦java&#115;cript:a()⟧\">x</a>", inline),
            ("<a href=\"⟦java&Tab;script:a()⟧\">x</a>", inline),
            ("<a href=\"⟦java&NewLine;script:a()⟧\">x</a>", inline),
            ("<a href=\"⟦&#1;javascript:a()⟧\">x</a>", inline),
            ("<a href=\"⟦javascript&colon;a()⟧\">x</a>", inline),
            ("<a href=\"⟦JAVASCRIPT&#x3a;a()⟧\">x</a>", inline),
            ("<a href=\"⟦&#0000106avascript&#58a()⟧\">x</a>", inline),
            ("<a href='⟦vb&#115;cript:a()⟧'>x</a>", inline),
            ("<a href=⟦data&colon;text/html,x⟧>x</a>", inline),
            ("<a href=\"⟦blob:https://a.example/x⟧\">x</a>", inline),
            ("<map name=m><area href=\"⟦java&#9;script:a()⟧\"></map>", inline),
            ("<svg><a href=\"⟦javascrip&#116;:a()⟧\"><text>x</text></a></svg>", inline),
            ("<svg><a xlink:href=\"⟦javascript:a()⟧\"><text>x</text></a></svg>", inline),
            ("<img src=\"⟦d&#97;ta:image/png,x⟧\" alt=\"\">", inline),
            ("<p o&#110;click=\"⟦a()⟧\">x</p>", "theme/forbidden-element"),
            ("<p ONCLICK = ⟦a()⟧>x</p>", inline),
            ("<p x=1\nonpointerenter='⟦a()⟧'>x</p>", inline),
            ("<svg onload=\"⟦a()⟧\"></svg>", inline),
            ("<p st&#121;le=\"⟦x⟧\">x</p>", "theme/forbidden-element"),
            ("<a href=\"⟦file:///etc/passwd⟧\">x</a>", "theme/foreign"),
        ],
    );
}

#[test]
fn an_address_on_another_host_is_refused_however_it_is_spelled() {
    let foreign = "theme/foreign";
    refused(
        "slots/top.html",
        &[
            ("<img src=\"⟦&#104;ttps://a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦https:a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦\\\\a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦/\\a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦/&Tab;/a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦&sol;/a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦&#31; //a.example/x⟧\" alt=\"\">", foreign),
            ("<img src=\"⟦{root}/a.example/x⟧\" alt=\"\">", foreign),
            ("<a href=\"⟦{root}/a.example/⟧\">x</a>", foreign),
            ("<img src={root}a.png srcset=\"⟦{root}a.png&#44;//a.example/x⟧\" alt=\"\">", foreign),
            ("<picture><source srcset=\"⟦a, &sol;&sol;a.example/x 2x⟧\"></picture>", foreign),
            ("<svg><use href=\"⟦//a.example/x#y⟧\"/></svg>", foreign),
            ("<svg><use xlink:href=\"⟦https&colon;//a.example/x#y⟧\"/></svg>", foreign),
            ("<svg><image href=\"⟦//a.example/x⟧\"/></svg>", foreign),
            ("<svg><rect fill=\"⟦url(//a.example/x#y)⟧\"/></svg>", foreign),
            ("<svg><rect filter=\"⟦u\\72l('//a.example/x#y')⟧\"/></svg>", foreign),
            ("<svg><rect mask=\"⟦image-set('//a.example/x' 1x)⟧\"/></svg>", foreign),
        ],
    );
    refused(
        "slots/head.html",
        &[
            ("<script src=\"⟦&sol;/a.example/x.js⟧\"></script>", foreign),
            ("<link rel=\"&#115;tylesheet\" href=\"⟦//a.example/x⟧\">", foreign),
            ("<link rel=\"me dns-prefetch\" href=\"⟦//a.example/⟧\">", foreign),
            ("<link rel=\"preload\" as=\"image\" imagesrcset=\"⟦//a.example/x 2x⟧\">", foreign),
        ],
    );
}

#[test]
fn an_element_or_attribute_that_runs_or_loads_is_refused() {
    let code = "theme/forbidden-element";
    refused(
        "slots/top.html",
        &[
            ("<svg>⟦<animate attributeName=\"href\" to=\"javascript:a()\"/>⟧</svg>", code),
            ("<svg>⟦<set attributeName=\"href\" to=\"x\"/>⟧</svg>", code),
            ("<svg>⟦<script>⟧a()</script></svg>", code),
            ("<svg>⟦<style>⟧a{}</style></svg>", "theme/inline"),
            ("<svg>⟦<foreignObject>⟧<p>x</p></foreignObject></svg>", code),
            ("<svg>⟦<feImage href=\"//a.example/x\"/>⟧</svg>", code),
            ("⟦<math>⟧<mtext>x</mtext></math>", code),
            ("⟦<template>⟧<p>x</p></template>", code),
            ("⟦<iframe srcdoc=\"&lt;script&gt;a()\">⟧</iframe>", code),
            ("<button formaction=\"⟦javascript:a()⟧\">x</button>", code),
            ("<a href=\"/\" ping=\"⟦//a.example/⟧\">x</a>", code),
            ("<table background=\"⟦//a.example/x⟧\"></table>", code),
            ("<input type=image src=\"⟦//a.example/x⟧\">", code),
            ("<a href=\"/\" attributionsrc=\"⟦//a.example/⟧\">x</a>", code),
            ("<p class=a\u{c}\u{b}id=⟦b⟧>x</p>", code),
            ("⟦<plaintext>⟧x</plaintext>", code),
        ],
    );
    refused(
        "slots/head.html",
        &[
            ("<meta HTTP-EQUIV=⟦refresh⟧ content=\"0;url=//a.example/\">", code),
            ("<meta charset=\"⟦shift_jis⟧\">", code),
            ("⟦<base href=\"//a.example/\">⟧", code),
            ("<noscript>⟦<style>⟧a{}</style></noscript>", "theme/inline"),
            ("⟦<script type=\"speculationrules\">⟧{}</script>", "theme/inline"),
            ("⟦<script type=\"importmap\">⟧{}</script>", "theme/inline"),
        ],
    );
}

#[test]
fn what_a_browser_reads_in_another_way_is_refused_where_it_begins_to() {
    let code = "theme/unbalanced";
    refused(
        "slots/top.html",
        &[
            ("⟦<p id=a ID=b>⟧x</p>", code),
            ("⟦<!--> <img src=x onerror=a()> -->⟧", code),
            ("⟦<!-- x --!> <img src=x onerror=a()> -->⟧", code),
            ("<noscript>⟦<p title=\"</noscript><img src=x onerror=a()>\">⟧</p></noscript>", code),
            ("<noscript>⟦<!-- </noscript><img src=x onerror=a()> -->⟧</noscript>", code),
            ("<svg>⟦<p>⟧x</p></svg>", code),
            ("<svg>⟦<⟧![CDATA[<img>]]></svg>", code),
            ("<table>⟦<p>⟧x</p></table>", code),
            ("<table>x⟦<tr>⟧<td>y</td></tr></table>", code),
            ("<a href=\"/\"><b>⟦<a href=\"/\">⟧x</a></b></a>", code),
            ("<ul><li>a⟦<li>⟧b</li></li></ul>", code),
            ("⟦<p⟧ title=\u{3000}\"a\">x</p>", code),
            ("⟦<p⟧\u{3000}class=a>x</p>", code),
            ("<button>a⟦<button>⟧b</button></button>", code),
            ("⟦<image src=x>⟧", code),
            ("⟦<td>⟧x</td>", code),
            ("<p>a⟦</b>⟧</p>", code),
            ("<p>a⟦<!--⟧ b", code),
            ("⟦<script src=\"{asset:a.js}\">⟧<!--</script>", code),
        ],
    );
    refused("slots/head.html", &[("<noscript>⟦<p>⟧x</p></noscript>", "theme/forbidden-element")]);
}

#[test]
fn honest_slots_pass() {
    for text in [
        "<p>A &amp; B, AT&T, &copy; 2026, 1 &lt; 2, &nbsp;{ x }</p>",
        "<a href=\"https://a.example/?a=1&b=2&amp;c=java&#115;cript:\">x</a>",
        "<a href=\"./javascript:x\">a file that is called so</a>",
        "<a href=\"mailto:a@b.example?subject=%C3%A9\">m</a> <a href=\"tel:+81-3\">t</a> <a href=\"webcal://a.example/\">w</a>",
        "<a href=\"{root}faq/#x\" target=\"_blank\" rel=\"noopener\">x</a><a href=\"//a.example/\">y</a>",
        "<table><caption>c</caption><tr><th scope=col>a</th></tr> <tr><td colspan=2>b</td></tr></table>",
        "<table><colgroup><col span=2></colgroup><tbody><tr><td>x</td></tr></tbody></table>",
        "<ul><li>a</li> <li><p>b</p><ol start=3><li>c</li></ol></li></ul><dl><dt>a</dt><dd>b</dd></dl>",
        "<picture><source srcset=\"{asset:logo.svg} 2x, {root}a.png 3x\" media=\"(min-width: 1px)\"><img src=\"/x.png\" alt=\"\"></picture>",
        "<svg viewBox=\"0 0 1 1\" fill=\"none\" stroke-width=\"2\"><title>a <b>b</b></title><defs><linearGradient id=\"g\"><stop offset=\"0\"/></linearGradient></defs><path d=\"M0 0L1-1z\" fill=\"url(#g)\" transform=\"rotate(45 1,2)\"/><use xlink:href=\"#x\"/></svg>",
        "<details data-open=\"onclick=a()\"><summary>x</summary><p aria-label=\"javascript:\">y</p></details>",
        "<my-banner data-x=\"{root}\"><button type=\"button\" disabled>x</button></my-banner>",
        "<noscript><p>No scripts here. <img src=\"{asset:logo.svg}\" alt=\"\"></p></noscript>",
        "<select name=\"x\"><option value=\"1\" selected>a</option><option>b</option></select>",
        "<!-- a -- b --><p hidden>x</p><!---->",
        "<blockquote cite=\"https://a.example/\"><pre>\n  x\n</pre></blockquote>",
        "<p itemscope itemtype=\"https://schema.org/Organization\"><span itemprop=\"name\">x</span></p>",
    ] {
        assert_eq!(reported("slots/top.html", text), [], "{text}");
    }
    for text in [
        "<script type=\"application/ld+json\">{\"@type\":\"Organization\",\"url\":\"https://a.example/\"}</script>",
        "<meta property=\"og:image\" content=\"https://a.example/x.png\"><meta name=\"theme-color\" content=\"#fff\" media=\"(x)\">",
        "<link rel=\"preload\" as=\"image\" href=\"{asset:logo.svg}\"><link rel=\"icon\" href=\"/favicon.ico\">",
        "<noscript><link rel=\"stylesheet\" href=\"{root}x.css\"></noscript><script src=\"{asset:a.js}\" defer></script>",
    ] {
        assert_eq!(reported("slots/head.html", text), [], "{text}");
    }
}

#[test]
fn a_style_sheet_that_asks_another_host_is_refused_however_it_is_spelled() {
    let (foreign, inline) = ("theme/foreign", "theme/inline");
    refused(
        "assets/x.css",
        &[
            ("a{b:u\\72l(⟦https://a.example/x⟧)}", foreign),
            ("a{b:\\55 RL(\"⟦//a.example/x⟧\")}", foreign),
            ("a{b:⟦url(⟧/**/\"//a.example/x\")}", "theme/unbalanced"),
            ("a{b:url( \"⟦//a.example/x⟧\" )}", foreign),
            ("a{b:⟦url(\\2f/a.example/x)⟧}", foreign),
            ("a{b:url(⟦\"\\68ttps:a.example\"⟧)}", foreign),
            ("a{b:⟦url(\\\\\\\\a.example/x)⟧}", foreign),
            ("a{b:url(⟦\"/\\9/a.example/x\"⟧)}", foreign),
            ("a{b:url(⟦'https:\\\n//a.example'⟧)}", foreign),
            ("a{b:src(\"⟦//a.example/x⟧\")}", foreign),
            ("a{--x:url(⟦//a.example/x⟧)}", foreign),
            ("a{b:im\\61ge-set('⟦//a.example/x⟧' 1x)}", foreign),
            ("a{b:-webkit-image-set(\"⟦//a.example/x⟧\" 1x)}", foreign),
            ("a{--x:\"//a.example/x\";b:image-set(⟦var(⟧--x) 1x)}", foreign),
            ("a{b:src(⟦v\\61r(⟧--x))}", foreign),
            ("a{b:image-set(⟦attr(⟧data-x) 1x)}", foreign),
            ("a{b:⟦url(d\\61ta:text/css,x)⟧}", inline),
            ("a{b:⟦url(⟧javascript:a())}", "theme/unbalanced"),
            ("a{b:url(⟦\"java\\9script:a\"⟧)}", foreign),
            ("⟦@\\69mport⟧ 'x.css';", "theme/import"),
            ("⟦@import⟧/**/url(//a.example/x);", "theme/import"),
            ("@font-face{src:url(⟦//a.example/x⟧) format('woff2')}", foreign),
            ("@namespace url(⟦//a.example/x⟧);", foreign),
            ("a{-moz-binding:url(⟦//a.example/x#y⟧)}", foreign),
            ("a{behavior:url(⟦//a.example/x⟧)}", foreign),
            ("a{b:⟦EXPRESSION(⟧a())}", inline),
            ("a{cursor:url(logo.svg),url(⟦//a.example/x⟧),auto}", foreign),
            ("@supports (b:url(⟦//a.example/x⟧)){a{}}", foreign),
        ],
    );
}

#[test]
fn a_style_sheet_that_would_swallow_the_next_one_is_refused() {
    let code = "theme/unbalanced";
    refused(
        "assets/x.css",
        &[
            ("a{}\n⟦@media print⟧\n", code),
            ("a{} ⟦.b,⟧", code),
            ("a{}⟦;⟧", code),
            ("⟦color: red;⟧", code),
            ("a{b:⟦\"x\\⟧", code),
            ("a{b:image-set(⟦\"logo.svg\\⟧", code),
            ("a{b:c}⟦\\⟧", code),
            ("a{b:⟦\"x⟧\n}", code),
            ("a{b:⟦url(⟧x y)}", code),
            ("a{b:⟦url(⟧logo.svg\\)", code),
            ("a⟦{⟧b{c:d}", code),
            ("a{}⟦/*⟧ b *", code),
            ("a{}⟦/*⟧/", code),
            ("a{b:[c⟦)⟧}", code),
            ("@media x⟦{⟧a{}", code),
        ],
    );
}

#[test]
fn honest_style_sheets_pass() {
    for text in [
        "@charset \"utf-8\";\n@layer a, b;\n@media print{a{b:c}}\n",
        "a::before{content:\"https://a.example/ url(x) \\\"{\"}",
        "a[href^=\"javascript:\"],a[href^='//']{color:red}",
        "/* url(//a.example/x) @import 'x' { */ a{b:url(#x)}",
        ".url\\(x,.\\@import{a:b}",
        "a{background:url(logo.svg) center/cover, linear-gradient(90deg, red, var(--x))}",
        "a{b:image-set(url(logo.svg) 1x, \"logo.svg\" type(\"image/svg+xml\") 2x)}",
        "@font-face{font-family:\"x\";src:local(\"x\"),url(logo.svg) format(\"woff2\")}",
        "a{&:hover{b:c} @container (width > 1px){b:c}} <!-- -->",
        "a{width:calc(100% - (1px + 2px));--x:{a:b};--y:\"\\26 \"}",
        "@property --x{syntax:\"<url>\";inherits:false;initial-value:url(logo.svg)}",
    ] {
        assert_eq!(reported("assets/x.css", text), [], "{text}");
    }
    let theme: Folder<'_> =
        ("mine", &[("assets/logo.svg", "x"), ("assets/x.css", "a{b:u\\72l( logo.svg#\\29 )}")]);
    let style = sound("mine", &[theme]).style.text;
    assert!(style.contains("a{b:url(\"logo.") && style.contains(".svg#)\")}"), "{style}");
}

/// Test threads have 2 MiB of stack, like the threads that read files.
#[test]
fn deep_and_long_texts_end_with_a_fault_and_in_time() {
    let many = 100_000;
    for text in ["{", "(", "[", "a{", "url(", "image-set(", "f(", "/*", "\"", "\\", "@media x{", "a{b:url("] {
        let found = reported("assets/x.css", &text.repeat(many));
        assert!(found.iter().any(|(code, ..)| *code == "theme/unbalanced"), "{text}: {found:?}");
    }
    for text in ["a{b:c}", "a{b:url(logo.svg)}", "/**/", "a{b:image-set('logo.svg' 1x)}"] {
        assert_eq!(reported("assets/x.css", &text.repeat(many / 10)), [], "{text}");
    }
    let attributes: String = (0..many).map(|n| format!(" data-{n}")).collect();
    for text in [
        "<div>".repeat(many),
        "<b>".repeat(many),
        "<svg>".repeat(many),
        "<table>".repeat(many),
        "<noscript>".repeat(many),
        "<a href=".repeat(many),
        "<!--".repeat(many),
        "</".repeat(many),
        format!("<p{attributes}></p>"),
    ] {
        let found = reported("slots/top.html", &text);
        let is_reported = found.iter().any(|(code, ..)| *code == "theme/unbalanced");
        assert!(is_reported, "{}: {found:?}", &text[..20]);
    }
    for text in
        ["<p>a</p>", "<!-- a -->", "&amp;", "{a:", "<b></b>", "<script src=\"{asset:a.js}\"></script>"]
    {
        assert_eq!(reported("slots/top.html", &text.repeat(many / 20)), [], "{text}");
    }
}
