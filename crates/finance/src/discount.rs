//! Money over time.
//!
//! What it computes: growth and discount factors, net present value, internal rate of return, annuity factors.
//!
//! Assumptions: one constant rate per year, compounded yearly; all flows of a year fall on one instant of it, the
//! convention says which. The programme values every flow at mid-year ([`PROGRAMME`]): spending is spread over the
//! year, and of the three instants the middle is nearest to that.
//!
//! Valid range: rates above −1; powers are repeated multiplication, so that no platform changes a bit.
//!
//! References: NIST Handbook 135 (present-value factors); C. J. Norstrøm, "A sufficient condition for a unique
//! nonnegative internal rate of return", Journal of Financial and Quantitative Analysis 7 (1972).

use thiserror::Error;

/// Instant of a year at which its flows fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountConvention {
    /// First day: the flows of year 0 are not discounted.
    Begin,
    /// Middle of the year.
    Mid,
    /// Last day.
    End,
}

/// Convention of every present cost of the programme.
pub const PROGRAMME: DiscountConvention = DiscountConvention::Mid;

/// One plus a yearly rate, to the power of whole years [1].
pub fn compound(rate: f64, years: u32) -> f64 {
    (0..years).fold(1.0, |value, _| value * (1.0 + rate))
}

/// Value at the start of year 0 of one unit of money in `year` [1].
pub fn factor(rate: f64, year: u32, convention: DiscountConvention) -> f64 {
    let growth = match convention {
        DiscountConvention::Begin => compound(rate, year),
        DiscountConvention::Mid => compound(rate, year) * (1.0 + rate).sqrt(),
        DiscountConvention::End => compound(rate, year + 1),
    };
    1.0 / growth
}

/// Net present value of the flows of year 0, 1, … [money of `flows`].
pub fn net_present_value(rate: f64, flows: &[f64], convention: DiscountConvention) -> f64 {
    flows
        .iter()
        .zip(0..)
        .map(|(flow, year)| flow * factor(rate, year, convention))
        .sum()
}

/// Present value of one unit at the end of `years` years [1].
pub fn single_present_value(rate: f64, years: u32) -> f64 {
    1.0 / compound(rate, years)
}

/// Present value of one unit at the end of each of `periods` periods [1].
pub fn uniform_present_value(rate: f64, periods: u32) -> f64 {
    // The sum itself rather than its closed form: exact at rate zero as well.
    (1..=periods)
        .map(|period| single_present_value(rate, period))
        .sum()
}

/// Payment at the end of each of `periods` periods that repays one unit with interest [1].
pub fn capital_recovery(rate: f64, periods: u32) -> f64 {
    1.0 / uniform_present_value(rate, periods)
}

/// Payment at the end of each of `periods` periods that repays a principal [money of `principal`].
pub fn annuity(rate: f64, periods: u32, principal: f64) -> f64 {
    principal * capital_recovery(rate, periods)
}

/// Why flows have no internal rate of return that could be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RateOfReturnError {
    /// All flows have one sign.
    #[error("the flows never change sign: no rate makes their present value zero")]
    NoSignChange,
    /// More than one rate may make the present value zero.
    #[error("the flows change sign several times: their rate of return may not be unique")]
    NotUnique,
    /// A flow is not a number, or the rate lies beyond what a float resolves.
    #[error("the flows have no rate of return within the range of a float")]
    OutOfRange,
}

/// Rate per year at which the flows have no present value [1].
///
/// Unique where the flows change sign once, or (Norstrøm) where their running sum does; anything else is refused
/// rather than one root of several picked. Found by bisection of the discount factor to the last bit.
pub fn internal_rate_of_return(flows: &[f64]) -> Result<f64, RateOfReturnError> {
    if flows.iter().any(|flow| !flow.is_finite()) {
        return Err(RateOfReturnError::OutOfRange);
    }
    let running: Vec<f64> = flows
        .iter()
        .scan(0.0, |sum, flow| {
            *sum += flow;
            Some(*sum)
        })
        .collect();
    // The sign of the earliest flow rules where money later counts for nothing.
    let early_sign = flows
        .iter()
        .find(|flow| **flow != 0.0)
        .map_or(0.0, |flow| flow.signum());
    let mut high = 1.0;
    match sign_changes(flows) {
        0 => return Err(RateOfReturnError::NoSignChange),
        1 => {
            while present_value_at(flows, high) * early_sign > 0.0 {
                high *= 2.0;
                if !present_value_at(flows, high).is_finite() {
                    return Err(RateOfReturnError::OutOfRange);
                }
            }
        }
        // A running sum that ends on the other side has its one root at a rate above zero.
        _ if sign_changes(&running) == 1 && running.last().is_some_and(|sum| *sum != 0.0) => {}
        _ => return Err(RateOfReturnError::NotUnique),
    }
    let mut low = 0.0;
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if present_value_at(flows, middle) * early_sign > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let rate = 1.0 / high - 1.0;
    if rate.is_finite() {
        Ok(rate)
    } else {
        Err(RateOfReturnError::OutOfRange)
    }
}

/// Present value of the flows where one year later counts `discount` times as much, leading zeros left out.
fn present_value_at(flows: &[f64], discount: f64) -> f64 {
    let start = flows.iter().position(|flow| *flow != 0.0).unwrap_or(0);
    flows[start..]
        .iter()
        .rev()
        .fold(0.0, |value, flow| value * discount + flow)
}

fn sign_changes(values: &[f64]) -> usize {
    let signs: Vec<bool> = values
        .iter()
        .filter(|value| **value != 0.0)
        .map(|value| *value > 0.0)
        .collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[cfg(test)]
mod tests;
