//! The help of commands, and what is wrong with arguments, in the language of messages.
//!
//! The English text of an option stands beside it, where clap reads it, and clap words the English errors. Another
//! language has both in its catalogue, under `help-` and the names of the command and the option.

use std::error::Error as _;
use std::fmt::Write as _;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::Cli;
use crate::message::{self, Language, Message, Reason, message};

/// The program with all its options, in a language.
pub(super) fn command(language: Language) -> Command {
    let program = Cli::command();
    if language == Language::ENGLISH {
        return program;
    }
    let words = Words { language };
    let program = words.command(program, "help", "noroshi");
    let program = program.disable_help_flag(true).disable_version_flag(true);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let flags = [(help, "help--help"), (version, "help--version")];
    let flags = flags.map(|(flag, id)| words.argument(flag.global(true), id));
    let mut program = program.args(flags);
    // The command `help` is there only afterwards.
    program.build();
    let about = words.plain("help-help");
    program.mut_subcommand("help", |help| about.map_or(help.clone(), |about| help.about(about)))
}

struct Words {
    language: Language,
}

impl Words {
    fn plain(&self, id: &str) -> Option<String> {
        message::plain(self.language, id)
    }

    fn text(&self, message: &Message) -> String {
        message.text(self.language).into_owned()
    }

    /// A command with everything below it. `id` is that of its text, `path` how people type it.
    fn command(&self, mut command: Command, id: &str, path: &str) -> Command {
        if let Some(about) = self.plain(id) {
            let more = self.plain(&format!("{id}-more"));
            let long = more.map_or_else(|| about.clone(), |more| format!("{about}\n\n{more}"));
            command = command.about(about).long_about(long);
        }
        if let Some(examples) = self.plain(&format!("{id}-examples")) {
            command = command.after_help(examples);
        }
        let usage = command.clone().bin_name(path).render_usage().to_string();
        let usage = usage.strip_prefix("Usage: ").map_or(usage.clone(), str::to_owned);
        let template = format!(
            "{{before-help}}{{about-with-newline}}\n{}: {}\n\n{{all-args}}{{after-help}}",
            self.text(&message!("cli-usage", "Usage")),
            self.placeholders(&usage)
        );
        let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
        for name in names {
            let id = format!("{id}-{name}");
            let path = format!("{path} {name}");
            command = command.mut_subcommand(&name, |below| self.command(below, &id, &path));
        }
        command
            .help_template(template)
            .subcommand_help_heading(self.text(&message!("cli-commands", "Commands")))
            .mut_args(|argument| {
                let id = format!("{id}--{}", argument.get_id());
                self.argument(argument, &id)
            })
    }

    /// The words in a line of usage that clap writes in English.
    fn placeholders(&self, usage: &str) -> String {
        let options = self.text(&message!("cli-options-placeholder", "[OPTIONS]"));
        let command = self.text(&message!("cli-command-placeholder", "<COMMAND>"));
        usage.replace("[OPTIONS]", &options).replace("<COMMAND>", &command).replace("[COMMAND]", &command)
    }

    fn argument(&self, argument: Arg, id: &str) -> Arg {
        let heading = if argument.is_positional() {
            message!("cli-arguments", "Arguments")
        } else {
            message!("cli-options", "Options")
        };
        let argument = argument.help_heading(self.text(&heading));
        let Some(help) = self.plain(id) else { return argument };
        let brief = self.with_values(&argument, help.clone(), id, false);
        let more = self.plain(&format!("{id}-more")).map_or(help.clone(), |more| format!("{help}\n\n{more}"));
        let long = self.with_values(&argument, more, id, true);
        let takes_values = argument.get_action().takes_values();
        argument
            .help(brief)
            .long_help(long)
            .hide_default_value(takes_values)
            .hide_possible_values(takes_values)
    }

    /// A help with the default and the possible values, which clap would tell in English.
    fn with_values(&self, argument: &Arg, mut help: String, id: &str, is_long: bool) -> String {
        let values: Vec<PossibleValue> = if argument.get_action().takes_values() {
            argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect()
        } else {
            Vec::new()
        };
        if !values.is_empty() {
            let told = |value: &PossibleValue| self.plain(&format!("{id}--{}", value.get_name()));
            if is_long && values.iter().any(|value| told(value).is_some()) {
                help.push_str("\n\n");
                help.push_str(&self.text(&message!("cli-values", "Possible values:")));
                for value in &values {
                    let about = told(value).map_or(String::new(), |about| format!(": {about}"));
                    let _ = write!(help, "\n- {}{about}", value.get_name());
                }
            } else {
                let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
                let values =
                    message!("cli-values-line", "[possible values: {names}]", names = names.join(", "));
                help.push_str(if is_long { "\n\n" } else { " " });
                help.push_str(&self.text(&values));
            }
        }
        let defaults: Vec<String> = (argument.get_default_values().iter())
            .filter(|_| argument.get_action().takes_values())
            .map(|value| value.to_string_lossy().into_owned())
            .collect();
        if !defaults.is_empty() {
            let default = message!("cli-default", "[default: {value}]", value = defaults.join(" "));
            help.push_str(if is_long { "\n\n" } else { " " });
            help.push_str(&self.text(&default));
        }
        help
    }
}

