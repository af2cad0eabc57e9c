//! `inventory`.
