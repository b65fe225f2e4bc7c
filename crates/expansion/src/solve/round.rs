//! From shares of levels to one path per site.

use crate::kernel::{Model, cheapest_path};

/// The path of levels nearest to the capacity that relaxed solutions hold on average, by site.
pub(super) fn rounded(model: &Model, shares: &[f64]) -> Vec<u8> {
    let mut levels = Vec::with_capacity(model.sites.len() * model.periods);
    let mut start = 0;
    for site in &model.sites {
        let own = &shares[start..start + site.levels() * model.periods];
        start += own.len();
        let windows = vec![(0, (site.levels() - 1) as u8); model.periods];
        let expected: Vec<f64> = own
            .chunks(site.levels())
            .map(|row| row.iter().zip(&site.capacity).map(|(s, c)| s * c).sum())
            .collect();
        let path = cheapest_path(
            site,
            model.periods,
            &windows,
            |t, level| (site.capacity[level] - expected[t]).abs(),
            |t, from, to| {
                if site.step(t, from, to).is_finite() {
                    0.0
                } else {
                    f64::INFINITY
                }
            },
        );
        match path {
            Some((_, path)) => levels.extend(path),
            None => levels.extend(std::iter::repeat_n(site.initial as u8, model.periods)),
        }
    }
    levels
}