/// What is wrong with arguments, as lines for people: clap's words in English, ours in another language. `None` if
/// the English ones do.
pub(super) fn fault(error: &clap::Error, language: Language) -> Option<String> {
    if language == Language::ENGLISH || !error.use_stderr() {
        return None;
    }
    let words = Words { language };
    let found = Found(error);
    let message = found.message()?;
    let mut lines = vec![words.text(&message!("cli-error", "error: {message}", message))];
    lines.extend(found.tip().map(|tip| words.text(&message!("cli-help", "help: {help}", help = tip))));
    if let Some(usage) = found.of(ContextKind::Usage) {
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
        lines.push(format!(
            "\n{}: {}",
            words.text(&message!("cli-usage", "Usage")),
            words.placeholders(&usage)
        ));
    }
    lines
        .push(format!("\n{}", words.text(&message!("cli-more-help", "For more information, try `--help`."))));
    Some(lines.join("\n"))
}

/// The facts of an error of clap.
struct Found<'e>(&'e clap::Error);

impl Found<'_> {
    fn of(&self, kind: ContextKind) -> Option<String> {
        match self.0.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => Some(texts.join(", ")),
            ContextValue::StyledStr(text) => Some(text.to_string()),
            ContextValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn said(&self, kind: ContextKind) -> String {
        self.of(kind).unwrap_or_default()
    }

    fn message(&self) -> Option<Message> {
        let argument = self.said(ContextKind::InvalidArg);
        let value = self.said(ContextKind::InvalidValue);
        Some(match self.0.kind() {
            ErrorKind::UnknownArgument => {
                message!("cli-unknown-argument", "unexpected argument `{argument}`", argument)
            }
            ErrorKind::InvalidSubcommand => {
                let command = self.said(ContextKind::InvalidSubcommand);
                message!("cli-unknown-command", "there is no command `{command}`", command)
            }
            ErrorKind::InvalidValue if value.is_empty() => {
                message!("cli-missing-value", "`{argument}` needs a value", argument)
            }
            ErrorKind::InvalidValue => {
                message!("cli-unknown-value", "`{value}` is not a value of `{argument}`", value, argument)
            }
            ErrorKind::ValueValidation => {
                message!("cli-bad-value", "cannot read `{value}` as a value of `{argument}`", value, argument)
            }
            ErrorKind::MissingRequiredArgument => {
                message!("cli-missing-argument", "these arguments are missing: {argument}", argument)
            }
            ErrorKind::ArgumentConflict => {
                let other = self.said(ContextKind::PriorArg);
                message!("cli-conflict", "`{argument}` cannot be used with `{other}`", argument, other)
            }
            ErrorKind::TooManyValues => {
                message!(
                    "cli-too-many-values",
                    "`{argument}` does not take the value `{value}`",
                    argument,
                    value
                )
            }
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                message!("cli-number-of-values", "`{argument}` needs another number of values", argument)
            }
            ErrorKind::NoEquals => {
                message!("cli-no-equals", "`{argument}` needs `=` before its value", argument)
            }
            ErrorKind::MissingSubcommand => message!("cli-missing-command", "the command is missing"),
            ErrorKind::InvalidUtf8 => message!("cli-not-utf8", "an argument is not UTF-8"),
            _ => return None,
        })
    }

    /// The nearest word, or what a value may be.
    fn tip(&self) -> Option<Message> {
        let source = self.0.source().and_then(|source| source.downcast_ref::<Reason>());
        if let Some(Reason(reason)) = source {
            return Some(reason.clone());
        }
        let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
        if let Some(near) = near.into_iter().find_map(|kind| self.of(kind)) {
            return Some(message::did_you_mean(Some(&near), Message::default));
        }
        let values = self.of(ContextKind::ValidValue).filter(|values| !values.is_empty())?;
        Some(message!("cli-write-one-of", "write one of: {values}", values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text that a language needs: each command and option, and each value that has an English text.
    fn needed(command: &Command, id: &str, found: &mut Vec<String>) {
        found.push(id.to_owned());
        if command.get_long_about().is_some() {
            found.push(format!("{id}-more"));
        }
        if command.get_after_help().is_some() {
            found.push(format!("{id}-examples"));
        }
        for argument in command.get_arguments() {
            let id = format!("{id}--{}", argument.get_id());
            found.push(id.clone());
            if argument.get_long_help().is_some() {
                found.push(format!("{id}-more"));
            }
            if argument.get_action().takes_values() {
                let told =
                    argument.get_possible_values().into_iter().filter(|value| value.get_help().is_some());
                found.extend(told.map(|value| format!("{id}--{}", value.get_name())));
            }
        }
        for below in command.get_subcommands() {
            needed(below, &format!("{id}-{}", below.get_name()), found);
        }
    }

    fn all_needed() -> Vec<String> {
        let mut all: Vec<String> =
            ["help--help", "help--version", "help-help"].into_iter().map(str::to_owned).collect();
        needed(&Cli::command(), "help", &mut all);
        all
    }

    #[test]
    fn every_command_and_option_has_its_help_in_every_language() {
        for language in Language::tags().skip(1).filter_map(Language::find) {
            let missing: Vec<String> =
                all_needed().into_iter().filter(|id| message::plain(language, id).is_none()).collect();
            assert!(missing.is_empty(), "{}: {}", language.tag(), missing.join("\n"));
        }
    }

    #[test]
    fn the_program_is_the_same_in_every_language() {
        let ja = Language::find("ja").expect("it is there");
        command(ja).debug_assert();
        let parsed = command(ja).try_get_matches_from(["noroshi", "--lang", "ja", "check", "--fix"]);
        assert_eq!(parsed.expect("arguments").subcommand_name(), Some("check"));
    }
}
