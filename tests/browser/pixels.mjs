// What is painted, for questions that styles cannot answer.

/** The pixels of a screenshot: `{ width, height, colours: [[r, g, b], …] }`, row by row. */
export async function pixels(tab, options) {
  const shot = await (options.locator ?? tab).screenshot(options.locator ? undefined : options);
  return tab.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    return { width, height, colours: Array.from({ length: width * height }, (_, n) => [...data.slice(4 * n, 4 * n + 3)]) };
  }, shot.toString("base64"));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour) {
  const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, from 1 to 21 (WCAG 2.2). */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The colours of a picture, the most frequent first. */
export function palette({ colours }) {
  const counts = new Map();
  for (const colour of colours) counts.set(colour.join(), (counts.get(colour.join()) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text.split(",").map(Number));
}
