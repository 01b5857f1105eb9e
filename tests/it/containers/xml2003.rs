//! XML spreadsheets of 2003.
