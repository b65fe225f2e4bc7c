//! What files of others may claim before they are decoded.
//!
//! A Parquet page tells how large it will be, and the decoder makes room for that before it looks further: a file of
//! some hundred bytes can ask for gigabytes. [`check_page_sizes`] walks through the headers of all pages and refuses
//! those that promise more than their compressed bytes can hold.

mod header;
mod pages;

pub use pages::check_page_sizes;
