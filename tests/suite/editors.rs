//! Tests of the files that a site provides for text editors and for people without git.

use serde_json::Value;

use crate::harness::{NOON, Site};

const CONFIG: &str = "content/static/admin/config.yml";

fn schema(site: &Site, kind: &str) -> Value {
    let done = site.run(["schema", kind]);
    done.exit(0);
    serde_json::from_str(&done.stdout).expect("JSON")
}

#[test]
fn a_schema_is_printed_with_a_site_and_without() {
    let words = |site: &Site| schema(site, "incident")["$defs"]["ComponentName"].to_string();
    assert!(!words(&Site::bare()).contains("\"api\""));
    assert!(words(&Site::empty()).contains("\"api\""));
    let broken = Site::empty();
    broken.edit("content/site.yaml", "timezone: Asia/Tokyo\n", "");
    let done = broken.run(["schema", "incident"]);
    done.exit(0).stderr_has("site.yaml has errors");
    assert!(!done.stdout.contains("\"web\""));
    Site::bare().run(["schema", "incidnt"]).exit(2);
    Site::bare().run(["schema"]).exit(2);
}

#[test]
fn a_new_site_has_the_schemas_that_its_files_name_and_they_are_renewed() {
    let site = Site::bare();
    site.run(["init"]).exit(0);
    assert!(
        site.read("content/site.yaml").starts_with("# yaml-language-server: $schema=../schemas/site.json\n")
    );
    let line = "---\n# yaml-language-server: $schema=../../schemas/incident.json\n";
    assert!(site.read("content/templates/incident-minor.md").starts_with(line));
    assert!(site.read("schemas/incident.json").contains("\"checkout\""));
    site.edit("content/site.yaml", "id: checkout", "id: basket");
    site.edit("content/incidents/2026-01-15-slow-orders.md", "[checkout]", "[basket]");
    site.typed("schema --out schemas").exit(0);
    let renewed = site.read("schemas/incident.json");
    assert!(renewed.contains("\"basket\"") && !renewed.contains("\"checkout\""));
    site.build_at(NOON).exit(0).quiet();
}

#[test]
fn the_editor_of_entries_is_made_from_the_site_and_never_written_over_what_somebody_changed() {
    let site = Site::fixture("small");
    let done = site.run(["init", "--cms", "github:example/status"]);
    done.exit(0).stderr_has("npm pack decap-cms@").stderr_has("noroshi init --cms github:example/status");
    assert!(site.read(CONFIG).contains("\"repo\": \"example/status\"") && !site.path("schemas").exists());
    site.run(["init", "--cms", "local"]).exit(0);
    assert!(site.read(CONFIG).contains("\"name\": \"proxy\""));
    site.edit(CONFIG, "\"main\"", "\"trunk\"");
    site.typed("init --cms local").exit(3).stderr_has("has manual changes").stderr_has("nothing was written");
    assert!(site.read(CONFIG).contains("trunk"));
    site.write("content/static/admin/decap-cms.js", "something else").remove(CONFIG);
    site.typed("init --cms local").exit(3).stderr_has("is not decap-cms").stderr_has("nothing was written");
    assert!(!site.path(CONFIG).exists());
    site.run(["init", "--cms", "elsewhere"]).exit(2).stderr_has("github:OWNER/NAME");
    site.edit("content/site.yaml", "timezone:", "timezon:");
    site.remove("content/static/admin/decap-cms.js")
        .typed("init --cms local")
        .exit(1)
        .stderr_has("noroshi check");
}

#[test]
fn the_editor_has_headers_of_its_own_and_only_where_it_is() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    assert!(!site.read("public/_headers").contains("admin"));
    site.write("content/static/admin/decap-cms.js", "").write("content/static/admin/index.html", "<p>");
    site.build_at(NOON).exit(0);
    assert!(site.read("public/_headers").contains("/admin/*\n"));
    assert!(!site.read("public/sitemap.xml").contains("admin"));
}
