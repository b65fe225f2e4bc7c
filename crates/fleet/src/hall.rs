//! Halls, one row each.

/// Columns of the usable halls, in the order of the sites.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Halls {
    /// Row of the scenario's sites.
    pub site: Vec<u32>,
    /// Number within the site, from 0.
    pub number: Vec<u32>,
    /// IT power the hall carries [W].
    pub it_limit_w: Vec<f64>,
    /// Power of its servers at full load [W].
    pub nameplate_w: Vec<f64>,
}

impl Halls {
    /// Number of halls.
    pub fn len(&self) -> usize {
        self.site.len()
    }

    /// True where there is no hall.
    pub fn is_empty(&self) -> bool {
        self.site.is_empty()
    }
}
