//! CPU time of this process.

/// Seconds of CPU that the threads of this process have used.
pub(crate) fn cpu_s() -> f64 {
    let Ok(tasks) = fs_err::read_dir("/proc/self/task") else {
        return 0.0;
    };
    let of = |task: std::io::Result<fs_err::DirEntry>| {
        let stat = fs_err::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        stat.split_whitespace().next()?.parse::<f64>().ok()
    };
    tasks.filter_map(of).sum::<f64>() / 1e9
}
