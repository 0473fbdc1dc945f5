//! What noroshi says to the people who run it, in their language: messages, helps and prompts.
//!
//! A message is written once, in English, where it arises: [`message!`] takes an id, the English
//! text and the values in it. The other languages stand in a catalogue each, a Fluent file of `src/message/`, by the
//! same ids. The language is chosen when a message is shown, so nothing below the command line knows it. Words for
//! readers of a site are not messages: `src/locale.rs` has them.

mod catalogue;
mod lists;
mod system;
#[cfg(test)]
mod tests;
mod value;

use std::borrow::Cow;
use std::fmt;

pub use catalogue::{Language, plain};
pub use lists::{
    all_of, and, count, did_you_mean, first_of, listed, near_and_all, near_and_words, near_or_some, one_of,
    or, some_of, some_words,
};
pub use value::{ToValue, Value};

/// A sentence or a part of one, for people. It holds its English text and what other languages need.
// Behind a pointer, because diagnostics are passed by value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message(Box<Kind>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    /// A text of the catalogues.
    Known { id: &'static str, english: String, values: Vec<(&'static str, Value)> },
    /// A text that is the same in every language: a name, a line to type, the words of another program.
    Same(String),
    /// A text that the code has in each language.
    ByLanguage { english: String, others: Vec<(&'static str, String)> },
    /// Messages one after the other. `between` is a message too: `; ` and `、` are parts of a language.
    Joined { english: String, parts: Vec<Message>, between: Option<Message> },
}

impl Message {
    /// The function behind `message!`.
    #[must_use]
    pub fn known(id: &'static str, english: String, values: Vec<(&'static str, Value)>) -> Message {
        Message(Box::new(Kind::Known { id, english, values }))
    }

    /// A text that needs no translation: a name, a line to type, what another program or server answered.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Message {
        Message(Box::new(Kind::Same(text.into())))
    }

    /// A text that the code has in each language: words of the format, as people type them. `own` has it by the tag of a
    /// language.
    #[must_use]
    pub fn by_language(english: String, own: impl Fn(&str) -> String) -> Message {
        let others = Language::tags().skip(1).map(|tag| (tag, own(tag))).collect();
        Message(Box::new(Kind::ByLanguage { english, others }))
    }

    /// Messages one after the other, with nothing between them.
    #[must_use]
    pub fn concat(parts: Vec<Message>) -> Message {
        let english = parts.iter().map(Message::english).collect();
        Message(Box::new(Kind::Joined { english, parts, between: None }))
    }

    /// Messages with another between each two of them.
    #[must_use]
    pub fn joined(parts: Vec<Message>, between: Message) -> Message {
        let english = parts.iter().map(Message::english).collect::<Vec<_>>().join(between.english());
        Message(Box::new(Kind::Joined { english, parts, between: Some(between) }))
    }

    /// Messages on a line each.
    #[must_use]
    pub fn lines(parts: Vec<Message>) -> Message {
        Message::joined(parts, Message::same("\n"))
    }

    #[must_use]
    pub fn english(&self) -> &str {
        match &*self.0 {
            Kind::Known { english, .. } | Kind::ByLanguage { english, .. } | Kind::Joined { english, .. } => {
                english
            }
            Kind::Same(text) => text,
        }
    }

    /// The same message with the texts in it changed, such as to take secrets out of it. The words of the catalogues
    /// stay.
    #[cfg(feature = "deploy")]
    #[must_use]
    pub fn with_texts(&self, change: &dyn Fn(&str) -> Value) -> Message {
        let english = |text: &str| change(text).english().into_owned();
        Message(Box::new(match &*self.0 {
            Kind::Known { id, english: text, values } => Kind::Known {
                id,
                english: english(text),
                values: values.iter().map(|(name, value)| (*name, value.with_texts(change))).collect(),
            },
            Kind::Same(text) => Kind::Same(english(text)),
            words @ Kind::ByLanguage { .. } => words.clone(),
            Kind::Joined { english: text, parts, between } => Kind::Joined {
                english: english(text),
                parts: parts.iter().map(|part| part.with_texts(change)).collect(),
                between: between.clone(),
            },
        }))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.english().is_empty()
    }

    /// The text in a language. What a catalogue lacks is in English.
    #[must_use]
    pub fn text(&self, language: Language) -> Cow<'_, str> {
        if language == Language::ENGLISH {
            return Cow::from(self.english());
        }
        match &*self.0 {
            Kind::Same(text) => Cow::from(text),
            Kind::ByLanguage { english, others } => {
                let own = others.iter().find(|(tag, _)| *tag == language.tag());
                Cow::from(own.map_or(english, |(_, word)| word))
            }
            Kind::Known { id, english, values } => {
                language.format(id, values).map_or(Cow::from(english), Cow::from)
            }
            Kind::Joined { parts, between, .. } => {
                let between = between.as_ref().map_or(Cow::from(""), |between| between.text(language));
                let texts: Vec<Cow<'_, str>> = parts.iter().map(|part| part.text(language)).collect();
                Cow::from(texts.join(&between))
            }
        }
    }
}

impl Default for Message {
    fn default() -> Message {
        Message::same("")
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.english(), f)
    }
}

/// What tests compare: a message as its English text.
#[cfg(test)]
mod english {
    use std::fmt;

    use super::Message;

    impl From<String> for Message {
        fn from(text: String) -> Message {
            Message::same(text)
        }
    }

    impl From<&String> for Message {
        fn from(text: &String) -> Message {
            Message::same(text)
        }
    }

    impl From<&str> for Message {
        fn from(text: &str) -> Message {
            Message::same(text)
        }
    }

    impl fmt::Display for Message {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.english())
        }
    }

    impl std::ops::Deref for Message {
        type Target = str;

        fn deref(&self) -> &str {
            self.english()
        }
    }

    impl From<Message> for String {
        fn from(message: Message) -> String {
            message.english().to_owned()
        }
    }

    impl PartialEq<String> for Message {
        fn eq(&self, other: &String) -> bool {
            self.english() == other
        }
    }

    impl PartialEq<str> for Message {
        fn eq(&self, other: &str) -> bool {
            self.english() == other
        }
    }

    impl PartialEq<&str> for Message {
        fn eq(&self, other: &&str) -> bool {
            self.english() == *other
        }
    }
}

/// An error for traits that want one, such as the readers of arguments.
#[derive(Clone, Debug)]
pub struct Reason(pub Message);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.english())
    }
}

impl std::error::Error for Reason {}

/// A message: its id, its English text and the values in it.
///
/// ```ignore
/// message!("update-unknown-status", "`{word}` is not a status of an incident", word = typed)
/// ```
///
/// The catalogues have the same text under the id, with `{ $word }` for the value. An id begins with the name of its
/// room. A value is a string, a number, an error of the system, or another message.
macro_rules! message {
    ($id:literal, $english:literal $(,)?) => {
        $crate::message::Message::known($id, std::fmt::format(format_args!($english)), Vec::new())
    };
    ($id:literal, $english:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {{
        $(let $name = $crate::message::message!(@value $name $(= $value)?);)+
        let english = {
            $(let $name = $name.english();)+
            format!($english)
        };
        $crate::message::Message::known($id, english, vec![$((stringify!($name), $name)),+])
    }};
    (@value $name:ident) => {
        $crate::message::ToValue::to_value(&$name)
    };
    (@value $name:ident = $value:expr) => {
        $crate::message::ToValue::to_value(&$value)
    };
}
pub(crate) use message;
