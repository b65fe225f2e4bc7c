//! Performance records of chillers.
//!
//! # What it computes
//! Biquadratic `a0 + a1 x + a2 x² + a3 y + a4 y² + a5 x y` of leaving evaporator temperature x and entering
//! condenser temperature y, and the quadratic of the part-load ratio.
//!
//! # Assumptions
//! One record stands for a class of machines. Records state manufacturers' tests of one machine each.
//!
//! # Valid range
//! The temperatures stored with each record.
//!
//! # References
//! `EnergyPlus` Engineering Reference, Chiller:Electric:EIR. Water-cooled: record of the `EnergyPlus` chiller data
//! set, also in the Modelica Buildings library. Air-cooled: record of the PNNL `copper` library.

/// Biquadratic of two temperatures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Biquadratic(pub [f64; 6]);

impl Biquadratic {
    /// Value at leaving evaporator temperature `x` \[°C\] and entering condenser temperature `y` \[°C\].
    pub fn at(&self, x: f64, y: f64) -> f64 {
        let [a0, a1, a2, a3, a4, a5] = self.0;
        a0 + x * (a1 + a2 * x) + y * (a3 + a4 * y + a5 * x)
    }
}

impl Biquadratic {
    /// The quadratic of the second temperature that is left at `x` \[°C\].
    pub fn at_x(&self, x: f64) -> Quadratic {
        let [a0, a1, a2, a3, a4, a5] = self.0;
        Quadratic([a0 + x * (a1 + a2 * x), a3 + a5 * x, a4])
    }
}

/// Quadratic of one temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quadratic([f64; 3]);

impl Quadratic {
    /// Value at `y` \[°C\].
    pub fn at(&self, y: f64) -> f64 {
        let [c0, c1, c2] = self.0;
        c0 + y * (c1 + c2 * y)
    }
}

/// Record of one chiller.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChillerCurves {
    /// COP at the reference point.
    pub reference_cop: f64,
    /// Capacity over reference capacity.
    pub capacity: Biquadratic,
    /// Power over cooling, relative to the reference point, at full load.
    pub input_ratio: Biquadratic,
    /// Coefficients of the part-load quadratic.
    pub part_load: [f64; 3],
    /// Least leaving evaporator temperature of the record \[°C\].
    pub leaving_min_c: f64,
    /// Greatest leaving evaporator temperature of the record \[°C\].
    pub leaving_max_c: f64,
    /// Least entering condenser temperature of the record \[°C\].
    pub entering_min_c: f64,
    /// Greatest entering condenser temperature of the record \[°C\].
    pub entering_max_c: f64,
    /// Both approaches and the warming of the condenser's medium, which add to the lift \[K\].
    pub lift_offset_k: f64,
}

impl ChillerCurves {
    /// Power over full-load power at this part-load ratio.
    #[inline]
    pub fn input_ratio_part_load(&self, part_load_ratio: f64) -> f64 {
        let [c0, c1, c2] = self.part_load;
        c0 + part_load_ratio * (c1 + part_load_ratio * c2)
    }
}

/// Water-cooled centrifugal chiller with variable speed: Carrier 19XR, 1407 kW, COP 6.04.
/// Lift offset: 5.5 K warming, 2 K and 2 K approaches (assumed).
pub static WATER_COOLED_CENTRIFUGAL: ChillerCurves = ChillerCurves {
    reference_cop: 6.04,
    capacity: Biquadratic([
        1.042261,
        0.002644821,
        -0.001468026,
        0.01366256,
        -0.0008302334,
        0.001573579,
    ]),
    input_ratio: Biquadratic([
        1.02634,
        -0.01612819,
        -0.001092591,
        -0.01784393,
        0.0007961842,
        -9.586049e-05,
    ]),
    part_load: [0.118888, 0.6723542, 0.2068754],
    leaving_min_c: 4.44,
    leaving_max_c: 10.0,
    entering_min_c: 12.78,
    entering_max_c: 32.22,
    lift_offset_k: 9.5,
};

/// Air-cooled scroll chiller, 1055 kW, COP 3.05, condenser fans included.
/// Lift offset: 12 K of condensation above the air, 3 K of evaporation below the water (assumed).
pub static AIR_COOLED_SCROLL: ChillerCurves = ChillerCurves {
    reference_cop: 3.05,
    capacity: Biquadratic([
        1.036518639,
        0.039411079,
        0.000156668,
        -0.002148643,
        -0.000121166,
        -0.000339388,
    ]),
    input_ratio: Biquadratic([
        0.556829634,
        -0.010505391,
        0.000417479,
        0.002572966,
        0.000434731,
        -0.000514453,
    ]),
    part_load: [0.0184, 0.707, 0.2834],
    leaving_min_c: 5.56,
    leaving_max_c: 10.0,
    entering_min_c: 4.44,
    entering_max_c: 46.11,
    lift_offset_k: 15.0,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// `McQuay` WSC, 471.2 kW, COP 5.89: a record with published evaluations.
    const MCQUAY_WSC: ChillerCurves = ChillerCurves {
        reference_cop: 5.89,
        capacity: Biquadratic([
            0.252113,
            0.01324053,
            -0.008637329,
            0.08581056,
            -0.004261176,
            0.008661899,
        ]),
        input_ratio: Biquadratic([
            0.4475238,
            -0.0258821,
            -0.001459053,
            0.04342595,
            -0.001000651,
            0.001920106,
        ]),
        part_load: [0.2778889, 0.2338363, 0.4883748],
        leaving_min_c: 7.22,
        leaving_max_c: 12.78,
        entering_min_c: 12.78,
        entering_max_c: 26.67,
        lift_offset_k: 9.5,
    };

    #[test]
    fn mcquay_record_gives_the_published_values() {
        let cases = [
            (8.89, 26.67, 1.0, 0.99854, 1.003788, 1.0001, 80.1938),
            (8.89, 20.0, 0.6, 1.239022, 0.911773, 0.594006, 53.6842),
            (10.0, 15.0, 0.4, 1.148464, 0.757056, 0.449563, 31.2699),
        ];
        for (leaving, entering, part_load, capacity, input_ratio, at_part_load, power_kw) in cases {
            let found_capacity = MCQUAY_WSC.capacity.at(leaving, entering);
            let found_ratio = MCQUAY_WSC.input_ratio.at(leaving, entering);
            let found_part_load = MCQUAY_WSC.input_ratio_part_load(part_load);
            assert!((found_capacity - capacity).abs() < 1e-5, "{found_capacity}");
            assert!((found_ratio - input_ratio).abs() < 1e-5, "{found_ratio}");
            assert!((found_part_load - at_part_load).abs() < 1e-5);
            let found_kw =
                471.2 / MCQUAY_WSC.reference_cop * found_capacity * found_ratio * found_part_load;
            assert!((found_kw - power_kw).abs() < 1e-3, "{found_kw}");
        }
    }
}
