//! What it computes: which sites are open at the end, decided some at a time by how often relaxed solutions have them so.
//!
//! Assumptions: sites that nearly all solutions agree on are decided, and in any case a quarter of the rest, the clearest
//! first.
//!
//! Valid range: any instance; a decision may turn out to leave no plan.
//!
//! References: Danna, Rothberg, Le Pape, "Exploring relaxation induced neighborhoods to improve MIP solutions",
//! Mathematical Programming 102 (2005), for guidance by relaxed solutions.

use crate::kernel::{Model, Windows};

/// Agreed: open in all but this share of solutions, or closed in all but half of it \[1\].
const AGREED: f64 = 0.1;
/// Of the undecided, one in so many is decided each time.
const PART: usize = 4;

/// Narrows `windows` by decisions; false when nothing was left to decide.
pub(super) fn decide(model: &Model, shares: &[f64], windows: &mut Windows) -> bool {
    let (mut start, last) = (0, model.periods - 1);
    let mut undecided: Vec<(f64, usize, bool)> = Vec::new();
    for (number, site) in model.sites.iter().enumerate() {
        let shut = shares[start + last * site.levels()];
        start += site.levels() * model.periods;
        let (low, high) = windows.site(number)[last];
        if low == 0 && high > 0 {
            let doubt = if shut <= 0.5 {
                shut
            } else {
                2.0 * (1.0 - shut)
            };
            undecided.push((doubt, number, shut <= 0.5));
        }
    }
    undecided.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let least = undecided.len().div_ceil(PART);
    for (rank, &(doubt, number, open)) in undecided.iter().enumerate() {
        if rank >= least && doubt > AGREED {
            break;
        }
        let window = windows.at(number, last);
        if open {
            window.0 = 1;
        } else {
            window.1 = 0;
        }
    }
    !undecided.is_empty()
}
