//! From a card's drawing to its bytes, unless they are kept from an earlier run.

use crate::diag::Diagnostic;
use crate::output::{Artifact, Recipe, Target};
use crate::picture::CARD_LIMIT;
use crate::theme::Renderer;

/// The artifact as it is published: of a card, what its drawing looks like.
pub(in crate::engine) fn finish(
    renderer: &Renderer,
    target: &Target,
    artifact: Artifact,
    sink: &mut Vec<Diagnostic>,
) -> Artifact {
    let is_card = matches!(target.recipe, Recipe::Card { .. });
    // A drawing that failed was told already.
    if !is_card || artifact.bytes.is_empty() {
        return artifact;
    }
    match draw(renderer, &artifact.bytes) {
        Ok(bytes) => {
            if bytes.len() > CARD_LIMIT {
                sink.push(too_large(target, bytes.len()));
            }
            Artifact {
                bytes: bytes.into(),
                ..artifact
            }
        }
        Err(reason) => {
            let message = format!("the card /{} cannot be drawn: {reason}", target.path);
            sink.push(
                Diagnostic::error("social-card-drawing", message)
                    .hint("templates/social-card.svg of the site or theme draws it"),
            );
            artifact
        }
    }
}

fn draw(renderer: &Renderer, svg: &[u8]) -> Result<Vec<u8>, String> {
    let fonts = renderer.theme().fonts();
    let pictures = &renderer.shared().pictures;
    let key = fonts.key(svg);
    if let Some(kept) = pictures.store.get(key) {
        return Ok(kept);
    }
    let svg = std::str::from_utf8(svg).map_err(|error| error.to_string())?;
    let drawn = fonts.draw(svg, &pictures.budget)?;
    pictures.store.put(key, &drawn);
    Ok(drawn)
}

fn too_large(target: &Target, size: usize) -> Diagnostic {
    let message = format!("the card /{} has {} KB", target.path, size / 1_024);
    Diagnostic::warning("social-card-size", message)
        .hint("messengers drop pictures over 300 KB: draw with fewer colours and gradients")
}
