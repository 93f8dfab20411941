// Reads the search index that silabus makes, a few small files at a time. Knows no page.

/** The same words as the index has: lower case, no accents, `c++` and `node.js` whole. */
export function words(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}](?:[\p{L}\p{N}+#]|\.(?=\p{L}))*/gu) ?? [];
}

const bucket = (word, buckets) => {
  const [first = "", second = ""] = [...word];
  return ((first.codePointAt(0) ?? 0) * 31 + (second.codePointAt(0) ?? 0)) % buckets;
};

/** How many letters must be changed, put in, left out or exchanged with the next to make one word another. */
function distance(one, other) {
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** Endings and beginnings to take off a word that no page has in this form, and the letter that a beginning took away. */
const AFFIXES = [
  [/(?:nya|lah|kah)$/, ""],
  [/(?:kan|an|i)$/, ""],
  [/^(?:mem|men|meng|me|di|ber|ter|pem|pen|peng|pe)/, ""],
  [/(?:ing|ed|es|s)$/, ""],
  [/^[mp]em(?=r)/, "p"],
];

/** Most words that the last, unfinished word of a query may stand for. */
const COMPLETIONS = 12;

export async function open(folder, load = fetchJson) {
  const head = await load(`${folder}index.json`);
  const files = new Map();
  const file = (name) => {
    if (!files.has(name)) files.set(name, load(`${folder}${name}.json?v=${head.stamp}`));
    return files.get(name);
  };
  const wordFile = (word) => file(`words-${bucket(word, head.buckets)}`);

  /** Stems that a word leads to; of the last word also those of words that begin with it. */
  async function stems(word, isLast) {
    const known = (await wordFile(word)).words;
    const found = new Set(Object.hasOwn(known, word) ? [known[word]] : []);
    if (isLast && word.length > 1) {
      const longer = Object.keys(known).filter((other) => other.startsWith(word));
      longer.sort((one, other) => one.length - other.length);
      for (const other of longer.slice(0, COMPLETIONS)) found.add(known[other]);
    }
    if (found.size) return found;
    for (const [affix, root] of AFFIXES) {
      const short = word.replace(affix, root);
      if (short === word || short.length < 3) continue;
      const others = (await wordFile(short)).words;
      if (Object.hasOwn(others, short)) return new Set([others[short]]);
    }
    return found;
  }

  /** The word that is nearest to one that no page has; of those that begin alike, since only they lie in one file. */
  async function near(word) {
    if (word.length < 4) return word;
    const most = word.length < 7 ? 1 : 2;
    let best = { word, far: most + 1 };
    for (const other of Object.keys((await wordFile(word)).words)) {
      if (Math.abs(other.length - word.length) > most || !/^\p{L}+$/u.test(other)) continue;
      const far = distance(word, other);
      if (far < best.far || (far === best.far && other < best.word)) best = { word: other, far };
    }
    return best.word;
  }

  /** What a word weighs on each page: rare words count more. */
  async function weights(word, isLast) {
    const sums = new Map();
    for (const stem of await stems(word, isLast)) {
      const pairs = (await wordFile(stem)).stems[stem] ?? [];
      const rarity = Math.log(1 + head.pages / (pairs.length / 2));
      for (let at = 0, page = 0; at < pairs.length; at += 2) {
        page += pairs[at];
        sums.set(page, Math.max(sums.get(page) ?? 0, pairs[at + 1] * rarity));
      }
    }
    return sums;
  }

  async function page(number) {
    const run = await file(`pages-${Math.floor(number / head.pages_per_file)}`);
    return run[number % head.pages_per_file];
  }

  return {
    /** Pages that have all words of a query, best first: at most `limit` of `total`; and what may have been `meant` instead. */
    async find(query, { limit = 20, fits = () => true } = {}) {
      const wanted = words(query);
      const found = await Promise.all(wanted.map((word, at) => weights(word, at === wanted.length - 1)));
      const likely = await Promise.all(wanted.map((word, at) => (found[at].size ? word : near(word))));
      const meant = likely.join(" ") === wanted.join(" ") ? null : likely.join(" ");
      // A word that no page has, or almost every one, tells nothing apart.
      const telling = found.filter((sums) => sums.size);
      if (!telling.length) return { total: 0, results: [], meant };
      const [first, ...others] = telling.sort((one, other) => one.size - other.size);
      let ranked = [...first].filter(([number]) => others.every((sums) => sums.has(number)));
      const weigh = (number) => telling.reduce((sum, sums) => sum + (sums.get(number) ?? 0), 0);
      ranked = ranked.map(([number]) => [number, weigh(number)]);
      ranked.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
      const pages = await Promise.all(ranked.slice(0, 400).map(([number]) => page(number)));
      const fitting = pages.filter(fits);
      return { total: fitting.length, results: fitting.slice(0, limit), meant };
    },
  };
}

async function fetchJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** The price of a result as it is now: a promo that is over is none. */
export function price(result, now = Date.now()) {
  const over = result.until && now >= Date.parse(result.until);
  return over ? result.then : result.price;
}
