//! The examples at the end of the help of commands. A test parses each of them.

pub(super) const ALL: &str = "\
Examples:
  noroshi demo                        Look at a finished site
  noroshi init status                 Begin your own, in the folder `status`
  noroshi serve                       Preview it while you write
  noroshi new incident \"Orders fail\"  Open an incident
  noroshi update orders resolved      Close it
  noroshi build                       Publish into public/";

pub(super) const INIT: &str = "\
Examples:
  noroshi init status
  noroshi init --ci github         Add a workflow to a site that is there
  noroshi init --timer systemd     Add a service that publishes at the second
  noroshi init --host nginx        Add the configuration of your web server";

#[cfg(feature = "announce")]
pub(super) const ANNOUNCE: &str = "\
Examples:
  noroshi announce                 Send what is newly published to every channel of site.yaml
  noroshi announce --dry-run
  noroshi announce status          Show what was sent where, what waits and what failed
  noroshi announce test ops        Send a test to the channel `ops`";

pub(super) const BUILD: &str = "\
Examples:
  noroshi build
  noroshi build --hold-broken      Publish past a broken file
  noroshi build --as-of \"2026-11-20 12:00\" --out /tmp/then";

pub(super) const CHECK: &str = "\
Examples:
  noroshi check
  noroshi check --fix              Correct what has one correction
  noroshi check --format github --git";

#[cfg(feature = "deploy")]
pub(super) const DEPLOY: &str = "\
Examples:
  noroshi deploy                   Build, and send what changed to every target of site.yaml
  noroshi deploy main --dry-run
  noroshi deploy --built --verify  Compare what is really there with public/";

pub(super) const DRAFT: &str = "\
Examples:
  noroshi draft --from alertmanager alert.json
  noroshi draft --from pagerduty --format json -";

pub(super) const NEW: &str = "\
Examples:
  noroshi new                      Ask for everything
  noroshi new incident \"Orders fail\" --severity critical --affects orders=major_outage
  noroshi new maintenance \"Database\" --at \"2026-12-01 02:00\" --end 04:00 --recurrence FREQ=WEEKLY";

pub(super) const UPDATE: &str = "\
Examples:
  noroshi update                   Ask for everything
  noroshi update orders identified -m \"A queue is full.\" --next 30m
  noroshi update orders resolved --ended 11:32 -m \"Orders work again.\"";

pub(super) const EDIT: &str = "\
Examples:
  noroshi edit orders
  noroshi edit orders --locale en
  EDITOR=\"code --wait\" noroshi edit orders";

pub(super) const PACK: &str = "\
Examples:
  noroshi pack orders              Show every text
  noroshi pack orders --channel mail --locale ja
  noroshi pack orders --out texts";

pub(super) const IMPORT: &str = "\
Examples:
  noroshi import cstate ../old-site --into new-site
  noroshi import statuspage https://status.example.com --into new-site
  noroshi import feed https://status.example.com/history.rss --into new-site

Tokens stand in the environment: INSTATUS_TOKEN, BETTERSTACK_TOKEN, CACHET_TOKEN, GITHUB_TOKEN";

pub(super) const WAIT: &str = "\
Examples:
  noroshi wait && noroshi build
  noroshi wait --at-most 5h --within 1d";

pub(super) const VERIFY: &str = "\
Examples:
  noroshi verify https://status.example.com/
  noroshi verify https://status.example.com/ https://mirror.example.net/ --sample 50
  noroshi verify https://status.example.com/ --format openmetrics";

pub(super) const CI: &str = "\
Examples:
  noroshi ci due --site https://status.example.com/ --note work/note.json
  noroshi ci publish --site https://status.example.com/ --work work
  noroshi ci confirm --site https://status.example.com/ --publication work/publication.json
  noroshi ci issue --event event.json --work work";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use crate::cli::Cli;

    /// The words of a command line: blanks part them, and quotation marks keep them together.
    fn words(line: &str) -> Vec<String> {
        let parts = line.split('"').enumerate();
        parts.fold(vec![String::new()], |mut words, (at, part)| {
            if at % 2 == 1 {
                words.last_mut().unwrap().push_str(part);
                return words;
            }
            for (number, word) in part.split(' ').enumerate() {
                if number > 0 {
                    words.push(String::new());
                }
                words.last_mut().unwrap().push_str(word);
            }
            words
        })
    }

    #[test]
    fn every_example_in_the_help_is_a_command_that_can_be_typed() {
        let mut tried = 0;
        let whole = Cli::command();
        for command in std::iter::once(&whole).chain(whole.get_subcommands()) {
            let Some(help) = command.get_after_help().map(ToString::to_string) else { continue };
            for line in help.lines().filter_map(|line| line.strip_prefix("  ")) {
                // A comment stands behind two blanks.
                let line = line.split("  ").next().unwrap();
                for typed in line.split(" && ").filter(|typed| typed.starts_with("noroshi")) {
                    let parsed = Cli::try_parse_from(words(typed));
                    assert!(parsed.is_ok(), "{typed}: {}", parsed.unwrap_err());
                    tried += 1;
                }
            }
        }
        assert!(tried >= 20, "{tried}");
    }
}
