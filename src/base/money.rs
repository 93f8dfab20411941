//! Money.

/// An amount in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units of the currency as ISO 4217 counts them (sen for IDR, cents for USD).
    pub minor: i128,
    /// The currency.
    pub currency: Currency,
}

/// A currency of the frozen table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(pub(crate) u8);
