//! CPU time of this process.

/// Seconds of CPU that this process has used.
pub(crate) fn cpu_s() -> f64 {
    let stat = fs_err::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat
        .split_whitespace()
        .next()
        .and_then(|word| word.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}
