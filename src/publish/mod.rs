//! `publish`.
