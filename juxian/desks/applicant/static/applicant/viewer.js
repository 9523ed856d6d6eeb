// Keys for the viewer's links: [data-key] names the key.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, details[open]")) return;
  const key = event.key === "=" ? "+" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const zoomed = event.target.closest(".look:not(.zoom-1)");
  if (zoomed && key.startsWith("Arrow")) return; // a picture that is larger than its frame is moved
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (link) link.click();
});
