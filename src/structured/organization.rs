//! Who is behind the site, and the site itself.

use serde_json::{Value, json};

use super::address::encoded;
use super::thing::Thing;
use crate::data::Record;
use crate::site::Site;

/// The name of its node.
fn id(site: &Site, name: &str) -> String {
    encoded(&site.permalink(&format!("/#{name}")))
}

/// What the organisation is called: as the settings say, else as the site.
pub(super) fn name(site: &Site) -> &str {
    let name = site.config.organization.text("name");
    name.unwrap_or(&site.config.title)
}

/// The organisation.
pub(super) fn node(site: &Site) -> Thing {
    let record = &site.config.organization;
    let own_site = record.text("url").map(str::to_owned);
    Thing::with_id("Organization", &id(site, "organization"))
        .and("name", name(site))
        .and(
            "url",
            own_site.unwrap_or_else(|| encoded(&site.permalink("/"))),
        )
        .and("logo", logo(site))
        .and("sameAs", record.texts("same_as"))
        .and("telephone", record.text("phone"))
        .and("email", record.text("email"))
        .and("address", address(record))
}

fn logo(site: &Site) -> Value {
    let Some(path) = site.config.organization.text("logo") else {
        return Value::Null;
    };
    if path.contains("://") {
        return path.into();
    }
    encoded(&site.permalink(&format!("/{}", path.trim_start_matches('/')))).into()
}

fn address(record: &Record) -> Value {
    let Some(parts) = record.table("address") else {
        return record.text("address").into();
    };
    let address = Thing::new("PostalAddress")
        .and("streetAddress", parts.text("street"))
        .and("addressLocality", parts.text("locality"))
        .and("addressRegion", parts.text("region"))
        .and("postalCode", parts.text("postal_code"))
        .and("addressCountry", parts.text("country"));
    if address.is_bare() {
        Value::Null
    } else {
        address.into()
    }
}

/// The site.
pub(super) fn website(site: &Site, publisher: Value) -> Thing {
    let languages = site.config.languages.iter();
    let languages = languages.map(|code| json!(**code)).collect();
    Thing::with_id("WebSite", &id(site, "website"))
        .and("url", encoded(&site.permalink("/")))
        .and("name", &*site.config.title)
        .and("description", &*site.config.description)
        .and_all("inLanguage", languages)
        .and("publisher", publisher)
}
