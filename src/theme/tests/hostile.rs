//! Tests spellings by which a slot or a stylesheet would run a script or contact another host, and harmless
//! ones that look similar.

use super::{Folder, faults, sound};

/// The problems reported for a file of a theme that has a script and a picture.
fn reported(file: &str, text: &str) -> Vec<(&'static str, String, String)> {
    let files = [("assets/a.js", "a()"), ("assets/logo.svg", "<svg/>"), (file, text)];
    faults("mine", &[("mine", &files)])
}

#[track_caller]
fn refused(file: &str, table: &[(&str, &str, &str)]) {
    for (text, code, at) in table {
        let found = reported(file, text);
        let is_there = found.iter().any(|(found, _, place)| found == code && place == at);
        assert!(is_there, "{text:?} wants {code} at {at:?}: {found:?}");
    }
}

#[test]
fn an_address_that_runs_is_refused_however_it_is_spelled() {
    let inline = "theme/inline";
    refused(
        "slots/top.html",
        &[
            ("<a href=\"java&#115;cript:a()\">x</a>", inline, "java&#115;cript:a()"),
            ("<a href=\"java&Tab;script:a()\">x</a>", inline, "java&Tab;script:a()"),
            ("<a href=\"java&NewLine;script:a()\">x</a>", inline, "java&NewLine;script:a()"),
            ("<a href=\"&#1;javascript:a()\">x</a>", inline, "&#1;javascript:a()"),
            ("<a href=\"javascript&colon;a()\">x</a>", inline, "javascript&colon;a()"),
            ("<a href=\"JAVASCRIPT&#x3a;a()\">x</a>", inline, "JAVASCRIPT&#x3a;a()"),
            ("<a href=\"&#0000106avascript&#58a()\">x</a>", inline, "&#0000106avascript&#58a()"),
            ("<a href='vb&#115;cript:a()'>x</a>", inline, "vb&#115;cript:a()"),
            ("<a href=data&colon;text/html,x>x</a>", inline, "data&colon;text/html,x"),
            ("<a href=\"blob:https://a.example/x\">x</a>", inline, "blob:https://a.example/x"),
            ("<map name=m><area href=\"java&#9;script:a()\"></map>", inline, "java&#9;script:a()"),
            ("<svg><a href=\"javascrip&#116;:a()\"><text>x</text></a></svg>", inline, "javascrip&#116;:a()"),
            ("<svg><a xlink:href=\"javascript:a()\"><text>x</text></a></svg>", inline, "javascript:a()"),
            ("<img src=\"d&#97;ta:image/png,x\" alt=\"\">", inline, "d&#97;ta:image/png,x"),
            ("<p o&#110;click=\"a()\">x</p>", "theme/forbidden-element", "a()"),
            ("<p ONCLICK = a()>x</p>", inline, "a()"),
            ("<p x=1\nonpointerenter='a()'>x</p>", inline, "a()"),
            ("<svg onload=\"a()\"></svg>", inline, "a()"),
            ("<p st&#121;le=\"x\">x</p>", "theme/forbidden-element", "x"),
            ("<a href=\"file:///etc/passwd\">x</a>", "theme/foreign", "file:///etc/passwd"),
        ],
    );
}

#[test]
fn an_address_on_another_host_is_refused_however_it_is_spelled() {
    let foreign = "theme/foreign";
    refused(
        "slots/top.html",
        &[
            ("<img src=\"&#104;ttps://a.example/x\" alt=\"\">", foreign, "&#104;ttps://a.example/x"),
            ("<img src=\"https:a.example/x\" alt=\"\">", foreign, "https:a.example/x"),
            ("<img src=\"\\\\a.example/x\" alt=\"\">", foreign, "\\\\a.example/x"),
            ("<img src=\"/\\a.example/x\" alt=\"\">", foreign, "/\\a.example/x"),
            ("<img src=\"/&Tab;/a.example/x\" alt=\"\">", foreign, "/&Tab;/a.example/x"),
            ("<img src=\"&sol;/a.example/x\" alt=\"\">", foreign, "&sol;/a.example/x"),
            ("<img src=\"&#31; //a.example/x\" alt=\"\">", foreign, "&#31; //a.example/x"),
            ("<img src=\"{root}/a.example/x\" alt=\"\">", foreign, "{root}/a.example/x"),
            ("<a href=\"{root}/a.example/\">x</a>", foreign, "{root}/a.example/"),
            (
                "<img src={root}a.png srcset=\"{root}a.png&#44;//a.example/x\" alt=\"\">",
                foreign,
                "{root}a.png&#44;//a.example/x",
            ),
            (
                "<picture><source srcset=\"a, &sol;&sol;a.example/x 2x\"></picture>",
                foreign,
                "a, &sol;&sol;a.example/x 2x",
            ),
            ("<svg><use href=\"//a.example/x#y\"/></svg>", foreign, "//a.example/x#y"),
            (
                "<svg><use xlink:href=\"https&colon;//a.example/x#y\"/></svg>",
                foreign,
                "https&colon;//a.example/x#y",
            ),
            ("<svg><image href=\"//a.example/x\"/></svg>", foreign, "//a.example/x"),
            ("<svg><rect fill=\"url(//a.example/x#y)\"/></svg>", foreign, "url(//a.example/x#y)"),
            ("<svg><rect filter=\"u\\72l('//a.example/x#y')\"/></svg>", foreign, "u\\72l('//a.example/x#y')"),
            (
                "<svg><rect mask=\"image-set('//a.example/x' 1x)\"/></svg>",
                foreign,
                "image-set('//a.example/x' 1x)",
            ),
        ],
    );
    refused(
        "slots/head.html",
        &[
            ("<script src=\"&sol;/a.example/x.js\"></script>", foreign, "&sol;/a.example/x.js"),
            ("<link rel=\"&#115;tylesheet\" href=\"//a.example/x\">", foreign, "//a.example/x"),
            ("<link rel=\"me dns-prefetch\" href=\"//a.example/\">", foreign, "//a.example/"),
            (
                "<link rel=\"preload\" as=\"image\" imagesrcset=\"//a.example/x 2x\">",
                foreign,
                "//a.example/x 2x",
            ),
        ],
    );
}

