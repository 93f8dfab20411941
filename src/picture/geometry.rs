//! Sizes: what part of a picture is taken, and how large it becomes. The arithmetic is Zola's.

use super::fault::Fault;
use super::spec::Op;

/// The longest side that all formats can have; WebP has the least.
const LONGEST: u32 = 16_383;

/// Proportions that differ by less are taken for equal, and nothing is cut off.
const ALIKE: f64 = 0.1;

/// A part of the source, and the size that it gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// What is taken: left, top, width, height.
    pub crop: (u32, u32, u32, u32),
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// What an operation does to a picture of a size.
pub fn plan(op: Op, width: u32, height: u32) -> Result<Plan, Fault> {
    let whole = (0, 0, width, height);
    let (crop, (width, height)) = match op {
        Op::Scale(w, h) => (whole, (w, h)),
        Op::FitWidth(w) => (whole, (w, share(height, w, width))),
        Op::FitHeight(h) => (whole, (share(width, h, height), h)),
        Op::Fit(w, h) => (whole, fit(width, height, w, h)),
        Op::Fill(w, h) => (fill(width, height, w, h), (w, h)),
    };
    if width == 0 || height == 0 || crop.2 == 0 || crop.3 == 0 {
        return Err(Fault::NoSize);
    }
    if width > LONGEST || height > LONGEST {
        return Err(Fault::ResultTooLarge { width, height });
    }
    Ok(Plan {
        crop,
        width,
        height,
    })
}

/// A side that keeps its proportion: at least one pixel, unless nothing was asked for.
fn share(side: u32, to: u32, from: u32) -> u32 {
    let exact = u64::from(side) * u64::from(to) / u64::from(from.max(1));
    u32::try_from(exact).unwrap_or(u32::MAX).max(to.min(1))
}

fn fit(width: u32, height: u32, w: u32, h: u32) -> (u32, u32) {
    if width <= w && height <= h {
        return (width, height);
    }
    if u64::from(width) * u64::from(h) > u64::from(height) * u64::from(w) {
        (w, share(height, w, width))
    } else {
        (share(width, h, height), h)
    }
}

fn fill(width: u32, height: u32, w: u32, h: u32) -> (u32, u32, u32, u32) {
    if w == 0 || h == 0 {
        return (0, 0, 0, 0);
    }
    let across = f64::from(width) / f64::from(w);
    let down = f64::from(height) / f64::from(h);
    if (across - down).abs() <= ALIKE {
        return (0, 0, width, height);
    }
    if across < down {
        let taken = ((across * f64::from(h)).round() as u32).clamp(1, height);
        (0, (height - taken) / 2, width, taken)
    } else {
        let taken = ((down * f64::from(w)).round() as u32).clamp(1, width);
        ((width - taken) / 2, 0, taken, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn size(op: Op, width: u32, height: u32) -> (u32, u32) {
        let plan = plan(op, width, height).unwrap();
        (plan.width, plan.height)
    }

    #[test]
    fn sizes_are_those_of_zola() {
        assert_eq!(size(Op::Scale(150, 150), 300, 380), (150, 150));
        assert_eq!(size(Op::FitWidth(100), 300, 380), (100, 126));
        assert_eq!(size(Op::FitHeight(150), 300, 380), (118, 150));
        assert_eq!(size(Op::Fit(120, 120), 300, 380), (94, 120));
        assert_eq!(size(Op::Fit(5_000, 5_000), 300, 380), (300, 380));
        assert_eq!(size(Op::Fill(150, 150), 300, 380), (150, 150));
        let cut = plan(Op::Fill(150, 150), 300, 380).unwrap().crop;
        assert_eq!(cut, (0, 40, 300, 300));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(plan(Op::FitWidth(0), 10, 10), Err(Fault::NoSize));
        assert_eq!(plan(Op::Fill(0, 5), 10, 10), Err(Fault::NoSize));
        assert!(matches!(
            plan(Op::FitWidth(20_000), 10, 10),
            Err(Fault::ResultTooLarge { .. })
        ));
        // A strip of one pixel keeps it.
        assert_eq!(size(Op::FitWidth(10), 1_000, 1), (10, 1));
    }

    fn ops() -> impl Strategy<Value = Op> {
        let side = 1u32..3_000;
        prop_oneof![
            (side.clone(), side.clone()).prop_map(|(w, h)| Op::Scale(w, h)),
            side.clone().prop_map(Op::FitWidth),
            side.clone().prop_map(Op::FitHeight),
            (side.clone(), side.clone()).prop_map(|(w, h)| Op::Fit(w, h)),
            (side.clone(), side).prop_map(|(w, h)| Op::Fill(w, h)),
        ]
    }

    proptest! {
        #[test]
        fn a_part_lies_within_its_picture(op in ops(), width in 1u32..5_000, height in 1u32..5_000) {
            if let Ok(plan) = plan(op, width, height) {
                let (left, top, across, down) = plan.crop;
                prop_assert!(across > 0 && down > 0);
                prop_assert!(left + across <= width && top + down <= height);
            }
        }

        #[test]
        fn fitting_never_makes_larger(w in 1u32..3_000, h in 1u32..3_000, width in 1u32..5_000, height in 1u32..5_000) {
            let (across, down) = size(Op::Fit(w, h), width, height);
            prop_assert!(across <= w.max(1) && down <= h.max(1));
            prop_assert!(across <= width && down <= height);
        }
    }
}
