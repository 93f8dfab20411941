//! Template filters and tests of our own, beside Tera's and those of `tera-contrib`.

use jiff::Timestamp;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::current;
use super::{addresses, group};
use crate::base::money::Money;
use crate::base::when::When;
use crate::base::{format_date, format_minutes};
use crate::content::markdown;

/// Puts all filters and tests into `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("local", local);
    tera.register_filter("money", money);
    tera.register_filter("date", date);
    tera.register_filter("duration", duration);
    tera.register_filter("markdown", markdown_filter);
    tera.register_filter("json_encode", json_encode);
    tera.register_filter("json_ld", json_ld);
    tera.register_filter("num_format", num_format);
    tera.register_filter("group_by", group::group_by);
    tera.register_filter("slugify", |text: &str, _: Kwargs, _: &State| {
        crate::base::slug::slugify(text)
    });
    tera.register_filter("striptags", tera_contrib::regex::striptags);
    tera.register_filter("spaceless", tera_contrib::regex::spaceless);
    tera.register_filter(
        "regex_replace",
        tera_contrib::regex::RegexReplace::default(),
    );
    tera.register_test("matching", tera_contrib::regex::Matching::default());
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter(
        "urlencode_strict",
        tera_contrib::urlencode::urlencode_strict,
    );
    tera.register_filter(
        "filesizeformat",
        tera_contrib::filesize_format::filesize_format,
    );
    tera.register_filter("base64_encode", tera_contrib::base64::b64_encode);
    tera.register_filter("base64_decode", tera_contrib::base64::b64_decode);
    tera.register_filter("format", tera_contrib::format::format);
}

/// An address of this site without scheme and host, as pages link to each other; other addresses
/// stay as they are.
fn local(address: &str, _: Kwargs, _: &State) -> TeraResult<String> {
    let scope = current()?;
    let site = scope.view.site();
    let home = site.permalink("/");
    let rest = address.strip_prefix(home.trim_end_matches('/'));
    let inside = rest.filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    Ok(match inside {
        Some("") => site.config.href("/"),
        Some(rest) => site.config.href(rest),
        None => address.to_owned(),
    })
}

/// A price value, or a bare number of major units in the site's currency.
fn money(value: &Value, args: Kwargs, _: &State) -> TeraResult<String> {
    let scope = current()?;
    let site = scope.view.site();
    let config = &site.config.currency;
    let style = match args.get::<&str>("style")? {
        None => config.style,
        Some(word) => crate::base::money::MoneyStyle::from_word(word).ok_or_else(|| {
            Error::message(format!(
                "`style` is \"orthography\" or \"cldr\", not \"{word}\""
            ))
        })?,
    };
    let amount = value.get_from_path("amount").unwrap_or(value);
    let code = value.get_from_path("currency").and_then(Value::as_str);
    let currency = code
        .and_then(crate::base::money::Currency::from_code)
        .unwrap_or(config.currency);
    let major = amount.as_i128().map(|whole| whole.to_string());
    let text = major.or_else(|| amount.as_str().map(str::to_owned));
    let money = text
        .and_then(|text| Money::from_major_text(&text, currency))
        .ok_or_else(|| Error::message(format!("money: {} is no amount", amount.name())))?;
    Ok(money.display(style, site.lang(scope.view.lang)))
}

/// A date in the language of the page: `{{ page.date | date(format="%d %B %Y") }}`.
fn date(value: &Value, args: Kwargs, _: &State) -> TeraResult<String> {
    let scope = current()?;
    let site = scope.view.site();
    let lang = match args.get::<&str>("locale")? {
        Some(locale) => locale.split(['_', '-']).next().unwrap_or(locale),
        None => site.lang(scope.view.lang),
    };
    let format = args.get::<&str>("format")?.unwrap_or("%Y-%m-%d");
    let zone = match args.get::<&str>("timezone")? {
        Some(name) => jiff::tz::TimeZone::get(name)
            .map_err(|_| Error::message(format!("date: there is no time zone \"{name}\"")))?,
        None => site.now.zone.clone(),
    };
    let moment = moment(value, &zone)?;
    format_date(&moment, format, lang).map_err(|fault| Error::message(fault.message()))
}

fn moment(value: &Value, zone: &jiff::tz::TimeZone) -> TeraResult<jiff::Zoned> {
    if let Some(seconds) = value.as_i64() {
        let instant = Timestamp::from_second(seconds)
            .map_err(|_| Error::message(format!("date: {seconds} seconds is no date")))?;
        return Ok(instant.to_zoned(zone.clone()));
    }
    let text = value
        .as_str()
        .ok_or_else(|| Error::message(format!("date: {} is no date", value.name())))?;
    let when =
        When::parse(text).map_err(|error| Error::message(format!("date: {}", error.message())))?;
    Ok(when.to_zoned(zone))
}

/// Minutes in words: `150` is "2 jam 30 menit".
fn duration(minutes: u32, _: Kwargs, _: &State) -> TeraResult<String> {
    let scope = current()?;
    Ok(format_minutes(
        minutes,
        scope.view.site().lang(scope.view.lang),
    ))
}

/// A text as Markdown. An address that begins with `@/` leads to content or is an error, one that
/// begins with `/` stays below the site.
fn markdown_filter(text: &str, args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let options = &scope.renderer.theme.markdown;
    let mut dead = None;
    let mut resolve = |target: &str, anchor: Option<&str>| {
        let found = addresses::of_text(&scope, target, anchor);
        found.unwrap_or_else(|error| {
            dead.get_or_insert(error);
            None
        })
    };
    let html = if args.get::<bool>("inline")?.unwrap_or(false) {
        markdown::render_inline(text, options, &mut resolve)
    } else {
        markdown::render_block(text, options, &mut resolve)
    };
    if let Some(error) = dead {
        return Err(error);
    }
    Ok(Value::safe_string(&html))
}

/// JSON in which `<`, `>`, `&` and the line separators are escaped, so that it may stand inside
/// a script element.
fn json_encode(value: &Value, args: Kwargs, _: &State) -> TeraResult<String> {
    let pretty = args.get::<bool>("pretty")?.unwrap_or(false);
    let json = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    json.map(|json| harmless(&json))
        .map_err(|error| Error::message(format!("json_encode: {error}")))
}

fn json_ld(value: &Value, args: Kwargs, state: &State) -> TeraResult<Value> {
    json_encode(value, args, state).map(|json| Value::safe_string(&json))
}

fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003C"),
            '>' => out.push_str("\\u003E"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// A whole number with grouping of the page's language, or of `locale`.
fn num_format(number: i64, args: Kwargs, _: &State) -> TeraResult<String> {
    let scope = current()?;
    let locale = args
        .get::<&str>("locale")?
        .unwrap_or(scope.view.site().lang(scope.view.lang));
    let sign = if locale.starts_with("id") { '.' } else { ',' };
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(sign);
        }
        out.push(digit);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_close_a_script() {
        assert_eq!(
            harmless("\"</script>&\""),
            "\"\\u003C/script\\u003E\\u0026\""
        );
    }
}
