//! Codes of the host that serves the site, and of the team's own rules for it.

use super::{Family, error, warning};

pub(super) const HOST: Family = Family {
    name: "host",
    about: "The host that serves the site: what it does not take, and your own rules for it in `content/host/`. [hosting.md](hosting.md) has both.",
    rows: &[
        error(
            "host/bad-header",
            "A line of `content/host/_headers` is wrong, or hosts read it differently.",
            "Write an address on a line of its own, and below it lines `Name: value`.",
        ),
        error(
            "host/bad-redirect",
            "A line of `content/host/_redirects` is wrong, or hosts read it differently.",
            "Write the old address, the new one and the status 301 or 302: `/old/ /new/ 301`.",
        ),
        warning(
            "host/no-folders",
            "The host does not answer at the address of a folder, and pages are at such addresses.",
            "Write `addresses: files` in site.yaml.",
        ),
        error(
            "host/overlapping-header",
            "A rule of `content/host/_headers` sets a header that another rule sets for the same address.",
            "Remove the header, or name other addresses: Cloudflare would join both values, and Netlify would drop one.",
        ),
        error(
            "host/shadowed-address",
            "A rule of `content/host/_redirects` redirects an address that the site has.",
            "Remove the rule, or narrow its old address: Cloudflare would redirect, and Netlify would serve the file.",
        ),
        warning(
            "host/too-large",
            "A file, or the whole site, is larger than the host takes, so it would refuse the deployment.",
            "Remove large files from `content/static/`, or serve them from elsewhere.",
        ),
        warning(
            "host/too-many-files",
            "The site, or one folder of it, has more files than the host takes, so it would refuse the deployment.",
            "Keep fewer languages, components or aliases, move old entries to another site, or choose a host that takes more.",
        ),
        warning(
            "host/too-many-rules",
            "With your own rules, `_headers` or `_redirects` has more rules than the host takes.",
            "Remove some of your own, or join them: one rule with `*` stands for many.",
        ),
        warning(
            "host/unread-file",
            "The host does not read the file in which you wrote rules for it.",
            "Remove the file, or choose a host that reads it.",
        ),
    ],
};
