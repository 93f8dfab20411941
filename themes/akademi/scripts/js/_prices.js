// A page that was not built again when a promo ended shows the normal price from then on, unless the site wants prices as they were built.

const LONGEST = 2 ** 31 - 1;

function settle() {
  let next = Infinity;
  for (const price of document.querySelectorAll("[data-valid-until]")) {
    const left = Date.parse(price.dataset.validUntil) - Date.now();
    if (left > 0) {
      next = Math.min(next, left);
      continue;
    }
    for (const now of price.querySelectorAll(".price-now")) now.textContent = price.dataset.normal;
    for (const gone of price.querySelectorAll(".price-was, .price-promo")) gone.hidden = true;
    price.removeAttribute("data-valid-until");
  }
  if (next < Infinity) setTimeout(settle, Math.min(next, LONGEST));
}

if (document.documentElement.dataset.prices !== "built") {
  settle();
  // Prices that came with pages that a script fetched.
  addEventListener("prices", settle);
  // A page that comes back from the cache of the browser has slept.
  addEventListener("pageshow", (event) => event.persisted && settle());
}
