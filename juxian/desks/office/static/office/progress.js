// Files that a worker is making: their progress, read again until all are done.
const again = async () => {
  const here = document.querySelector("[data-waiting]");
  if (!here) return;
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (answer && answer.ok && !answer.redirected) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["[data-progress]", ".turn"]) {
      const [old, fresh] = [document, page].map((one) => one.querySelector(part));
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    }
  }
  setTimeout(again, 1500);
};
setTimeout(again, 800);
