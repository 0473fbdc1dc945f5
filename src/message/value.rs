//! Values in messages.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::{Message, system};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Text(String),
    /// A number, which selects the plural form.
    Number(i64),
    /// A number with its noun in English. Other languages get the number and name the things themselves.
    Count {
        number: i64,
        english: String,
    },
    Message(Message),
}

impl Value {
    /// As it stands in the English text.
    #[must_use]
    pub fn english(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) | Value::Count { english: text, .. } => Cow::from(text),
            Value::Number(number) => Cow::from(number.to_string()),
            Value::Message(message) => Cow::from(message.english()),
        }
    }

    /// The same value with the texts in it changed.
    #[cfg(feature = "deploy")]
    pub(super) fn with_texts(&self, change: &dyn Fn(&str) -> Value) -> Value {
        match self {
            Value::Text(text) => change(text),
            Value::Message(message) => Value::Message(message.with_texts(change)),
            Value::Number(_) | Value::Count { .. } => self.clone(),
        }
    }
}

/// What can stand in a message.
pub trait ToValue {
    fn to_value(&self) -> Value;
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl ToValue for Message {
    fn to_value(&self) -> Value {
        Value::Message(self.clone())
    }
}

/// A kind of error of the system is told in the language of the message.
impl ToValue for io::Error {
    fn to_value(&self) -> Value {
        Value::Message(system::error(self))
    }
}

macro_rules! texts {
    ($($text:ty),+) => {
        $(impl ToValue for $text {
            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }
        })+
    };
}
texts!(str, String, Cow<'_, str>, Box<str>, Arc<str>, Arc<String>, char);

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl ToValue for $number {
            fn to_value(&self) -> Value {
                i64::try_from(*self).map_or_else(|_| Value::Text(self.to_string()), Value::Number)
            }
        })+
    };
}
numbers!(i32, i64, u8, u16, u32, u64, usize);
