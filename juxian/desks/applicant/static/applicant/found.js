// Finding a code by what is typed: its name, its number, or pinyin in full, begun or by initials.
// A code is {value, label, path, syllables}; each syllable is a list of readings.

// How well it fits, 0 best; Infinity where it does not.
export function fit(code, typed) {
  const words = typed.toLowerCase().replace(/[\s'’·›]/gu, "");
  if (words === "") return 0;
  const label = code.label.toLowerCase();
  if (label === words) return 0;
  if (label.startsWith(words)) return 1;
  if (label.includes(words)) return 2;
  if (code.value.toLowerCase() === words) return 1;
  const common = code.syllables.map((one) => one.slice(0, 1));
  for (const [how, syllables] of [[3, common], [5, code.syllables]]) {
    const at = read(syllables, words);
    if (at >= 0) return at === 0 ? how : how + 1;
  }
  if (code.value.toLowerCase().startsWith(words)) return 7;
  return (code.path + code.label).replace(/[\s›]/gu, "").includes(words) ? 8 : Infinity;
}

// At which syllable a reading of the words begins; -1 where none does.
function read(syllables, words) {
  if (!/^[a-zü0-9]+$/u.test(words)) return -1;
  const plain = words.replaceAll("ü", "v");
  return syllables.findIndex((_one, place) => reads(syllables, place, plain));
}

// Whether the words are the beginnings of these syllables, in their order, from that place.
function reads(syllables, place, words) {
  if (words === "") return true;
  if (place >= syllables.length) return false;
  return syllables[place].some((reading) => {
    let shared = 0;
    while (shared < reading.length && reading[shared] === words[shared]) shared += 1;
    for (let taken = shared; taken > 0; taken -= 1) {
      if (reads(syllables, place + 1, words.slice(taken))) return true;
    }
    return false;
  });
}

// The codes that fit, best first, otherwise in the list's order.
export function found(codes, typed) {
  return codes.map((code) => [fit(code, typed), code])
    .filter(([how]) => how < Infinity)
    .sort(([one], [other]) => one - other)
    .map(([, code]) => code);
}

const lists = new Map();

// A whole code list, read once; the browser keeps it between pages.
export function listAt(address) {
  if (!lists.has(address)) {
    const coming = fetch(address, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(opened);
    coming.catch(() => lists.delete(address));
    lists.set(address, coming);
  }
  return lists.get(address);
}

function opened({ attributes, paths, codes }) {
  return codes.map(([value, label, readings, path, ...own]) => ({
    value,
    label,
    path: paths[path],
    syllables: readings.split(" ").map((one) => one.split("|")),
    attributes: Object.fromEntries(attributes.map((name, place) => [name, own[place]])),
  }));
}
