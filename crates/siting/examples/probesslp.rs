use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let t = |e: &str| fs_err::read_to_string(format!("{}.{e}", args[1])).unwrap();
    let (m, f) = angara_siting::read::siplib_sslp::read(&t("cor"), &t("tim"), &t("sto"));
    assert!(f.is_empty(), "{f:?}");
    let m = m.unwrap();
    let start = Instant::now();
    let stop = || start.elapsed().as_secs_f64() > 60.0;
    let limits = angara_siting::Limits { stop: &stop, ..Default::default() };
    let s = angara_siting::server::server_location(&m, &limits);
    println!("{} {:.4} bound {:.4} proven {} nodes {} {:.3}s check {:?}", args[1], s.siting.objective, s.siting.bound, s.siting.proven, s.siting.nodes, start.elapsed().as_secs_f64(), m.cost(&s.siting.open, &s.assignments));
}
