//! HTML pages saved as workbooks.
