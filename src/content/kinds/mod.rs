//! The kinds of entities: one file each, one line each in [`all`].
