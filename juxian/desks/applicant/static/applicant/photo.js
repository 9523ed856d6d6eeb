// A file as it is sent: a large photograph smaller, everything else as it is; and its mark.
const LONG_EDGE = 3508; // A4 at 300 dots an inch: the small print of a certificate stays legible
const QUALITY = 0.85;

// The file itself, unless a smaller photograph of it takes fewer bytes.
export async function shrunk(file) {
  if (!["image/jpeg", "image/png"].includes(file.type) || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = LONG_EDGE / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((take) => canvas.toBlob(take, "image/jpeg", QUALITY));
    return made && made.size < file.size ? made : file;
  } catch {
    return file; // what the browser cannot read, the server may
  }
}

// The same for the same content, so that a broken upload is gone on with and never mixed up.
export async function markOf(content) {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  const bytes = new Uint8Array(await content.arrayBuffer());
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  const hex = (part) => (part >>> 0).toString(16).padStart(8, "0");
  return `${bytes.length}-${hex(high ^ (low >>> 16))}${hex(low ^ (high >>> 13))}`;
}