#[test]
fn an_element_or_attribute_that_runs_or_loads_is_refused() {
    let code = "theme/forbidden-element";
    refused(
        "slots/top.html",
        &[
            (
                "<svg><animate attributeName=\"href\" to=\"javascript:a()\"/></svg>",
                code,
                "<animate attributeName=\"href\" to=\"javascript:a()\"/>",
            ),
            (
                "<svg><set attributeName=\"href\" to=\"x\"/></svg>",
                code,
                "<set attributeName=\"href\" to=\"x\"/>",
            ),
            ("<svg><script>a()</script></svg>", code, "<script>"),
            ("<svg><style>a{}</style></svg>", "theme/inline", "<style>"),
            ("<svg><foreignObject><p>x</p></foreignObject></svg>", code, "<foreignObject>"),
            ("<svg><feImage href=\"//a.example/x\"/></svg>", code, "<feImage href=\"//a.example/x\"/>"),
            ("<math><mtext>x</mtext></math>", code, "<math>"),
            ("<template><p>x</p></template>", code, "<template>"),
            ("<iframe srcdoc=\"&lt;script&gt;a()\"></iframe>", code, "<iframe srcdoc=\"&lt;script&gt;a()\">"),
            ("<button formaction=\"javascript:a()\">x</button>", code, "javascript:a()"),
            ("<a href=\"/\" ping=\"//a.example/\">x</a>", code, "//a.example/"),
            ("<table background=\"//a.example/x\"></table>", code, "//a.example/x"),
            ("<input type=image src=\"//a.example/x\">", code, "//a.example/x"),
            ("<a href=\"/\" attributionsrc=\"//a.example/\">x</a>", code, "//a.example/"),
            ("<p class=a\u{c}\u{b}id=b>x</p>", code, "b"),
            ("<plaintext>x</plaintext>", code, "<plaintext>"),
        ],
    );
    refused(
        "slots/head.html",
        &[
            ("<meta HTTP-EQUIV=refresh content=\"0;url=//a.example/\">", code, "refresh"),
            ("<meta charset=\"shift_jis\">", code, "shift_jis"),
            ("<base href=\"//a.example/\">", code, "<base href=\"//a.example/\">"),
            ("<noscript><style>a{}</style></noscript>", "theme/inline", "<style>"),
            (
                "<script type=\"speculationrules\">{}</script>",
                "theme/inline",
                "<script type=\"speculationrules\">",
            ),
            ("<script type=\"importmap\">{}</script>", "theme/inline", "<script type=\"importmap\">"),
        ],
    );
}

