//! Tests of `noroshi init --host`: where it writes and what it refuses. `tests/servers` runs the real servers.

use crate::harness::Site;

const HOSTS: [(&str, &[&str]); 6] = [
    ("nginx", &["nginx/status.conf"]),
    ("apache", &["apache/status.conf"]),
    ("caddy", &["Caddyfile"]),
    ("s3", &["s3/upload", "s3/headers.json", "s3/request.js", "s3/response.js"]),
    ("cloudflare", &["wrangler.toml"]),
    ("netlify", &["netlify.toml"]),
];

#[test]
fn a_configuration_is_written_into_a_new_site_and_into_one_that_is_there() {
    for (host, files) in HOSTS {
        let site = Site::bare();
        let next = format!("/{} describes\n", files[0]);
        site.run(["init", "--host", host]).exit(0).stderr_has(&next);
        let new: Vec<String> = files.iter().map(|file| site.read(file)).collect();

        let there = Site::bare();
        there.run(["init"]).exit(0);
        there.run(["init", "--host", host]).exit(0);
        let later: Vec<String> = files.iter().map(|file| there.read(file)).collect();
        assert_eq!(new, later, "{host}");
        assert!(new[0].contains("status.example.com"), "{host}");
    }
}

#[test]
fn a_configuration_never_replaces_a_file_and_then_nothing_is_written() {
    for (host, files) in HOSTS {
        let site = Site::bare();
        site.run(["init"]).exit(0);
        let last = files[files.len() - 1];
        site.write(last, "mine\n");
        let refused = site.run(["init", "--host", host]);
        refused.exit(3).stderr_has(&format!("{last}` already exists")).stderr_has("nothing was written");
        assert_eq!(site.read(last), "mine\n");
        for other in &files[..files.len() - 1] {
            assert!(!site.path(other).exists(), "{other}");
        }
    }
}

#[test]
fn rules_that_a_server_cannot_hold_are_named_by_the_command() {
    let site = Site::bare();
    site.run(["init"]).exit(0);
    site.write("content/host/_headers", "/a\n  X-A: ${x}\n  X-B: b\n");
    let said = site.run(["init", "--host", "apache"]);
    said.exit(0).stderr_has("apache/status.conf leaves out the header `X-A` for `/a`: Apache takes");
    assert!(!said.stderr.contains("X-B"), "{}", said.stderr);
    let written = site.read("apache/status.conf");
    assert!(written.contains("Header always set \"X-B\" \"b\"") && written.contains("#   the header `X-A`"));
    site.write("content/host/_redirects", "/a /b\n");
    site.run(["init", "--host", "caddy"]).exit(1).stderr_has("content/host has errors");
}

#[test]
fn a_site_with_errors_gets_no_configuration() {
    let site = Site::bare();
    site.run(["init"]).exit(0);
    let text = site.read("content/site.yaml");
    site.write(
        "content/site.yaml",
        &text.replace("https://status.example.com/", "https://status.example.com/a$b/"),
    );
    site.run(["init", "--host", "nginx"]).exit(1).stderr_has("cannot write `/a$b/` of `url`");
    site.write("content/site.yaml", "title: [\n");
    site.run(["init", "--host", "nginx"]).exit(1).stderr_has("site.yaml or content/host has errors");
    assert!(!site.path("nginx").exists());
}
