// QR codes before a camera: by the browser where it can, by a library of our own where it cannot.
const EVERY = 150; // milliseconds
const AGAIN = 3000; // until the same code counts as shown again

async function reader() {
  if ("BarcodeDetector" in window && (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video)).map((one) => one.rawValue);
  }
  const { decodeQR } = await import("../qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    try {
      return [decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height))];
    } catch {
      return []; // there is none in this picture
    }
  };
}

export function watch(button, view, found) {
  if (!button || !navigator.mediaDevices) return;
  const video = view.querySelector("video");
  const says = view.querySelector("[data-view-says]");
  const usual = says.textContent;
  const seen = new Map();
  let stream = null;

  async function look(read) {
    while (stream) {
      for (const code of video.videoWidth ? await read(video) : []) {
        const now = Date.now();
        if (now - (seen.get(code) ?? 0) > AGAIN) found(code);
        seen.set(code, now);
      }
      await new Promise((done) => { setTimeout(done, EVERY); });
    }
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    view.hidden = true;
    button.textContent = button.dataset.off;
  }

  async function start() {
    view.hidden = false;
    says.textContent = usual;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
      video.srcObject = stream;
      await video.play();
      button.textContent = button.dataset.on;
      look(await reader());
    } catch {
      says.textContent = says.dataset.refused;
    }
  }

  button.hidden = false;
  button.addEventListener("click", () => (stream ? stop() : start()));
  window.addEventListener("pagehide", stop);
}
