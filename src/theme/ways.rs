//! Template functions for what follows from references: the courses before a course, the way to a
//! career.

use std::rc::Rc;

use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current, in_vain};
use super::cards;
use super::functions::{language, no_such_id};
use super::sold::instant;
use super::values::{Style, Table};
use crate::base::format_minutes;
use crate::site::graph::{Role, Route, Stage, Step, role};
use crate::site::{Answer, Question};

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("prerequisites", |args: Kwargs, _: &State| {
        prerequisites(&args)
    });
    tera.register_function("learning_path", |args: Kwargs, _: &State| {
        learning_path(&args)
    });
}

fn prerequisites(args: &Kwargs) -> TeraResult<Value> {
    let scope = current()?;
    let question = Question::Prerequisites {
        id: id(&scope, args, "course", Role::Course)?,
        lang: language(&scope, args)?,
    };
    match scope.view.ask(question) {
        Answer::Pages(ids) => Ok(cards::cards(&scope, &ids)),
        _ => Ok(Value::from(Vec::<Value>::new())),
    }
}

/// The id that an argument gives, else that of the page that is rendered.
fn id(scope: &Scope, args: &Kwargs, name: &str, wanted: Role) -> TeraResult<Box<str>> {
    if let Some(id) = args.get::<&str>(name)? {
        return Ok(id.into());
    }
    let site = scope.view.site();
    let page = scope.view.page.map(|page| site.entity(page));
    match page.filter(|page| role(site, page) == wanted) {
        Some(page) => Ok((*page.id).into()),
        None => Err(Error::message(format!(
            "which {name}? Outside of its page, name it: {name}=\"…\""
        ))),
    }
}

fn learning_path(args: &Kwargs) -> TeraResult<Value> {
    let scope = current()?;
    let id = id(&scope, args, "career", Role::Career)?;
    let question = Question::Route {
        id: id.clone(),
        lang: language(&scope, args)?,
    };
    if let Answer::Route(Some(route)) = scope.view.ask(question) {
        return Ok(value(&scope, &route));
    }
    match args.get::<bool>("required")?.unwrap_or(true) {
        true => Err(in_vain(no_career(&scope, &id))),
        false => Ok(Value::none()),
    }
}

fn no_career(scope: &Scope, id: &str) -> String {
    let site = scope.view.site();
    let kind = site.kinds.iter().position(|kind| kind.name == "career");
    kind.map_or_else(String::new, |kind| {
        no_such_id(site, kind as u8, "career", id)
    })
}

fn value(scope: &Rc<Scope>, route: &Route) -> Value {
    let style = Style::of(scope.view.site(), scope.view.lang);
    let money = |amount: Option<_>| amount.map_or_else(Value::none, |amount| style.money(amount));
    let minutes = u32::try_from(route.minutes).unwrap_or(u32::MAX);
    let stages = route.stages.iter().map(|one| stage(scope, one));
    let mut table = Table::with_capacity(10);
    table.set("stages", stages.collect::<Vec<_>>());
    table.set("course_count", route.courses().count());
    table.set("minutes", minutes);
    table.set(
        "duration",
        match minutes {
            0 => Value::none(),
            minutes => Value::from(format_minutes(minutes, style.lang)),
        },
    );
    table.set("without_length", route.without_length);
    table.set("price", money(route.price));
    table.set("normal", money(route.normal));
    table.set(
        "valid_until",
        route
            .until
            .map_or_else(Value::none, |until| Value::from(instant(until, style))),
    );
    table.set("without_price", route.without_price);
    table.set("at_least", route.at_least);
    table.value()
}

fn stage(scope: &Rc<Scope>, stage: &Stage) -> Value {
    let course = |step: &Step| {
        let card = scope.renderer.card(scope, step.course);
        let mut map = card.into_map().unwrap_or_default();
        map.insert(Key::Str("needed"), Value::from(step.needed));
        Value::from(map)
    };
    let mut table = Table::with_capacity(3);
    table.set("stage", &*stage.name);
    table.set(
        "courses",
        stage.courses.iter().map(course).collect::<Vec<_>>(),
    );
    table.set("articles", cards::cards(scope, &stage.articles));
    table.value()
}
