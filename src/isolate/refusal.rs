//! Why a worker could not open a file, as it goes through the pipe.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{error::Error, message::Message};

/// An error of opening, as it goes through the pipe.
#[derive(Serialize, Deserialize)]
pub(super) enum Refusal {
    Empty,
    Encrypted,
    Unsupported { kind: String, advice: String },
    NotAWorkbook { reason: Told },
    Damaged { container: String, reason: Told },
    UnknownEncoding { label: String },
    Limit { limit: String, most: u64, found: Told },
    Other { reason: Told },
}

/// A message in both languages, English first.
type Told = (String, String);

fn told(message: &Message) -> Told {
    (message.en.to_string(), message.zh.to_string())
}

fn message((en, zh): Told) -> Message {
    Message { en: en.into(), zh: zh.into() }
}

/// What goes through the pipe for an error.
pub(super) fn refusal(error: &Error) -> Refusal {
    match error {
        Error::Empty => Refusal::Empty,
        Error::Encrypted => Refusal::Encrypted,
        Error::Unsupported { kind, advice } => {
            Refusal::Unsupported { kind: (*kind).to_owned(), advice: (*advice).to_owned() }
        }
        Error::NotAWorkbook { reason } => Refusal::NotAWorkbook { reason: told(reason) },
        Error::Damaged { container, reason } => {
            Refusal::Damaged { container: (*container).to_owned(), reason: told(reason) }
        }
        Error::UnknownEncoding { label } => Refusal::UnknownEncoding { label: label.clone() },
        Error::Limit { limit, most, found } => {
            Refusal::Limit { limit: (*limit).to_owned(), most: *most, found: told(found) }
        }
        other => Refusal::Other { reason: (other.to_string(), other.whole_in_chinese()) },
    }
}

/// The error that a refusal tells.
pub(super) fn error(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Empty => Error::Empty,
        Refusal::Encrypted => Error::Encrypted,
        Refusal::Unsupported { kind, advice } => {
            Error::Unsupported { kind: kept(kind), advice: kept(advice) }
        }
        Refusal::Damaged { container, reason } => {
            Error::Damaged { container: kept(container), reason: message(reason) }
        }
        Refusal::UnknownEncoding { label } => Error::UnknownEncoding { label },
        Refusal::Limit { limit, most, found } => {
            Error::Limit { limit: kept(limit), most, found: message(found) }
        }
        Refusal::NotAWorkbook { reason } | Refusal::Other { reason } => {
            Error::NotAWorkbook { reason: message(reason) }
        }
    }
}

/// A text that lives as long as the program. Names of containers and limits are few, and each is kept once.
fn kept(text: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(text.as_str()) {
        return known;
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    all.insert(text);
    text
}
