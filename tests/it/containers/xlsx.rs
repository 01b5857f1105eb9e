//! OOXML workbooks as other programs write them.
