import { convertIndexedToRgb, decode } from 'fast-png';
import { encode } from 'modern-gif';
import type { ScreencastFrame } from './screencast.ts';

/** A page has few colours; fewer make a smaller file. */
const MOST_COLORS = 64;
/** While nothing changes, nobody waits for longer. */
const LONGEST_MS = 1_200;
/** Long enough to read how it ended. */
const LAST_MS = 3_000;

/** Makes an animated GIF of frames, which have one size. @throws {Error} when there is no frame. */
export async function animationOf(frames: readonly ScreencastFrame[]): Promise<Uint8Array> {
  const [first] = frames;
  if (first === undefined) throw new Error('There is no frame to make an animation of.');
  const { width, height } = decode(first.png);
  const gif = await encode({
    width,
    height,
    maxColors: MOST_COLORS,
    looped: true,
    frames: frames.map(({ png, at }, index) => ({
      data: rgbaOf(png),
      delay: Math.min(LONGEST_MS, (frames[index + 1]?.at ?? at + LAST_MS) - at),
    })),
  });
  return new Uint8Array(gif);
}

/** Red, green, blue and full opacity for each pixel. */
function rgbaOf(png: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const image = decode(png);
  const channels = image.palette === undefined ? image.channels : 3;
  const data = image.palette === undefined ? image.data : convertIndexedToRgb(image);
  const rgba = new Uint8ClampedArray(image.width * image.height * 4).fill(255);
  for (let pixel = 0; pixel < image.width * image.height; pixel += 1) {
    for (let color = 0; color < 3; color += 1) rgba[pixel * 4 + color] = data[pixel * channels + color] ?? 0;
  }
  return rgba;
}