#[test]
fn what_a_browser_reads_in_another_way_is_refused_where_it_begins_to() {
    let code = "theme/unbalanced";
    refused(
        "slots/top.html",
        &[
            ("<p id=a ID=b>x</p>", code, "<p id=a ID=b>"),
            ("<!--> <img src=x onerror=a()> -->", code, "<!--> <img src=x onerror=a()> -->"),
            ("<!-- x --!> <img src=x onerror=a()> -->", code, "<!-- x --!> <img src=x onerror=a()> -->"),
            (
                "<noscript><p title=\"</noscript><img src=x onerror=a()>\"></p></noscript>",
                code,
                "<p title=\"</noscript><img src=x onerror=a()>\">",
            ),
            (
                "<noscript><!-- </noscript><img src=x onerror=a()> --></noscript>",
                code,
                "<!-- </noscript><img src=x onerror=a()> -->",
            ),
            ("<svg><p>x</p></svg>", code, "<p>"),
            ("<svg><![CDATA[<img>]]></svg>", code, "<"),
            ("<table><p>x</p></table>", code, "<p>"),
            ("<table>x<tr><td>y</td></tr></table>", code, "<tr>"),
            ("<a href=\"/\"><b><a href=\"/\">x</a></b></a>", code, "<a href=\"/\">"),
            ("<ul><li>a<li>b</li></li></ul>", code, "<li>"),
            ("<p title=\u{3000}\"a\">x</p>", code, "<p"),
            ("<p\u{3000}class=a>x</p>", code, "<p"),
            ("<button>a<button>b</button></button>", code, "<button>"),
            ("<image src=x>", code, "<image src=x>"),
            ("<td>x</td>", code, "<td>"),
            ("<p>a</b></p>", code, "</b>"),
            ("<p>a<!-- b", code, "<!--"),
            ("<script src=\"{asset:a.js}\"><!--</script>", code, "<script src=\"{asset:a.js}\">"),
        ],
    );
    refused("slots/head.html", &[("<noscript><p>x</p></noscript>", "theme/forbidden-element", "<p>")]);
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
            ("a{b:u\\72l(https://a.example/x)}", foreign, "https://a.example/x"),
            ("a{b:\\55 RL(\"//a.example/x\")}", foreign, "//a.example/x"),
            ("a{b:url(/**/\"//a.example/x\")}", "theme/unbalanced", "url("),
            ("a{b:url( \"//a.example/x\" )}", foreign, "//a.example/x"),
            ("a{b:url(\\2f/a.example/x)}", foreign, "url(\\2f/a.example/x)"),
            ("a{b:url(\"\\68ttps:a.example\")}", foreign, "\"\\68ttps:a.example\""),
            ("a{b:url(\\\\\\\\a.example/x)}", foreign, "url(\\\\\\\\a.example/x)"),
            ("a{b:url(\"/\\9/a.example/x\")}", foreign, "\"/\\9/a.example/x\""),
            ("a{b:url('https:\\\n//a.example')}", foreign, "'https:\\\n//a.example'"),
            ("a{b:src(\"//a.example/x\")}", foreign, "//a.example/x"),
            ("a{--x:url(//a.example/x)}", foreign, "//a.example/x"),
            ("a{b:im\\61ge-set('//a.example/x' 1x)}", foreign, "//a.example/x"),
            ("a{b:-webkit-image-set(\"//a.example/x\" 1x)}", foreign, "//a.example/x"),
            ("a{--x:\"//a.example/x\";b:image-set(var(--x) 1x)}", foreign, "var("),
            ("a{b:src(v\\61r(--x))}", foreign, "v\\61r("),
            ("a{b:image-set(attr(data-x) 1x)}", foreign, "attr("),
            ("a{b:url(d\\61ta:text/css,x)}", inline, "url(d\\61ta:text/css,x)"),
            ("a{b:url(javascript:a())}", "theme/unbalanced", "url("),
            ("a{b:url(\"java\\9script:a\")}", foreign, "\"java\\9script:a\""),
            ("@\\69mport 'x.css';", "theme/import", "@\\69mport"),
            ("@import/**/url(//a.example/x);", "theme/import", "@import"),
            ("@font-face{src:url(//a.example/x) format('woff2')}", foreign, "//a.example/x"),
            ("@namespace url(//a.example/x);", foreign, "//a.example/x"),
            ("a{-moz-binding:url(//a.example/x#y)}", foreign, "//a.example/x#y"),
            ("a{behavior:url(//a.example/x)}", foreign, "//a.example/x"),
            ("a{b:EXPRESSION(a())}", inline, "EXPRESSION("),
            ("a{cursor:url(logo.svg),url(//a.example/x),auto}", foreign, "//a.example/x"),
            ("@supports (b:url(//a.example/x)){a{}}", foreign, "//a.example/x"),
        ],
    );
}

#[test]
fn a_style_sheet_that_would_swallow_the_next_one_is_refused() {
    let code = "theme/unbalanced";
    refused(
        "assets/x.css",
        &[
            ("a{}\n@media print\n", code, "@media print"),
            ("a{} .b,", code, ".b,"),
            ("a{};", code, ";"),
            ("color: red;", code, "color: red;"),
            ("a{b:\"x\\", code, "\"x\\"),
            ("a{b:image-set(\"logo.svg\\", code, "\"logo.svg\\"),
            ("a{b:c}\\", code, "\\"),
            ("a{b:\"x\n}", code, "\"x"),
            ("a{b:url(x y)}", code, "url("),
            ("a{b:url(logo.svg\\)", code, "url("),
            ("a{b{c:d}", code, "{"),
            ("a{}/* b *", code, "/*"),
            ("a{}/*/", code, "/*"),
            ("a{b:[c)}", code, ")"),
            ("@media x{a{}", code, "{"),
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
