// The sentences that scripts say, as the page brings them: <p id="question-words" data-NAME="...">.
const said = document.getElementById("question-words")?.dataset ?? {};

export function word(name) {
  return said[name] ?? "";
}
