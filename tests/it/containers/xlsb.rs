//! Binary OOXML workbooks.
