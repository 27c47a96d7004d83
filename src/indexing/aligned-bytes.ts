/** The bytes at the beginning of a buffer, where a number of any size may stand: copied only where they lie elsewhere. */
export function alignedBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset === 0 ? bytes : new Uint8Array(bytes);
}
