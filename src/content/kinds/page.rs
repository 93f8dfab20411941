//! Plain pages: whatever lies in no folder of another kind.

use super::{Kind, common};

/// The kind `page`.
pub fn kind() -> Kind {
    Kind {
        name: "page",
        folder: "",
        path: "/{path}/",
        template: "page.html",
        fields: common::fields(),
        check: common::check,
    }
}
