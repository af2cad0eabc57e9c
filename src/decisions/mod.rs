//! `decisions`.
