import { runAtOnce, type Steps } from "../../steps.ts";

type Expected = { readonly dimensions: number; readonly size: number };

/**
 * Walks the whole graph of a file of hnswlib 0.7 and says what is wrong where native code, which trusts every count and
 * every link, would read beyond it; `undefined` where nothing is.
 */
export function findHnswDamage(bytes: Uint8Array, expected: Expected): string | undefined {
  return runAtOnce(findingHnswDamage(bytes, expected));
}

/** `findHnswDamage` in steps. */
export function* findingHnswDamage(bytes: Uint8Array, expected: Expected): Steps<string | undefined> {
  try {
    yield* walk(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), expected);
    return undefined;
  } catch (error) {
    if (error instanceof Damage) return error.message;
    throw error;
  }
}

class Damage extends Error {}

function fail(what: string): never {
  throw new Damage(what);
}

function* walk(view: DataView, expected: Expected): Steps<void> {
  if (view.byteLength < HEADER_BYTES) fail(`it has only ${view.byteLength} bytes`);
  const header = readHeader(view);
  checkHeader(header, expected);

  const levels = yield* readLevels(view, header);
  for (let element = 0; element < header.size; element++) {
    checkElement(view, header, element, expected.dimensions);
    checkUpperLinks(view, header, levels, element);
    if (element % ELEMENTS_A_STEP === 0) yield;
  }
  if (header.size > 0 && levels[header.entryPoint]?.count !== header.maxLevel) {
    fail(`its entry point ${header.entryPoint} is not on the top level ${header.maxLevel}`);
  }
}

/** A millisecond. */
const ELEMENTS_A_STEP = 100;

type Header = ReturnType<typeof readHeader>;
/** How many levels above the lowest an element is on, and where its links there begin. */
type Levels = { readonly count: number; readonly place: number };

const HEADER_BYTES = 96;

/** In the order of `HierarchicalNSW::saveIndex`; sizes are 64-bit, little-endian. */
function readHeader(view: DataView) {
  const size = (place: number) => Number(view.getBigUint64(place, true));
  return {
    firstPlace: size(0),
    capacity: size(8),
    size: size(16),
    elementBytes: size(24),
    labelPlace: size(32),
    vectorPlace: size(40),
    maxLevel: view.getInt32(48, true),
    entryPoint: view.getUint32(52, true),
    maxLinks: size(56),
    maxLinks0: size(64),
    newLinks: size(72),
    levelScale: view.getFloat64(80, true),
    efConstruction: size(88),
  };
}

function checkHeader(header: Header, { dimensions, size }: Expected): void {
  const vectorPlace = 4 + 4 * header.maxLinks0;
  const labelPlace = vectorPlace + 4 * dimensions;
  if (header.size !== size) fail(`it holds ${header.size} vectors, not ${size}`);
  // what a fresh index holds room for, and what doubling leaves free
  if (header.capacity < size || header.capacity > Math.max(1024, 2 * size)) {
    fail(`it has room for ${header.capacity} vectors and holds ${size}`);
  }
  if (header.maxLinks < 1 || header.maxLinks > 1024 || header.maxLinks0 !== 2 * header.maxLinks) {
    fail(`it allows ${header.maxLinks} and ${header.maxLinks0} links`);
  }
  const scale = 1 / Math.log(header.newLinks);
  if (header.newLinks !== header.maxLinks || Math.abs(header.levelScale - scale) > 1e-9) {
    fail(`it gives a new vector ${header.newLinks} links on levels of scale ${header.levelScale}`);
  }
  if (header.efConstruction < 1 || header.efConstruction > 10_000) {
    fail(`it considers ${header.efConstruction} candidates`);
  }
  if (header.firstPlace !== 0 || header.vectorPlace !== vectorPlace || header.labelPlace !== labelPlace) {
    fail(`its vectors do not have ${dimensions} dimensions`);
  }
  if (header.elementBytes !== labelPlace + 8) fail(`its elements have ${header.elementBytes} bytes`);
}

/** Upper levels follow the elements: for each, a size in bytes and so many bytes of links. */
function* readLevels(view: DataView, header: Header): Steps<Levels[]> {
  const listBytes = 4 + 4 * header.maxLinks;
  const levels: Levels[] = [];
  let place = HEADER_BYTES + header.size * header.elementBytes;
  while (levels.length < header.size) {
    if (place + 4 > view.byteLength) fail("it ends too early");
    const bytes = view.getUint32(place, true);
    if (bytes % listBytes !== 0 || bytes / listBytes > header.maxLevel)
      fail(`a list of links has ${bytes} bytes`);
    levels.push({ count: bytes / listBytes, place: place + 4 });
    place += 4 + bytes;
    if (levels.length % ELEMENTS_A_STEP === 0) yield;
  }
  if (place !== view.byteLength) fail(`it has ${view.byteLength} bytes, not ${place}`);
  return levels;
}

function checkElement(view: DataView, header: Header, element: number, dimensions: number): void {
  const place = HEADER_BYTES + element * header.elementBytes;
  for (const link of readLinks(view, place, header.maxLinks0)) {
    if (link >= header.size) fail(`vector ${element} is linked to ${link}`);
  }
  let squares = 0;
  for (let i = 0; i < dimensions; i++)
    squares += view.getFloat32(place + header.vectorPlace + 4 * i, true) ** 2;
  if (!(Math.abs(squares - 1) < 1e-3)) fail(`vector ${element} is not of length 1`);
  if (view.getBigUint64(place + header.labelPlace, true) !== BigInt(element)) {
    fail(`vector ${element} has another number`);
  }
}

function checkUpperLinks(view: DataView, header: Header, levels: readonly Levels[], element: number): void {
  const { count, place } = levels[element]!;
  for (let level = 1; level <= count; level++) {
    const list = place + (level - 1) * (4 + 4 * header.maxLinks);
    for (const link of readLinks(view, list, header.maxLinks)) {
      if ((levels[link]?.count ?? -1) < level)
        fail(`vector ${element} is linked to ${link} on level ${level}`);
    }
  }
}

/** A list begins with its length in 16 bits, and 16 bits of marks that are 0 where nothing was deleted. */
function* readLinks(view: DataView, place: number, most: number): Generator<number> {
  const count = view.getUint32(place, true);
  if (count > most) fail(`a list of links claims ${count}`);
  for (let i = 1; i <= count; i++) yield view.getUint32(place + 4 * i, true);
}
